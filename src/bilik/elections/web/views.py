"""Pages of figures: where one comes from, and all sources."""

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bilik.accounts.roles import Act
from bilik.accounts.web.permission import requires
from bilik.elections.lineage import DERIVED, SHARE_COLUMNS, parts_of
from bilik.elections.names import COLUMN_NAMES
from bilik.elections.web.failed import failed_checks
from bilik.elections.web.store import figures
from bilik.foundation.sources import SourceKind
from bilik.foundation.web.reader import language_of
from bilik.regions.web.trail import trail


@requires(Act.VIEW_WORKSPACE)
def figure(request: HttpRequest, election: str, region: str, column: str) -> HttpResponse:
    known = figures()
    parts = parts_of(known, election=election, region=region, column=column)
    indonesian = language_of(request).code == "id"
    shown = [
        {
            "name": COLUMN_NAMES[part.column],
            "is_percent": part.column == "published_percent",
            "accepted": _row(part.accepted, indonesian=indonesian) if part.accepted else None,
            "reason": part.reason_id if indonesian else part.reason_en,
            "rivals": [_row(row, indonesian=indonesian) for row in part.rivals],
            "agreeing": [_row(row, indonesian=indonesian) for row in part.agreeing],
        }
        for part in parts
    ]
    values = {part.column: part.accepted["value"] for part in parts if part.accepted}
    context = {
        "name": COLUMN_NAMES[column],
        "election": next((one for one in known.elections if one.slug == election), None),
        "trail": trail(known.regions, region, lambda code: reverse("turnout:region", args=[code])),
        "parts": shown,
        "checks": failed_checks(known, region=region, election=election, language=language_of(request)),
        "share": _share(column, values),
        "column": column,
        "back": reverse("turnout:election", args=[region, election]),
    }
    template = "elections/_figure.html" if getattr(request, "htmx", False) else "elections/figure.html"
    return render(request, template, context)


def _row(row: dict[str, object], *, indonesian: bool) -> dict[str, object]:
    digits = row["published_digits"]
    return {
        **row,
        "digits": digits if digits is not None else 2,
        "kind_label": SourceKind(str(row["kind"])).label,
        "note": row["note_id"] if indonesian else row["note_en"],
        "basis": COLUMN_NAMES.get(str(row["denominator"])),
    }


def _share(column: str, values: dict[str, float]) -> dict[str, float] | None:
    """Work a derived share out from its parts, so that the reader can follow it."""
    if column not in DERIVED or not all(part in values for part in DERIVED[column]):
        return None
    over, under = (values[part] for part in DERIVED[column])
    below = under if column in SHARE_COLUMNS else over + under
    return {"over": over, "under": below, "share": over / below} if below else None


@requires(Act.VIEW_WORKSPACE)
def sources(request: HttpRequest) -> HttpResponse:
    known = figures()
    sought = request.GET.get("q", "").strip()
    kind = request.GET.get("kind", "")
    names = {one.slug: one.name for one in known.elections}
    used = known.counts.group_by("source").agg(
        row_count=pl.len(), elections=pl.col("election").replace(names).unique().sort().str.join(", ")
    )
    rows = known.sources.join(used, on="source", how="left").sort("publisher", "published_on")
    if sought:
        rows = rows.filter(
            pl.any_horizontal(
                pl.col("publisher", "title", "url", "elections")
                .str.to_lowercase()
                .str.contains(sought.lower(), literal=True)
            )
        )
    if kind in set(SourceKind):
        rows = rows.filter(pl.col("kind") == kind)
    context = {
        "sources": [{**row, "kind_label": SourceKind(row["kind"]).label} for row in rows.iter_rows(named=True)],
        "total": known.sources.height,
        "sought": sought,
        "kind": kind,
        "kinds": list(SourceKind),
    }
    return render(request, "elections/sources.html", context)
