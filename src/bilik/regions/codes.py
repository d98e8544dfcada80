"""Kemendagri codes: 64 province, 64.71 city or regency, 64.71.01 kecamatan, 64.71.01.1001 kelurahan or desa.

Written with dots everywhere in bilik; files may bring them without. The ministry gives
the nation no code; ``NATION`` stands for it.
"""

import re
from enum import StrEnum

import polars as pl

from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark

NATION = "00"
_DOTTED = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_LENGTHS = {2: (2,), 4: (2, 2), 6: (2, 2, 2), 10: (2, 2, 2, 4)}


class Level(StrEnum):
    """The levels of administration, from the nation down. Polling stations lie below the last."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    WARD = "ward"

    @property
    def label(self) -> str:
        """Return the level's name as source string for translation."""
        return _LABELS[self]

    @property
    def depth(self) -> int:
        """Return how far below the nation the level lies: 0 to 4."""
        return list(Level).index(self)


_LABELS = {
    Level.NATION: mark("Nation"),
    Level.PROVINCE: mark("Province"),
    Level.CITY: mark("City or regency"),
    Level.DISTRICT: mark("Kecamatan"),
    Level.WARD: mark("Kelurahan or desa"),
}


class MalformedCodeError(BilikError):
    """A region code does not have the ministry's form."""

    message = mark(
        '"{code}" is no region code: wanted 2, 4, 6 or 10 digits, with or without dots, '
        "as 64, 64.71, 64.71.01 or 64.71.01.1001."
    )


class CodeCellError(BilikError):
    """A cell that should hold a region code does not."""

    message = mark(
        '{file}, row {row}, column "{column}": found "{found}", wanted a region code of 2, 4, 6 or 10 digits, '
        "with or without dots. In a spreadsheet, format the column as text."
    )


def dotted(code: str) -> str:
    """Return a code in its dotted form, whichever form it comes in.

    Raises
    ------
    MalformedCodeError
        If it is neither form of a code.
    """
    plain = code.strip()
    if _DOTTED.fullmatch(plain):
        return plain
    if not (plain.isascii() and plain.isdigit() and len(plain) in _LENGTHS):
        raise MalformedCodeError(code=code)
    parts, start = [], 0
    for length in _LENGTHS[len(plain)]:
        parts.append(plain[start : start + length])
        start += length
    return ".".join(parts)


def undotted(code: str) -> str:
    """Return a code as digits alone; raises ``MalformedCodeError`` as ``dotted`` does."""
    return dotted(code).replace(".", "")


def level_of(code: str) -> Level:
    """Return the level that a code stands for; raises ``MalformedCodeError`` as ``dotted`` does."""
    plain = dotted(code)
    return Level.NATION if plain == NATION else list(Level)[plain.count(".") + 1]


def parent_of(code: str) -> str | None:
    """Return the code of the region above, None for the nation; raises as ``dotted`` does."""
    plain = dotted(code)
    if plain == NATION:
        return None
    return plain.rpartition(".")[0] or NATION


def parent_code(column: str) -> pl.Expr:
    """Return the code of the region above for a column of dotted codes, null for the nation."""
    code = pl.col(column)
    return (
        pl.when(code.str.contains(".", literal=True))
        .then(code.str.replace(r"\.[^.]*$", ""))
        .when(code != NATION)
        .then(pl.lit(NATION))
    )
