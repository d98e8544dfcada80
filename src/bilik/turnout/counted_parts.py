"""Counts that cover only some polling stations of an area, and what they are worth.

Between-station spread with finite population correction, as in Cochran (1977), ch. 2,
on the logit scale. See docs/methods/turnout-forecast.md, "Observations".
"""

from functools import lru_cache

import numpy as np
import polars as pl

from bilik.elections.acceptance import is_partial
from bilik.elections.checks import failures
from bilik.elections.denominators import Denominator
from bilik.elections.figures import Figures
from bilik.turnout.shares import numerator_count

#: Polling stations needed before their own spread replaces the prior's.
ENOUGH_STATIONS = 30
_KEY = ["election", "region"]
_KEPT = 8  # bundles whose parts are kept


@lru_cache(maxsize=_KEPT)
def sound_parts(figures: Figures) -> pl.DataFrame:
    """Return the counts of single stations and of some stations of an area, but for those that fail a check."""
    parts = figures.counts.filter(pl.col("station").is_not_null() | is_partial())
    failed = failures(parts, figures.elections)["row"].unique()
    return parts.with_row_index("row").filter(~pl.col("row").is_in(failed.to_list())).drop("row")


def part_rows(figures: Figures, *, codes: list[str], denominator: Denominator, station_sd: float) -> pl.DataFrame:
    """Return areas of ``codes`` counted from polling stations: election, region, users, electorate, complete, variance.

    ``variance`` is that of the area's logit turnout; for a complete count it is only the
    binomial one. Stations without a list (special ones) and rows that fail a check are left out. Where several
    sources cover an area, the one with the most stations is taken.
    """
    stations = _station_rows(figures, codes, denominator)
    spread = _between_stations(stations, station_sd)
    rows = pl.concat([_published_parts(figures, codes, denominator), _added_up(stations, figures)])
    covered, total = pl.col("stations_counted"), pl.col("stations")
    share = (pl.col("users") + 0.5) / (pl.col("electorate") + 1)
    left_out = (1 - covered / total).clip(0, 1)
    return (
        rows.filter((pl.col("electorate") > 0) & pl.col("users").is_not_null())
        .sort("stations_counted", descending=True, maintain_order=True)
        .unique(_KEY, keep="first", maintain_order=True)
        .with_columns(complete=covered >= total)
        .with_columns(
            variance=pl.when("complete")
            .then(1 / (pl.col("electorate") * share * (1 - share).clip(0.005)))
            .otherwise(spread**2 / covered * left_out)
        )
        .select(*_KEY, "users", "electorate", "complete", "variance")
    )


def _published_parts(figures: Figures, codes: list[str], denominator: Denominator) -> pl.DataFrame:
    numerator, electorate = denominator.columns
    return (
        sound_parts(figures)
        .filter(pl.col("region").is_in(codes) & is_partial() & pl.col("station").is_null())
        .select(
            *_KEY,
            users=numerator_count(numerator),
            electorate=pl.col(electorate),
            stations_counted=pl.col("stations_counted"),
            stations=pl.col("stations"),
        )
    )


def _station_rows(figures: Figures, codes: list[str], denominator: Denominator) -> pl.DataFrame:
    numerator, electorate = denominator.columns
    return (
        sound_parts(figures)
        .filter(pl.col("region").is_in(codes) & pl.col("station").is_not_null())
        .select(*_KEY, "station", users=numerator_count(numerator), electorate=pl.col(electorate))
        .filter(pl.col("users").is_not_null() & (pl.col("electorate") > 0))
        .unique([*_KEY, "station"], keep="first", maintain_order=True)
    )


def _added_up(stations: pl.DataFrame, figures: Figures) -> pl.DataFrame:
    """Add stations up by area; how many there are is what an area's own row says, else the rows themselves."""
    known = (
        figures.counts.filter(pl.col("station").is_null() & pl.col("stations").is_not_null())
        .group_by(_KEY)
        .agg(pl.col("stations").max())
    )
    return (
        stations.group_by(_KEY, maintain_order=True)
        .agg(pl.col("users", "electorate").sum(), stations_counted=pl.len().cast(pl.Int64))
        .join(known, on=_KEY, how="left")
        .with_columns(stations=pl.max_horizontal("stations", "stations_counted"))
    )


def _between_stations(stations: pl.DataFrame, station_sd: float) -> float:
    """Pool the stations' spread within their areas, on the logit scale; the prior's where they are few."""
    share = (pl.col("users") + 0.5).clip(upper_bound=pl.col("electorate") + 0.5) / (pl.col("electorate") + 1)
    within = (
        stations.with_columns(logit=(share / (1 - share)).log())
        .with_columns(deviation=pl.col("logit") - pl.col("logit").mean().over(_KEY))
        .with_columns(areas=pl.struct(_KEY).n_unique())
    )
    freedom = len(within) - (within["areas"][0] if len(within) else 0)
    if freedom < ENOUGH_STATIONS:
        return station_sd
    return float(np.sqrt(np.sum(within["deviation"].to_numpy() ** 2) / freedom))
