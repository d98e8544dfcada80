"""Every write about elections, sources, counts and which of them are accepted."""

import hashlib
import io
from dataclasses import asdict

import polars as pl
from django.db.models import Model

from bilik.accounts.web.deeds import deed
from bilik.accounts.web.models import Person
from bilik.elections.elections import Election
from bilik.elections.figures import Figures
from bilik.elections.web.models import AcceptanceRecord, CountFile, ElectionRecord, ElectorateRecord, SourceRecord
from bilik.elections.web.store import count_path


def keep_figures(figures: Figures, *, name: str, by: Person | None) -> CountFile:
    """Keep a bundle of figures: its elections, sources, acceptances, and its counts as one immutable file.

    What is there already stays as it is; the same counts twice make one file.
    """
    content = _parquet(figures.counts)
    digest = hashlib.sha256(content).hexdigest()
    count_path(digest).write_bytes(content)
    with deed("keep_figures", by=by, changes_figures=True) as change:
        ElectionRecord.objects.bulk_create(map(_election_record, figures.elections), ignore_conflicts=True)
        for model, frame in (
            (SourceRecord, figures.sources),
            (AcceptanceRecord, figures.acceptances),
            (ElectorateRecord, figures.electorates),
        ):
            _keep_rows(model, frame)
        file, _new = CountFile.objects.get_or_create(
            content_hash=digest, defaults={"name": name, "row_count": figures.counts.height, "imported_by": by}
        )
        change.subject = f"counts:{digest}"
        change.after = {"name": name, "row_count": figures.counts.height}
    return file


def _parquet(counts: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    counts.write_parquet(buffer)
    return buffer.getvalue()


def _election_record(election: Election) -> ElectionRecord:
    return ElectionRecord(**asdict(election))


def _keep_rows(model: type[Model], frame: pl.DataFrame) -> None:
    """Keep the rows that are not there yet; a gap in a text is an empty text."""
    rows = frame.with_columns(pl.col(pl.String).fill_null("")).iter_rows(named=True)
    model._default_manager.bulk_create((model(**row) for row in rows), ignore_conflicts=True)  # noqa: SLF001 -- Django's name
