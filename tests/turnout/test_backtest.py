import datetime
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy.special import expit, logit
from small_city import CITY, PAST, counted, small_city

from bilik.elections.files import shipped_figures
from bilik.turnout.backtest import SCHEMA, backtest, said_before, summary
from bilik.turnout.naive import Naive, naive_draws


def held_against(figures, seed=1):
    return backtest(figures, region=CITY, rng=np.random.default_rng(seed), draws=500)


def test_each_election_is_forecast_from_those_before_it():
    table = held_against(small_city(*PAST))

    assert table["election"].to_list() == ["mayor-2015", "president-2019", "mayor-2020", "president-2024"]
    assert table["learnt_from"].to_list() == [2, 3, 4, 5]
    assert table.schema == pl.Schema(SCHEMA)


def test_the_future_changes_nothing_about_the_past():
    whole = held_against(small_city(*PAST))
    early = held_against(small_city(*PAST[:3], counted("president-2019", 7_900, 10_000), *PAST[4:8]))

    assert early.row(0) == whole.row(0)


def test_a_covered_result_lies_between_the_ends():
    table = held_against(small_city(*PAST))

    inside = (table["low_80"] <= table["actual_share"]) & (table["actual_share"] <= table["high_80"])
    assert table["covered_80"].to_list() == inside.to_list()
    assert (table["low_95"] <= table["low_80"]).all()
    assert (table["crps"] >= 0).all()


def test_a_kind_never_held_before_has_no_naive_forecast():
    table = held_against(small_city(*PAST, counted("governor-2022", 6_200, 10_000)))

    row = table.filter(pl.col("election") == "governor-2022").row(0, named=True)
    assert row["crps_last_of_kind"] is None
    assert row["crps_mean_of_kind"] is None
    assert row["crps"] is not None


@pytest.mark.parametrize(
    ("rule", "middle", "errors"),
    [
        # logits 0, 1, 3: the last one misses by 1 and 2; the mean by 1 and by 3 - 0.5
        (Naive.LAST, 3.0, (1.0, 2.0)),
        (Naive.MEAN, 4 / 3, (1.0, 2.5)),
    ],
)
def test_naive_forecasts_spread_by_their_own_past_errors(rng, rule, middle, errors):
    drawn = logit(naive_draws(expit(np.array([0.0, 1.0, 3.0])), rule=rule, shock=9.0, rng=rng, draws=100_000))

    assert drawn.mean() == pytest.approx(middle, abs=0.03)
    assert drawn.std() == pytest.approx(np.sqrt(np.mean(np.square(errors))), rel=0.02)


def test_a_naive_forecast_that_never_erred_yet_has_the_priors_shock(rng):
    drawn = logit(naive_draws(np.array([0.6]), rule=Naive.MEAN, shock=0.3, rng=rng, draws=100_000))

    assert drawn.std() == pytest.approx(0.3, rel=0.02)
    assert naive_draws(np.array([]), rule=Naive.LAST, shock=0.3, rng=rng, draws=10) is None


def test_the_summary_counts_and_averages():
    columns = ("actual_share", "crps", "crps_last_of_kind", "crps_mean_of_kind", "covered_80", "covered_95")
    rows = [
        (0.6, 2.0, 1.0, 3.0, True, True),
        (0.7, 4.0, 5.0, 3.0, False, True),
        (0.7, 9.0, None, None, True, True),
        (None, None, None, None, None, None),
    ]

    told = summary(pl.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], schema=SCHEMA))

    assert (told.elections, told.covered_80, told.covered_95, told.compared) == (3, 2, 3, 2)
    assert (told.crps, told.crps_last_of_kind, told.crps_mean_of_kind) == (3.0, 3.0, 3.0)


def test_a_backtest_of_nothing_says_nothing():
    told = summary(held_against(small_city(counted("mayor-2020", 6, 10))))

    assert (told.elections, told.compared, told.crps) == (0, 0, None)


def test_what_was_said_in_november_2022_about_the_two_elections_of_2024():
    table = said_before(shipped_figures(), region="64.71", rng=np.random.default_rng(1), draws=1_000)

    february, november = table.rows(named=True)
    assert (february["election"], november["election"]) == ("pilpres-2024", "pilwali-2024")
    assert february["actual_share"] == pytest.approx(0.7863)
    assert november["actual_share"] == pytest.approx(315_424 / 520_986)
    assert november["learnt_from"] == 8  # nothing of 2024 was known
    assert february["covered_95"]
    assert november["covered_80"]


def test_an_election_nobody_counted_yet_has_gaps():
    figures = small_city(*PAST, elections=("mayor-2031",))

    table = said_before(
        figures,
        region=CITY,
        rng=np.random.default_rng(1),
        known_before=datetime.date(2021, 1, 1),
        elections=("mayor-2031", "never"),
        draws=200,
    )

    assert table["actual_share"].to_list() == [None]
    assert table["covered_80"].to_list() == [None]
    assert table["median"].to_list() != [None]


def test_too_little_known_on_that_day_leaves_it_out():
    figures = replace(small_city(*PAST), elections=small_city(*PAST).elections)

    table = said_before(
        figures,
        region=CITY,
        rng=np.random.default_rng(1),
        known_before=datetime.date(2000, 1, 1),
        elections=("mayor-2020",),
    )

    assert table.is_empty()


@pytest.mark.slow
def test_the_pilot_citys_backtest_holds_most_of_its_intervals():
    table = backtest(shipped_figures(), region="64.71", rng=np.random.default_rng(1))
    told = summary(table)

    assert told.elections == 8
    assert told.covered_80 >= 5
    assert told.covered_95 >= 7
