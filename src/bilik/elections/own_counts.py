"""One results file of somebody's own, turned into a whole bundle of figures.

A row is one region, or one polling station of it, in one election. Headings may be
English or Indonesian. See docs/how-to/forecast-from-a-file.md.
"""

import os.path
import re

import polars as pl

from bilik.elections.coming import coming_elections
from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.elections.figures import ACCEPTANCE_SCHEMA, COUNT_SCHEMA, SOURCE_SCHEMA, WHOLE_COLUMNS, Figures
from bilik.elections.mapping import HEADINGS, plain_heading
from bilik.foundation.cells import Checked, days, faults_of, gaps, percentages, whole_numbers, words
from bilik.foundation.errors import BilikError
from bilik.foundation.files import FIRST_ROW, MissingColumnError, raise_all, typed
from bilik.foundation.language import mark
from bilik.foundation.sources import SourceKind
from bilik.regions.codes import NATION, CodeCellError, Level, dotted

NEEDED = ("region", "election", "kind", "date", "dpt", "users")
KIND_WORDS = {
    **{kind.value: kind.value for kind in ElectionKind},
    **dict.fromkeys(("pilpres", "presiden", "pemilu"), ElectionKind.PRESIDENT.value),
    **dict.fromkeys(("pileg", "legislatif", "dpr", "dprd"), ElectionKind.LEGISLATURE.value),
    **dict.fromkeys(("pilgub", "gubernur"), ElectionKind.GOVERNOR.value),
    **dict.fromkeys(("pilwali", "wali kota", "walikota", "pilbup", "bupati", "pilkada"), ElectionKind.MAYOR.value),
}
#: A total that may be left out where its parts are there.
_TOTALS = {
    "dpt": (("dpt_male", "dpt_female"),),
    "users": (("users_male", "users_female"), ("users_dpt", "users_dptb", "users_dpk"), ("valid", "invalid")),
}


class RepeatedRowError(BilikError):
    """Two rows are about the same place and election."""

    message = mark("{file}, row {row}: {election} in {region} stands above already. Keep one of the rows.")


class UnknownCodeError(BilikError):
    """A code that is in no list of regions and has no name in the file."""

    message = mark(
        "{file}, row {row}: no region has the code {code}. Correct it, or give its name in a column name if it is new."
    )


class ElectionConflictError(BilikError):
    """Rows of one election disagree about it."""

    message = mark(
        '{file}: the rows of {election} differ in the column "{column}": {found}. '
        "One election has one kind and one day."
    )


class KindlessElectionError(BilikError):
    """No row says what an election is about."""

    message = mark('{file}: no row of {election} says its kind. Fill in the column "kind" (jenis).')


def own_counts(frame: pl.DataFrame, *, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Turn a table of text into counts and, row by row, what it says about elections: name, kind, date, slug.

    Raises
    ------
    SeveralErrors
        With every missing column, or every fault of the cells.
    """
    headings = headings_of(frame)
    _check_needed(frame, set(headings), file=file)
    frame, errors = _typed(frame, headings, file)
    raise_all(errors)
    named = frame.rename({heading: name for name, heading in headings.items()})
    named = with_totals(named.with_columns(title=pl.col("election"), election=slug_of(pl.col("election"))))
    raise_all([*_conflicts(named, file), *_repeats(named, file)])
    counts = typed(named.with_columns(source=pl.lit(source_key(file))), COUNT_SCHEMA)
    return counts, named.select("election", "title", "kind", "date", "region")


def _typed(frame: pl.DataFrame, headings: dict[str, str], file: str) -> Checked:
    """Type the columns that have a name, under their own headings, so that faults are told as the file has them."""
    frame = frame.select(headings.values())
    errors = gaps(frame, [headings["region"], headings["election"]], file=file)
    whole = [heading for name, heading in headings.items() if name in WHOLE_COLUMNS]
    frame, number_faults = whole_numbers(frame, whole, file=file)
    frame, day_faults = days(frame, [headings["date"]], file=file)
    frame, kind_faults = words(frame, headings["kind"], KIND_WORDS, file=file)
    codes, code_faults = faults_of(frame[headings["region"]].cast(pl.String), dotted, file=file, fault=CodeCellError)
    frame = frame.with_columns(codes.alias(headings["region"]))
    errors = [*errors, *code_faults, *kind_faults, *day_faults, *number_faults]
    if "published_percent" in headings:
        heading = headings["published_percent"]
        frame, percent_faults = percentages(frame, heading, digits="published_digits", file=file)
        errors += percent_faults
    return frame, errors


def _check_needed(frame: pl.DataFrame, names: set[str], *, file: str) -> None:
    """Check that the needed columns are there, or the parts of a total."""
    missing = [
        name for name in NEEDED if name not in names and not any(set(parts) <= names for parts in _TOTALS.get(name, ()))
    ]
    found = ", ".join(frame.columns)
    raise_all([MissingColumnError(file=file, wanted=name, found=found) for name in missing])


def own_figures(counts: pl.DataFrame, about: pl.DataFrame, *, regions: pl.DataFrame, file: str) -> Figures:
    """Make a whole bundle: elections from the rows, those to come added, and the file itself as the only source."""
    source = {
        "source": source_key(file), "publisher": file, "title": file, "url": None, "published_on": None,
        "kind": SourceKind.INTERNAL.value,
    }  # fmt: skip
    return Figures(
        regions=regions,
        elections=_elections(about),
        sources=pl.DataFrame([source], schema=SOURCE_SCHEMA),
        counts=counts,
        acceptances=pl.DataFrame(schema=ACCEPTANCE_SCHEMA),
    )


def own_names(frame: pl.DataFrame, counts: pl.DataFrame) -> dict[str, str]:
    """Return the names that the file itself gives to its regions; ``counts`` are its rows in the same order."""
    heading = headings_of(frame).get("name")
    if heading is None:
        return {}
    return dict(pl.DataFrame({"code": counts["region"], "name": frame[heading]}).drop_nulls().iter_rows())


def unknown_codes(counts: pl.DataFrame, codes: list[str], *, file: str) -> list[BilikError]:
    """Name the first row of each code that nobody knows."""
    rows = counts.with_row_index("row").filter(pl.col("region").is_in(codes)).unique("region", keep="first").sort("row")
    return [
        UnknownCodeError(file=file, row=row + FIRST_ROW, code=code)
        for row, code in rows.select("row", "region").iter_rows()
    ]


def with_totals(frame: pl.DataFrame) -> pl.DataFrame:
    """Fill in DPT and users from their parts, where no total is stated and the parts are."""
    for total, ways in _TOTALS.items():
        for parts in ways:
            if set(parts) <= set(frame.columns) and (total not in frame.columns or frame[total].dtype.is_integer()):
                whole = pl.sum_horizontal(
                    [pl.col(part).cast(pl.Int64, strict=False) for part in parts], ignore_nulls=False
                )
                stated = pl.col(total) if total in frame.columns else pl.lit(None, pl.Int64)
                frame = frame.with_columns(pl.coalesce(stated, whole).alias(total))
    return frame


def slug_of(text: pl.Expr) -> pl.Expr:
    """Return names of elections as they are used in commands: lower case, joined by hyphens."""
    return text.cast(pl.String).str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")


def source_key(file: str) -> str:
    """Return the key that a file has as a source."""
    return re.sub(r"[^a-z0-9]+", "-", os.path.basename(file).lower()).strip("-")  # noqa: PTH119 -- no path is opened


def headings_of(frame: pl.DataFrame) -> dict[str, str]:
    """Return the heading that stands for each name; of two headings that mean the same the first counts."""
    headings: dict[str, str] = {}
    for heading in frame.columns:
        plain = plain_heading(heading)
        headings.setdefault(HEADINGS.get(plain, plain), heading)
    return headings


def _repeats(frame: pl.DataFrame, file: str) -> list[BilikError]:
    key = [name for name in ("election", "region", "station") if name in frame.columns]
    again = frame.with_row_index("row").filter(~pl.struct(key).is_first_distinct())
    return [
        RepeatedRowError(file=file, row=row["row"] + FIRST_ROW, election=row["election"], region=row["region"])
        for row in again.iter_rows(named=True)
    ]


def _conflicts(frame: pl.DataFrame, file: str) -> list[BilikError]:
    errors: list[BilikError] = []
    for column in ("kind", "date"):
        stated = frame.drop_nulls(column).group_by("election", maintain_order=True).agg(pl.col(column).unique().sort())
        errors += [
            ElectionConflictError(file=file, election=slug, column=column, found=", ".join(map(str, values)))
            for slug, values in stated.filter(pl.col(column).list.len() > 1).iter_rows()
        ]
    kinds = frame.group_by("election", maintain_order=True).agg(pl.col("kind").drop_nulls().len())
    errors += [KindlessElectionError(file=file, election=slug) for slug, count in kinds.iter_rows() if not count]
    return errors


def _elections(about: pl.DataFrame) -> tuple[Election, ...]:
    held = about.group_by("election", maintain_order=True).agg(
        pl.col("title").first(), pl.col("kind", "date").drop_nulls().first(), pl.col("region").min()
    )
    elections = [
        Election(
            slug=row["election"],
            name=row["title"],
            kind=ElectionKind(row["kind"]),
            regime=_regime(ElectionKind(row["kind"])),
            region=_scope(ElectionKind(row["kind"]), row["region"]),
            held_on=row["date"],
        )
        for row in held.iter_rows(named=True)
    ]
    known = {election.slug for election in elections}
    elections += [election for election in coming_elections(str(about["region"].min())) if election.slug not in known]
    return tuple(sorted(elections, key=lambda election: (election.order, election.slug)))


def _regime(kind: ElectionKind) -> Regime:
    return Regime.PEMILIHAN if kind in {ElectionKind.GOVERNOR, ElectionKind.MAYOR} else Regime.PEMILU


def _scope(kind: ElectionKind, region: str) -> str:
    """Return the region an election is held in, from one that took part: the nation, its province or its city."""
    depth = {ElectionKind.GOVERNOR: Level.PROVINCE.depth, ElectionKind.MAYOR: Level.CITY.depth}.get(kind, 0)
    return ".".join(region.split(".")[:depth]) or NATION
