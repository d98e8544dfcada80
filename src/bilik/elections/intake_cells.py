"""The cells of a table of counts by a mapping: places and figures, and every fault as one row of a frame."""

import polars as pl

from bilik.elections.mapping import Mapping
from bilik.elections.own_counts import slug_of
from bilik.foundation.cells import faults_of, percentages, whole_numbers
from bilik.foundation.files import FIRST_ROW
from bilik.regions.codes import CodeCellError, dotted

#: Line of the file that a row stood on; the heading is line 1.
FILE_ROW = "file_row"
FAULT_SCHEMA: dict[str, type[pl.DataType]] = {
    FILE_ROW: pl.Int64,
    "kind": pl.String,  # what kind of fault: gap, code, region, election, number, percent, repeat
    "column": pl.String,  # heading in the file
    "found": pl.String,
}
#: A total that is filled in from men and women where it is not stated.
_TOTALS = ("dpt", "users", "users_dpt")


def places_of(
    cells: pl.DataFrame, mapping: Mapping, election: str, regions: pl.DataFrame
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Return region and station of every row, and what is wrong with them."""
    heading = mapping.columns["region"]
    codes = cells[heading].cast(pl.String).str.strip_chars()
    found, _told = faults_of(codes, dotted, file="", fault=CodeCellError)
    known = found.is_in(regions["code"].to_list())
    faults = [
        _faults(cells[heading], codes.is_null(), "gap"),
        _faults(cells[heading], codes.is_not_null() & found.is_null(), "code"),
        _faults(cells[heading], (found.is_not_null() & ~known).fill_null(value=False), "region"),
    ]
    if "election" in mapping.columns:
        stated = cells[mapping.columns["election"]]
        other = cells.select(slug_of(pl.col(stated.name)) != election).to_series()
        faults.append(_faults(stated, other.fill_null(value=False), "election"))
    places = pl.DataFrame({"region": found, "station": _stations(cells, mapping.columns.get("station"))})
    repeated = places["region"].is_not_null() & places.is_duplicated()
    named = places.select(pl.concat_str("region", pl.lit(" TPS ") + pl.col("station"), ignore_nulls=True))
    return places, [*faults, _faults(named.to_series().alias(heading), repeated, "repeat")]


def _stations(cells: pl.DataFrame, heading: str | None) -> pl.Series:
    """Return the numbers of the polling stations as text, without zeros in front: 007 is 7."""
    if heading is None:
        return pl.Series("station", [None] * cells.height, dtype=pl.String)
    text = cells[heading].cast(pl.String).str.strip_chars()
    return text.str.replace(r"^(?i:tps)?\s*0*(\d)", "$1").replace("", None).alias("station")


def figures_of(cells: pl.DataFrame, mapping: Mapping, file: str) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Return the figures of every row under their own names, and what is wrong with their cells."""
    printed = mapping.columns.get("published_percent")
    whole = {name: heading for name, heading in mapping.columns.items() if name in mapping.figures}
    whole.pop("published_percent", None)
    parts = dict.fromkeys(heading for headings in mapping.sums.values() for heading in headings)
    headings = list(dict.fromkeys([*whole.values(), *parts]))
    numbers, _told = whole_numbers(cells, headings, file=file)
    faults = [_faults(cells[name], cells[name].is_not_null() & numbers[name].is_null(), "number") for name in headings]
    stated = {name: pl.col(heading) for name, heading in whole.items()}
    for name, added in mapping.sums.items():
        total = pl.sum_horizontal(added, ignore_nulls=False)
        stated[name] = pl.coalesce(total, stated[name]) if name in stated else total
    if printed is not None:
        numbers, _told = percentages(numbers, printed, digits="published_digits", file=file)
        faults.append(_faults(cells[printed], cells[printed].is_not_null() & numbers[printed].is_null(), "percent"))
        stated |= {"published_percent": pl.col(printed), "published_digits": pl.col("published_digits")}
    figures = numbers.select(**stated)
    figures = figures.with_columns(_total(figures, name) for name in _TOTALS if _has_parts(figures, name))
    return figures, faults


def _has_parts(figures: pl.DataFrame, name: str) -> bool:
    return {f"{name}_male", f"{name}_female"} <= set(figures.columns)


def _total(figures: pl.DataFrame, name: str) -> pl.Expr:
    added = pl.col(f"{name}_male") + pl.col(f"{name}_female")
    return (pl.coalesce(name, added) if name in figures.columns else added).alias(name)


def _faults(cells: pl.Series, wrong: pl.Series, kind: str) -> pl.DataFrame:
    rows = wrong.arg_true().cast(pl.Int64)
    columns = {FILE_ROW: rows + FIRST_ROW, "found": cells.gather(rows).cast(pl.String)}
    return (
        pl.DataFrame(columns)
        .with_columns(kind=pl.lit(kind), column=pl.lit(cells.name))
        .select(pl.col(name).cast(dtype) for name, dtype in FAULT_SCHEMA.items())
    )
