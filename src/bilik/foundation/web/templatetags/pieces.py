"""The pieces that pages are made of: figures, interval bars, charts, breadcrumbs, sortable heads."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language, gettext

from bilik.foundation.language import CODES, DEFAULT_CODE, Language, mark

register = template.Library()
IMPORT_STEPS = (mark("File"), mark("Shape"), mark("Checks"), mark("Decision"), mark("Receipt"))
#: The bar is drawn on a ground of this many units for a share of 0 to 1.
BAR_UNITS = 1000


def _reader() -> Language:
    code = get_language() or DEFAULT_CODE
    return Language(code if code in CODES else DEFAULT_CODE)


@register.filter
def whole(value: float | None) -> str:
    """Write a count in the reader's form."""
    return _reader().whole(value)


@register.filter
def percent(share: float | None, digits: int = 1) -> str:
    """Write a share of 0 to 1 as a percentage."""
    return _reader().percent(share, digits)


@register.filter
def neat(share: float | None) -> str:
    """Write a share as a percentage without a decimal that is nought: 75%, 77,5%."""
    return _reader().percent(share, 0 if share is None or round(share * 100, 1).is_integer() else 1)


@register.filter
def number(value: float | None, digits: int = 1) -> str:
    """Write a number with ``digits`` decimals."""
    return _reader().number(value, digits)


@register.filter
def day(value: datetime.date | None) -> str:
    """Write a day as 24 November 2026."""
    return _reader().date(value)


@register.filter
def loose_day(value: str | None) -> str:
    """Write a day, month or year as far as it is known."""
    return _reader().loose_date(value)


@register.filter
def chance(probability: float) -> str:
    """Write a probability as people say it: 62%, about 1 in 60, less than 1 in 1.000."""
    return _reader().chance(probability)


@register.filter
def said(message: str) -> str:
    """Translate a label that comes from the domain."""
    return gettext(message) if message else ""


@register.inclusion_tag("frame/_source_dot.html")
def source_dot(election: str, region: str, column: str) -> Mapping[str, str]:
    """Open «where is this number from» for one figure."""
    return {"election": election, "region": region, "column": column}


@register.inclusion_tag("frame/_chart.html")
def chart(address: str, caption: str = "", *, selects: bool = False) -> Mapping[str, Any]:
    """Draw the chart that ``address`` answers with."""
    return {"address": address, "caption": caption, "selects": selects}


@register.inclusion_tag("frame/_interval_bar.html")
def interval_bar(bar: Mapping[str, Any]) -> Mapping[str, Any]:
    """Draw the interval bar: thin 95, thick 80, mark for the median, line for the target, ticks for the past.

    ``bar`` has shares of 0 to 1: ``median``, ``interval_80``, and if known ``interval_95``,
    ``target`` and ``past``; ``label`` says the same in words, ``domain`` is the part of the axis that is drawn.
    """
    start, end = (float(at) for at in bar.get("domain", (0, 1)))

    def at(share: float) -> int:
        return round(max(0.0, min(1.0, (share - start) / (end - start))) * BAR_UNITS)

    def span(interval: tuple[float, float] | None) -> dict[str, int] | None:
        return interval and {"x": at(interval[0]), "width": max(at(interval[1]) - at(interval[0]), 2)}

    return {
        "label": bar.get("label", ""),
        "thin": span(bar.get("interval_95")),
        "thick": span(bar.get("interval_80")),
        "median": at(bar["median"]),
        "target": at(bar["target"]) if bar.get("target") is not None else None,
        "past": [at(share) for share in bar.get("past", ())],
    }


@register.inclusion_tag("frame/_steps.html")
def import_steps(step: int) -> Mapping[str, Any]:
    """Draw the import strip: file, shape, checks, decision, receipt; ``step`` is where the reader stands."""
    return {"step": step, "steps": [gettext(name) for name in IMPORT_STEPS]}


@register.simple_tag(takes_context=True)
def sort_link(context: Context, column: str) -> str:
    """Return the address of this page sorted by ``column``, turning the order if it is sorted so already."""
    query = context["request"].GET.copy()
    query["sort"] = f"-{column}" if query.get("sort") == column else column
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_state(context: Context, column: str) -> str:
    """Return the ``aria-sort`` word of a column's head."""
    sort = context["request"].GET.get("sort", "")
    return {column: "ascending", f"-{column}": "descending"}.get(sort, "none")


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """Return this page's query with ``changes``; an empty value takes the word out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in {None, ""}:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
