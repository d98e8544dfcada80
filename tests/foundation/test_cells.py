"""Cells that hold what they should, and cells that do not."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.foundation.cells import TOLD, MoreFaultsError, days, faults_of, gaps, percentages, whole_numbers, words
from bilik.regions.codes import CodeCellError, dotted


@given(st.lists(st.integers(0, 10**12) | st.none()))
def test_whole_numbers_reads_back_what_was_written(numbers: list[int | None]) -> None:
    written = pl.DataFrame({"dpt": [None if number is None else str(number) for number in numbers]}, {"dpt": pl.String})

    frame, errors = whole_numbers(written, ["dpt"], file="a.csv")

    assert frame["dpt"].to_list() == numbers
    assert errors == []


@pytest.mark.parametrize("wrong", ["1.204", "1,204", "-3", "1 204", "x", "12.5", "1e3"])
def test_whole_numbers_refuses_anything_else_and_says_where(wrong: str) -> None:
    frame, errors = whole_numbers(pl.DataFrame({"dpt": ["5", wrong]}), ["dpt"], file="a.csv")

    assert frame["dpt"].to_list() == [5, None]
    assert f'a.csv, row 3, column "dpt": wanted a whole number of 0 or more, found "{wrong}"' in str(errors[0])


def test_whole_numbers_takes_typed_columns_and_refuses_fractions_in_them() -> None:
    frame, errors = whole_numbers(
        pl.DataFrame({"dpt": [5, -1], "users": [3.0, 2.5]}), ["dpt", "users"], file="a.parquet"
    )

    assert frame.rows() == [(5, 3), (None, None)]
    assert [error.facts["column"] for error in errors] == ["dpt", "users"]


def test_whole_numbers_tells_the_first_faults_and_counts_the_rest() -> None:
    _, errors = whole_numbers(pl.DataFrame({"dpt": ["x"] * (TOLD + 7)}), ["dpt"], file="a.csv")

    assert len(errors) == TOLD + 1
    assert isinstance(errors[-1], MoreFaultsError)
    assert errors[-1].facts["count"] == 7


@pytest.mark.parametrize(
    ("cell", "percent", "digits"),
    [("60.13", 60.13, 2), ("60,1", 60.1, 1), ("60,10%", 60.1, 2), ("59", 59.0, 0), ("0", 0.0, 0), ("100 %", 100.0, 0)],
)
def test_percentages_keeps_the_decimals_that_were_printed(cell: str, percent: float, digits: int) -> None:
    frame, errors = percentages(pl.DataFrame({"persen": [cell]}), "persen", digits="digits", file="a.csv")

    assert frame.rows() == [(percent, digits)]
    assert errors == []


@pytest.mark.parametrize("wrong", ["100.01", "6013", "-1", "sixty", "60.1.3"])
def test_percentages_refuses_what_is_no_percentage(wrong: str) -> None:
    frame, errors = percentages(pl.DataFrame({"persen": [wrong]}), "persen", digits="digits", file="a.csv")

    assert frame.rows() == [(None, None)]
    assert "wanted a percentage from 0 to 100" in str(errors[0])


def test_days_reads_the_forms_people_write() -> None:
    written = ["2024-11-27", "27-11-2024", "27/11/2024", "2024-11-27 00:00:00", None]

    frame, errors = days(pl.DataFrame({"day": written}), ["day"], file="a.csv")

    assert frame["day"].to_list() == [dt.date(2024, 11, 27)] * 4 + [None]
    assert errors == []


def test_days_refuses_a_year_alone_and_leaves_typed_days() -> None:
    _, errors = days(pl.DataFrame({"day": ["2024"]}), ["day"], file="a.csv")
    typed, none = days(pl.DataFrame({"day": [dt.date(2024, 1, 1)]}), ["day"], file="a.csv")

    assert 'found "2024"' in str(errors[0])
    assert (typed["day"].to_list(), none) == ([dt.date(2024, 1, 1)], [])


def test_words_gives_the_meaning_whatever_the_case() -> None:
    meanings = {"pilwali": "mayor", "mayor": "mayor"}

    frame, errors = words(pl.DataFrame({"kind": ["PilWali", "x", None]}), "kind", meanings, file="a.csv")

    assert frame["kind"].to_list() == ["mayor", None, None]
    assert [error.facts["row"] for error in errors] == [3]


def test_gaps_names_empty_cells() -> None:
    errors = gaps(pl.DataFrame({"a": ["x", None], "b": [None, "y"]}), ["a", "b"], file="a.csv")

    assert [(error.facts["row"], error.facts["column"]) for error in errors] == [(3, "a"), (2, "b")]


def test_faults_of_turns_what_a_check_refuses_into_faults() -> None:
    cells = pl.Series("kode", ["6471", "nope", None, "6471"])

    codes, errors = faults_of(cells, dotted, file="a.csv", fault=CodeCellError)

    assert codes.to_list() == ["64.71", None, None, "64.71"]
    assert [error.facts["found"] for error in errors] == ["nope"]
