import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import expit, logit
from small_city import untimed

from bilik.turnout.errors import TargetIsPercentError, TargetOutsideError, UndrawableSplitError
from bilik.turnout.targets import SplitRule, area_targets, compare, extra_people, weighted_quantile

rules = st.sampled_from(SplitRule)
areas = st.lists(st.tuples(st.floats(0.02, 0.98), st.integers(1, 50_000)), min_size=1, max_size=40)
ceilings = st.floats(0.5, 0.99)


def split(pairs, target, **more):
    shares, electorate = (np.array(column) for column in zip(*pairs, strict=True))
    return shares, electorate, area_targets(shares, electorate, target=target, **more)


def test_an_equal_shift_of_the_odds_by_hand():
    # two equal areas at odds 1 and 3; doubling both odds gives 2/3 and 6/7, together 32/42
    target = (2 / 3 + 6 / 7) / 2

    reached = area_targets(np.array([0.5, 0.75]), np.array([100, 100]), target=target)

    assert reached == pytest.approx([2 / 3, 6 / 7])


def test_equal_points_by_hand():
    reached = area_targets(
        np.array([0.5, 0.7]), np.array([300, 100]), target=0.65, rule=SplitRule.EQUAL_POINTS
    )  # expected (150 + 70) / 400 = 0.55, ten points short

    assert reached == pytest.approx([0.6, 0.8])


def test_closing_to_the_best_quarter_by_hand():
    shares, electorate = np.array([0.5, 0.6, 0.7, 0.8]), np.array([100, 100, 100, 100])
    # three quarters do not exceed 0.7; the gaps 0.2, 0.1, 0, 0 are closed by half: 0.1 + 0.05 over four areas

    reached = area_targets(shares, electorate, target=0.65 + 0.15 / 4, rule=SplitRule.BEST_QUARTILE)

    assert weighted_quantile(shares, electorate / 400, 0.75) == pytest.approx(0.7)
    assert reached == pytest.approx([0.6, 0.65, 0.7, 0.8])


def test_what_an_area_at_the_ceiling_cannot_take_the_others_do():
    reached = area_targets(
        np.array([0.5, 0.88]), np.array([100, 100]), target=0.80, rule=SplitRule.EQUAL_POINTS, ceiling=0.9
    )

    assert reached == pytest.approx([0.7, 0.9])


@untimed
@given(areas, st.floats(0.05, 0.95), rules, ceilings)
def test_a_split_is_exact_and_below_the_ceiling(pairs, target, rule, ceiling):
    assume(target <= ceiling)

    _, electorate, reached = split(pairs, target, rule=rule, ceiling=ceiling)

    assert electorate @ reached == pytest.approx(target * electorate.sum(), rel=1e-9)
    assert reached.min() >= 0
    assert reached.max() <= ceiling + 1e-9


@untimed
@given(areas, st.floats(0.05, 0.9), st.floats(0, 0.05), rules)
def test_a_higher_target_lowers_no_area(pairs, target, more, rule):
    _, _, low = split(pairs, target, rule=rule)
    _, _, high = split(pairs, target + more, rule=rule)

    assert (high >= low - 1e-7).all()


@untimed
@given(areas, st.floats(0.05, 0.95), rules, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(pairs, target, rule, random):
    order = list(range(len(pairs)))
    random.shuffle(order)

    _, _, straight = split(pairs, target, rule=rule)
    _, _, shuffled = split([pairs[place] for place in order], target, rule=rule)

    assert shuffled == pytest.approx(straight[order], abs=1e-9)


@untimed
@given(areas, st.floats(0.05, 0.94))
def test_the_shift_of_the_odds_is_the_same_everywhere_below_the_ceiling(pairs, target):
    shares, electorate, reached = split(pairs, target, ceiling=0.999)
    assume(reached.max() < 0.998)

    shift = logit(reached) - logit(shares)

    assert shift == pytest.approx(np.full(len(shares), shift[0]), abs=1e-6)
    assert electorate @ expit(logit(shares) + shift[0]) == pytest.approx(target * electorate.sum(), rel=1e-6)


def test_a_ceiling_below_the_target_is_refused():
    with pytest.raises(UndrawableSplitError, match=r"80%.*75%"):
        area_targets(np.array([0.5]), np.array([10]), target=0.8, ceiling=0.75)


def test_a_percentage_is_understood_and_refused():
    with pytest.raises(TargetIsPercentError, match=r"If 75% is meant, write 0\.75"):
        area_targets(np.array([0.5]), np.array([10]), target=75)


@pytest.mark.parametrize("target", [0, 1, -0.2, 150, float("nan")])
def test_a_target_that_is_no_share_is_refused(target):
    with pytest.raises((TargetOutsideError, TargetIsPercentError)):
        area_targets(np.array([0.5]), np.array([10]), target=target)


def test_two_target_sets_are_compared_in_points_and_people():
    one, other = np.array([0.6, 0.7]), np.array([0.65, 0.68])

    table = compare(one, other, areas=("a", "b"), electorate=np.array([1_000, 500]))

    assert table["points"].to_list() == pytest.approx([5, -2])
    assert table["people"].to_list() == [50, -10]
    assert extra_people(one, other, np.array([1_000, 500])).tolist() == [50, -10]


def test_a_target_at_the_ceiling_puts_every_area_there():
    reached = area_targets(np.array([0.5, 0.9]), np.array([10, 20]), target=0.9, ceiling=0.9)

    assert reached == pytest.approx([0.9, 0.9])
