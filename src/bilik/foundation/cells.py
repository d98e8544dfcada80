"""Cells of text turned into numbers, percentages, days and words; what is none of these is a named fault.

Each function returns the frame with the columns typed and the faults found, so that all
faults of a file can be told at once. A cell with a fault becomes null. A gap stays one.
"""

from collections.abc import Callable, Collection, Iterable

import polars as pl

from bilik.foundation.errors import BilikError
from bilik.foundation.files import FIRST_ROW
from bilik.foundation.language import mark

#: Faults of one column that are told one by one; the rest is only counted.
TOLD = 20
Checked = tuple[pl.DataFrame, list[BilikError]]
_DAY_FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
_WHOLE = r"^-?\d{1,15}$"
_PERCENT = r"^(-?\d{1,6}(?:[.,]\d{1,6})?)\s*%?$"


class WholeNumberError(BilikError):
    """A cell that should hold a count does not."""

    message = mark(
        '{file}, row {row}, column "{column}": wanted a whole number of 0 or more, found "{found}". '
        "Thousands are written without a dot or comma."
    )


class PercentageError(BilikError):
    """A cell that should hold a percentage does not."""

    message = mark(
        '{file}, row {row}, column "{column}": wanted a percentage from 0 to 100, found "{found}". '
        "Write it as 60.13 or 60,13."
    )


class DayError(BilikError):
    """A cell that should hold a day does not."""

    message = mark(
        '{file}, row {row}, column "{column}": wanted a day written as 2024-11-27 or 27/11/2024, found "{found}". '
        "Write year, month and day in figures."
    )


class WordError(BilikError):
    """A cell holds a word that means nothing here."""

    message = mark('{file}, row {row}, column "{column}": wanted one of {wanted}, found "{found}".')


class GapError(BilikError):
    """A cell that may not be empty is."""

    message = mark('{file}, row {row}, column "{column}" is empty. Fill it in.')


class MoreFaultsError(BilikError):
    """There are more faults of the same kind in the column than are told one by one."""

    message = mark('{file}, column "{column}": {count} more rows have the same fault.')


def whole_numbers(frame: pl.DataFrame, columns: Iterable[str], *, file: str) -> Checked:
    """Turn columns into counts of 0 or more."""
    errors: list[BilikError] = []
    for name in columns:
        numbers = _whole_number(frame[name])
        bad = frame[name].is_not_null() & (numbers.is_null() | (numbers < 0))
        errors += _faults(frame[name], bad, file, WholeNumberError)
        frame = frame.with_columns(numbers.set(bad.fill_null(value=False), None).alias(name))
    return frame, errors


def percentages(frame: pl.DataFrame, column: str, *, digits: str, file: str) -> Checked:
    """Turn a column into percentages from 0 to 100, with the decimals they were written with in column ``digits``."""
    cells = frame[column]
    texts = cells.cast(pl.String)
    written = texts.str.extract(_PERCENT).str.replace(",", ".", literal=True)
    numbers = written.cast(pl.Float64, strict=False)
    bad = cells.is_not_null() & (numbers.is_null() | ~numbers.is_between(0, 100))
    decimals = written.str.extract(r"\.(\d+)$").str.len_chars().cast(pl.Int64).fill_null(0)
    gap = bad.fill_null(value=False) | numbers.is_null()
    typed = frame.with_columns(numbers.set(gap, None).alias(column), decimals.set(gap, None).alias(digits))
    return typed, _faults(cells, bad, file, PercentageError)


def days(frame: pl.DataFrame, columns: Iterable[str], *, file: str) -> Checked:
    """Turn columns into days, written as 2024-11-27, 27-11-2024 or 27/11/2024, or with midnight as spreadsheets do."""
    errors: list[BilikError] = []
    for name in columns:
        cells = frame[name]
        if cells.dtype == pl.Date:
            continue
        text = pl.col(name).cast(pl.String).str.replace(r"[T ]00:00:00(\.0+)?$", "")
        read = [text.str.to_date(form, strict=False) for form in _DAY_FORMS]
        found = frame.select(pl.coalesce(read)).to_series()
        errors += _faults(cells, cells.is_not_null() & found.is_null(), file, DayError)
        frame = frame.with_columns(found.alias(name))
    return frame, errors


def words(frame: pl.DataFrame, column: str, meanings: dict[str, str], *, file: str) -> Checked:
    """Replace each word of a column by its meaning, whatever its case."""
    cells = frame[column]
    found = cells.str.to_lowercase().replace_strict(meanings, default=None, return_dtype=pl.String)
    wanted = ", ".join(dict.fromkeys(meanings.values()))
    errors = _faults(cells, cells.is_not_null() & found.is_null(), file, WordError, wanted=wanted)
    return frame.with_columns(found.alias(column)), errors


def gaps(frame: pl.DataFrame, columns: Collection[str], *, file: str) -> list[BilikError]:
    """Name the empty cells of columns that may have none."""
    return [fault for name in columns for fault in _faults(frame[name], frame[name].is_null(), file, GapError)]


def faults_of(
    cells: pl.Series, check: Callable[[str], object], *, file: str, fault: type[BilikError]
) -> tuple[pl.Series, list[BilikError]]:
    """Apply ``check`` to each different text of a column; where it raises a ``BilikError`` the cell has a fault."""
    found: dict[str, str | None] = {}
    for text in cells.drop_nulls().unique():
        try:
            found[text] = str(check(text))
        except BilikError:
            found[text] = None
    checked = cells.replace_strict(found, default=None, return_dtype=pl.String)
    return checked, _faults(cells, cells.is_not_null() & checked.is_null(), file, fault)


def _whole_number(cells: pl.Series) -> pl.Series:
    if cells.dtype.is_integer():
        return cells.cast(pl.Int64)
    if cells.dtype.is_float():
        whole = cells.cast(pl.Int64, strict=False)
        return whole.set((whole != cells).fill_null(value=True), None)
    texts = cells.cast(pl.String)
    return texts.set(~texts.str.contains(_WHOLE).fill_null(value=False), None).cast(pl.Int64, strict=False)


def _faults(cells: pl.Series, bad: pl.Series, file: str, fault: type[BilikError], **facts: object) -> list[BilikError]:
    rows = bad.fill_null(value=False).arg_true().to_list()
    told: list[BilikError] = [
        fault(file=file, row=row + FIRST_ROW, column=cells.name, found=cells[row], **facts) for row in rows[:TOLD]
    ]
    if len(rows) > TOLD:
        told.append(MoreFaultsError(file=file, column=cells.name, count=len(rows) - TOLD))
    return told
