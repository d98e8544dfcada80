"""Turnout and invalid ballots as shares, each with its named basis.

docs/methods/counts-and-checks.md, "Shares".
"""

import polars as pl

from bilik.elections.denominators import Denominator


def turnout_share(denominator: Denominator) -> pl.Expr:
    """Divide the numerator of ``denominator`` by its list, 0 to above 1; null where either is unknown.

    Everyone who voted may also come from valid and invalid ballots, which add up to them.
    Voters outside the permanent list can push the share above 1; that is kept, not cut.
    """
    numerator, electorate = denominator.columns
    return (
        (numerator_count(numerator) / pl.col(electorate).cast(pl.Float64))
        .replace([float("inf")], [None])
        .fill_nan(None)
    )


def numerator_count(column: str) -> pl.Expr:
    """Return the people in a basis's numerator; ``users`` falls back on valid + invalid ballots."""
    if column == "users":
        return pl.coalesce(pl.col("users"), pl.col("valid") + pl.col("invalid"))
    return pl.col(column)


def invalid_share() -> pl.Expr:
    """Divide invalid ballots by all ballots, 0 to 1; null where either part is unknown or nobody voted."""
    ballots = pl.col("valid") + pl.col("invalid")
    return pl.when(ballots > 0).then(pl.col("invalid") / ballots)
