"""Tile maps: one square per area on a grid, so that every page has a map without boundaries.

Columns count from the west and rows from the north, both from 0.
"""

from collections.abc import Sequence

import polars as pl

from bilik.foundation.errors import BilikError, SeveralErrors
from bilik.foundation.language import mark

TILE_SCHEMA: dict[str, type[pl.DataType]] = {
    "code": pl.String,
    "column": pl.Int64,
    "row": pl.Int64,
}


class MissingTileError(BilikError):
    """An area has no square."""

    message = mark("The tile map has no square for {code}. Add a line with its code, column and row.")


class ForeignTileError(BilikError):
    """A square belongs to no area of the region."""

    message = mark("The tile map has a square for {code}, which is no area of this region. Remove it.")


class RepeatedTileError(BilikError):
    """An area has several squares."""

    message = mark("The tile map has {count} squares for {code}. Keep one.")


class SharedSquareError(BilikError):
    """Several areas lie on one square."""

    message = mark("{codes} lie on one square of the tile map: column {column}, row {row}. Move all but one.")


def checked_tiles(tiles: pl.DataFrame, codes: Sequence[str]) -> pl.DataFrame:
    """Return the tiles in order of code, if every area has one square and no two share one.

    Raises
    ------
    SeveralErrors
        Naming every area without, with several or on a shared square, and every foreign code.
    """
    counted = tiles.group_by("code").len().sort("code")
    shared = tiles.group_by("column", "row").agg(pl.col("code").unique().sort()).filter(pl.col("code").list.len() > 1)
    errors: list[BilikError] = [MissingTileError(code=code) for code in codes if code not in set(tiles["code"])]
    errors += [ForeignTileError(code=code) for code in counted["code"] if code not in set(codes)]
    errors += [RepeatedTileError(code=code, count=count) for code, count in counted.rows() if count > 1]
    errors += [
        SharedSquareError(codes=", ".join(row["code"]), column=row["column"], row=row["row"])
        for row in shared.sort("row", "column").iter_rows(named=True)
    ]
    if errors:
        raise SeveralErrors(errors)
    return tiles.sort("code")


def tiles_in_order(codes: Sequence[str]) -> pl.DataFrame:
    """Place areas row by row on a nearly square grid, for a region that has no tile map of its own."""
    width = next(side for side in range(1, len(codes) + 2) if side * side >= len(codes))
    return pl.DataFrame(
        {
            "code": list(codes),
            "column": [number % width for number in range(len(codes))],
            "row": [number // width for number in range(len(codes))],
        },
        schema=TILE_SCHEMA,
    )
