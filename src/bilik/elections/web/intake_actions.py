"""Writing an import of counts, and taking a whole one out of force again."""

import hashlib
import io
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from bilik.accounts.web.deeds import deed
from bilik.accounts.web.models import Person
from bilik.elections.web.models import CountFile, SourceRecord
from bilik.elections.web.store import count_path
from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark


class NothingNewError(BilikError):
    """There is no row to keep."""

    message = mark(
        "{name}: no row is new; nothing was kept. Every row stands in the workspace already, or has a fault."
    )


def keep_counts(counts: pl.DataFrame, *, source: Mapping[str, str | None], name: str, by: Person | None) -> CountFile:
    """Keep the rows of one import as an immutable file, with the source they are from.

    ``source`` has the fields of ``SOURCE_SCHEMA``; a source that is known stays as it is. The
    same content twice makes one file: if that is in force, nothing is written; if it was
    taken out, it is put back. ``already_kept`` tells beforehand.

    Raises
    ------
    NothingNewError
        If there is no row.
    """
    if counts.is_empty():
        raise NothingNewError(name=name)
    content = _parquet(counts)
    digest = hashlib.sha256(content).hexdigest()
    kept = CountFile.objects.filter(content_hash=digest).first()
    if kept is not None:
        put_back_in_force(kept, by=by)
        return kept
    _write(count_path(digest), content)
    with deed("keep_counts", by=by, changes_figures=True) as change:
        fields = {field: value or "" for field, value in source.items() if field != "source"}
        SourceRecord.objects.get_or_create(source=source["source"], defaults=fields)
        file, _new = CountFile.objects.get_or_create(
            content_hash=digest, defaults={"name": name, "row_count": counts.height, "imported_by": by}
        )
        change.subject = f"counts:{digest}"
        change.after = {"name": name, "row_count": counts.height, "source": source["source"], "in_force": True}
    return file


def already_kept(counts: pl.DataFrame) -> CountFile | None:
    """Return the file in force that holds just these rows in this order, if there is one."""
    digest = hashlib.sha256(_parquet(counts)).hexdigest()
    return CountFile.objects.filter(content_hash=digest, in_force=True).first()


def count_files() -> list[CountFile]:
    """Return every import, the latest first."""
    return list(CountFile.objects.order_by("-pk"))


def take_out_of_force(count_file: CountFile, *, by: Person | None) -> None:
    """Undo a whole import: its rows count no longer, its file and its record stay as they are."""
    _set_force(count_file, "take_out_of_force", by=by, in_force=False)


def put_back_in_force(count_file: CountFile, *, by: Person | None) -> None:
    """Let the rows of an import count again that was taken out of force."""
    _set_force(count_file, "put_back_in_force", by=by, in_force=True)


def _set_force(count_file: CountFile, action: str, *, by: Person | None, in_force: bool) -> None:
    """Record the deed, unless the file is as it should be already."""
    if CountFile.objects.filter(pk=count_file.pk, in_force=in_force).exists():
        return
    with deed(action, by=by, changes_figures=True) as change:
        CountFile.objects.filter(pk=count_file.pk).update(in_force=in_force)
        change.subject = f"counts:{count_file.content_hash}"
        change.before, change.after = {"in_force": not in_force}, {"in_force": in_force}
    count_file.in_force = in_force


def _parquet(counts: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    counts.write_parquet(buffer)
    return buffer.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, even if the disk is full or the power goes."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        except OSError:
            Path(part.name).unlink()
            raise
    Path(part.name).replace(path)
