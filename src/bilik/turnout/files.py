"""Files of turnout: stated targets as shipped, an office's letterhead, and the documents that are written."""

import tomllib
from importlib.resources import files
from pathlib import Path

import polars as pl

from bilik.foundation.documents import Letterhead
from bilik.foundation.errors import BilikError
from bilik.foundation.files import MissingFileError, UnreadableFileError
from bilik.foundation.language import mark

TARGET_STATEMENT_SCHEMA: dict[str, type[pl.DataType]] = {
    "election": pl.String,
    "region": pl.String,
    "low_percent": pl.Float64,  # a range such as 75-80 has two ends; ">60" has only the lower
    "high_percent": pl.Float64,
    "as_printed": pl.String,
    "set_by": pl.String,
    "source": pl.String,
    "set_on": pl.String,  # ISO day, month or year, as far as it is known
    "url": pl.String,
}

NEEDED_PARTS = {"agency_lines", "address", "place", "signatory_title", "signatory_name"}
FURTHER_PARTS = {"contact", "signatory_number"}


def shipped_target_statements(region: str) -> pl.DataFrame:
    """Return the targets that others stated for past elections of a region; empty where none are shipped."""
    file = files("bilik.turnout") / "data" / region / "targets.csv"
    if not file.is_file():
        return pl.DataFrame(schema=TARGET_STATEMENT_SCHEMA)
    return pl.read_csv(file.read_bytes(), schema_overrides=TARGET_STATEMENT_SCHEMA)


class UnwritableFileError(BilikError):
    """A document cannot be written where it was asked for."""

    message = mark("{file} cannot be written. Choose a folder that exists and that you may write in: -o FILE.")
    exit_code = 4


class UnknownFormError(BilikError):
    """A brief was asked for in a form that it does not have."""

    message = mark("A brief is written as .pdf or .xlsx, and {file} is neither. Write for example -o brief.pdf.")


class LetterheadFileError(BilikError):
    """The file of a letterhead is no TOML."""

    message = mark(
        "{file} should hold a letterhead as TOML with agency_lines, address, place, signatory_title and "
        "signatory_name, and cannot be used: {cause}."
    )


class LetterheadPartsError(BilikError):
    """A letterhead lacks a part, has one of another form, or one that no letterhead has."""

    message = mark(
        "{file}: these parts of the letterhead are missing, unknown or of another form: {parts}. "
        'Write agency_lines = ["…", "…"] and the others as texts, such as place = "…".'
    )


def letterhead_for(file: Path | None, region_name: str) -> Letterhead:
    """Read a letterhead from a TOML file, or return a bare one with the region's name.

    Raises
    ------
    MissingFileError, UnreadableFileError, LetterheadFileError
        If the file cannot be read, or is no TOML.
    LetterheadPartsError
        If parts of the letterhead are missing, unknown or of another form.
    """
    if file is None:
        return Letterhead(agency_lines=(region_name,), address="", place="", signatory_title="", signatory_name="")
    try:
        stated = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MissingFileError(file=file) from None
    except (OSError, UnicodeDecodeError):
        raise UnreadableFileError(file=file) from None
    except tomllib.TOMLDecodeError as error:
        raise LetterheadFileError(file=file, cause=error) from error
    usable = {name for name, value in stated.items() if _fits(name, value)}
    wrong = (stated.keys() - usable) | (NEEDED_PARTS - usable)
    if wrong:
        raise LetterheadPartsError(file=file, parts=", ".join(sorted(wrong)))
    return Letterhead(**{**stated, "agency_lines": tuple(stated["agency_lines"])})


def _fits(name: str, value: object) -> bool:
    """Tell whether a part of a letterhead is known and of its form: a list of lines, or one text."""
    if name == "agency_lines":
        return isinstance(value, list) and bool(value) and all(isinstance(line, str) for line in value)
    return name in NEEDED_PARTS | FURTHER_PARTS and isinstance(value, str)


def write_document(file: Path, body: bytes) -> None:
    """Write a document where it was asked for.

    Raises
    ------
    UnwritableFileError
        If the folder is missing or may not be written in.
    """
    try:
        file.write_bytes(body)
    except OSError as error:
        raise UnwritableFileError(file=file) from error
