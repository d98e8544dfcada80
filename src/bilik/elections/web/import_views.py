"""Bringing counts in: file → shape → checks → decision → receipt."""

from typing import Any

import polars as pl
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bilik.accounts.roles import Act
from bilik.accounts.web.models import Person
from bilik.accounts.web.permission import person_of, requires
from bilik.elections.checks import sentence
from bilik.elections.described_source import described_source
from bilik.elections.intake import Weighed, fault_sheet, intake, quarantine_sheet, rows_to_keep, weigh
from bilik.elections.mapping import proposed_mappings
from bilik.elections.names import COLUMN_NAMES
from bilik.elections.web.import_forms import UploadForm
from bilik.elections.web.intake_actions import already_kept, keep_counts, put_back_in_force, take_out_of_force
from bilik.elections.web.models import CountFile
from bilik.elections.web.store import figures
from bilik.elections.web.uploads import Upload, laid_aside, lay_aside
from bilik.foundation.commands import csv_text
from bilik.foundation.files import read_frame
from bilik.foundation.language import Language
from bilik.foundation.web.reader import language_of
from bilik.foundation.workbooks import guarded


@requires(Act.IMPORT_COUNTS)
def imports(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, elections=figures().elections)
    if request.method == "POST" and form.is_valid():
        upload = lay_aside(request, form.cleaned_data["file"], form.said())
        return redirect("elections:import", upload.digest)
    kept = CountFile.objects.select_related("imported_by__agency").order_by("-imported_at", "-pk")
    return render(request, "elections/imports.html", {"form": form, "kept": kept, "step": 1})


def _weighed(upload: Upload) -> tuple[pl.DataFrame, list[Weighed]]:
    """Take every reading of a file in and hold it against what is in force."""
    frame, known = read_frame(upload.path), figures()
    taken = [
        intake(
            frame,
            file=upload.name,
            mapping=mapping,
            election=upload.election,
            source=_source(upload, mapping.reading)["source"],
            regions=known.regions,
        )
        for mapping in proposed_mappings(frame.columns)
    ]
    return frame, [weigh(one, known) for one in taken]


def _source(upload: Upload, reading: str) -> dict[str, str]:
    return described_source(
        publisher=upload.publisher,
        title=upload.title,
        url=upload.url,
        kind=upload.kind,
        published_on=upload.published_on,
        reading=reading,
    )


@requires(Act.IMPORT_COUNTS)
def weigh_upload(request: HttpRequest, digest: str) -> HttpResponse:
    upload, language = laid_aside(request, digest), language_of(request)
    frame, found = _weighed(upload)
    if request.method == "POST":
        return _keep(request, upload, found, good_only=request.POST.get("decision") == "good")
    context = {
        "upload": upload,
        "election": next((one.name for one in figures().elections if one.slug == upload.election), upload.election),
        "row_count": frame.height,
        "readings": [_reading(one, language) for one in found],
        "faulty": any(one.intake.set_apart.height for one in found),
        "anything_new": any(rows_to_keep(one, good_only=True).height for one in found),
        "step": 3,
    }
    return render(request, "elections/import.html", context)


def _reading(weighed: Weighed, language: Language) -> dict[str, Any]:
    """Return what the page shows of one reading: its shape, its standings, its checks, its faults."""
    taken = weighed.intake
    names = {
        **COLUMN_NAMES,
        "region": _("Code of the region"),
        "station": _("Number of the TPS"),
        "election": _("Election"),
    }
    mapped = {**taken.mapping.columns, **{column: " + ".join(parts) for column, parts in taken.mapping.sums.items()}}
    return {
        "reading": taken.mapping.reading.upper(),
        "mapped": [(heading, _(names[column])) for column, heading in mapped.items()],
        "unmapped": taken.mapping.unmapped,
        "standings": [(standing, _(standing.label), count) for standing, count in weighed.standings().items() if count],
        "set_apart": taken.set_apart.height,
        "rules": [
            {
                "row_count": count,
                "examples": [(one["file_row"], sentence(one, language)) for one in weighed.examples(rule)],
            }
            for rule, count in weighed.rules().iter_rows()
        ],
        "faults": [error.text(language.translate) for error in taken.errors()],
    }


def _keep(request: HttpRequest, upload: Upload, found: list[Weighed], *, good_only: bool) -> HttpResponse:
    chosen = [rows_to_keep(one, good_only=good_only) for one in found]
    kept: list[CountFile] = []
    for weighed, counts in zip(found, chosen, strict=True):
        if counts.is_empty() or already_kept(counts):
            continue
        source = _source(upload, weighed.intake.mapping.reading)
        kept.append(keep_counts(counts, source=source, name=upload.name, by=person_of(request)))
    if not kept:
        messages.info(request, _("No row of “%(name)s” is new; nothing was kept.") % {"name": upload.name})
        return redirect("elections:imports")
    if len(kept) > 1:
        said = _("“%(name)s” holds %(count)s readings; each is an import of its own and is undone on its own.")
        messages.info(request, said % {"name": upload.name, "count": len(kept)})
        return redirect("elections:imports")
    return redirect("elections:receipt", kept[0].pk)


@requires(Act.IMPORT_COUNTS)
def faults(request: HttpRequest, digest: str) -> HttpResponse:
    """Answer with the rows of a file that have a faulty cell or fail a check, each with what is wrong."""
    upload, language = laid_aside(request, digest), language_of(request)
    frame, found = _weighed(upload)
    sheets = [
        sheet
        for one in found
        for sheet in (fault_sheet(one.intake, frame, language), quarantine_sheet(one, frame, language))
    ]
    table = pl.concat([sheet.cast(pl.String) for sheet in sheets]).unique(maintain_order=True)
    body = b"\xef\xbb\xbf" + csv_text(guarded(table)).encode()
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="kekeliruan-{digest[:8]}.csv"'
    return answer


@requires(Act.VIEW_WORKSPACE)
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    kept = get_object_or_404(CountFile.objects.select_related("imported_by__agency"), pk=number)
    may_undo = _may_undo(person_of(request), kept)
    return render(request, "elections/receipt.html", {"kept": kept, "may_undo": may_undo, "step": 5})


def _may_undo(person: Person, kept: CountFile) -> bool:
    """Tell whether a person may take an import back: whoever brought it, or the head of that office."""
    brought = kept.imported_by
    if brought is None:
        return False
    return brought.pk == person.pk or (person.may(Act.UNDO_IMPORTS) and brought.agency_id == person.agency_id)


@requires(Act.IMPORT_COUNTS)
@require_POST
def force(request: HttpRequest, number: int) -> HttpResponse:
    """Take an import out of force, or put it back."""
    kept = get_object_or_404(CountFile, pk=number)
    person = person_of(request)
    if not _may_undo(person, kept):
        raise PermissionDenied
    if request.POST.get("to") == "out":
        take_out_of_force(kept, by=person)
    elif request.POST.get("to") == "back":
        put_back_in_force(kept, by=person)
    else:
        raise Http404
    return redirect("elections:receipt", kept.pk)
