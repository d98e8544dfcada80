"""The arithmetic checks: each rule by example, laws, and a plain twin that goes row by row."""

import math
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from bilik.elections.checks import RULES, FailedCheckError, checked, failures, sentence
from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.elections.figures import COUNT_SCHEMA, WHOLE_COLUMNS
from bilik.elections.names import COLUMN_NAMES
from bilik.foundation.language import ENGLISH, INDONESIAN
from bilik.regions.files import shipped_regions

ELECTIONS = (
    Election(
        slug="e", name="E", kind=ElectionKind.MAYOR, regime=Regime.PEMILIHAN, region="64.71", station_size_limit=600
    ),
    Election(slug="f", name="F", kind=ElectionKind.MAYOR, regime=Regime.PEMILIHAN, region="64.71"),
)


def counts(*rows: dict[str, Any]) -> pl.DataFrame:
    base = {"election": "e", "region": "64.71", "source": "s"}
    return pl.DataFrame([base | row for row in rows], schema=COUNT_SCHEMA)


def failed(*rows: dict[str, Any]) -> list[tuple[int, str, str, float, float]]:
    return failures(counts(*rows), ELECTIONS).select("row", "rule", "column", "found", "wanted").rows()


@pytest.mark.parametrize(
    ("row", "failure"),
    [
        ({"dpt": -1}, ("negative", "dpt", -1, 0)),
        ({"published_percent": 100.5}, ("percent_over_100", "published_percent", 100.5, 100)),
        ({"users": 101, "dpt": 100}, ("users_within_list", "users", 101, 100)),
        ({"users": 106, "dpt": 100, "dptb": 5}, ("users_within_list", "users", 106, 105)),
        ({"users": 111, "dpt": 100, "all_lists": 110}, ("users_within_list", "users", 111, 110)),
        ({"users": 103, "dpt": 100, "station": "1"}, ("users_within_list", "users", 103, 102)),
        ({"users_dpt_female": 51, "dpt_female": 50}, ("users_within_list", "users_dpt_female", 51, 50)),
        ({"dpt": 425406, "dpt_male": 213399, "dpt_female": 212308}, ("sexes_sum", "dpt", 425707, 425406)),
        ({"dpt": 100, "dptb": 2, "dpk": 3, "all_lists": 106}, ("lists_sum", "all_lists", 105, 106)),
        ({"users_dpt": 90, "users_dptb": 2, "users_dpk": 3, "users": 96}, ("users_sum", "users", 95, 96)),
        ({"users": 100, "valid": 90, "invalid": 9}, ("ballots_sum", "users", 99, 100)),
        ({"users": 100, "valid": 90, "invalid": 6, "stations": 3}, ("ballots_sum", "users", 96, 100)),
        ({"users": 100, "valid": 90, "invalid": 9, "stations": 3, "station": "1"}, ("ballots_sum", "users", 99, 100)),
        ({"dpt": 601, "station": "1"}, ("station_size", "dpt", 601, 600)),
    ],
)
def test_each_rule_by_example(row: dict[str, Any], failure: tuple[str, str, float, float]) -> None:
    assert failed(row) == [(0, *failure)]


@pytest.mark.parametrize(
    "row",
    [
        {"users": 100, "dpt": 100},
        {"users": 105, "dpt": 100, "dptb": 5},
        {"users": 102, "dpt": 100, "station": "1"},  # 2% reserve ballots
        {"users": 103, "dpt": 100, "users_dpt": 99, "station": "1"},  # the users say which list they were on
        {"users": 100, "valid": 90, "invalid": 7, "stations": 3},  # one ballot a station
        {"users": 100, "valid": 90},
        {"users": 100, "dpt": 90, "all_lists": 100},
        {"dpt": 600, "station": "1"},
        {"dpt": 9000},  # the limit is a station's
        {"dpt": 601, "station": "1", "election": "f"},  # no limit known
        {"published_percent": 60.53, "denominator": "users_of_dpt", "users": 315424},
        {},
    ],
)
def test_rows_that_pass(row: dict[str, Any]) -> None:
    assert failed(row) == []


@pytest.mark.parametrize(
    ("percent", "digits", "denominator", "passes"),
    [
        (60.13, 2, "users_of_dpt", True),  # 266,536 / 443,243 = 60.1331%
        (60.13, 2, None, True),
        (59.4, 1, "users_of_all_lists", True),  # 266,536 / 449,065 = 59.3535%
        (59.4, 1, None, True),
        (59.4, 1, "users_of_dpt", False),
        (59.48, 2, None, False),
        (60, None, None, True),  # decimals unknown: whole percent
        (61, None, None, False),
    ],
)
def test_percentage_2020_is_held_against_its_denominator_or_any(
    percent: float, digits: int | None, denominator: str | None, *, passes: bool
) -> None:
    row = {"users": 266536, "dpt": 443243, "all_lists": 449065, "denominator": denominator}

    found = failed(row | {"published_percent": percent, "published_digits": digits})

    assert [rule for _, rule, *_ in found] == ([] if passes else ["percentage"])


AREAS = [
    {"region": "64.71", "dpt": 30},
    {"region": "64.71.01", "dpt": 10},
    {"region": "64.71.02", "dpt": 21},
]


def test_areas_that_add_up_to_more_fail_the_total_alone() -> None:
    assert failed(*AREAS) == [(0, "areas_sum", "dpt", 31, 30)]


def test_areas_that_add_up_to_less_fail_only_if_all_are_there() -> None:
    kecamatan = [{"region": f"64.71.0{number}", "dpt": 1} for number in range(1, 7)]
    city = [{"region": "64.71", "dpt": 30}]
    regions = shipped_regions()

    some = failures(counts(*city, *kecamatan[:5]), ELECTIONS, regions=regions)
    every = failures(counts(*city, *kecamatan), ELECTIONS, regions=regions)
    unknown = failures(counts(*city, *kecamatan), ELECTIONS)

    assert (some.height, unknown.height) == (0, 0)
    assert every.select("rule", "found", "wanted").rows() == [("areas_sum", 6, 30)]


def test_areas_of_other_sources_elections_or_partial_counts_are_not_added() -> None:
    third = {"region": "64.71.02", "dpt": 21}

    assert failed(*AREAS[:2], third | {"source": "t"}) == []
    assert failed(*AREAS[:2], third | {"election": "f"}) == []
    assert failed(*AREAS[:2], third | {"stations": 9, "stations_counted": 8}) == []
    assert failed(*AREAS[:2], third | {"station": "1"}) == []


def test_kelurahan_are_added_up_to_the_city_where_no_kecamatan_stands_between() -> None:
    ward = {"region": "64.71.01.1001", "dpt": 31}

    assert failed(AREAS[0], ward) == [(0, "areas_sum", "dpt", 31, 30)]


def test_checked_parts_the_rows_and_drops_none() -> None:
    rows = counts({"dpt": 10, "users": 5}, {"dpt": 10, "users": 11, "valid": 2, "invalid": 2}, {"dpt": 3})

    clean, quarantined, found = checked(rows, ELECTIONS)

    assert_frame_equal(clean, rows[[0, 2]])
    assert_frame_equal(quarantined.drop("rules"), rows[[1]])
    assert quarantined["rules"].to_list() == [["users_within_list", "ballots_sum"]]
    assert found["row"].to_list() == [1, 1]


def test_sentences_say_the_figures_in_the_readers_form() -> None:
    (failure,) = failures(counts({"dpt": 425406, "dpt_male": 213399, "dpt_female": 212308}), ELECTIONS).to_dicts()

    assert "425,707" in sentence(failure, ENGLISH)
    assert "425.707" in sentence(failure, INDONESIAN)
    error = FailedCheckError(file="a.csv", row=2, failure=failure)
    assert "a.csv, row 2" in str(error)
    assert "425707" in error.text(ENGLISH.translate)


def test_every_rule_has_a_sentence_and_every_column_a_name() -> None:
    assert all(rule.sentence and rule.applies_to for rule in RULES.values())
    assert set(WHOLE_COLUMNS) <= set(COLUMN_NAMES)


small = st.integers(-1, 6) | st.none()
row_strategy = st.fixed_dictionaries(
    {
        **dict.fromkeys(WHOLE_COLUMNS, small),
        "station": st.sampled_from([None, "1"]),
        "published_percent": st.sampled_from([None, 0.0, 50.0, 66.7, 100.0, 150.0]),
        "published_digits": st.sampled_from([None, 0, 1]),
        "denominator": st.sampled_from([None, *[basis.value for basis in Denominator]]),
    }
)


@settings(max_examples=20, deadline=None)
@given(st.lists(row_strategy, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_checks_do_not_mind_the_order_of_rows(rows: list[dict[str, Any]], shuffle: Any) -> None:
    named = [row | {"region": f"64.71.{number:02}"} for number, row in enumerate(rows)]
    mixed = list(named)
    shuffle.shuffle(mixed)
    key = ["region", "rule", "column", "found", "wanted"]

    one = failures(counts(*named), ELECTIONS).select(key).sort(key)
    other = failures(counts(*mixed), ELECTIONS).select(key).sort(key)

    assert_frame_equal(one, other)


@settings(max_examples=25, deadline=None)
@given(st.lists(row_strategy, min_size=1, max_size=20))
def test_checks_agree_with_a_plain_twin(rows: list[dict[str, Any]]) -> None:
    named = [row | {"region": f"64.71.{number:02}"} for number, row in enumerate(rows)]

    found = set(failures(counts(*named), ELECTIONS).select("row", "rule", "column").iter_rows())

    assert found == {(place, *failure) for place, row in enumerate(rows) for failure in plain_checks(row)}


def plain_checks(row: dict[str, Any]) -> list[tuple[str, str]]:
    """The rules once more, one row at a time, in plain Python."""

    def known(*names: str) -> bool:
        return all(row[name] is not None for name in names)

    wrong = [("negative", name) for name in WHOLE_COLUMNS if known(name) and row[name] < 0]
    if known("published_percent") and row["published_percent"] > 100:
        wrong.append(("percent_over_100", "published_percent"))
    for users, voters in [
        ("users_dpt", "dpt"), ("users_dpt_male", "dpt_male"), ("users_dpt_female", "dpt_female"),
        ("users_dptb", "dptb"), ("users_dpk", "dpk"),
    ]:  # fmt: skip
        if known(users, voters) and row[users] > row[voters]:
            wrong.append(("users_within_list", users))
    most = plain_electorate(row)
    if plain_users_exceed(row, most):
        wrong.append(("users_within_list", "users"))
    sums = [
        *[("sexes_sum", name, (f"{name}_male", f"{name}_female")) for name in ("dpt", "users", "users_dpt")],
        ("lists_sum", "all_lists", ("dpt", "dptb", "dpk")),
        ("users_sum", "users", ("users_dpt", "users_dptb", "users_dpk")),
    ]
    wrong += [
        (rule, total)
        for rule, total, parts in sums
        if known(total, *parts) and sum(row[part] for part in parts) != row[total]
    ]
    allowed = 0 if row["station"] else next((row[n] for n in ("stations_counted", "stations") if known(n)), 0)
    if known("users", "valid", "invalid") and abs(row["valid"] + row["invalid"] - row["users"]) > allowed:
        wrong.append(("ballots_sum", "users"))
    if plain_percentage_fails(row, most):
        wrong.append(("percentage", "published_percent"))
    return wrong


def plain_electorate(row: dict[str, Any]) -> int | None:
    if row["all_lists"] is not None or row["dpt"] is None:
        return row["all_lists"]
    return row["dpt"] + (row["dptb"] or 0) + (row["dpk"] or 0)


def plain_users_exceed(row: dict[str, Any], most: int | None) -> bool:
    if row["users"] is None or most is None or (row["users_dpt"] is not None and row["all_lists"] is None):
        return False
    only_dpt = not any(row[name] is not None for name in ("all_lists", "dptb", "dpk", "users_dpt"))
    return row["users"] > most + (math.ceil(row["dpt"] * 0.02) if only_dpt and row["station"] else 0)


def plain_percentage_fails(row: dict[str, Any], most: int | None) -> bool:
    if row["published_percent"] is None:
        return False
    gaps = []
    for basis in Denominator:
        numerator, denominator = basis.columns
        voters = most if denominator == "all_lists" else row[denominator]
        if denominator == "all_lists" and all(row[name] is None for name in ("all_lists", "dptb", "dpk")):
            voters = None
        if (
            row["denominator"] in {None, basis.value}
            and voters is not None
            and voters > 0
            and row[numerator] is not None
        ):
            gaps.append(abs(100 * row[numerator] / voters - row["published_percent"]))
    return bool(gaps) and min(gaps) > 0.5 * 10.0 ** -(row["published_digits"] or 0) + 1e-9
