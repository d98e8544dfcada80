"""The specifications that pages draw their charts from, each kept until the figures change."""

from collections.abc import Callable
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from bilik.accounts.roles import Act
from bilik.accounts.web.kept import until_next_write
from bilik.accounts.web.permission import requires
from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election
from bilik.foundation.charts import Specification, specification
from bilik.foundation.language import Language
from bilik.foundation.palette import TEAL
from bilik.foundation.web.reader import language_of
from bilik.regions.web.store import boundary, tiles
from bilik.turnout import charts
from bilik.turnout.kinds import turnout_kind
from bilik.turnout.outlook_tables import interval_table
from bilik.turnout.web import store
from bilik.turnout.web.forms import QuestionForm
from bilik.turnout.web.place import denominator_asked, place_context, upcoming

Draw = Callable[[str, HttpRequest, Language], Specification]


@requires(Act.VIEW_WORKSPACE)
def picture(request: HttpRequest, region: str, picture: str) -> HttpResponse:
    place_context(region, "")
    draw = PICTURES.get(picture)
    if draw is None:
        raise Http404
    return JsonResponse(draw(region, request, language_of(request)))


def _answer(region: str, request: HttpRequest) -> store.Answer:
    form = QuestionForm(request.GET, elections=upcoming(region), region=region)
    if not form.is_valid():
        raise Http404
    return store.answer(form.question())


@until_next_write
def _drawn_history(region: str, basis: Denominator, language: Language) -> Specification:
    past = store.history(region, basis).drop_nulls("share")
    return specification(charts.history(past, language), language)


@until_next_write
def _drawn_invalid(region: str, language: Language) -> Specification:
    past = store.history(region, Denominator.USERS_OF_DPT).drop_nulls("invalid_share")
    return specification(charts.invalid_history(past, language), language)


@until_next_write
def _drawn_area_history(region: str, city: str, basis: Denominator, language: Language) -> Specification:
    names = tuple(row["name"] for code in (region, city) if (row := store.region_row(code)))
    here, there = (store.history(code, basis).drop_nulls("share") for code in (region, city))
    chart = charts.area_history(here, there, language, names=(names[0], names[-1]))
    return specification(chart, language)


@until_next_write
def _drawn_outlook(question: store.Question, election: Election, language: Language) -> Specification:
    answer = store.answer(question)
    past = past_of_kind(question.region, election)
    bins = charts.distribution_bins(answer.forecast.region_shares, question.target)
    chart = charts.distribution(bins, interval_table(answer.forecast), past, language, target=question.target)
    return specification(chart, language)


@until_next_write
def _drawn_missing(question: store.Question, language: Language) -> Specification:
    answer = store.answer(question)
    title = language.say("missing voters")
    outlines = boundary(question.region)
    classified = charts.classified(answer.areas, "missing", language)
    if outlines is not None:
        chart = charts.boundary_map(classified, "missing", language, title=title, run=TEAL)
        return specification(chart, language, datasets={charts.BOUNDARIES: outlines})
    placed = classified.join(tiles(), on="code")
    return specification(charts.tile_map(placed, "missing", language, title=title, run=TEAL), language)


@until_next_write
def _drawn_areas(question: store.Question, language: Language) -> Specification:
    answer = store.answer(question)
    return specification(charts.area_intervals(answer.areas, language), language)


@until_next_write
def _drawn_backtest(region: str, language: Language) -> Specification:
    guesses = charts.with_guesses(store.backtest(region), store.history(region, Denominator.USERS_OF_DPT))
    return specification(charts.backtest(guesses, language), language)


def past_of_kind(region: str, election: Election) -> pl.DataFrame:
    """Return the past elections whose turnout compares with an election's."""
    past = store.history(region, Denominator.USERS_OF_DPT).drop_nulls("share")
    return past.filter(pl.col("turnout_kind") == turnout_kind(election).value)


def draw_outlook(question: store.Question, election: Election, language: Language) -> None:
    """Draw the pictures of a forecast ahead of the page that shows them."""
    _drawn_outlook(question, election, language)
    _drawn_missing(question, language)
    _drawn_areas(question, language)


def _outlook(region: str, request: HttpRequest, language: Language) -> Specification:
    answer = _answer(region, request)
    election = next(one for one in upcoming(region) if one.slug == answer.question.election)
    return _drawn_outlook(answer.question, election, language)


def _area_history(region: str, request: HttpRequest, language: Language) -> Specification:
    city = next((code for code in store.lineage_of_place(region) if _level(code) == "city"), region)
    return _drawn_area_history(region, city, denominator_asked(request), language)


def _level(code: str) -> Any:  # noqa: ANN401 -- a cell of a frame
    row = store.region_row(code)
    return row["level"] if row else None


def _history(region: str, request: HttpRequest, language: Language) -> Specification:
    if _level(region) in {"district", "ward"}:
        return _area_history(region, request, language)
    return _drawn_history(region, denominator_asked(request), language)


PICTURES: dict[str, Draw] = {
    "history": _history,
    "invalid": lambda region, _request, language: _drawn_invalid(region, language),
    "outlook": _outlook,
    "missing-map": lambda region, request, language: _drawn_missing(_answer(region, request).question, language),
    "areas": lambda region, request, language: _drawn_areas(_answer(region, request).question, language),
    "backtest": lambda region, _request, language: _drawn_backtest(region, language),
}
