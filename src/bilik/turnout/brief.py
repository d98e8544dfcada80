"""The content of a turnout brief: everything its PDF and its workbook say, and nothing they draw.

Both are made from one ``BriefContent``, so they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    import polars as pl

    from bilik.turnout.outlook import MissingVoters


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefContent:
    """A turnout brief. Shares are 0-1, counts are people, sentences are in the reader's language.

    ``interval`` is one row and ``areas``, ``districts`` have a row each, with ``median``,
    ``low_80``, ``high_80`` (``interval`` also ``low_95``, ``high_95``); both have ``name``,
    ``electorate``, ``target_share``, ``missing``, ``missing_low``, ``missing_high``; ``areas`` also
    ``code`` and ``district``, the name of its row in ``districts``. ``bins`` come from
    ``charts.distribution_bins``, ``past`` from ``history``, ``records`` and ``early_records``
    from ``backtest``: the latter is what was known ``early_on``. ``tiles`` has ``code``,
    ``column`` and ``row``; ``boundaries`` is GeoJSON and goes before it. ``labels`` are short
    warnings that stand at the top, such as that figures are from the press.
    """

    region: str
    region_name: str
    election: str
    election_name: str
    dated: datetime.date
    title: str
    sentences: tuple[str, ...]
    labels: tuple[str, ...] = ()
    basis: str
    target_share: float
    electorate: int
    chance_of_target: float
    missing_voters: MissingVoters
    interval: pl.DataFrame
    bins: pl.DataFrame
    past: pl.DataFrame
    past_of_kind: pl.DataFrame
    areas: pl.DataFrame
    districts: pl.DataFrame
    records: pl.DataFrame
    early_records: pl.DataFrame
    early_on: datetime.date | None = None
    method: tuple[str, ...]
    sources: pl.DataFrame
    tiles: pl.DataFrame | None = None
    boundaries: Mapping[str, Any] | None = None
