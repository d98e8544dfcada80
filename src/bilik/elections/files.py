"""The frames of figures from files and back: the shipped ones, a folder of them, and the catalogue of elections."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import polars as pl

from bilik.elections.checks import FailedCheckError, failures
from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.elections.figures import ACCEPTANCE_SCHEMA, COUNT_SCHEMA, ELECTORATE_SCHEMA, SOURCE_SCHEMA, Figures
from bilik.elections.own_counts import own_counts, own_figures, own_names, unknown_codes
from bilik.foundation.files import FIRST_ROW, raise_all, read_frame, typed
from bilik.regions.files import NoShippedRegionError, read_regions, regions_around, shipped_regions

PILOT = "64.71"
_DATA = resources.files("bilik.elections") / "data"
_ELECTION_SCHEMA: dict[str, type[pl.DataType]] = {
    "slug": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "regime": pl.String,
    "region": pl.String,
    "held_on": pl.Date,
    "earliest_on": pl.Date,
    "latest_on": pl.Date,
    "station_size_limit": pl.Int64,
}
_NOTE_SCHEMA: dict[str, type[pl.DataType]] = {
    "slug": pl.String,
    "source": pl.String,  # where the day or the limit is from, if not from the counts' own sources
    "note_id": pl.String,
    "note_en": pl.String,
}


@cache
def shipped_figures(region: str | None = PILOT) -> Figures:
    """Return the figures that are shipped for a region, or for the one it lies in; the pilot city where none is named.

    Raises
    ------
    NoShippedRegionError
        If nothing is shipped for the region.
    """
    folder = _shipped_folder(region or PILOT)
    return _figures(folder, shipped_regions())


@cache
def shipped_electorates(region: str = PILOT) -> pl.DataFrame:
    """Return the shipped lists of voters by area and day; raises as ``shipped_figures`` does."""
    return _frame(_shipped_folder(region), "electorates", ELECTORATE_SCHEMA)


@cache
def shipped_election_notes(region: str = PILOT) -> pl.DataFrame:
    """Return what is noted about the shipped elections: slug, source, note in both languages."""
    return _frame(_shipped_folder(region), "elections", _NOTE_SCHEMA).drop_nulls("note_en")


def shipped_codes() -> tuple[str, ...]:
    """Return the codes of the regions that figures are shipped for."""
    return tuple(sorted(folder.name for folder in _DATA.iterdir() if (folder / "counts.csv").is_file()))


def read_counts(path: str | Path, *, strict: bool = True) -> Figures:
    """Read one results file of somebody's own as a whole bundle of figures.

    Columns region, election, kind, date, dpt and users, and any other of ``COUNT_SCHEMA``, in
    English or Indonesian; names from a column ``name`` or the nation's list. Without
    ``strict`` rows that fail a check are read as well, and quarantined wherever figures are accepted.

    Raises
    ------
    BilikError
        Of ``foundation.files``, where there is no such table.
    SeveralErrors
        With every fault of the cells; or, if strict, every failed check.
    """
    file = Path(path).name
    frame = read_frame(path)
    counts, about = own_counts(frame, file=file)
    regions, unknown = regions_around(about["region"].unique().to_list(), own_names(frame, counts))
    raise_all(unknown_codes(counts, unknown, file=file))
    figures = own_figures(counts, about, regions=regions, file=file)
    if strict:
        found = failures(figures.counts, figures.elections, regions=figures.regions)
        raise_all([FailedCheckError(file=file, row=row["row"] + FIRST_ROW, failure=row) for row in found.to_dicts()])
    return figures


def read_figures(folder: str | Path) -> Figures:
    """Read a folder that ``write_figures`` wrote."""
    place = Path(folder)
    return _figures(place, read_regions(place / "regions.csv"))


def write_figures(figures: Figures, folder: str | Path) -> None:
    """Write the frames as CSV files into a folder, which is made where it is missing.

    Empty texts are written as gaps, so that reading and writing again gives the same files.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, frame in {
        "regions": figures.regions,
        "elections": election_frame(figures.elections),
        "sources": figures.sources,
        "counts": figures.counts,
        "acceptances": figures.acceptances,
        "electorates": figures.electorates,
    }.items():
        frame.write_csv(place / f"{name}.csv")


def election_frame(elections: tuple[Election, ...]) -> pl.DataFrame:
    """Return elections as a frame, one row each, in their order."""
    rows = [{name: getattr(election, name) for name in _ELECTION_SCHEMA} for election in elections]
    return pl.DataFrame(rows, schema=_ELECTION_SCHEMA)


def elections_of(frame: pl.DataFrame) -> tuple[Election, ...]:
    """Return the elections of a frame, the earliest first."""
    elections = [
        Election(**{**row, "kind": ElectionKind(row["kind"]), "regime": Regime(row["regime"])})
        for row in typed(frame, _ELECTION_SCHEMA).iter_rows(named=True)
    ]
    return tuple(sorted(elections, key=lambda election: (election.order, election.slug)))


def _figures(folder: Traversable | Path, regions: pl.DataFrame) -> Figures:
    return Figures(
        regions=regions,
        elections=elections_of(_frame(folder, "elections", _ELECTION_SCHEMA)),
        sources=_frame(folder, "sources", SOURCE_SCHEMA),
        counts=_frame(folder, "counts", COUNT_SCHEMA),
        acceptances=_frame(folder, "acceptances", ACCEPTANCE_SCHEMA).with_columns(pl.col("source").fill_null("")),
        electorates=_frame(folder, "electorates", ELECTORATE_SCHEMA),
    )


def _frame(folder: Traversable | Path, name: str, schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    content = (folder / f"{name}.csv").read_bytes()
    return typed(pl.read_csv(content, infer_schema=False), schema)


def _shipped_folder(region: str) -> Traversable:
    for code in shipped_codes():
        if region == code or region.startswith(f"{code}."):
            return _DATA / code
    raise NoShippedRegionError(region=region, shipped=", ".join(shipped_codes()))
