import datetime
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_city import CITY, DISTRICTS, PAST, WARDS, counted, published, small_city, untimed

from bilik.elections.denominators import Denominator
from bilik.elections.elections import UnknownElectionError
from bilik.elections.files import shipped_figures
from bilik.foundation.language import ENGLISH
from bilik.regions.hierarchy import UnknownRegionError
from bilik.turnout.errors import (
    NoElectorateError,
    TargetIsPercentError,
    TargetOutsideError,
    TooFewElectionsError,
)
from bilik.turnout.forecast import forecast, forecast_record
from bilik.turnout.simulation import COMING, REGION, simulated_city

FIGURES = small_city(*PAST, elections=("mayor-2031", "president-2029"))


def asked(figures=FIGURES, election="mayor-2031", seed=1, draws=1_000, **more):
    return forecast(figures, region=CITY, election=election, rng=np.random.default_rng(seed), draws=draws, **more)


MADE = asked()


def test_a_forecast_learns_its_level_from_the_kind():
    mayor, president = asked().median_share, asked(election="president-2029").median_share

    assert 0.55 < mayor < 0.68
    assert president > mayor + 0.05


def test_the_areas_add_up_to_the_kecamatan_and_these_to_the_city():
    districts = MADE.by_parent()

    assert MADE.areas == WARDS
    assert districts.areas == DISTRICTS
    assert districts.electorate.sum() == MADE.electorate.sum() == 10_400
    assert districts.region_shares == pytest.approx(MADE.region_shares)
    assert districts.shares[0] == pytest.approx(MADE.users[:2].sum(axis=0) / MADE.electorate[:2].sum())


def test_draws_are_whole_people_between_none_and_all():
    assert np.abs(MADE.users - np.rint(MADE.users)).max() < 1e-6
    assert MADE.shares.min() >= 0
    assert MADE.shares.max() <= 1


def test_the_same_seed_gives_the_same_forecast():
    assert (asked(seed=7).shares == asked(seed=7).shares).all()


def test_the_order_of_rows_does_not_matter(rng):
    shuffled = replace(
        FIGURES,
        regions=FIGURES.regions.sample(fraction=1, shuffle=True, seed=3),
        counts=FIGURES.counts.sample(fraction=1, shuffle=True, seed=4),
        elections=FIGURES.elections[::-1],
    )

    assert asked(shuffled).shares == pytest.approx(MADE.shares)


@untimed
@given(st.floats(0.02, 0.97), st.floats(0, 0.02))
def test_a_higher_target_is_less_likely_and_misses_more(target, more):
    assert MADE.chance_of(target) >= MADE.chance_of(target + more)
    assert MADE.missing_voters(target).median <= MADE.missing_voters(target + more).median


@untimed
@given(st.floats(0.02, 0.98))
def test_missing_voters_are_in_order_and_never_below_zero(target):
    people = MADE.missing_voters(target)
    areas = MADE.area_missing(np.full(4, target))

    assert 0 <= people.low <= people.median <= people.high <= 10_400
    assert (areas[:, 1] <= areas[:, 0]).all()
    assert (areas[:, 0] <= areas[:, 2]).all()
    assert areas.min() >= 0


@untimed
@given(st.floats(0.05, 0.95))
def test_a_wider_interval_holds_the_narrower_one(level):
    (low, high), (wide_low, wide_high) = MADE.interval(level), MADE.interval(level + 0.04)

    assert wide_low <= low <= MADE.median_share <= high <= wide_high


def test_only_what_was_known_before_is_used():
    early = asked(known_before=datetime.date(2019, 1, 1))

    assert early.learnt_from == ("mayor-2010", "president-2014", "mayor-2015")
    assert early.electorate.sum() == 10_000
    assert asked(election="mayor-2020").learnt_from == ("mayor-2010", "president-2014", "mayor-2015", "president-2019")


def test_the_electorate_can_be_given():
    made = asked(electorate=12_345)

    assert made.electorate.sum() == 12_345
    assert "12,345 was given" in made.notes[0].text(ENGLISH)


def test_a_city_without_areas_is_forecast_whole():
    whole = small_city(counted("mayor-2015", 600, 1_000), counted("mayor-2020", 620, 1_000), elections=("mayor-2024",))

    made = asked(whole, election="mayor-2024")

    assert made.areas == (CITY,)
    assert made.by_parent().region_shares == pytest.approx(made.region_shares)
    assert 0.5 < made.median_share < 0.7


def test_figures_that_rivals_contradict_by_far_widen_the_forecast():
    sure = [published(f"mayor-{year}", 60, 2, dpt=100_000) for year in (2010, 2015, 2020)]
    rivals = [published(f"mayor-{year}", 72, 2, source="paper") for year in (2010, 2015, 2020)]

    widths = [
        np.diff(asked(small_city(*rows, elections=("mayor-2024",)), election="mayor-2024").interval())[0]
        for rows in (sure, sure + rivals)
    ]

    assert widths[0] < widths[1]


def test_the_record_has_what_the_command_line_prints():
    record = forecast_record(MADE, 0.75, np.array([0.7, 0.75, 0.8, 0.75]))

    assert list(record) == [
        "region", "election", "denominator", "target_share", "electorate", "median_share", "interval_80", "interval_95",
        "chance_of_target", "missing_voters", "areas",
    ]  # fmt: skip
    assert sum(area["electorate"] for area in record["areas"]) == record["electorate"] == 10_400
    assert [area["target_share"] for area in record["areas"]] == [0.7, 0.75, 0.8, 0.75]
    assert list(record["areas"][0]) == [
        "code", "name", "electorate", "median_share", "interval_80", "target_share", "missing_voters",
        "missing_voters_80",
    ]  # fmt: skip


def test_without_area_targets_every_area_is_held_to_the_citys():
    assert {area["target_share"] for area in forecast_record(MADE, 0.75)["areas"]} == {0.75}


def test_what_cannot_be_answered_is_said_with_a_cure():
    with pytest.raises(UnknownRegionError, match=r"code 12\.34"):
        forecast(FIGURES, region="12.34", election="mayor-2031", rng=np.random.default_rng(0))
    with pytest.raises(UnknownElectionError, match=r"no election mayor-2099.*mayor-2031"):
        asked(election="mayor-2099")
    with pytest.raises(TooFewElectionsError, match=r"at least 2 earlier elections .* there are 1"):
        asked(election="president-2014")
    with pytest.raises(NoElectorateError, match=r"number of voters of 11\.01 is not known"):
        asked(
            small_city(published("mayor-2015", 60), published("mayor-2020", 61), elections=("mayor-2024",)),
            "mayor-2024",
        )


def test_a_target_of_75_is_understood_and_refused():
    with pytest.raises(TargetIsPercentError, match=r"75 was given\. If 75% is meant, write 0\.75"):
        MADE.chance_of(75)
    with pytest.raises(TargetOutsideError):
        MADE.missing_voters(1.0)


def test_the_pilot_citys_next_mayor():
    made = forecast(shipped_figures(), region="64.71", election="pilwali-2031", rng=np.random.default_rng(1))

    low, high = made.interval(0.95)
    notes = " ".join(note.text(ENGLISH) for note in made.notes)

    assert len(made.areas) == 34
    assert made.electorate.sum() == 520_986
    assert low < 0.605 < high  # what it was in 2024 is no surprise
    assert made.chance_of(0.75) < 0.05
    assert made.missing_voters(0.75).low > 0
    assert made.effective_sample_size > 300
    assert "Damai Bahagia" in notes
    assert "Pilwali Balikpapan 2024" in notes


def test_denominators_that_few_elections_state_are_answered_with_more_doubt():
    dpt, every = (
        forecast(
            shipped_figures(), region="64.71", election="pilwali-2031", rng=np.random.default_rng(1), denominator=basis
        )
        for basis in (Denominator.USERS_OF_DPT, Denominator.USERS_OF_ALL_LISTS)
    )

    assert abs(dpt.median_share - every.median_share) < 0.05
    assert np.diff(every.interval())[0] > 0


@pytest.mark.slow
def test_intervals_hold_as_often_as_they_say_in_made_up_cities():
    inside, inside_areas = [], []
    for seed in range(40):
        city = simulated_city(np.random.default_rng(seed), areas=10, districts=3)
        made = forecast(city.figures, region=REGION, election=COMING, rng=np.random.default_rng(seed), draws=1_000)
        ends = made.area_intervals()
        inside.append(made.interval()[0] <= city.region_share <= made.interval()[1])
        inside_areas.append(np.mean((ends[:, 0] <= city.shares) & (city.shares <= ends[:, 1])))

    # of 40 intervals of 80%, 32 +- 3 standard errors of 2.5
    assert 24 <= sum(inside) <= 40
    assert 0.68 < np.mean(inside_areas) < 0.90


def test_made_up_cities_publish_what_real_ones_do():
    city = simulated_city(np.random.default_rng(5))
    counts = city.figures.counts

    assert counts.filter(pl.col("election") == "president-2")["region"].n_unique() == 1 + 34
    assert city.electorate @ city.shares / city.electorate.sum() == pytest.approx(city.region_share)
    assert counts.filter(pl.col("election") == COMING).is_empty()
