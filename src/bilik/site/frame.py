"""What every page shows around its content: who reads, the place, the navigation, the demonstration's band."""

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bilik.accounts.web.models import Person
from bilik.elections.web.store import figures
from bilik.foundation.web.reader import language_of
from bilik.regions.web.trail import trail

#: The place whose pages open first, until the reader has chosen another.
FIRST_PLACE = "64.71"
PLACE_KEY = "place"


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation: its name, address, sign, and the namespaces of addresses it covers."""

    name: Promise | str
    address: str
    sign: str
    here: bool


def place_of(request: HttpRequest) -> str:
    """Return the code of the place that the reader looked at last."""
    match = request.resolver_match
    code = match.kwargs.get("region") if match else None
    return str(code or request.session.get(PLACE_KEY) or FIRST_PLACE)


def sections(request: HttpRequest, place: str) -> list[Section]:
    """Return the navigation for ``place``; only what exists is in it."""
    match = request.resolver_match
    here = match.namespace or match.url_name if match else ""
    return [
        Section(_("Home"), reverse("place-home", args=[place]), "home", here == "place-home"),
        Section(_("Turnout"), reverse("turnout:region", args=[place]), "turnout", here == "turnout"),
        Section(_("Data"), reverse("elections:sources"), "data", here == "elections"),
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to go to from here; ``depth`` is its distance from the top."""

    code: str
    name: str
    depth: int


def place_choices(place: str) -> list[Choice]:
    """Return the places above, beside and below ``place``, top down, so that any place is a few choices away."""
    regions = figures().regions.filter(pl.col("valid_to").is_null())
    way = [step.code for step in trail(regions, place, str)]
    shown = regions.filter(pl.col("code").is_in(way) | pl.col("parent").is_in(way[-2:])).sort("code")
    depth = {code: number for number, code in enumerate(way)}
    return [
        Choice(row["code"], row["name"], depth.get(row["code"], depth.get(row["parent"], 0) + 1))
        for row in shown.iter_rows(named=True)
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template what the frame shows."""
    person = request.user if isinstance(getattr(request, "user", None), Person) else None
    seen = {"language": language_of(request), "person": person, "is_demo": settings.WORKSPACE.is_demo}
    if person is None:
        return seen
    place = place_of(request)
    choices = place_choices(place)
    if request.resolver_match and request.session.get(PLACE_KEY) != place:
        request.session[PLACE_KEY] = place
    return {**seen, "place": place, "place_choices": choices, "sections": sections(request, place)}
