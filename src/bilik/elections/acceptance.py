"""Which of several contradicting figures is used, and why. The others stay where they are.

A figure is accepted, in this order: because somebody decided so with a reason; because
no source contradicts it; else because its source binds further (official record, then
press and volunteer counts, then internal figures) and is the more recent. A row that fails
a check is used only where somebody decided so, and a decision may also be to use none.

What is worked out about one bundle of figures is kept for a while: bundles never change.
"""

from functools import lru_cache

import polars as pl

from bilik.elections.checks import failures
from bilik.elections.figures import WHOLE_COLUMNS, Figures
from bilik.foundation.sources import SourceKind

#: Columns that say which figure a statement is about.
KEY = ("election", "region", "column")
VALUE_COLUMNS = (*WHOLE_COLUMNS, "published_percent")
_KEPT = 8  # bundles that results are kept of
_RANK = {
    SourceKind.OFFICIAL_RECORD: 0,
    SourceKind.VOLUNTEER_COUNT: 1,
    SourceKind.PRESS: 1,
    SourceKind.INTERNAL: 2,
}


def is_partial() -> pl.Expr:
    """Tell rows that cover only some polling stations: their parts belong to those stations alone."""
    return (pl.col("stations_counted") < pl.col("stations")).fill_null(value=False)


@lru_cache(maxsize=_KEPT)
def statements(figures: Figures) -> pl.DataFrame:
    """List every figure of a whole area that any source states.

    One row per election, region, column and source, with ``value`` (float), the rank of
    the source's kind, ``decided`` (somebody accepted it), the reason in both languages, and
    ``quarantined`` (the row fails a check). Station rows and partial counts are left out:
    they are no statement about the area.
    """
    whole = figures.counts.filter(pl.col("station").is_null() & ~is_partial()).with_row_index("row")
    failed = failures(whole.drop("row"), figures.elections, regions=figures.regions)["row"].unique()
    return (
        whole.with_columns(pl.col(VALUE_COLUMNS).cast(pl.Float64), quarantined=pl.col("row").is_in(failed.to_list()))
        .unpivot(VALUE_COLUMNS, index=["election", "region", "source", "quarantined"], variable_name="column")
        .drop_nulls("value")
        .unique(maintain_order=True)
        .join(figures.acceptances, on=[*KEY, "source"], how="left", maintain_order="left")
        .join(figures.sources.select("source", "kind", "published_on"), on="source", how="left", maintain_order="left")
        .with_columns(
            decided=pl.col("reason_en").is_not_null(),
            rank=pl.col("kind").replace_strict(_RANK, default=len(_RANK), return_dtype=pl.Int64),
        )
    )


@lru_cache(maxsize=_KEPT)
def accepted_statements(figures: Figures) -> pl.DataFrame:
    """Keep the accepted statement of each figure, with how many others there are.

    ``statement_count`` counts the statements of a figure and ``contradicted`` tells
    whether any of them differs from the accepted one. A figure that is withheld, or stated
    only by rows that fail a check, has no row.
    """
    ordered = statements(figures).sort(
        [*KEY, "decided", "quarantined", "rank", "published_on"],
        descending=[False, False, False, True, False, False, True],
        nulls_last=True,
        maintain_order=True,
    )
    withheld = figures.acceptances.filter(pl.col("source").fill_null("") == "")
    return (
        ordered.group_by(KEY, maintain_order=True)
        .agg(
            pl.all().first(),
            statement_count=pl.len(),
            contradicted=pl.col("value").n_unique() > 1,
        )
        .filter(pl.col("decided") | ~pl.col("quarantined"))
        .join(withheld, on=KEY, how="anti", maintain_order="left")
    )


@lru_cache(maxsize=_KEPT)
def accepted(figures: Figures) -> pl.DataFrame:
    """Return the accepted figures wide: one row per election and region, one column a figure."""
    chosen = accepted_statements(figures)
    wide = chosen.pivot("column", index=["election", "region"], values="value")
    missing = [pl.lit(None, pl.Float64).alias(name) for name in VALUE_COLUMNS if name not in wide.columns]
    return wide.with_columns(missing).with_columns(pl.col(WHOLE_COLUMNS).round().cast(pl.Int64))
