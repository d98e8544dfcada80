"""Tables from files: CSV, XLSX and Parquet read as they are, with every fault named by file, row and column.

Row 1 of a CSV or XLSX file is its heading, so the first row of data is row 2; that is how
people see it in their spreadsheet.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from bilik.foundation.errors import BilikError, SeveralErrors
from bilik.foundation.language import mark

FIRST_ROW = 2
ENDINGS = (".csv", ".xlsx", ".parquet")
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS = ",;\t"


class UnreadableFileError(BilikError):
    """The file cannot be opened, or is a folder."""

    message = mark("{file} cannot be read. Check that it is a file and that you may open it.")


class MissingFileError(UnreadableFileError):
    """There is no such file."""

    message = mark("There is no file {file}. Check the name and the folder.")


class UnknownEndingError(BilikError):
    """The file's ending is none that is read."""

    message = mark('{file} ends in "{ending}"; wanted one of {endings}. Save the table in one of these forms.')


class DisguisedFileError(BilikError):
    """The file is not what its ending says."""

    message = mark(
        "{file} ends in {ending}, but its content is {found}. Save it again as {ending}, or correct the ending."
    )


class BrokenTableError(BilikError):
    """A row of a CSV file has more cells than the heading."""

    message = mark(
        "{file}, row {row}: found {found} cells, wanted {wanted} as in the heading. "
        "Put text that holds a separator between double quotes."
    )


class RepeatedColumnError(BilikError):
    """Two columns have one heading."""

    message = mark('{file} has two columns "{column}". Remove or rename one.')


class EmptyTableError(BilikError):
    """The file has no rows of data."""

    message = mark("{file} holds no rows of data. Wanted a heading line and at least one row below it.")


class MissingColumnError(BilikError):
    """A column that is needed is not there."""

    message = mark('{file} has no column "{wanted}"; found: {found}. Add the column, or rename the one that holds it.')


def read_frame(path: str | Path) -> pl.DataFrame:
    """Read a table: CSV and XLSX as trimmed text, Parquet with its own types; an empty cell is null.

    CSV may be separated by comma, semicolon or tab, and written in UTF-8, UTF-16 or the
    Western Windows code page. Of an XLSX file the first sheet is read. Empty rows at the
    end are left out, so that row ``number`` of the frame is row ``number + 2`` of the file.

    Raises
    ------
    UnreadableFileError, UnknownEndingError, DisguisedFileError, BrokenTableError
        If there is no such table.
    RepeatedColumnError, EmptyTableError
        If the table is no use.
    """
    place = Path(path)
    ending = place.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownEndingError(file=place.name, ending=ending, endings=", ".join(ENDINGS))
    content = _content(place)
    _checked_content(content, place.name, ending)
    if ending == ".parquet":
        frame = _parquet(content, place.name)
    else:
        frame = _trimmed(_csv(content, place.name) if ending == ".csv" else _xlsx(content, place.name), place.name)
    if frame.is_empty():
        raise EmptyTableError(file=place.name)
    return frame


def check_columns(frame: pl.DataFrame, wanted: Sequence[str], *, file: str) -> None:
    """Check that every wanted column is there.

    Raises
    ------
    SeveralErrors
        With a ``MissingColumnError`` for each that is not.
    """
    raise_all(
        [
            MissingColumnError(file=file, wanted=name, found=", ".join(frame.columns))
            for name in wanted
            if name not in frame.columns
        ]
    )


def typed(frame: pl.DataFrame, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """Give a frame the columns and types of a schema; a column it lacks is added as gaps.

    For well-formed text of the project's own; ``cells`` reads what people write.
    """
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in frame.columns]
    whole = frame.with_columns(missing)
    return whole.select(
        pl.col(name).str.to_date("%Y-%m-%d")
        if dtype == pl.Date and whole.schema[name] == pl.String
        else pl.col(name).cast(dtype)
        for name, dtype in schema.items()
    )


def raise_all(errors: Sequence[BilikError]) -> None:
    """Raise the faults together, if there are any."""
    if errors:
        raise SeveralErrors(list(errors))


def _content(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(file=str(place)) from None
    except OSError:
        raise UnreadableFileError(file=str(place)) from None


def _checked_content(content: bytes, file: str, ending: str) -> None:
    found = _kind(content)
    if content and found != ending:
        raise DisguisedFileError(file=file, ending=ending, found=found)
    if not content:
        raise EmptyTableError(file=file)


def _kind(content: bytes) -> str:
    """Name what the content is: an ending that is read, or a few words."""
    for start, kind in (
        (b"PK\x03\x04", ".xlsx"),
        (b"PAR1", ".parquet"),
        (b"%PDF", "PDF"),
        (b"\xd0\xcf\x11\xe0", ".xls"),
    ):
        if content.startswith(start):
            return kind
    if content.lstrip()[:9].lower().startswith((b"<html", b"<!doctype")):
        return "HTML"
    marked = content.startswith(tuple(_BYTE_ORDER_MARKS))
    return ".csv" if marked or b"\0" not in content[:4096] else "binary"


def _text(content: bytes) -> str:
    for start, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(start):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _csv(content: bytes, file: str) -> pl.DataFrame:
    text = _text(content)
    heading = text.lstrip().partition("\n")[0]
    if not heading.strip():
        raise EmptyTableError(file=file)
    separator = max(_SEPARATORS, key=heading.count)
    _check_headings(next(csv.reader([heading.rstrip("\r")], delimiter=separator)), file)
    try:
        return pl.read_csv(io.StringIO(text), separator=separator, infer_schema=False)
    except pl.exceptions.NoDataError:
        raise EmptyTableError(file=file) from None
    except pl.exceptions.PolarsError:
        raise _broken_row(text, separator, file) from None


def _broken_row(text: str, separator: str, file: str) -> BilikError:
    """Find the first row with more cells than the heading."""
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    wanted = len(next(rows))
    for number, row in enumerate(rows, FIRST_ROW):
        if len(row) > wanted:
            return BrokenTableError(file=file, row=number, found=len(row), wanted=wanted)
    return DisguisedFileError(file=file, ending=".csv", found="binary")


def _xlsx(content: bytes, file: str) -> pl.DataFrame:
    import fastexcel  # noqa: PLC0415 -- loaded only where a spreadsheet is read

    try:
        sheet = fastexcel.read_excel(content).load_sheet(0, dtypes="string")
    except fastexcel.FastExcelError:
        raise DisguisedFileError(file=file, ending=".xlsx", found="ZIP") from None
    frame: pl.DataFrame = sheet.to_polars()
    return frame


def _parquet(content: bytes, file: str) -> pl.DataFrame:
    try:
        return pl.read_parquet(io.BytesIO(content))
    except pl.exceptions.PolarsError:
        raise DisguisedFileError(file=file, ending=".parquet", found="binary") from None


def _check_headings(headings: Sequence[str], file: str) -> None:
    named = [heading.strip() for heading in headings if heading.strip()]
    raise_all([RepeatedColumnError(file=file, column=name) for name in dict.fromkeys(named) if named.count(name) > 1])


def _trimmed(frame: pl.DataFrame, file: str) -> pl.DataFrame:
    """Trim headings and cells, make empty cells null, leave out empty rows at the end."""
    _check_headings(frame.columns, file)
    named = frame.rename({name: name.strip() or name for name in frame.columns})
    cells = named.select(pl.all().cast(pl.String).str.strip_chars().replace("", None))
    filled = cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series().arg_true()
    return cells.head(int(filled[-1]) + 1 if len(filled) else 0)
