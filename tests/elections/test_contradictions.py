"""Where the shipped sources contradict each other."""

from dataclasses import replace

import polars as pl
import pytest

from bilik.elections.contradictions import ContradictionKind, contradictions
from bilik.elections.files import shipped_figures


def city(election: str, kind: ContradictionKind) -> pl.DataFrame:
    here = (pl.col("election") == election) & (pl.col("region") == "64.71") & (pl.col("kind") == kind.value)
    return contradictions(shipped_figures()).filter(here)


def test_ballots_of_one_source_against_users_of_another() -> None:
    (row,) = city("pilwali-2024", ContradictionKind.BALLOTS).to_dicts()

    assert (row["value"], row["other_value"], row["difference"]) == (315424, 299145 + 16278, -1)
    assert row["other_source"] == "tribunkaltim-2024-12-06"


def test_printed_percentages_that_no_accepted_figures_give() -> None:
    rows = city("pilwali-2020", ContradictionKind.PERCENTAGE)

    assert set(rows["other_value"]) == {59.48, 59.0}
    assert rows.filter(pl.col("other_value") == 59.48)["value"][0] == pytest.approx(100 * 266536 / 449065)
    assert 60.13 in city("pilwali-2024", ContradictionKind.PERCENTAGE)["other_value"].to_list()


def test_rivals_of_an_accepted_figure() -> None:
    rows = city("pilpres-2024", ContradictionKind.RIVAL).filter(pl.col("column") == "published_percent")

    assert sorted(rows["other_value"]) == [70.0, 77.0, 80.0]
    assert set(rows["value"]) == {78.63}


def test_without_users_and_ballots_there_is_nothing_to_hold_against_each_other() -> None:
    figures = shipped_figures()
    early = replace(figures, counts=figures.counts.filter(pl.col("election") == "pilpres-2014"))

    assert contradictions(early)["kind"].to_list() == ["rival"]


def test_every_kind_has_a_label() -> None:
    assert len({kind.label for kind in ContradictionKind}) == 3
