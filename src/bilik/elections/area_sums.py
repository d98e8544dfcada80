"""Whether areas add up to the area above them, by the same source. See docs/methods/counts-and-checks.md."""

import polars as pl

from bilik.elections.figures import WHOLE_COLUMNS
from bilik.regions.codes import NATION
from bilik.regions.hierarchy import in_force

_KEY = ("election", "source", "region", "column")
_UP = (r"\.[^.]*$", r"(\.[^.]*){2}$", r"(\.[^.]*){3}$")  # one, two, three levels up


def area_sum_failures(counts: pl.DataFrame, regions: pl.DataFrame | None) -> pl.DataFrame:
    """Return the rows of ``counts`` that the areas below do not add up to: row, rule, column, found, wanted.

    Areas are added level by level. Where ``regions`` shows that some are missing, or is not
    given, only a sum above the total fails.
    """
    stated = _statements(counts)
    above = _with_ancestors(stated)
    sums = above.group_by("election", "source", "column", "ancestor", "level").agg(
        found=pl.col("value").sum(), area_count=pl.col("region").n_unique()
    )
    return (
        stated.join(sums, left_on=_KEY, right_on=("election", "source", "ancestor", "column"), how="inner")
        .join(_area_counts(regions), left_on=("region", "level"), right_on=("ancestor", "level"), how="left")
        .filter(
            (pl.col("found") > pl.col("value"))
            | ((pl.col("found") < pl.col("value")) & (pl.col("area_count") == pl.col("all_areas")))
        )
        .select(
            "row", rule=pl.lit("areas_sum"), column="column", found=pl.col("found").cast(pl.Float64),
            wanted=pl.col("value").cast(pl.Float64),
        )
        .unique(["row", "column"], keep="first", maintain_order=True)
    )  # fmt: skip


def _statements(counts: pl.DataFrame) -> pl.DataFrame:
    """Return what is stated about whole areas, one row a figure; of two rows of one source the first."""
    partial = (pl.col("stations_counted") < pl.col("stations")).fill_null(value=False)
    return (
        counts.with_row_index("row")
        .with_columns(pl.col("row").cast(pl.Int64))
        .filter(pl.col("station").is_null() & ~partial)
        .unpivot(WHOLE_COLUMNS, index=["row", "election", "source", "region"], variable_name="column")
        .drop_nulls("value")
        .unique(_KEY, keep="first", maintain_order=True)
    )


def _with_ancestors(areas: pl.DataFrame) -> pl.DataFrame:
    """Repeat each area for every region above it; ``level`` is how many dots its own code has."""
    code = pl.col("region")
    dots = code.str.count_matches(".", literal=True).cast(pl.Int64)
    ups = [
        areas.filter(dots >= steps).with_columns(ancestor=code.str.replace(pattern, ""), level=dots)
        for steps, pattern in enumerate(_UP, 1)
    ]
    nation = areas.filter(code != NATION).with_columns(ancestor=pl.lit(NATION), level=dots)
    return pl.concat([*ups, nation])


def _area_counts(regions: pl.DataFrame | None) -> pl.DataFrame:
    """Return how many areas of each level lie below each region: ancestor, level, all_areas."""
    if regions is None:
        return pl.DataFrame(schema={"ancestor": pl.String, "level": pl.Int64, "all_areas": pl.UInt32})
    above = _with_ancestors(in_force(regions).select(region="code"))
    return above.group_by("ancestor", "level").agg(all_areas=pl.len())
