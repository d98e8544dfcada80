"""The pages that draw on many domains: start, home of a place, search."""

from typing import Any
from urllib.parse import urlsplit

import polars as pl
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bilik.accounts.roles import Act
from bilik.accounts.web.permission import requires
from bilik.elections.denominators import Denominator
from bilik.elections.web.store import figures
from bilik.foundation.web.reader import language_of
from bilik.regions.web.trail import trail
from bilik.site.frame import FIRST_PLACE, PLACE_KEY
from bilik.turnout.web import rows, store
from bilik.turnout.web.forms import QuestionForm
from bilik.turnout.web.models import TargetSet
from bilik.turnout.web.place import FORECAST_LEVELS, place_context, upcoming

LATEST = 4
SEARCH_LIMIT = 50


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "site/start.html")


@requires(Act.VIEW_WORKSPACE)
def home(request: HttpRequest) -> HttpResponse:
    return redirect("place-home", request.session.get(PLACE_KEY, FIRST_PLACE))


@requires(Act.VIEW_WORKSPACE)
def place_home(request: HttpRequest, region: str) -> HttpResponse:
    context = place_context(region, "")
    context["trail"] = trail(figures().regions, region, lambda code: reverse("place-home", args=[code]))
    past = store.history(region, Denominator.USERS_OF_DPT).drop_nulls("share")
    context |= {"latest": past.reverse().head(LATEST).to_dicts(), "tasks": _tasks(region, past)}
    elections = upcoming(region)
    if context["level"] in FORECAST_LEVELS and elections:
        context |= _outlook(request, region)
    return render(request, "site/home.html", context)


def _outlook(request: HttpRequest, region: str) -> dict[str, Any]:
    elections = upcoming(region)
    asked = {"election": request.GET["election"]} if request.GET.get("election") else {}
    form = QuestionForm(asked, elections=elections, region=region)
    if not form.is_valid():
        raise Http404
    answer = store.answer(form.question())
    areas = sorted(answer.record["areas"], key=lambda area: area["missing_voters"], reverse=True)
    return {
        "answer": answer,
        "record": answer.record,
        "elections": elections,
        "question": rows.question_query(answer.question),
        "bar": rows.region_bar(answer, language_of(request)),
        "areas": areas,
    }


def _tasks(region: str, past: pl.DataFrame) -> list[dict[str, Any]]:
    """Return what waits to be done, each with the page where it is done."""
    tasks: list[dict[str, Any]] = []
    if not TargetSet.objects.filter(region=region, withdrawn_at=None).exists():
        tasks.append({"kind": "target", "address": reverse("turnout:forecast", args=[region])})
    tasks += [
        {"kind": "contradiction", "row": row, "address": reverse("turnout:election", args=[region, row["election"]])}
        for row in past.filter(pl.col("contradicted")).reverse().head(LATEST).iter_rows(named=True)
    ]
    counted = set(rows.area_elections(region, Denominator.USERS_OF_DPT))
    tasks += [
        {"kind": "areas", "row": row, "address": reverse("turnout:election", args=[region, row["election"]])}
        for row in past.reverse().head(2).iter_rows(named=True)
        if row["election"] not in counted
    ]
    return tasks


@requires(Act.VIEW_WORKSPACE)
def go(request: HttpRequest) -> HttpResponse:
    """Go to a place that was chosen above, on the same kind of page: the home page stays one."""
    region = request.GET.get("region", FIRST_PLACE)
    came_from_home = urlsplit(request.headers.get("Referer", "")).path.startswith(reverse("home"))
    return redirect("place-home" if came_from_home else "turnout:region", region)


@requires(Act.VIEW_WORKSPACE)
def search(request: HttpRequest) -> HttpResponse:
    sought = request.GET.get("q", "").strip()
    known = figures()
    found: list[dict[str, str]] = []
    if sought:
        pattern = sought.casefold()
        named = pl.col("name").str.to_lowercase().str.contains(pattern, literal=True)
        places = known.regions.filter(
            (named | pl.col("code").str.contains(sought, literal=True)) & pl.col("valid_to").is_null()
        )
        found += [
            {"name": row["name"], "code": row["code"], "address": reverse("turnout:region", args=[row["code"]])}
            for row in places.head(SEARCH_LIMIT).iter_rows(named=True)
        ]
        place = request.session.get(PLACE_KEY, FIRST_PLACE)
        found += [
            {"name": one.name, "code": one.slug, "address": reverse("turnout:election", args=[place, one.slug])}
            for one in known.elections
            if pattern in one.name.casefold() or pattern in one.slug
        ]
    if len(found) == 1:
        return redirect(found[0]["address"])
    return render(request, "site/search.html", {"sought": sought, "found": found})
