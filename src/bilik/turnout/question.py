"""What is asked about where nobody said it: the region that the figures are about, and the election to come."""

import datetime
from dataclasses import replace

import polars as pl

from bilik.elections.elections import Election
from bilik.elections.figures import Figures
from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark


class SeveralRegionsError(BilikError):
    """The figures are about more than one region and none was named."""

    message = mark("These figures are about several regions: {found}. Say which one: --region CODE.")


class EmptyFiguresError(BilikError):
    """There is nothing to learn from."""

    message = mark("These figures hold no count at all. Add results with their source, or name another file.")


def region_asked(figures: Figures, region: str | None) -> str:
    """Return ``region``, or else the one that most elections are counted for.

    Raises
    ------
    SeveralRegionsError, EmptyFiguresError
        If there is no such region, or no count.
    """
    if region:
        return region
    known = figures.counts.group_by("region").agg(pl.col("election").n_unique().alias("elections"))
    if known.is_empty():
        raise EmptyFiguresError
    most = known.filter(pl.col("elections") == pl.col("elections").max())["region"].to_list()
    tops = sorted(code for code in most if not any(code.startswith(f"{other}.") for other in most))
    if len(tops) > 1:
        raise SeveralRegionsError(found=", ".join(tops[:5]))
    return str(tops[0])


def with_next_election(figures: Figures, region: str, election: str | None) -> tuple[Figures, str]:
    """Return the figures and the election that is asked about.

    Where none is named it is the first election without any count; where every election
    is counted, one more of the last one's kind is added, its day unknown.
    """
    if election:
        return figures, election
    counted = set(figures.counts["election"].unique().to_list())
    ahead = [one for one in figures.elections if one.slug not in counted]
    if ahead:
        own = [one for one in ahead if one.region == region]
        return figures, (own or ahead)[0].slug
    if not figures.elections:
        raise EmptyFiguresError
    last = max(figures.elections, key=lambda one: one.order)
    following = _following(last)
    return replace(figures, elections=(*figures.elections, following)), following.slug


def _following(last: Election) -> Election:
    year = last.order.year + 1
    return Election(
        slug=f"{last.kind.value}-next",
        name=f"{last.name} +1",
        kind=last.kind,
        regime=last.regime,
        region=last.region,
        earliest_on=datetime.date(year, 1, 1),
    )
