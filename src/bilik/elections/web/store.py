"""Rows and files on one side, frames on the other: the only place that knows both.

What is read stays in memory until the next write of anybody, so a page asks the
database for one number only.
"""

import threading
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db.models import Model

from bilik.accounts.web.store import revision
from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.elections.figures import ACCEPTANCE_SCHEMA, ELECTORATE_SCHEMA, SOURCE_SCHEMA, Figures
from bilik.elections.intake import latest
from bilik.elections.web.models import AcceptanceRecord, CountFile, ElectionRecord, ElectorateRecord, SourceRecord
from bilik.regions.web.store import regions

_lock = threading.Lock()
_held: dict[int, Figures] = {}


def count_path(content_hash: str) -> Path:
    """Return where the counts of an import lie."""
    return Path(settings.WORKSPACE.counts) / f"{content_hash}.parquet"


def figures() -> Figures:
    """Return everything that is in force in this workspace."""
    now = revision()
    with _lock:
        if now not in _held:
            _held.clear()
            _held[now] = _read()
        return _held[now]


def elections() -> tuple[Election, ...]:
    """Return all elections, the latest last."""
    return figures().elections


def _read() -> Figures:
    in_force = CountFile.objects.filter(in_force=True).order_by("pk").values_list("content_hash", flat=True)
    counts = latest([pl.read_parquet(count_path(digest)) for digest in in_force])
    return Figures(
        regions=regions(),
        elections=tuple(sorted(map(_election, ElectionRecord.objects.all()), key=lambda election: election.order)),
        sources=_frame(SourceRecord, SOURCE_SCHEMA),
        counts=counts,
        acceptances=_frame(AcceptanceRecord, ACCEPTANCE_SCHEMA),
        electorates=_frame(ElectorateRecord, ELECTORATE_SCHEMA),
    )


def _frame(model: type[Model], schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """Return the rows of a table in the order they came in; an empty text is a gap."""
    rows = list(model._default_manager.order_by("pk").values(*schema))  # noqa: SLF001 -- Django's name for it
    return pl.DataFrame(rows, schema=schema).with_columns(pl.col(pl.String).replace("", None))


def _election(row: ElectionRecord) -> Election:
    return Election(
        slug=row.slug,
        name=row.name,
        kind=ElectionKind(row.kind),
        regime=Regime(row.regime),
        region=row.region,
        held_on=row.held_on,
        earliest_on=row.earliest_on,
        latest_on=row.latest_on,
        station_size_limit=row.station_size_limit,
    )
