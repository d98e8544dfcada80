"""Regions as a tree: what lies below, the way up, what was in force on a day, what became of what.

A frame of regions has one row per code; a code that was dissolved keeps its row with
``valid_to``. Splits, mergers, renamings and moves stand in a second frame of changes.
"""

import datetime as dt
import difflib

import polars as pl

from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark
from bilik.regions.codes import Level

REGION_SCHEMA: dict[str, type[pl.DataType]] = {
    "code": pl.String,  # dotted: 64.71.01.1001
    "name": pl.String,
    "level": pl.String,  # nation, province, city, district (kecamatan), ward (kelurahan)
    "parent": pl.String,
    "valid_from": pl.Date,  # first day in force; null: before anything recorded
    "valid_to": pl.Date,  # last day in force; null: still in force
}

REGION_CHANGE_SCHEMA: dict[str, type[pl.DataType]] = {
    "from_code": pl.String,
    "to_code": pl.String,
    "changed_on": pl.Date,  # first day of the new code
    "kind": pl.String,  # split, merge, rename, move
}


class UnknownRegionError(BilikError):
    """A code that no region at hand has."""

    message = mark("No region has the code {code}. Search for it by its name, or bring the region in first.")


class UnknownRegionNearError(UnknownRegionError):
    """A code that no region at hand has, though one much like it does."""

    message = mark("No region has the code {code}. Did you mean {near}?")


def named(regions: pl.DataFrame, code: str) -> str:
    """Return the name of a region.

    Raises
    ------
    UnknownRegionError
        If no region has the code; it names one whose code or name is close.
    """
    rows = regions.filter(pl.col("code") == code)
    if rows.is_empty():
        raise unknown(regions, code)
    return str(rows["name"][0])


def unknown(regions: pl.DataFrame, code: str) -> UnknownRegionError:
    """Make the error about a code that no region has, with the nearest code or name."""
    known = dict(zip(regions["code"].to_list(), regions["name"].to_list(), strict=True))
    by_name = {name.casefold(): known_code for known_code, name in known.items()}
    near = difflib.get_close_matches(code.casefold(), [*by_name, *known], n=1, cutoff=0.85)
    if not near:
        return UnknownRegionError(code=code)
    found = by_name.get(near[0], near[0])
    return UnknownRegionNearError(code=code, near=f"{found} ({known[found]})")


def in_force(regions: pl.DataFrame, on: dt.date | None = None) -> pl.DataFrame:
    """Keep the regions in force on a day, both ends included; without a day, those not dissolved."""
    if on is None:
        return regions.filter(pl.col("valid_to").is_null())
    return regions.filter(
        (pl.col("valid_from").is_null() | (pl.col("valid_from") <= on))
        & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= on))
    )


def below(regions: pl.DataFrame, code: str, level: Level | None = None, *, on: dt.date | None = None) -> pl.DataFrame:
    """Return the regions below ``code`` at any depth, or those of one level, in order of code.

    Raises
    ------
    UnknownRegionError
        If no region has the code.
    """
    named(regions, code)
    standing = in_force(regions, on)
    found, above = [standing.clear()], [code]
    for _ in Level:
        layer = standing.filter(pl.col("parent").is_in(above))
        if layer.is_empty():
            break
        found.append(layer)
        above = layer["code"].to_list()
    everything = pl.concat(found)
    return everything.filter(pl.lit(level is None) | (pl.col("level") == str(level))).sort("code")


def path(regions: pl.DataFrame, code: str) -> tuple[str, ...]:
    """Return the codes from ``code`` up to the root of the frame, both included.

    Raises
    ------
    UnknownRegionError
        If no region has the code.
    """
    named(regions, code)
    parents = dict(zip(regions["code"].to_list(), regions["parent"].to_list(), strict=True))
    way = [code]
    while (above := parents.get(way[-1])) in parents and above not in way:
        way.append(str(above))
    return tuple(way)


def successors(changes: pl.DataFrame, code: str, *, on: dt.date | None = None) -> tuple[str, ...]:
    """Return the codes that today, or on a day, cover what ``code`` once covered.

    A split keeps the old code as well when the changes name it among its own successors.
    A code that never changed is its own successor. Changes are followed through.
    """
    happened = changes.filter(pl.col("changed_on") <= (on or dt.date.max)).sort("changed_on")
    covered = {code}
    for day in happened["changed_on"].unique(maintain_order=True):
        moved = happened.filter((pl.col("changed_on") == day) & pl.col("from_code").is_in(list(covered)))
        covered = (covered - set(moved["from_code"])) | set(moved["to_code"])
    return tuple(sorted(covered))
