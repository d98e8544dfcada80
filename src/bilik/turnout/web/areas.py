"""Tables of areas: what a reader sought, filtered and sorted, as the page and the download both show it."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]


def chosen(rows: Sequence[Row], query: Mapping[str, str], *, sortable: Sequence[str]) -> list[Row]:
    """Return the rows that a query asks for: ``q`` in the name or code, ``district``, ``sort`` (``-`` turns it).

    Gaps stand last whichever way the column is sorted.
    """
    sought = query.get("q", "").strip().casefold()
    district = query.get("district", "")
    kept = [
        row
        for row in rows
        if (not sought or sought in str(row["name"]).casefold() or sought in str(row["code"]))
        and (not district or row["district"] == district)
    ]
    column = query.get("sort", "")
    name = column.removeprefix("-")
    if name not in sortable:
        return kept
    known = [row for row in kept if row[name] is not None]
    known.sort(key=lambda row: row[name], reverse=column.startswith("-"))
    return known + [row for row in kept if row[name] is None]
