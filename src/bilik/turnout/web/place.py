"""What every turnout page knows of its place: the way there, and the tabs beside the page."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election
from bilik.elections.web.store import figures
from bilik.regions.hierarchy import unknown
from bilik.regions.web.trail import trail
from bilik.turnout.web import store

FORECAST_LEVELS = {"city"}


def place_context(region: str, here: str) -> dict[str, Any]:
    """Return name, way, level and tabs of a place.

    Raises
    ------
    UnknownRegionError
        If the workspace does not hold the region.
    """
    row = store.region_row(region)
    if row is None:
        raise unknown(figures().regions, region)
    tabs = [("turnout:region", _("History"))]
    if row["level"] in FORECAST_LEVELS:
        tabs += [
            ("turnout:forecast", _("Forecast and targets")),
            ("turnout:target-sets", _("Saved targets")),
            ("turnout:backtest", _("How good is the forecast?")),
        ]
    return {
        "region": region,
        "region_name": row["name"],
        "level": row["level"],
        "trail": trail(figures().regions, region, lambda code: reverse("turnout:region", args=[code])),
        "tabs": [
            {"address": reverse(name, args=[region]), "name": label, "here": name == here} for name, label in tabs
        ],
    }


def denominator_asked(request: HttpRequest) -> Denominator:
    """Return the basis that the query names, or users ÷ DPT."""
    asked = request.GET.get("basis", "")
    return Denominator(asked) if asked in set(Denominator) else Denominator.USERS_OF_DPT


def election_named(slug: str) -> Election:
    """Return an election, or there is no such page."""
    found = next((one for one in figures().elections if one.slug == slug), None)
    if found is None:
        raise Http404
    return found


def upcoming(region: str) -> list[Election]:
    """Return the elections still to come in a place."""
    return store.upcoming(region, timezone.localdate())
