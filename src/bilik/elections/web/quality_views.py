"""Pages of data quality: what is known of each election, what fails, and what to ask for."""

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from bilik.accounts.roles import Act
from bilik.accounts.web.kept import until_next_write
from bilik.accounts.web.letterheads import letterhead_of
from bilik.accounts.web.permission import person_of, requires
from bilik.elections.checks import failures, sentence
from bilik.elections.documents import request_letter
from bilik.elections.quality import quality as quality_of
from bilik.elections.quality import requests as requests_of
from bilik.elections.web.store import figures
from bilik.foundation.commands import csv_text
from bilik.foundation.language import Language
from bilik.foundation.web.reader import language_of
from bilik.foundation.workbooks import guarded
from bilik.regions.hierarchy import named
from bilik.regions.web.trail import trail

SHOWN = 100


@until_next_write
def _quality(region: str) -> pl.DataFrame:
    return quality_of(figures(), region)


@until_next_write
def _failing(region: str, election: str) -> pl.DataFrame:
    """Return the failed checks of an election's rows in a region, with the row they are about."""
    inside = (pl.col("region") == region) | pl.col("region").str.starts_with(f"{region}.")
    counts = figures().counts.filter(inside & (pl.col("election") == election))
    return failures(counts, figures().elections, regions=figures().regions)


def _place(region: str) -> dict[str, Any]:
    known = figures().regions
    steps = trail(known, region, lambda code: reverse("elections:quality", args=[code]))
    return {"region": region, "region_name": named(known, region), "trail": steps}


@requires(Act.VIEW_WORKSPACE)
def quality(request: HttpRequest, region: str) -> HttpResponse:
    table = _quality(region)
    context = {**_place(region), "rows": table.to_dicts(), "requests": _asked(table, language_of(request))}
    return render(request, "elections/quality.html", context)


def _asked(table: pl.DataFrame, language: Language) -> list[str]:
    said = []
    for one in requests_of(table):
        words = one.gap.label
        facts = {"count": language.whole(one.count), "all": language.whole(one.all_count)}
        said.append(language.say(words, election=one.election, **facts))
    return said


@requires(Act.VIEW_WORKSPACE)
def failing(request: HttpRequest, region: str, election: str) -> HttpResponse:
    found, language = _failing(region, election), language_of(request)
    page = max(int(request.GET.get("page", "1")), 1) if request.GET.get("page", "1").isdigit() else 1
    names = dict(figures().regions.select("code", "name").iter_rows())
    rows = [
        {**row, "sentence": sentence(row, language), "name": names.get(row["region"], row["region"])}
        for row in found.slice((page - 1) * SHOWN, SHOWN).iter_rows(named=True)
    ]
    title = next((one.name for one in figures().elections if one.slug == election), election)
    context = {
        **_place(region),
        "election": election,
        "election_name": title,
        "rows": rows,
        "count": found.height,
        "page": page,
        "next": page + 1 if found.height > page * SHOWN else None,
        "previous": page - 1 if page > 1 else None,
    }
    return render(request, "elections/failing.html", context)


@requires(Act.EXPORT_FIGURES)
def failing_sheet(request: HttpRequest, region: str, election: str) -> HttpResponse:
    found, language = _failing(region, election), language_of(request)
    said = [sentence(row, language) for row in found.iter_rows(named=True)]
    table = found.select("election", "region", "station", "source", "rule").with_columns(
        finding=pl.Series(said, dtype=pl.String)
    )
    answer = HttpResponse(b"\xef\xbb\xbf" + csv_text(guarded(table)).encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pemeriksaan-{election}.csv"'
    return answer


@requires(Act.EXPORT_FIGURES)
def letter(request: HttpRequest, region: str) -> HttpResponse:
    """Answer with the letter that asks for what is missing, on the reader's own letterhead."""
    language = language_of(request)
    body = request_letter(
        _asked(_quality(region), language),
        region_name=named(figures().regions, region),
        letterhead=letterhead_of(person_of(request)),
        dated=timezone.localdate(),
        language=language,
    )
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="permintaan-data-{region}.pdf"'
    return answer
