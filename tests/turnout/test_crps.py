import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from small_city import untimed

from bilik.turnout.crps import crps

draws = arrays(float, st.integers(1, 40), elements=st.floats(-100, 100))
numbers = st.floats(-100, 100)


def plain(values, outcome):
    """The definition, pair by pair."""
    pairs = [abs(one - other) for one in values for other in values]
    return np.mean([abs(value - outcome) for value in values]) - np.mean(pairs) / 2


def test_crps_of_two_draws_by_hand():
    # |0 - 1| and |2 - 1| average 1; the pairs (0,2) and (2,0) average 4 / 4 = 1, half of that is 0.5
    assert crps(np.array([0.0, 2.0]), 1.0) == pytest.approx(1 - 0.5)


@untimed
@given(draws, numbers)
def test_crps_is_its_definition(values, outcome):
    assert crps(values, outcome) == pytest.approx(plain(values, outcome), abs=1e-9)


@untimed
@given(draws, numbers, st.floats(0.1, 10), numbers)
def test_crps_moves_with_the_unit_and_not_with_the_origin(values, outcome, scale, shift):
    assert crps(values * scale + shift, outcome * scale + shift) == pytest.approx(
        scale * crps(values, outcome), abs=1e-6
    )


@untimed
@given(numbers, numbers)
def test_a_certain_forecast_scores_its_error(value, outcome):
    assert crps(np.full(5, value), outcome) == pytest.approx(abs(value - outcome))


def test_crps_of_normal_draws_is_the_closed_form(rng):
    # Gneiting and Raftery (2007): for a standard normal and outcome 0 it is (√2 - 1) / √π
    assert crps(rng.standard_normal(200_000), 0.0) == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi), abs=0.003)
