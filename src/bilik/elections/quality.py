"""How good the figures of each election are: complete, clean, quarantined, missing, contradicted, and what to ask for.

docs/methods/counts-and-checks.md has the checks; here their findings are counted per election.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from bilik.elections.acceptance import accepted, is_partial
from bilik.elections.checks import failures
from bilik.elections.contradictions import contradictions
from bilik.elections.figures import Figures
from bilik.foundation.language import mark

#: Columns without which an election's turnout cannot be worked out.
NEEDED = ("dpt", "users")


class Gap(StrEnum):
    """Something that is missing or doubtful, and can be asked for."""

    TOTAL = "total"
    AREAS = "areas"
    STATIONS = "stations"
    CONTRADICTION = "contradiction"

    @property
    def label(self) -> str:
        """Return what to ask for, as source string for translation with ``election``, ``count`` and ``all``."""
        return _ASKED[self]


_ASKED = {
    Gap.TOTAL: mark("{election}: the list (DPT) and the number of people who voted in the whole region"),
    Gap.AREAS: mark("{election}: list and voters of {count} of {all} kelurahan, with the lists of the TPS"),
    Gap.STATIONS: mark(
        "{election}: the forms of {count} of {all} TPS whose published figures do not add up or are missing"
    ),
    Gap.CONTRADICTION: mark("{election}: the official record for {count} figures that sources contradict"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to ask the election commission for."""

    election: str
    gap: Gap
    count: int
    all_count: int


def quality(figures: Figures, region: str) -> pl.DataFrame:
    """Return one row per past election of ``region``: what is known of it and what fails.

    ``total`` tells whether list and voters of the whole region are accepted; ``ward_count`` of
    ``ward_total`` kelurahan are counted completely; ``station_clean`` and
    ``station_quarantined`` are rows of single stations or, where only sums of stations are
    known, the stations that these sums hold, of ``station_total``; ``contradiction_count`` are
    statements that do not fit the accepted figures, ``quarantined_count`` rows of areas that fail a check.
    """
    inside = (pl.col("region") == region) | pl.col("region").str.starts_with(f"{region}.")
    wards = figures.regions.filter(inside_code(region) & (pl.col("level") == "ward") & pl.col("valid_to").is_null())
    counts = figures.counts.filter(inside)
    failed = failures(counts, figures.elections, regions=figures.regions)["row"].unique()
    marked = counts.with_row_index("row").with_columns(quarantined=pl.col("row").is_in(failed.to_list()))
    known = accepted(figures).filter(inside & pl.all_horizontal(pl.col(NEEDED).is_not_null()))
    ward = pl.col("region").is_in(wards["code"].to_list())
    doubtful = contradictions(figures).filter(inside)
    table = _elections(figures, counts)
    for part in (
        known.filter(pl.col("region") == region).group_by("election").agg(total=pl.lit(value=True)),
        known.filter(ward).group_by("election").agg(ward_count=pl.len()),
        _stations(marked, region),
        doubtful.group_by("election").agg(contradiction_count=pl.len()),
        marked.filter(pl.col("quarantined") & pl.col("station").is_null())
        .group_by("election")
        .agg(quarantined_count=pl.len()),
    ):
        table = table.join(part, on="election", how="left", maintain_order="left")
    return table.with_columns(pl.col("total").fill_null(value=False), ward_total=pl.lit(wards.height)).with_columns(
        pl.col("ward_count", "station_clean", "station_quarantined", "contradiction_count", "quarantined_count")
        .fill_null(0)
        .cast(pl.Int64)
    )


def inside_code(region: str) -> pl.Expr:
    """Tell the codes of regions that lie in ``region``."""
    return pl.col("code").str.starts_with(f"{region}.")


def _elections(figures: Figures, counts: pl.DataFrame) -> pl.DataFrame:
    counted = set(counts["election"].unique().to_list())
    rows = [(one.slug, one.name, one.held_on) for one in reversed(figures.elections) if one.slug in counted]
    return pl.DataFrame(rows, schema={"election": pl.String, "name": pl.String, "held_on": pl.Date}, orient="row")


def _stations(marked: pl.DataFrame, region: str) -> pl.DataFrame:
    """Count stations: single rows where there are any, else what sums over some of them hold."""
    total = marked.filter((pl.col("region") == region) & pl.col("stations").is_not_null())
    single = marked.filter(pl.col("station").is_not_null()).with_columns(
        empty=pl.all_horizontal(pl.col(NEEDED).is_null() | (pl.col(NEEDED) == 0))
    )
    rows = single.group_by("election").agg(
        single_clean=pl.struct("region", "station").filter(~pl.col("quarantined") & ~pl.col("empty")).n_unique(),
        single_quarantined=pl.struct("region", "station").filter(pl.col("quarantined")).n_unique(),
    )
    sums = (
        marked.filter(is_partial() & pl.col("station").is_null())
        .group_by("election")
        .agg(summed=pl.col("stations_counted").sum())
    )
    return (
        total.group_by("election")
        .agg(station_total=pl.col("stations").max())
        .join(rows, on="election", how="full", coalesce=True)
        .join(sums, on="election", how="full", coalesce=True)
        .select(
            "election",
            "station_total",
            station_clean=pl.max_horizontal("single_clean", "summed"),
            station_quarantined=pl.col("single_quarantined"),
        )
    )


def requests(table: pl.DataFrame) -> list[Request]:
    """Return what to ask for, the latest election first, from a frame of ``quality``."""
    asked: list[Request] = []
    for row in table.iter_rows(named=True):
        found: list[tuple[Gap, int, int]] = []
        if not row["total"]:
            found.append((Gap.TOTAL, 1, 1))
        if row["ward_total"] and row["ward_count"] < row["ward_total"]:
            found.append((Gap.AREAS, row["ward_total"] - row["ward_count"], row["ward_total"]))
        if row["station_total"] and 0 < row["station_clean"] < row["station_total"]:
            found.append((Gap.STATIONS, row["station_total"] - row["station_clean"], row["station_total"]))
        if row["contradiction_count"]:
            found.append((Gap.CONTRADICTION, row["contradiction_count"], row["contradiction_count"]))
        asked += [Request(election=row["name"], gap=gap, count=count, all_count=all_) for gap, count, all_ in found]
    return asked
