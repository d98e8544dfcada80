"""What is on the page, to carry away: CSV, XLSX, and the brief as PDF."""

import datetime

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from bilik.accounts.roles import Act
from bilik.accounts.web.letterheads import letterhead_of
from bilik.accounts.web.permission import person_of, requires
from bilik.elections.web.store import figures
from bilik.foundation.commands import csv_text
from bilik.foundation.language import Language, mark
from bilik.foundation.web.reader import language_of
from bilik.foundation.workbooks import Column, ColumnKind, Sheet, guarded, workbook
from bilik.regions.web.store import boundary, tiles
from bilik.turnout.briefing import Outlook, brief_content
from bilik.turnout.documents import brief_pdf, brief_xlsx
from bilik.turnout.web import rows, store
from bilik.turnout.web.areas import chosen
from bilik.turnout.web.forms import QuestionForm
from bilik.turnout.web.place import denominator_asked, place_context, upcoming

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
WHOLE, SHARE, TEXT, DATE = ColumnKind.WHOLE, ColumnKind.SHARE, ColumnKind.TEXT, ColumnKind.DATE
AREA_COLUMNS = (
    ("code", mark("Code"), TEXT), ("name", mark("Area"), TEXT), ("district", mark("District"), TEXT),
    ("electorate", mark("On the list"), WHOLE), ("users", mark("Voted"), WHOLE), ("share", mark("Turnout"), SHARE),
    ("invalid_share", mark("Invalid"), SHARE),
)  # fmt: skip
HISTORY_COLUMNS = (
    ("name", mark("Election"), TEXT), ("held_on", mark("Day"), DATE), ("electorate", mark("On the list"), WHOLE),
    ("users", mark("Voted"), WHOLE), ("share", mark("Turnout"), SHARE), ("basis", mark("Basis"), TEXT),
    ("share_low", mark("Lowest source"), SHARE), ("share_high", mark("Highest source"), SHARE),
    ("valid", mark("Valid ballots"), WHOLE), ("invalid", mark("Invalid ballots"), WHOLE),
)  # fmt: skip
TARGET_COLUMNS = (
    ("code", mark("Code"), TEXT), ("name", mark("Area"), TEXT), ("district", mark("District"), TEXT),
    ("electorate", mark("On the list"), WHOLE), ("median", mark("Forecast"), SHARE), ("low_80", mark("from"), SHARE),
    ("high_80", mark("to"), SHARE), ("target_share", mark("Target"), SHARE), ("missing", mark("Missing"), WHOLE),
    ("missing_low", mark("Missing, from"), WHOLE), ("missing_high", mark("Missing, to"), WHOLE),
)  # fmt: skip


@requires(Act.EXPORT_FIGURES)
def areas(request: HttpRequest, region: str, form: str) -> HttpResponse:
    place_context(region, "")
    denominator = denominator_asked(request)
    held = rows.area_elections(region, denominator)
    slug = request.GET.get("election", "")
    slug = slug if slug in held else next(iter(held), "")
    table = chosen(rows.area_rows(region, denominator, slug), request.GET, sortable=rows.AREA_SORTS) if slug else []
    return _sheet_answer(pl.DataFrame(table), AREA_COLUMNS, form, request, name=f"{slug or region}-wilayah")


@requires(Act.EXPORT_FIGURES)
def history(request: HttpRequest, region: str, form: str) -> HttpResponse:
    place_context(region, "")
    table = store.history(region, denominator_asked(request))
    return _sheet_answer(table, HISTORY_COLUMNS, form, request, name=f"{region}-riwayat")


@requires(Act.EXPORT_FIGURES)
def targets(request: HttpRequest, region: str, form: str) -> HttpResponse:
    place_context(region, "")
    answer = _answer(request, region)
    return _sheet_answer(answer.areas, TARGET_COLUMNS, form, request, name=f"{answer.question.election}-target")


@requires(Act.EXPORT_FIGURES)
def brief(request: HttpRequest, region: str, form: str) -> HttpResponse:
    place_context(region, "")
    answer = _answer(request, region)
    language, today = language_of(request), timezone.localdate()
    outlook = Outlook(
        forecast=answer.forecast, target=answer.question.target, targets=answer.targets, records=store.backtest(region),
        early=store.said_before(region),
    )  # fmt: skip
    content = brief_content(
        figures(), outlook, dated=today, language=language, tiles=tiles(), boundaries=boundary(region)
    )
    if form == "pdf":
        body = brief_pdf(content, letterhead_of(person_of(request)), language)
    elif form == "xlsx":
        body = brief_xlsx(content, language)
    else:
        raise Http404
    return _file(body, form, f"ringkasan-partisipasi-{answer.question.election}")


def _answer(request: HttpRequest, region: str) -> store.Answer:
    form = QuestionForm(request.GET, elections=upcoming(region), region=region)
    if not form.is_valid():
        raise Http404
    return store.answer(form.question())


def _sheet_answer(
    table: pl.DataFrame,
    columns: tuple[tuple[str, str, ColumnKind], ...],
    form: str,
    request: HttpRequest,
    *,
    name: str,
) -> HttpResponse:
    kept = table.select([key for key, _heading, _kind in columns if key in table.columns])
    language = language_of(request)
    if form == "csv":
        return _file(b"\xef\xbb\xbf" + csv_text(guarded(kept)).encode(), form, name)
    if form != "xlsx":
        raise Http404
    sheet = _sheet(kept, columns, language)
    return _file(workbook([sheet], title=name, dated=_today()), form, name)


def _sheet(table: pl.DataFrame, columns: tuple[tuple[str, str, ColumnKind], ...], language: Language) -> Sheet:
    shown = tuple(
        Column(key, language.translate(heading), kind) for key, heading, kind in columns if key in table.columns
    )
    about = language.say("From bilik, {day}. Sources: see the page.", day=language.date(_today()))
    return Sheet(name="bilik", about=about, columns=shown, rows=table)


def _today() -> datetime.date:
    return timezone.localdate()


def _file(body: bytes, form: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type=TYPES[form], headers=headers)
