"""Where one figure comes from: who states it, which statement is used, why, and what differs."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from bilik.elections.acceptance import VALUE_COLUMNS, accepted_statements, is_partial
from bilik.elections.denominators import Denominator
from bilik.elections.figures import Figures
from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark

SHARE_COLUMNS = {denominator.value: denominator.columns for denominator in Denominator}
#: Derived columns and the parts they are made of.
DERIVED = {**SHARE_COLUMNS, "invalid_share": ("invalid", "valid")}


class UnknownFigureError(BilikError):
    """There is no such figure to explain."""

    message = mark(
        "There is no figure {column} of {election} in {region}. "
        "Open the page of the election and choose a figure there."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """One figure with everything that is stated about it; ``statements`` has the one in use first.

    None is in use where the figure is withheld; ``reason_id`` and ``reason_en`` then say why.
    """

    election: str
    region: str
    column: str
    statements: tuple[dict[str, Any], ...]
    reason_id: str | None = None
    reason_en: str | None = None

    @property
    def accepted(self) -> dict[str, Any] | None:
        """Return the statement in use, if any is."""
        return next((row for row in self.statements if row["accepted"]), None)

    @property
    def rivals(self) -> tuple[dict[str, Any], ...]:
        """Return the statements that differ from the one in use; all of them where none is."""
        used = self.accepted
        return tuple(row for row in self.statements if used is None or row["value"] != used["value"])

    @property
    def agreeing(self) -> tuple[dict[str, Any], ...]:
        """Return the other statements of the value in use."""
        used = self.accepted
        return tuple(row for row in self.statements if used and row is not used and row["value"] == used["value"])


def lineage(figures: Figures, *, election: str, region: str, column: str) -> Lineage:
    """Explain one column of the counts of ``election`` in ``region``.

    Raises
    ------
    UnknownFigureError
        If ``column`` is no figure, or nobody states it there.
    """
    if column not in VALUE_COLUMNS:
        raise UnknownFigureError(column=column, election=election, region=region)
    here = (pl.col("election") == election) & (pl.col("region") == region)
    whole = figures.counts.filter(here & pl.col("station").is_null() & ~is_partial()).drop_nulls(column)
    if whole.is_empty():
        raise UnknownFigureError(column=column, election=election, region=region)
    this = here & (pl.col("column") == column)
    used = accepted_statements(figures).filter(this).select("source", "value", accepted=pl.lit(value=True))
    decided = figures.acceptances.filter(this).select(pl.col("source").fill_null(""), "reason_id", "reason_en")
    rows = (
        whole.select(
            "source", "denominator", "published_digits", "note_id", "note_en", value=pl.col(column).cast(pl.Float64)
        )
        .unique(maintain_order=True)
        .join(figures.sources, on="source", how="left", maintain_order="left")
        .join(used, on=["source", "value"], how="left", maintain_order="left")
        .with_columns(pl.col("accepted").fill_null(value=False))
        .sort("accepted", descending=True, maintain_order=True)
    )
    reasons = decided.filter(pl.col("source").is_in([*used["source"], ""])).to_dicts()
    return Lineage(
        election=election,
        region=region,
        column=column,
        statements=tuple(rows.iter_rows(named=True)),
        reason_id=reasons[0]["reason_id"] if reasons else None,
        reason_en=reasons[0]["reason_en"] if reasons else None,
    )


def parts_of(figures: Figures, *, election: str, region: str, column: str) -> tuple[Lineage, ...]:
    """Explain a figure through its parts: a share by numerator, denominator and what was printed; others by themselves.

    Raises
    ------
    UnknownFigureError
        If nothing at all is stated about the figure.
    """
    wanted = (*DERIVED[column], "published_percent") if column in SHARE_COLUMNS else DERIVED.get(column, (column,))
    found = []
    for part in wanted:
        try:
            found.append(lineage(figures, election=election, region=region, column=part))
        except UnknownFigureError:
            continue
    if not found:
        raise UnknownFigureError(column=column, election=election, region=region)
    return tuple(found)
