"""Codes with dots and without."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.regions.codes import NATION, Level, MalformedCodeError, dotted, level_of, parent_code, parent_of, undotted

codes = st.from_regex(r"\d{2}(\d{2}(\d{2}(\d{4})?)?)?", fullmatch=True, alphabet="0123456789")


@given(codes)
def test_dotted_and_undotted_undo_each_other(digits: str) -> None:
    assert undotted(dotted(digits)) == digits
    assert dotted(dotted(digits)) == dotted(digits)


@given(codes)
def test_parent_lies_one_level_up_and_starts_the_code(digits: str) -> None:
    code = dotted(digits)
    parent = parent_of(code)

    if code == NATION:
        assert parent is None
    else:
        assert parent is not None
        assert parent == NATION or code.startswith(f"{parent}.")
        assert level_of(parent).depth <= level_of(code).depth - 1 or code[:2] == NATION


def test_worked_examples() -> None:
    assert dotted("6471011001") == "64.71.01.1001"
    assert undotted("64.71.01.1001") == "6471011001"
    assert [level_of(code) for code in (NATION, "64", "64.71", "647101", "64.71.01.1001")] == list(Level)
    assert parent_of("64.71.01.1001") == "64.71.01"
    assert parent_of("64") == NATION


def test_parent_code_is_parent_of_for_a_column() -> None:
    frame = pl.DataFrame({"code": ["00", "64", "64.71", "64.71.01", "64.71.01.1001"]})

    assert frame.select(parent_code("code")).to_series().to_list() == [parent_of(code) for code in frame["code"]]


@pytest.mark.parametrize("wrong", ["", "6", "647", "64.7", "64-71", "64.71.01.100", "٦٤", "Balikpapan", "64.71."])
def test_other_forms_are_refused(wrong: str) -> None:
    with pytest.raises(MalformedCodeError):
        dotted(wrong)


def test_every_level_has_a_label() -> None:
    assert len({level.label for level in Level}) == 5
