"""The spreadsheet kit: frames become sheets that people sort, filter and carry on with.

Numbers stay numbers, shares stay shares shown as percentages, and text stays text: a
cell that begins like a formula is written as words and marked as such, so that it does
not come alive in the hands of whoever edits it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bilik.foundation.palette import ACCENT, LINE, MUTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

FONT = {"font_name": "Calibri", "font_size": 11}
FORMULA_HEADS = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_NAME = 31


class ColumnKind(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "@"
    WHOLE = "#,##0"
    NUMBER = "#,##0.00"
    SHARE = "0.0%"
    DATE = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its key in the frame, its heading, what it holds, its width in letters."""

    key: str
    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: a name, a line that says what it is, and a frame with its columns."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame


def workbook(sheets: Sequence[Sheet], *, title: str, dated: datetime.date) -> bytes:
    """Return the sheets as XLSX, the same bytes for the same content and date."""
    import xlsxwriter  # noqa: PLC0415 -- only where a workbook is made

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        created = datetime.datetime.combine(dated, datetime.time())
        book.set_properties({"title": title, "created": created})
        for sheet in sheets:
            _write_sheet(book, sheet)
    return target.getvalue()


def _write_sheet(book: Any, sheet: Sheet) -> None:  # noqa: ANN401 -- xlsxwriter ships no types
    page = book.add_worksheet(sheet.name.translate(_FORBIDDEN_IN_NAME)[:_LONGEST_NAME])
    about = book.add_format({**FONT, "italic": True, "font_color": MUTED})
    _write_text(book, page, (0, 0), sheet.about, about_format=about)
    for place, column in enumerate(sheet.columns):
        right = column.kind not in {ColumnKind.TEXT, ColumnKind.DATE}
        heading = book.add_format(
            {**FONT, "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "valign": "vcenter",
             "align": "right" if right else "left"}
        )  # fmt: skip
        page.set_column(place, place, column.width)
        page.write_string(1, place, column.heading, heading)
        _write_column(book, page, place, (column, sheet.rows[column.key].to_list()))
    page.freeze_panes(2, 1)
    page.autofilter(1, 0, 1 + sheet.rows.height, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)


def _write_column(book: Any, page: Any, place: int, filled: tuple[Column, list[Any]]) -> None:  # noqa: ANN401 -- the same
    column, values = filled
    number_format = book.add_format({**FONT, "num_format": str(column.kind), "bottom": 1, "bottom_color": LINE})
    text_format = book.add_format({**FONT, "bottom": 1, "bottom_color": LINE})
    for row, value in enumerate(values, start=2):
        if value is None:
            page.write_blank(row, place, None, text_format)
        elif isinstance(value, datetime.date):
            page.write_datetime(row, place, datetime.datetime.combine(value, datetime.time()), number_format)
        elif isinstance(value, str):
            _write_text(book, page, (row, place), value, about_format=text_format)
        else:
            page.write_number(row, place, value, number_format)


def _write_text(book: Any, page: Any, cell: tuple[int, int], text: str, *, about_format: Any) -> None:  # noqa: ANN401 -- the same
    chosen = about_format
    if text.startswith(FORMULA_HEADS):
        chosen = book.add_format({**FONT, "quote_prefix": True})
    page.write_string(*cell, text, chosen)


def guarded(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with every text that begins like a formula put behind an apostrophe, for CSV."""
    import polars as pl  # noqa: PLC0415 -- named above for types only

    heads = f"^[{re.escape(''.join(FORMULA_HEADS))}]"
    text = pl.col(pl.String)
    return rows.with_columns(pl.when(text.str.contains(heads)).then("'" + text).otherwise(text).name.keep())
