"""How many voters each area has: the latest lists, brought to the latest list of the region.

Growth is not forecast. See docs/methods/turnout-forecast.md, "The electorate".
"""

import datetime
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bilik.elections.acceptance import accepted, is_partial
from bilik.elections.denominators import Denominator
from bilik.elections.figures import Figures
from bilik.foundation.language import mark
from bilik.turnout.counted_parts import sound_parts
from bilik.turnout.errors import NoElectorateError
from bilik.turnout.regions import LEVELS, below, checked_region
from bilik.turnout.remarks import Remark

Floats = NDArray[np.float64]
#: A level is used when at least this share of its areas has a list.
KNOWN_ENOUGH = 0.5
_DAY_SCHEMA = {"election": pl.String, "as_of": pl.Date}


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """The areas a region is forecast by, with their voters as whole numbers that add up to the region's."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str, ...]
    parent_names: dict[str, str]
    electorate: NDArray[np.int64]
    notes: tuple[Remark, ...]

    @property
    def parent_index(self) -> NDArray[np.int64]:
        """Return each area's position among the parents."""
        order = {code: position for position, code in enumerate(dict.fromkeys(self.parents))}
        return np.array([order[code] for code in self.parents], dtype=np.int64)


def areas_of(
    figures: Figures,
    *,
    region: str,
    denominator: Denominator,
    lists_of: list[str],
    electorate: int | None = None,
) -> Areas:
    """Return the deepest areas below ``region`` whose voters are known, from the lists of the elections ``lists_of``.

    ``lists_of`` are slugs, the oldest first. An area without any list is given the mean of
    its parent's others. ``electorate`` replaces the region's own latest list.

    Raises
    ------
    NoElectorateError
        If neither the region nor any area below has a list and ``electorate`` is not given.
    """
    name = checked_region(figures, region)
    sizes = _latest_sizes(figures, region, denominator, lists_of)
    inside = below(figures, region).join(sizes, left_on="code", right_on="region", how="left", maintain_order="left")
    chosen = _deepest_known(inside)
    whole = sizes.filter(pl.col("region") == region)
    between = inside.filter(pl.col("election").is_null() & pl.col("size").is_not_null())
    if chosen.is_empty():
        total = electorate or (round(whole["size"][0]) if len(whole) else 0)
        return _checked(
            _single(region, name, total, _notes(whole, figures, electorate, chosen, between=between)), region
        )
    voters = _scaled(chosen, inside)
    total = electorate or (round(whole["size"][0]) if len(whole) else round(float(voters.sum())))
    parents = chosen["parent"].to_list()
    known_names = dict(zip(inside["code"].to_list(), inside["name"].to_list(), strict=True)) | {region: name}
    areas = Areas(
        codes=tuple(chosen["code"].to_list()),
        names=tuple(chosen["name"].to_list()),
        parents=tuple(parents),
        parent_names={code: known_names[code] for code in dict.fromkeys(parents)},
        electorate=whole_numbers(voters, total),
        notes=_notes(whole, figures, electorate, chosen, between=between),
    )
    return _checked(areas, region)


def whole_numbers(sizes: Floats, total: int) -> NDArray[np.int64]:
    """Scale ``sizes`` to ``total`` and round them by largest remainder, so that they add up to it exactly."""
    exact = sizes * (total / sizes.sum())
    floors: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    first = np.argsort(-(exact - floors), kind="stable")[: total - int(floors.sum())]
    floors[first] += 1
    return floors


def _checked(areas: Areas, region: str) -> Areas:
    if areas.electorate.sum() <= 0:
        raise NoElectorateError(region=region)
    return areas


def _single(region: str, name: str, total: int, notes: tuple[Remark, ...]) -> Areas:
    return Areas(
        codes=(region,),
        names=(name,),
        parents=(region,),
        parent_names={region: name},
        electorate=np.array([total], dtype=np.int64),
        notes=notes,
    )


def _latest_sizes(figures: Figures, region: str, denominator: Denominator, lists_of: list[str]) -> pl.DataFrame:
    """Return per region its latest list: region, size, age (days, more is later), election, list.

    Where only some stations are published, their voters are expanded to all stations. Lists
    that belong to no election (a DPS) count for the areas below ``region`` if they are not
    later than the last election known; they have no ``election``.
    """
    column = denominator.columns[1]
    known = [one for one in figures.elections if one.slug in lists_of]
    days = {one.slug: one.order for one in sorted(known, key=lambda one: one.region != region)}
    ages = pl.DataFrame({"election": list(days), "as_of": list(days.values())}, schema=_DAY_SCHEMA)
    whole = accepted(figures).select(
        "election", "region", size=pl.col(column).cast(pl.Float64), partial=pl.lit(value=False)
    )
    part = (
        sound_parts(figures)
        .filter(is_partial() & pl.col("station").is_null() & (pl.col("stations_counted") > 0))
        .select(
            "election",
            "region",
            size=pl.col(column) / pl.col("stations_counted") * pl.col("stations"),
            partial=pl.lit(value=True),
        )
    )
    held = pl.concat([whole, part]).join(ages, on="election", maintain_order="right")
    between = figures.electorates.filter(
        (pl.col("region") != region) & (pl.col("as_of") <= max(days.values(), default=datetime.date.min))
    ).select(
        pl.lit(None, pl.String).alias("election"),
        "region",
        "list",
        "as_of",
        size=pl.col("voters").cast(pl.Float64),
        partial=pl.lit(value=False),
    )
    return (
        pl.concat([held, between], how="diagonal")
        .filter(pl.col("size") > 0)
        .with_columns(age=pl.col("as_of").to_physical())
        .sort("age", "partial", descending=[True, False], maintain_order=True)
        .group_by("region", maintain_order=True)
        .first()
    )


def _deepest_known(inside: pl.DataFrame) -> pl.DataFrame:
    for level in reversed(LEVELS):
        areas = inside.filter(pl.col("level") == level)
        if len(areas) and areas["size"].count() >= KNOWN_ENOUGH * len(areas):
            return areas
    return inside.clear()


def _scaled(areas: pl.DataFrame, inside: pl.DataFrame) -> Floats:
    """Fill gaps with the mean of the parent's areas, then bring each parent to its own list if that is as recent."""
    filled = areas.with_columns(
        size=pl.coalesce("size", pl.col("size").mean().over("parent"), pl.col("size").mean()),
        age=pl.col("age").max().over("parent"),
    )
    own = inside.select(parent="code", parent_size="size", parent_age="age")
    joined = filled.join(own, on="parent", how="left", maintain_order="left").with_columns(
        factor=pl.when(pl.col("parent_age") >= pl.col("age").fill_null(0))
        .then(pl.col("parent_size") / pl.col("size").sum().over("parent"))
        .otherwise(1.0)
    )
    return (joined["size"] * joined["factor"].fill_null(1.0)).to_numpy()


def _notes(
    whole: pl.DataFrame, figures: Figures, electorate: int | None, areas: pl.DataFrame, *, between: pl.DataFrame
) -> tuple[Remark, ...]:
    days = {one.slug: one.held_on for one in figures.elections}
    names = {one.slug: one.name for one in figures.elections}
    notes = []
    if electorate is not None:
        message = mark("The electorate of {voters_count} was given with the question.")
        notes.append(Remark(message=message, facts={"voters_count": electorate}))
    elif len(whole):
        slug = str(whole["election"][0])
        message = mark(
            "The electorate of {voters_count} is the list of {election} ({held_on}); growth is not forecast."
        )
        facts = {"voters_count": round(whole["size"][0]), "election": names[slug], "held_on": days[slug]}
        notes.append(Remark(message=message, facts=facts))
    if areas["size"].null_count():
        message = mark("{areas_count} areas have no list of their own; each is taken as the mean of its kecamatan.")
        notes.append(Remark(message=message, facts={"areas_count": areas["size"].null_count()}))
    if areas.height and areas["partial"].any():
        message = mark(
            "The voters of {areas_count} areas are estimated from the polling stations that were published "
            "({election}), then brought to the lists of the kecamatan and of the region where these are as recent."
        )
        slug = str(areas.filter(pl.col("partial"))["election"][0])
        facts = {"areas_count": int(areas["partial"].sum()), "election": names[slug]}
        notes.append(Remark(message=message, facts=facts))
    if between.height:
        message = mark("The voters of {districts_count} districts are taken from the {list} of {list_on}.")
        latest = between.row(0, named=True)
        facts = {"districts_count": between.height, "list": latest["list"], "list_on": latest["as_of"]}
        notes.append(Remark(message=message, facts=facts))
    return tuple(notes)
