"""Squares for areas."""

import polars as pl
import pytest

from bilik.foundation.errors import SeveralErrors
from bilik.regions.codes import Level, parent_of
from bilik.regions.files import shipped_regions, shipped_tiles
from bilik.regions.hierarchy import below
from bilik.regions.tile_map import TILE_SCHEMA, checked_tiles, tiles_in_order


def test_checked_tiles_names_every_fault() -> None:
    tiles = pl.DataFrame([("a", 0, 0), ("a", 1, 0), ("b", 0, 0), ("z", 5, 5)], schema=TILE_SCHEMA, orient="row")

    with pytest.raises(SeveralErrors) as caught:
        checked_tiles(tiles, ["a", "b", "c"])

    assert [type(error).__name__ for error in caught.value.errors] == [
        "MissingTileError",
        "ForeignTileError",
        "RepeatedTileError",
        "SharedSquareError",
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 34])
def test_tiles_in_order_fits_any_number_of_areas(count: int) -> None:
    codes = [f"{number:02}" for number in range(count)]

    tiles = checked_tiles(tiles_in_order(codes), codes)

    assert tiles.height == count
    assert (tiles["column"].max() or 0) ** 2 <= count  # type: ignore[operator]


@pytest.mark.parametrize("level", [Level.WARD, Level.DISTRICT])
def test_the_pilot_city_is_placed_whole(level: Level) -> None:
    codes = below(shipped_regions(), "64.71", level)["code"].to_list()

    assert checked_tiles(shipped_tiles("64.71", level), codes).height == {Level.WARD: 34, Level.DISTRICT: 6}[level]


def test_every_kecamatan_is_one_connected_block() -> None:
    squares = {(column, row): parent_of(code) for code, column, row in shipped_tiles("64.71", Level.WARD).iter_rows()}

    for district in set(squares.values()):
        own = {square for square, parent in squares.items() if parent == district}
        reached, edge = set(), {min(own)}
        while edge:
            reached |= edge
            edge = {(c + x, r + y) for c, r in edge for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1))} & own - reached
        assert reached == own, district
