import polars as pl
import pytest

from bilik.elections.figures import COUNT_SCHEMA, Figures
from bilik.elections.files import shipped_figures
from bilik.turnout.question import EmptyFiguresError, SeveralRegionsError, region_asked, with_next_election


def holding(*rows: tuple[str, str]) -> Figures:
    shipped = shipped_figures()
    counts = pl.DataFrame([{"region": region, "election": election} for region, election in rows])
    whole = pl.concat([pl.DataFrame(schema=COUNT_SCHEMA), counts], how="diagonal_relaxed")
    return Figures(
        regions=shipped.regions,
        elections=shipped.elections,
        sources=shipped.sources,
        counts=whole,
        acceptances=shipped.acceptances,
    )


def test_the_region_that_most_elections_are_counted_for_is_meant():
    assert region_asked(shipped_figures(), None) == "64.71"
    assert region_asked(shipped_figures(), "64") == "64"


def test_of_regions_counted_alike_the_one_that_holds_the_others_is_meant():
    assert region_asked(holding(("64.71", "a"), ("64.71.01", "a")), None) == "64.71"


def test_two_regions_side_by_side_must_be_told_apart():
    with pytest.raises(SeveralRegionsError, match=r"64\.71, 64\.72"):
        region_asked(holding(("64.71", "a"), ("64.72", "a")), None)


def test_nothing_counted_is_an_answer():
    with pytest.raises(EmptyFiguresError):
        region_asked(holding(), None)


def test_the_next_election_is_the_regions_own_that_nobody_has_counted():
    _figures, election = with_next_election(shipped_figures(), "64.71", None)

    assert election == "pilwali-2031"
