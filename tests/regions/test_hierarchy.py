"""The tree of regions, and what became of them."""

import datetime as dt

import polars as pl
import pytest

from bilik.regions.codes import Level
from bilik.regions.files import shipped_changes, shipped_regions
from bilik.regions.hierarchy import (
    REGION_CHANGE_SCHEMA,
    REGION_SCHEMA,
    UnknownRegionError,
    below,
    in_force,
    named,
    path,
    successors,
)

DAY = dt.date(2013, 1, 1)
REGIONS = pl.DataFrame(
    [
        ("64", "Kaltim", "province", "00", None, None),
        ("64.71", "Kota", "city", "64", None, None),
        ("64.71.05", "Selatan", "district", "64.71", None, None),
        ("64.71.06", "Baru", "district", "64.71", DAY, None),
        ("64.71.07", "Lama", "district", "64.71", None, DAY - dt.timedelta(1)),
        ("64.71.06.1001", "Prapatan", "ward", "64.71.06", DAY, None),
    ],
    schema=REGION_SCHEMA,
    orient="row",
)


def test_in_force_counts_both_ends() -> None:
    before, after = DAY - dt.timedelta(1), DAY

    assert "64.71.07" in in_force(REGIONS, before)["code"]
    assert "64.71.06" not in in_force(REGIONS, before)["code"]
    assert "64.71.07" not in in_force(REGIONS, after)["code"]
    assert "64.71.06" in in_force(REGIONS, after)["code"]
    assert "64.71.07" not in in_force(REGIONS)["code"]


def test_below_goes_all_the_way_down_or_to_one_level() -> None:
    assert below(REGIONS, "64")["code"].to_list() == ["64.71", "64.71.05", "64.71.06", "64.71.06.1001"]
    assert below(REGIONS, "64", Level.WARD)["code"].to_list() == ["64.71.06.1001"]
    assert below(REGIONS, "64.71", Level.DISTRICT, on=DAY - dt.timedelta(1))["code"].to_list() == [
        "64.71.05",
        "64.71.07",
    ]
    assert below(REGIONS, "64.71.05").is_empty()


def test_path_ends_at_the_root_of_the_frame() -> None:
    assert path(REGIONS, "64.71.06.1001") == ("64.71.06.1001", "64.71.06", "64.71", "64")
    assert path(shipped_regions(), "64.71")[-1] == "00"


@pytest.mark.parametrize("question", [lambda code: below(REGIONS, code), lambda code: path(REGIONS, code)])
def test_an_unknown_code_is_told(question: object) -> None:
    with pytest.raises(UnknownRegionError, match="No region has the code 99"):
        question("99")  # type: ignore[operator]


def test_an_unknown_code_that_is_nearly_a_name_is_answered_with_the_region() -> None:
    with pytest.raises(UnknownRegionError, match=r"Did you mean 64\.71\.01 \(Balikpapan Timur\)"):
        named(shipped_regions(), "balikpapan timr")


def test_successors_follow_splits_mergers_and_moves_through_time() -> None:
    later = dt.date(2020, 1, 1)
    changes = pl.DataFrame(
        [("a", "b", DAY, "split"), ("a", "c", DAY, "split"), ("b", "d", later, "rename"), ("x", "d", later, "merge")],
        schema=REGION_CHANGE_SCHEMA,
        orient="row",
    )

    assert successors(changes, "a") == ("c", "d")
    assert successors(changes, "a", on=DAY) == ("b", "c")
    assert successors(changes, "x") == ("d",)
    assert successors(changes, "q") == ("q",)
    assert successors(shipped_changes(), "64.71.05") == ("64.71.05", "64.71.06")
