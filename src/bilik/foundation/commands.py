"""What every command shares: its options, and one way to print rows."""

import csv
import io
import json
from collections.abc import Mapping
from enum import StrEnum

import click
import polars as pl

from bilik.foundation.language import INDONESIAN, UNKNOWN, Language, mark


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


format_option = click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.TABLE.value,
    show_default=True,
    help=mark("How to print the rows."),
)


def language_of(ctx: click.Context) -> Language:
    """Return the reader's language, Indonesian where nobody said otherwise."""
    language = getattr(ctx.obj, "language", INDONESIAN)
    return language if isinstance(language, Language) else INDONESIAN


def print_rows(frame: pl.DataFrame, form: str, headings: Mapping[str, str], language: Language) -> None:
    """Print the columns that ``headings`` names, in its order.

    A table has translated headings and numbers in the reader's form, a gap is a dash.
    JSON and CSV keep the column names and plain values, dates as ISO, a gap null or empty.
    """
    rows = frame.select(list(headings))
    if form == Format.JSON:
        plain = rows.with_columns(pl.col(pl.Date).dt.to_string("iso"))
        click.echo(json.dumps(plain.to_dicts(), ensure_ascii=False, indent=2, allow_nan=False))
    elif form == Format.CSV:
        click.echo(csv_text(rows), nl=False)
    else:
        click.echo(table_text(rows, headings, language))


def csv_text(rows: pl.DataFrame) -> str:
    """Return rows as comma-separated text with a heading line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows(rows.rows())
    return text.getvalue()


def table_text(rows: pl.DataFrame, headings: Mapping[str, str], language: Language) -> str:
    """Return rows as aligned text, numbers to the right."""
    columns = [_cells(rows[name], language) for name in headings]
    titles = [language.translate(heading) for heading in headings.values()]
    widths = [max([len(title), *map(len, cells)]) for title, cells in zip(titles, columns, strict=True)]
    right = [rows[name].dtype.is_numeric() for name in headings]
    lines = [titles, ["-" * width for width in widths], *map(list, zip(*columns, strict=True))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _cells(values: pl.Series, language: Language) -> list[str]:
    if values.dtype == pl.Boolean:
        words = {True: language.say("yes"), False: language.say("no"), None: UNKNOWN}
        return [words[value] for value in values]
    if values.dtype.is_integer():
        return [language.whole(value) for value in values]
    if values.dtype.is_float():
        return [language.number(value, _decimals(value)) for value in values]
    if values.dtype == pl.Date:
        return [language.date(value) for value in values]
    return ["–" if value is None else str(value) for value in values]


def _decimals(value: float | None) -> int:
    """Return how many decimals a number needs, up to three."""
    return 0 if value is None else len(f"{value:.3f}".rstrip("0").partition(".")[2])
