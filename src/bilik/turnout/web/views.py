"""Pages of turnout: history, areas, elections, forecast, backtest."""

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bilik.accounts.roles import Act
from bilik.accounts.web.permission import person_of, requires
from bilik.elections.denominators import Denominator
from bilik.elections.web.failed import failed_checks
from bilik.elections.web.store import figures
from bilik.foundation.web.reader import language_of
from bilik.turnout.backtest import BOX_DAY, summary
from bilik.turnout.web import rows, store
from bilik.turnout.web.areas import chosen
from bilik.turnout.web.forms import QuestionForm, SaveTargetsForm
from bilik.turnout.web.place import denominator_asked, election_named, place_context, upcoming


@requires(Act.VIEW_WORKSPACE)
def region(request: HttpRequest, region: str) -> HttpResponse:
    context = place_context(region, "turnout:region")
    denominator = denominator_asked(request)
    past = store.history(region, denominator)
    held = past.drop_nulls("share")
    stated = store.stated_targets(region)
    context |= {
        "denominator": denominator,
        "denominators": list(Denominator),
        "past": [{**row, "targets": stated.get(row["election"], [])} for row in past.reverse().iter_rows(named=True)],
        "any_target": bool(stated),
        "ballots": past.drop_nulls("invalid_share").reverse().to_dicts(),
        "latest": held.row(-1, named=True) if held.height else None,
        "in_people": denominator is Denominator.USERS_OF_DPT,
    }
    context |= _area_table(request, region, denominator)
    context |= _outlook(region)
    return render(request, "turnout/region.html", context)


def _outlook(region: str) -> dict[str, Any]:
    """Return what the city's next forecast says about a kecamatan or kelurahan of it."""
    city = rows.city_of(region)
    elections = upcoming(city) if city and city != region else []
    form = QuestionForm({}, elections=elections, region=city or region)
    if not elections or not form.is_valid():
        return {}
    answer = store.answer(form.question())
    row = next((row for row in rows.outlook_rows(answer) if row["code"] == region), None)
    return {"outlook": row, "answer": answer, "city": city}


def _area_table(request: HttpRequest, region: str, denominator: Denominator) -> dict[str, Any]:
    held = rows.area_elections(region, denominator)
    asked = request.GET.get("election", "")
    slug = asked if asked in held else next(iter(held), "")
    table = rows.area_rows(region, denominator, slug) if slug else []
    return {
        "area_elections": held,
        "area_election": slug,
        "areas": chosen(table, request.GET, sortable=rows.AREA_SORTS),
        "area_total": len(table),
        "districts": list(dict.fromkeys(row["district"] for row in table)),
    }


@requires(Act.VIEW_WORKSPACE)
def election(request: HttpRequest, region: str, election: str) -> HttpResponse:
    context = place_context(region, "turnout:region")
    one = election_named(election)
    past = {basis: store.history(region, basis).filter(pl.col("election") == election) for basis in Denominator}
    context |= {
        "election": one,
        "shares": [
            {**table.row(0, named=True), "basis": basis}
            for basis, table in past.items()
            if table.height and table["on_basis"][0]
        ],
        "printed": rows.printed(figures(), region=region, election=election),
        "counts": rows.accepted_counts(figures(), region=region, election=election),
        "checks": failed_checks(figures(), region=region, election=election, language=language_of(request)),
        "partial": rows.partial_summary(figures(), region=region, election=election),
    }
    return render(request, "turnout/election.html", context)


@requires(Act.VIEW_WORKSPACE)
def forecast(request: HttpRequest, region: str) -> HttpResponse:
    context = place_context(region, "turnout:forecast")
    elections = upcoming(region)
    form = QuestionForm(request.GET, elections=elections, region=region)
    context |= {"form": form, "elections": elections}
    if elections and form.is_valid():
        answer = store.answer(form.question())
        table = rows.target_rows(answer)
        context |= {
            "answer": answer,
            "record": answer.record,
            "bar": rows.region_bar(answer, language_of(request)),
            "areas": chosen(table, request.GET, sortable=rows.TARGET_SORTS),
            "area_total": len(table),
            "districts": list(dict.fromkeys(row["district"] for row in table)),
            "notes": [note.text(language_of(request)) for note in answer.forecast.notes],
            "save_form": SaveTargetsForm(label_suffix="") if person_of(request).may(Act.SAVE_TARGETS) else None,
            "question": rows.question_query(answer.question),
        }
    return render(request, "turnout/forecast.html", context)


@requires(Act.VIEW_WORKSPACE)
def backtest(request: HttpRequest, region: str) -> HttpResponse:
    context = place_context(region, "turnout:backtest")
    table = store.backtest(region)
    held = summary(table)
    naive = [score for score in (held.crps_last_of_kind, held.crps_mean_of_kind) if score is not None]
    context |= {
        "naive_wins": held.crps is not None and any(round(held.crps, 1) >= round(score, 1) for score in naive),
        "tests": table.reverse().to_dicts(),
        "summary": held,
        "story_day": BOX_DAY,
        "story": store.said_before(region).to_dicts(),
        "back": reverse("turnout:forecast", args=[region]),
    }
    return render(request, "turnout/backtest.html", context)
