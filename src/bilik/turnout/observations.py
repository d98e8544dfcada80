"""What the figures say about turnout, each on its own level, as rows of one model.

A row is the logit of the turnout of some areas together in one election: a whole region, a
kecamatan, a kelurahan, or the polling stations of a kelurahan that were published. See
docs/methods/turnout-forecast.md, "Observations".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election, Regime
from bilik.elections.figures import Figures
from bilik.turnout.counted_parts import part_rows
from bilik.turnout.electorates import Areas
from bilik.turnout.history import Basis, history_of
from bilik.turnout.kinds import TurnoutKind, turnout_kind
from bilik.turnout.priors import Priors

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Shares are kept this far from 0 and 1: a kelurahan can report more users than its list.
EDGE = 0.005
#: Modified z-score beyond which an area's row is set apart (Iglewicz and Hoaglin 1993).
APART = 3.5
#: Rows an election needs before any can be called far from the others.
ENOUGH_TO_COMPARE = 8
KINDS = tuple(TurnoutKind)
_ROW = ("election", "region", "share", "variance", "selected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Combinations of areas and elections. ``weights`` has the shape (rows, areas); the rest one entry a row.

    ``kind`` and ``election`` are codes; rows with the same code share that effect. ``day`` is the
    polling day counted in days, ``pemilu`` tells general elections from Pilkada, ``selected``
    rows published in part.
    """

    weights: Floats
    kind: Whole
    day: Whole
    election: Whole
    pemilu: Flags
    selected: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """Observed cells: ``share`` (0 to 1) and the variance of its error on the logit scale.

    ``set_apart`` names the (election, area) rows that lie so far from the others of their
    election that something else than turnout must be in them; their distance was added to their error.
    """

    cells: Cells
    share: Floats
    noise_variance: Floats
    elections: tuple[str, ...]
    set_apart: tuple[tuple[str, str], ...]


def observations(
    figures: Figures,
    *,
    region: str,
    areas: Areas,
    elections: Sequence[Election],
    denominator: Denominator,
    priors: Priors,
) -> Observations:
    """Collect the rows about ``elections`` (in the order given) on the lowest level that is known.

    Where every area of an election is counted, the sums above it say nothing new and are left out.
    """
    slugs = [election.slug for election in elections]
    known = pl.col("election").is_in(slugs)
    wards = list(areas.codes) if areas.codes != (region,) else []
    parents = [code for code in dict.fromkeys(areas.parents) if code != region]
    whole = history_of(figures, [region, *parents, *wards], denominator).filter(known & pl.col("share").is_not_null())
    parts = part_rows(figures, codes=[*wards], denominator=denominator, station_sd=priors.station_sd).filter(known)
    rows = pl.concat([_whole_rows(whole, priors), _part_rows(parts, whole)])
    rows = _lowest_level(rows, region=region, parents=parents, areas=areas)
    rows, apart = _set_apart(rows, wards)
    order = {slug: position for position, slug in enumerate(slugs)}
    rows = rows.sort(pl.col("election").replace_strict(order, return_dtype=pl.Int64), "region", maintain_order=True)
    return Observations(
        cells=_cells(rows, areas=areas, region=region, elections=elections),
        share=rows["share"].to_numpy(),
        noise_variance=rows["variance"].to_numpy(),
        elections=tuple(slug for slug in slugs if slug in set(rows["election"])),
        set_apart=apart,
    )


def _whole_rows(whole: pl.DataFrame, priors: Priors) -> pl.DataFrame:
    """Error of a stated share: rounding, doubt about its basis, distance of its rivals, and the binomial."""
    gap = pl.col("regime").replace_strict(
        {regime.value: priors.basis_gap_points(regime) / 100 for regime in Regime}, return_dtype=pl.Float64
    )
    doubt = (
        pl.when(pl.col("basis") == Basis.UNSTATED)
        .then(gap / 2)
        .when(pl.col("basis") == Basis.OTHER)
        .then(gap)
        .otherwise(0.0)
    )
    rounding = pl.when(pl.col("digits").is_not_null()).then(0.01 * pl.lit(10.0).pow(-pl.col("digits"))).otherwise(0.0)
    share = pl.col("share").clip(EDGE, 1 - EDGE)
    points = rounding**2 / 12 + doubt**2 + pl.col("rival_distance").fill_null(0.0) ** 2
    slope = share * (1 - share)
    return whole.select(
        "election",
        "region",
        share=share,
        variance=points / slope**2 + 1 / (pl.col("electorate").fill_null(float("inf")) * slope),
        selected=pl.lit(value=False),
    )


def _part_rows(parts: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    """Use a count of stations where no count of the whole area is known."""
    return parts.join(whole, on=["election", "region"], how="anti").select(
        "election",
        "region",
        share=(pl.col("users") / pl.col("electorate")).clip(EDGE, 1 - EDGE),
        variance="variance",
        selected=~pl.col("complete"),
    )


def _lowest_level(rows: pl.DataFrame, *, region: str, parents: list[str], areas: Areas) -> pl.DataFrame:
    """Leave out sums whose parts are all there."""
    complete = rows.filter(~pl.col("selected"))
    seen = {slug: set(group["region"]) for (slug,), group in complete.group_by("election")}
    members = {
        parent: {a for a, p in zip(areas.codes, areas.parents, strict=True) if p == parent} for parent in parents
    }
    redundant = []
    for slug, regions in seen.items():
        covered = {parent for parent in parents if parent in regions or members[parent] <= regions}
        redundant += [(slug, parent) for parent in parents if members[parent] <= regions]
        if set(areas.codes) != {region} and (set(areas.codes) <= regions or (parents and covered == set(parents))):
            redundant.append((slug, region))
    drop = pl.DataFrame(redundant, schema={"election": pl.String, "region": pl.String}, orient="row")
    return rows.join(drop, on=["election", "region"], how="anti", maintain_order="left")


def _set_apart(rows: pl.DataFrame, wards: list[str]) -> tuple[pl.DataFrame, tuple[tuple[str, str], ...]]:
    """Add to the error of a far-off area row its distance from the median of its election."""
    logit = (pl.col("share") / (1 - pl.col("share"))).log()
    ward = pl.col("region").is_in(wards)
    distance = (logit - logit.filter(ward).median().over("election")).abs()
    scale = 1.4826 * pl.col("distance").filter(ward).median().over("election")
    marked = rows.with_columns(distance=distance).with_columns(
        apart=ward & (pl.col("distance") > APART * scale) & (ward.sum().over("election") >= ENOUGH_TO_COMPARE)
    )
    widened = pl.col("variance") + pl.when("apart").then(pl.col("distance") ** 2).otherwise(0.0)
    return marked.select(*_ROW[:3], widened.alias("variance"), "selected"), tuple(
        marked.filter("apart").select("election", "region").rows()
    )


def _cells(rows: pl.DataFrame, *, areas: Areas, region: str, elections: Sequence[Election]) -> Cells:
    codes, parents = np.array(areas.codes), np.array(areas.parents)
    sizes = areas.electorate.astype(np.float64)
    member = np.array([(codes == code) | (parents == code) | (code == region) for code in rows["region"]])
    weights = np.where(member.reshape(len(rows), len(codes)), sizes, 0.0)
    by_slug = {election.slug: election for election in elections}
    held = [by_slug[slug] for slug in rows["election"]]
    order = {slug: position for position, slug in enumerate(by_slug)}
    return Cells(
        weights=weights / weights.sum(axis=1, keepdims=True),
        kind=np.array([KINDS.index(turnout_kind(one)) for one in held], dtype=np.int64),
        day=np.array([one.order.toordinal() for one in held], dtype=np.int64),
        election=np.array([order[one.slug] for one in held], dtype=np.int64),
        pemilu=np.array([one.regime is Regime.PEMILU for one in held], dtype=np.bool_),
        selected=rows["selected"].to_numpy(),
    )
