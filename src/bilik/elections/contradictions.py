"""Where sources contradict each other; a fault of neither row. See docs/methods/counts-and-checks.md."""

from enum import StrEnum

import polars as pl

from bilik.elections.acceptance import KEY, accepted, accepted_statements, statements
from bilik.elections.denominators import Denominator
from bilik.elections.figures import Figures
from bilik.foundation.language import mark

CONTRADICTION_SCHEMA: dict[str, type[pl.DataType]] = {
    "election": pl.String,
    "region": pl.String,
    "kind": pl.String,  # a ContradictionKind
    "column": pl.String,
    "value": pl.Float64,  # the accepted figure, or what follows from accepted figures
    "source": pl.String,
    "other_value": pl.Float64,
    "other_source": pl.String,
    "difference": pl.Float64,  # other_value - value
}


class ContradictionKind(StrEnum):
    """What is held against what."""

    RIVAL = "rival"
    BALLOTS = "ballots"
    PERCENTAGE = "percentage"

    @property
    def label(self) -> str:
        """Return the kind as source string for translation."""
        return _LABELS[self]


_LABELS = {
    ContradictionKind.RIVAL: mark("two sources state different values"),
    ContradictionKind.BALLOTS: mark("ballots of one source against users of another"),
    ContradictionKind.PERCENTAGE: mark("a printed percentage that the accepted figures do not give"),
}


def contradictions(figures: Figures) -> pl.DataFrame:
    """List every statement that does not fit the accepted figures, in order of election and region.

    A printed percentage is held against the share on the denominator its source names, else
    against the nearest share on any, and fits within half a unit of its last decimal.
    """
    found = pl.concat([_rivals(figures), _ballots(figures), _percentages(figures)])
    order = {election.slug: place for place, election in enumerate(figures.elections)}
    place = pl.col("election").replace_strict(order, default=len(order), return_dtype=pl.Int64)
    return found.sort(place, "region", "kind", "column", maintain_order=True)


def _rivals(figures: Figures) -> pl.DataFrame:
    chosen = accepted_statements(figures).select(*KEY, "value", "source")
    rivals = statements(figures).select(*KEY, other_value="value", other_source="source")
    joined = chosen.join(rivals, on=KEY, how="inner", maintain_order="left")
    return _shaped(joined.filter(pl.col("value") != pl.col("other_value")), ContradictionKind.RIVAL)


def _ballots(figures: Figures) -> pl.DataFrame:
    sources = accepted_statements(figures).filter(pl.col("column").is_in(["users", "valid", "invalid"]))
    by = sources.pivot("column", index=["election", "region"], values="source")
    if not {"users", "valid", "invalid"} <= set(by.columns):
        return pl.DataFrame(schema=CONTRADICTION_SCHEMA)
    table = accepted(figures).join(by, on=["election", "region"], suffix="_source")
    ballots = (pl.col("valid") + pl.col("invalid")).cast(pl.Float64)
    valid, invalid = pl.col("valid_source"), pl.col("invalid_source")
    both = pl.when(valid == invalid).then(valid).otherwise(pl.concat_str(valid, invalid, separator=" + "))
    joined = table.select(
        "election",
        "region",
        column=pl.lit("users"),
        value=pl.col("users").cast(pl.Float64),
        source="users_source",
        other_value=ballots,
        other_source=both,
        apart=pl.any_horizontal(pl.col("users_source") != pl.col("valid_source", "invalid_source")),
    )
    return _shaped(
        joined.filter(pl.col("apart") & (pl.col("value") != pl.col("other_value"))), ContradictionKind.BALLOTS
    )


def _percentages(figures: Figures) -> pl.DataFrame:
    key = ["election", "region"]
    users = accepted_statements(figures).filter(pl.col("column") == "users").select(*key, users_source="source")
    table = accepted(figures).join(users, on=key, how="left")
    shares = [
        table.select(
            *key,
            "users_source",
            basis=pl.lit(basis.value),
            share=100 * pl.col(basis.columns[0]) / pl.col(basis.columns[1]),
        ).drop_nulls("share")
        for basis in Denominator
    ]
    printed = figures.counts.filter(pl.col("station").is_null() & pl.col("published_percent").is_not_null())
    distance = (pl.col("published_percent") - pl.col("share")).abs()
    half_unit = 0.5 * pl.lit(10.0).pow(-pl.col("published_digits").fill_null(0)) + 1e-9
    joined = (
        printed.select(*key, "source", "published_percent", "published_digits", "denominator")
        .join(pl.concat(shares), on=key, how="inner", maintain_order="left")
        .filter(pl.col("denominator").is_null() | (pl.col("denominator") == pl.col("basis")))
        .sort(distance, maintain_order=True)
        .unique([*key, "source", "published_percent"], keep="first", maintain_order=True)
        .filter(distance > half_unit)
        .select(
            *key, column=pl.lit("published_percent"), value="share", source="users_source",
            other_value="published_percent", other_source="source",
        )
    )  # fmt: skip
    return _shaped(joined, ContradictionKind.PERCENTAGE)


def _shaped(joined: pl.DataFrame, kind: ContradictionKind) -> pl.DataFrame:
    return joined.with_columns(kind=pl.lit(kind.value), difference=pl.col("other_value") - pl.col("value")).select(
        pl.col(name).cast(dtype) for name, dtype in CONTRADICTION_SCHEMA.items()
    )
