import datetime
from dataclasses import replace

import numpy as np
import pytest
from small_city import CITY, PAST, small_city

from bilik.elections.denominators import Denominator
from bilik.foundation.language import ENGLISH, INDONESIAN
from bilik.turnout.backtest import BacktestSummary
from bilik.turnout.errors import TargetIsPercentError
from bilik.turnout.forecast import forecast
from bilik.turnout.history import history
from bilik.turnout.remarks import Remark
from bilik.turnout.summary import before, expected_missing, sentences, trust, where
from bilik.turnout.targets import area_targets

FIGURES = small_city(*PAST, elections=("mayor-2031",))
MADE = forecast(FIGURES, region=CITY, election="mayor-2031", rng=np.random.default_rng(1), draws=2_000)
HISTORY = history(FIGURES, region=CITY, denominator=Denominator.USERS_OF_DPT)
WON = BacktestSummary(
    elections=8, covered_80=6, covered_95=7, compared=7, crps=2.0, crps_last_of_kind=3.0, crps_mean_of_kind=4.0
)
LOST = BacktestSummary(
    elections=8, covered_80=6, covered_95=7, compared=7, crps=3.5, crps_last_of_kind=3.0, crps_mean_of_kind=4.0
)


def said(target, tested=WON, kind="mayor"):
    targets = area_targets(MADE.area_medians, MADE.electorate, target=target)
    told = sentences(MADE, target=target, area_targets=targets, past=HISTORY, kind=kind, tested=tested)
    return [remark.text(ENGLISH) for remark in told]


@pytest.mark.parametrize(
    ("target", "missing"),
    [(0.90, "more than are expected would have to vote"), (0.60, "voter"), (0.05, "exceeded even in a bad case")],
)
def test_five_sentences_hold_for_any_target(target, missing):
    told = said(target)

    assert len(told) == 5
    assert missing in told[1]
    assert all("{" not in sentence and sentence.endswith(".") for sentence in told)


def test_the_numbers_are_the_forecasts():
    told = said(0.75)

    assert "75.0% at Mayor-2031" in told[0]
    assert f"{MADE.median_share * 100:.1f}%" in told[0]
    assert f"{MADE.missing_voters(0.75).median:,}" in told[1]
    assert "10,400 voters" in told[1]


def test_shares_of_the_missing_are_those_of_the_kecamatan():
    targets = np.full(4, 0.9)
    people = expected_missing(MADE, targets)

    facts = where(MADE, targets).facts

    both = np.array([people[:2].sum(), people[2:].sum()]) / people.sum()
    assert facts["first_share"] == pytest.approx(both.max())
    assert facts["first_share"] + facts["second_share"] == pytest.approx(1)
    assert facts["area_count"] == round(people.max())


def test_a_target_far_below_names_no_place():
    assert "No area is expected to fall short" in said(0.05)[2]


def test_where_there_is_one_area_or_one_kecamatan_it_is_named_alone():
    districts = MADE.by_parent()
    city = districts.by_parent()

    assert "Of the areas, District" in where(districts, np.full(2, 0.9)).text(ENGLISH)
    assert "Expected to be missing in Town" in where(city, np.full(1, 0.9)).text(ENGLISH)


def test_history_tells_the_last_of_the_kind_and_its_range():
    sentence = said(0.75)[3]

    assert "(Mayor-2020) turnout was 57.7%" in sentence  # 6,000 of 10,400
    assert "over all 3 of them it lay between 57.7% and 61.0%" in sentence


def test_a_kind_without_history_is_said_so():
    assert "No earlier election of this kind" in before(HISTORY, "governor").text(ENGLISH)


def test_trust_is_told_even_where_a_naive_forecast_wins():
    assert "below that of repeating the last result (3.0)" in trust(WON).text(ENGLISH)
    assert "a simpler forecast did better" in trust(LOST).text(ENGLISH)
    assert "no better and no worse" in trust(replace(LOST, crps=3.05)).text(ENGLISH)


def test_without_a_backtest_trust_is_told_with_less():
    nothing = BacktestSummary(
        elections=0, covered_80=0, covered_95=0, compared=0, crps=None, crps_last_of_kind=None, crps_mean_of_kind=None
    )
    alone = BacktestSummary(
        elections=2, covered_80=1, covered_95=2, compared=0, crps=None, crps_last_of_kind=None, crps_mean_of_kind=None
    )

    assert "too few past elections to test" in trust(nothing).text(ENGLISH)
    assert trust(alone).text(ENGLISH).endswith("held 1 times.")


def test_a_percentage_as_target_is_refused():
    with pytest.raises(TargetIsPercentError):
        sentences(MADE, target=75, area_targets=np.full(4, 0.75), past=HISTORY, kind="mayor", tested=WON)


def test_facts_are_written_by_their_unit_in_the_readers_form():
    remark = Remark(
        message="{a_share} {b_count} {c_points} {held_on} {name} {gap_share} {tiny_chance}",
        facts={
            "a_share": 0.605, "b_count": 1234, "c_points": 2.25, "held_on": datetime.date(2024, 11, 27), "name": "X",
            "gap_share": None, "tiny_chance": 0.5,
        },
    )  # fmt: skip

    assert remark.text(INDONESIAN) == "60,5% 1.234 2,2 27 November 2024 X – 50%"


def test_a_target_near_what_is_expected_names_the_bad_case():
    target = MADE.median_share - 0.02

    assert "most likely no voter is missing" in said(target)[1]
