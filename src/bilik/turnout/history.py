"""What happened: turnout of past elections on one named basis, with what contradicts it.

The share comes from counted parts where they are known, else from a percentage as a
source printed it; ``basis`` says which. See docs/methods/turnout-forecast.md.
"""

from enum import StrEnum

import polars as pl

from bilik.elections.acceptance import accepted, accepted_statements, statements
from bilik.elections.denominators import Denominator
from bilik.elections.figures import Figures
from bilik.foundation.language import mark
from bilik.turnout.kinds import turnout_kind
from bilik.turnout.regions import areas_at, checked_region
from bilik.turnout.shares import invalid_share, numerator_count, turnout_share

KEY = ["election", "region"]
COLUMNS = (
    "election", "name", "kind", "turnout_kind", "regime", "held_on", "region", "electorate", "users",
    "share", "basis", "on_basis", "share_low", "share_high", "contradicted", "rival_distance", "digits",
    "valid", "invalid", "invalid_share", "stations",
)  # fmt: skip


class Basis(StrEnum):
    """Where a share comes from, the surest first."""

    COUNTED = "counted"
    PUBLISHED = "published"
    UNSTATED = "published_unknown"
    OTHER = "published_other"

    @property
    def label(self) -> str:
        """Return the basis as source string for translation."""
        return _LABELS[self]


_LABELS = {
    Basis.COUNTED: mark("from counted parts"),
    Basis.PUBLISHED: mark("as published, on this basis"),
    Basis.UNSTATED: mark("as published, without saying of what"),
    Basis.OTHER: mark("as published, on another basis"),
}


def history(figures: Figures, *, region: str, denominator: Denominator) -> pl.DataFrame:
    """Return the region's past elections, the oldest first, one row each.

    ``share`` is users ÷ ``electorate`` (0 to 1, above 1 where people outside the list
    voted), null where nobody states it; ``on_basis`` tells whether it is known to be on
    ``denominator``. ``share_low`` and ``share_high`` span the statements of all sources
    that may be on this basis, ``contradicted`` tells whether any differs beyond rounding,
    and ``rival_distance`` is the distance within which at least half of the open ones lie: those
    of the same sort that no decision with a reason has settled.
    ``digits`` are the decimals of a published percentage. ``invalid_share`` is invalid ÷ all ballots.
    An election without users, ballots or a published percentage is not past and has no row.

    Raises
    ------
    UnknownRegionError
        If the figures hold no such region.
    """
    checked_region(figures, region)
    return history_of(figures, [region], denominator)


def area_history(figures: Figures, *, region: str, denominator: Denominator, level: str) -> pl.DataFrame:
    """Return the same for every area of ``level`` below ``region``: one row per election and area.

    Only elections whose count is complete appear: every such area has a counted share.

    Raises
    ------
    UnknownRegionError, UnknownLevelError
        If the figures hold no such region, or no such level below it.
    """
    codes = areas_at(figures, region, level)["code"].to_list()
    table = history_of(figures, codes, denominator)
    counted = pl.col("share").is_not_null() & (pl.col("basis") == Basis.COUNTED)
    return table.filter(counted.sum().over("election") == len(codes))


def history_of(figures: Figures, codes: list[str], denominator: Denominator) -> pl.DataFrame:
    """Return the past elections of the regions ``codes`` as ``history`` does, whether complete or not."""
    numerator, electorate = denominator.columns
    inside = pl.col("region").is_in(codes)
    counted = (
        accepted(figures)
        .filter(inside)
        .with_columns(users=numerator_count("users"))
        .with_columns(counted=turnout_share(denominator), numerator=numerator_count(numerator), size=pl.col(electorate))
    )
    rivals = pl.concat([_counted_rivals(figures, inside, denominator), _published(figures, inside, denominator)])
    table = counted.join(_best_published(rivals), on=KEY, how="left", maintain_order="left").with_columns(
        share=pl.coalesce("counted", "published"),
        basis=pl.when(pl.col("counted").is_not_null())
        .then(pl.lit(Basis.COUNTED.value))
        .otherwise(pl.col("published_basis")),
        digits=pl.when(pl.col("counted").is_null()).then(pl.col("digits")),
    )
    return (
        table.join(_spread(table, rivals), on=KEY, how="left", maintain_order="left")
        .join(_elections(figures), on="election", how="inner", maintain_order="left")
        .filter(pl.any_horizontal(pl.col("share", "users", "valid", "invalid").is_not_null()))
        .sort("order", "election", "region")
        .select(
            "election", "name", "kind", "turnout_kind", "regime", "held_on", "region",
            pl.col("size").alias("electorate"), pl.col("numerator").alias("users"), "share", "basis",
            pl.col("basis").is_in([Basis.COUNTED, Basis.PUBLISHED]).fill_null(value=False).alias("on_basis"),
            "share_low", "share_high", pl.col("contradicted").fill_null(value=False), "rival_distance", "digits",
            "valid", "invalid", invalid_share().alias("invalid_share"), "stations",
        )
    )  # fmt: skip


def _elections(figures: Figures) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (one.slug, one.name, one.kind.value, turnout_kind(one).value, one.regime.value, one.held_on, one.order)
            for one in figures.elections
        ],
        schema={
            "election": pl.String, "name": pl.String, "kind": pl.String, "turnout_kind": pl.String,
            "regime": pl.String, "held_on": pl.Date, "order": pl.Date,
        },
        orient="row",
    )  # fmt: skip


def _counted_rivals(figures: Figures, inside: pl.Expr, denominator: Denominator) -> pl.DataFrame:
    """List the shares that follow when one accepted part is replaced by another source's.

    They are ``settled`` where somebody decided on that part with a reason.
    """
    numerator, electorate = denominator.columns
    parts = statements(figures).filter(inside).select(*KEY, "column", "value")
    chosen = accepted_statements(figures).filter(inside).select(*KEY, "column", "value", "decided")
    shares = []
    for replaced, kept in ((numerator, electorate), (electorate, numerator)):
        decided = chosen.filter(pl.col("column") == replaced).select(*KEY, settled="decided")
        other = parts.filter(pl.col("column") == replaced).select(*KEY, pl.col("value").alias(replaced))
        own = chosen.filter(pl.col("column") == kept).select(*KEY, pl.col("value").alias(kept))
        both = other.join(own, on=KEY).join(decided, on=KEY).filter(pl.col(electorate) > 0)
        shares.append(both.select(*KEY, "settled", top=numerator, bottom=electorate))
    return pl.concat(shares).select(
        *KEY,
        rival=pl.col("top") / pl.col("bottom"),
        rival_basis=pl.lit(Basis.COUNTED.value),
        rival_digits=pl.lit(None, pl.Int64),
        accepted=pl.lit(value=False),
        settled="settled",
    )


def _published(figures: Figures, inside: pl.Expr, denominator: Denominator) -> pl.DataFrame:
    """List the percentages as printed, with what is known of their basis."""
    chosen = (
        accepted_statements(figures)
        .filter(inside & (pl.col("column") == "published_percent"))
        .select(*KEY, "source", accepted=pl.lit(value=True))
    )
    stated = pl.col("denominator")
    return (
        statements(figures)
        .filter(inside & (pl.col("column") == "published_percent"))
        .join(
            figures.counts.select(
                *KEY, "source", "denominator", "published_digits", value="published_percent"
            ).unique(),
            on=[*KEY, "source", "value"],
            how="left",
        )
        .join(chosen, on=[*KEY, "source"], how="left")
        .select(
            *KEY,
            rival=pl.col("value") / 100,
            rival_basis=pl.when(stated.is_null())
            .then(pl.lit(Basis.UNSTATED.value))
            .when(stated == denominator.value)
            .then(pl.lit(Basis.PUBLISHED.value))
            .otherwise(pl.lit(Basis.OTHER.value)),
            rival_digits=pl.col("published_digits"),
            accepted=pl.col("accepted").fill_null(value=False),
            settled=pl.lit(value=False),
        )
    )


def _best_published(rivals: pl.DataFrame) -> pl.DataFrame:
    """Choose per election and region the accepted percentage, but one on this basis before any other.

    Where no percentage is accepted, all are withheld.
    """
    return (
        rivals.filter((pl.col("rival_basis") != Basis.COUNTED) & pl.col("accepted").any().over(KEY))
        .with_columns(off=pl.col("rival_basis") != Basis.PUBLISHED)
        .sort(*KEY, "off", "accepted", descending=[False, False, False, True], maintain_order=True)
        .group_by(KEY, maintain_order=True)
        .first()
        .select(*KEY, published="rival", published_basis="rival_basis", digits="rival_digits")
    )


def _spread(table: pl.DataFrame, rivals: pl.DataFrame) -> pl.DataFrame:
    """Measure how far the statements that may be on this basis lie from the share in use."""
    comparable = (pl.col("rival_basis") != Basis.OTHER) | (pl.col("basis") == Basis.OTHER)
    rounding = pl.sum_horizontal(
        pl.when(pl.col(digits).is_not_null()).then(0.005 * pl.lit(10.0).pow(-pl.col(digits))).otherwise(0.0)
        for digits in ("digits", "rival_digits")
    )
    same_sort = (pl.col("rival_basis") == Basis.COUNTED) == (pl.col("basis") == Basis.COUNTED)
    distance = pl.col("distance").filter(same_sort & ~pl.col("settled") & (pl.col("distance") > 1e-9))  # noqa: PLR2004 -- itself
    return (
        table.select(*KEY, "share", "basis", "digits")
        .drop_nulls("share")
        .join(rivals, on=KEY)
        .filter(comparable)
        .with_columns(distance=(pl.col("rival") - pl.col("share")).abs())
        .group_by(KEY, maintain_order=True)
        .agg(
            share_low=pl.min_horizontal(pl.col("rival").min(), pl.col("share").first()),
            share_high=pl.max_horizontal(pl.col("rival").max(), pl.col("share").first()),
            contradicted=(pl.col("distance") > rounding + 1e-9).any(),
            rival_distance=distance.quantile(0.5, interpolation="lower"),
        )
    )
