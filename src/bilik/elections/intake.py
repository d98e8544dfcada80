"""A table of somebody's counts becomes rows of ``COUNT_SCHEMA``; rows with a faulty cell are set apart, none is lost.

``intake`` reads the cells, ``weigh`` holds the rows against what is in force, and
``rows_to_keep`` are those that an import adds. Nothing is written here. Regions are known
by their codes, dotted or not. A name in place of a code is a fault of the cell for now: names
are matched to codes in a later step, with the doubtful ones put to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from bilik.elections.acceptance import is_partial
from bilik.elections.checks import FailedCheckError, failures
from bilik.elections.figures import COUNT_SCHEMA, WHOLE_COLUMNS, Figures
from bilik.elections.intake_cells import FILE_ROW, figures_of, places_of
from bilik.elections.mapping import Mapping
from bilik.foundation.cells import (
    TOLD,
    GapError,
    MoreFaultsError,
    PercentageError,
    WholeNumberError,
    WordError,
)
from bilik.foundation.errors import BilikError
from bilik.foundation.files import FIRST_ROW, MissingColumnError, check_columns, raise_all, typed
from bilik.foundation.language import Language, mark
from bilik.regions.codes import CodeCellError

#: What a row is about; a later row of the same source about the same takes the place of the former.
KEY = ("election", "region", "station", "source")
_PLACE = ("region", "station")
_NOTES = ("note_id", "note_en")
_EXAMPLES = 3
_EXACT = 1e-9  # what is left of floating point


class Standing(StrEnum):
    """How a row that comes in stands to what is in force."""

    ADDED = "added"
    SAME = "same"
    CHANGED = "changed"
    CONTRADICTED = "contradicted"
    QUARANTINED = "quarantined"

    @property
    def label(self) -> str:
        """Return the standing's name as source string for translation."""
        return _STANDING_LABELS[self]


_STANDING_LABELS = {
    Standing.ADDED: mark("New"),
    Standing.SAME: mark("In force already, unchanged"),
    Standing.CHANGED: mark("Other figures than this source gave before"),
    Standing.CONTRADICTED: mark("Another source says otherwise"),
    Standing.QUARANTINED: mark("Fails a check: kept, not used"),
}


class UnknownCodeCellError(BilikError):
    """A cell holds a code that no region at hand has."""

    message = mark(
        '{file}, row {row}, column "{column}": no region has the code {found}; wanted a code of the workspace\'s '
        "list of regions. Correct the code, or bring in the region first."
    )


class RepeatedPlaceError(BilikError):
    """Several rows of a file are about one place."""

    message = mark(
        '{file}, row {row}, column "{column}": {found} stands in more than one row, wanted one row for each place. '
        "Keep one of them."
    )


class NoFiguresError(BilikError):
    """No column of the file holds a figure that is read."""

    message = mark(
        "{file}: no column holds a figure that is read, such as dpt, users (pengguna), valid (sah) or invalid "
        "(tidak_sah); found: {found}. Rename the columns, or say which of them is what."
    )


_KINDS: dict[str, type[BilikError]] = {
    "gap": GapError,
    "code": CodeCellError,
    "region": UnknownCodeCellError,
    "election": WordError,
    "number": WholeNumberError,
    "percent": PercentageError,
    "repeat": RepeatedPlaceError,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Intake:
    """What was taken in from one file by one mapping.

    ``counts`` follows ``COUNT_SCHEMA`` with ``file_row`` added and holds the rows without a
    fault. ``faults`` has one row a fault (``FAULT_SCHEMA`` of ``intake_cells``); ``set_apart`` are the rows of the
    file that have any, as they stand there, with ``file_row``.
    """

    file: str
    mapping: Mapping
    election: str
    source: str
    counts: pl.DataFrame
    faults: pl.DataFrame
    set_apart: pl.DataFrame

    def errors(self) -> list[BilikError]:
        """Return the faults as errors; of many alike in one column the first are told, the rest counted."""
        told: list[BilikError] = []
        for (kind, column), group in self.faults.group_by("kind", "column", maintain_order=True):
            told += [self._error(fault) for fault in group.head(TOLD).to_dicts()]
            if group.height > TOLD:
                told.append(MoreFaultsError(file=self.file, column=column, count=group.height - TOLD, kind=kind))
        return told

    def sentences(self, language: Language) -> dict[int, str]:
        """Say for every faulty row, by its line in the file, all that is wrong with it and how to mend it."""
        said: dict[int, list[str]] = {}
        for fault in self.faults.iter_rows(named=True):
            said.setdefault(fault[FILE_ROW], []).append(self._error(fault).text(language.translate))
        return {row: "\n".join(sentences) for row, sentences in said.items()}

    def _error(self, fault: dict[str, Any]) -> BilikError:
        found = fault["found"]
        return _KINDS[fault["kind"]](
            file=self.file, row=fault[FILE_ROW], column=fault["column"], found=found, wanted=self.election
        )


def intake(
    frame: pl.DataFrame, *, file: str, mapping: Mapping, election: str, source: str, regions: pl.DataFrame
) -> Intake:
    """Take a table as ``read_frame`` gives it into counts of one election by one source.

    ``regions`` are those that may occur. All faults of the cells are found at once: a code
    that is malformed, unknown or missing, a count that is no whole number of 0 or more, a
    percentage that is none, another election, and places that stand in several rows (all of
    these are set apart, since nobody knows which is right). Empty cells are gaps, no faults.

    Raises
    ------
    SeveralErrors
        If columns of the mapping are not in the file.
    MissingColumnError, NoFiguresError
        If no column holds the region's code, or none holds a figure.
    """
    if "region" not in mapping.columns:
        raise MissingColumnError(file=file, wanted="region", found=", ".join(frame.columns))
    if not mapping.figures:
        raise NoFiguresError(file=file, found=", ".join(frame.columns))
    check_columns(frame, mapping.headings, file=file)
    cells = frame.select(mapping.headings)
    places, place_faults = places_of(cells, mapping, election, regions)
    figures, figure_faults = figures_of(cells, mapping, file)
    faults = pl.concat([*place_faults, *figure_faults]).sort(FILE_ROW, maintain_order=True)
    numbered = pl.int_range(FIRST_ROW, frame.height + FIRST_ROW, dtype=pl.Int64, eager=True).alias(FILE_ROW)
    good = ~numbered.is_in(faults[FILE_ROW].unique().to_list())
    rows = places.with_columns(figures.get_columns()).with_columns(source=pl.lit(source), election=pl.lit(election))
    return Intake(
        file=file,
        mapping=mapping,
        election=election,
        source=source,
        counts=typed(rows, COUNT_SCHEMA).with_columns(numbered).filter(good),
        faults=faults,
        set_apart=frame.with_columns(numbered).filter(~good),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighed:
    """What came in, held against what is in force.

    ``rows`` are the counts of the intake with ``file_row`` and ``standing``, a ``Standing``.
    ``failures`` are all failed checks, as ``elections.checks`` gives them, with ``file_row``.
    """

    intake: Intake
    rows: pl.DataFrame
    failures: pl.DataFrame

    def standings(self) -> dict[Standing, int]:
        """Return how many rows have each standing, also where there are none."""
        found = dict(self.rows.group_by("standing").agg(pl.len()).iter_rows())
        return {standing: found.get(standing.value, 0) for standing in Standing}

    def rules(self) -> pl.DataFrame:
        """Return the checks that rows fail, the most frequent first: rule, row_count."""
        return (
            self.failures.group_by("rule")
            .agg(row_count=pl.col(FILE_ROW).n_unique().cast(pl.Int64))
            .sort("row_count", "rule", descending=[True, False])
        )

    def examples(self, rule: str) -> list[dict[str, Any]]:
        """Return the first three rows that fail a check, as failures that ``checks.sentence`` can say."""
        found = self.failures.filter(pl.col("rule") == rule).unique(FILE_ROW, keep="first", maintain_order=True)
        return found.sort(FILE_ROW, maintain_order=True).head(_EXAMPLES).to_dicts()


def weigh(taken: Intake, figures: Figures) -> Weighed:
    """Hold every row against what is in force.

    A row that is in force word for word is ``same``, whatever else is true of it, so that a
    file taken in twice changes nothing. Of the others, those that fail a check are
    ``quarantined``; then come ``changed`` (the same source says something else about this
    place), ``contradicted`` (another source gives another figure for this whole area) and ``added``.
    """
    counts = taken.counts
    failed = failures(counts.drop(FILE_ROW), figures.elections, regions=figures.regions)
    failed = failed.with_columns(counts[FILE_ROW].gather(failed["row"]).alias(FILE_ROW))
    known = figures.counts.filter(pl.col("election") == taken.election)
    own = known.filter(pl.col("source") == taken.source)
    stands, same = _against_own(counts, own)
    contradicted = _contradicted(counts, known.filter(pl.col("source") != taken.source))
    standing = (
        pl.when(same)
        .then(pl.lit(Standing.SAME.value))
        .when(pl.col(FILE_ROW).is_in(failed[FILE_ROW].unique().to_list()))
        .then(pl.lit(Standing.QUARANTINED.value))
        .when(stands)
        .then(pl.lit(Standing.CHANGED.value))
        .when(pl.col(FILE_ROW).is_in(contradicted.to_list()))
        .then(pl.lit(Standing.CONTRADICTED.value))
        .otherwise(pl.lit(Standing.ADDED.value))
    )
    return Weighed(intake=taken, rows=counts.with_columns(standing=standing), failures=failed)


def rows_to_keep(weighed: Weighed, *, good_only: bool) -> pl.DataFrame:
    """Return the rows that an import adds, in the order of their places: all but those in force already.

    Rows that fail a check are among them: they stay visible and are never accepted. With
    ``good_only`` rows with a faulty cell are left out; without, there may be none.

    Raises
    ------
    SeveralErrors
        Without ``good_only``, with every fault of the cells.
    """
    if not good_only:
        raise_all(weighed.intake.errors())
    number = pl.col("station").cast(pl.Int64, strict=False)
    new = weighed.rows.filter(pl.col("standing") != Standing.SAME.value)
    return new.sort("region", number, "station", nulls_last=False).select(list(COUNT_SCHEMA))


def latest(files: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put the counts of several files together, the oldest first: a later row takes the place of a former one.

    That is, where the same source says something about the same place in the same election.
    """
    if not files:
        return pl.DataFrame(schema=COUNT_SCHEMA)
    marked = pl.concat([frame.with_columns(file=pl.lit(number)) for number, frame in enumerate(files)])
    return marked.filter(pl.col("file") == pl.col("file").max().over(KEY)).drop("file")


def quarantine_sheet(weighed: Weighed, frame: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return the rows of the file that fail a check as they stand there, each with what is wrong with it."""
    said: dict[int, list[str]] = {}
    for failure in weighed.failures.to_dicts():
        error = FailedCheckError(file=weighed.intake.file, row=failure[FILE_ROW], failure=failure)
        said.setdefault(failure[FILE_ROW], []).append(error.text(language.translate))
    return sheet_of(frame, {row: "\n".join(sentences) for row, sentences in said.items()}, language)


def fault_sheet(taken: Intake, frame: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return the faulty rows of the file as they stand there, each with its line and what is wrong with it.

    ``frame`` is the table that was taken in.
    """
    return sheet_of(frame, taken.sentences(language), language)


def sheet_of(frame: pl.DataFrame, sentences: dict[int, str], language: Language) -> pl.DataFrame:
    """Return the rows of a table that something is said about, by their line in the file, with what is said."""
    row, said = language.say(mark("Row of the file")), language.say(mark("What is wrong and how to mend it"))
    told = pl.DataFrame(
        {row: list(sentences), said: list(sentences.values())}, schema={row: pl.Int64, said: pl.String}
    ).sort(row)
    numbered = (
        frame.drop(row, said, strict=False).with_row_index(row, FIRST_ROW).with_columns(pl.col(row).cast(pl.Int64))
    )
    return told.join(numbered, on=row, how="left", maintain_order="left").select(row, *numbered.columns[1:], said)


def _against_own(counts: pl.DataFrame, own: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Tell which rows the same source has stated something about, and which say just the same."""
    stated = [name for name in COUNT_SCHEMA if name not in (*KEY, *_NOTES)]
    former = own.unique(_PLACE, keep="last", maintain_order=True).select(
        *_PLACE, *(pl.col(name).alias(f"former_{name}") for name in stated), stands=pl.lit(value=True)
    )
    beside = counts.join(former, on=_PLACE, how="left", nulls_equal=True, maintain_order="left")
    stands = beside["stands"].fill_null(value=False)
    equal = [pl.col(name).eq_missing(pl.col(f"former_{name}")) for name in stated]
    return stands, stands & beside.select(pl.all_horizontal(equal)).to_series()


def _contradicted(counts: pl.DataFrame, others: pl.DataFrame) -> pl.Series:
    """Return the lines of the file whose figures for a whole area differ from what other sources say.

    Printed percentages differ where they are further apart than both were rounded.
    """
    area = pl.col("station").is_null() & ~is_partial()
    ours, theirs = counts.filter(area), others.filter(area)
    stated = ours.unpivot(WHOLE_COLUMNS, index=[FILE_ROW, "region"], variable_name="column").drop_nulls("value")
    rival = theirs.unpivot(WHOLE_COLUMNS, index=["region"], variable_name="column").drop_nulls("value")
    counted = stated.join(rival, on=["region", "column"], suffix="_rival").filter(
        pl.col("value") != pl.col("value_rival")
    )
    percent, rounded = pl.col("published_percent"), pl.lit(10.0).pow(-pl.col("published_digits").fill_null(0)) / 2
    printed = (
        ours.select(FILE_ROW, "region", percent, rounding=rounded)
        .join(theirs.select("region", rival=percent, rival_rounding=rounded), on="region")
        .filter((percent - pl.col("rival")).abs() > pl.col("rounding") + pl.col("rival_rounding") + _EXACT)
    )
    return pl.concat([counted[FILE_ROW], printed[FILE_ROW]]).unique()
