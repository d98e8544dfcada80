import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_city import CITY, DISTRICTS, PAST, WARDS, counted, small_city, untimed

from bilik.elections.denominators import Denominator
from bilik.turnout.electorates import areas_of, whole_numbers


def areas(figures, lists_of, **more):
    return areas_of(figures, region=CITY, denominator=Denominator.USERS_OF_DPT, lists_of=lists_of, **more)


@untimed
@given(st.lists(st.floats(1, 1e5), min_size=1, max_size=50), st.integers(0, 1_000_000))
def test_whole_numbers_add_up_and_lie_next_to_the_exact_ones(sizes, total):
    exact = np.array(sizes) * total / sum(sizes)

    whole = whole_numbers(np.array(sizes), total)

    assert whole.sum() == total
    assert np.abs(whole - exact).max() < 1


def test_largest_remainder_by_hand():
    # 10 voters over 1 : 1 : 1 are 3.33 each; the one left goes to the first
    assert whole_numbers(np.ones(3), 10).tolist() == [4, 3, 3]


def test_wards_follow_their_kecamatan_and_that_the_city():
    figures = small_city(
        *(counted("president-2019", 1, size, ward) for ward, size in zip(WARDS, (100, 300, 200, 200), strict=True)),
        counted("mayor-2020", 1, 600, DISTRICTS[0]),
        counted("mayor-2020", 1, 400, DISTRICTS[1]),
        counted("mayor-2024", 1, 2_000),
    )

    made = areas(figures, ["president-2019", "mayor-2020", "mayor-2024"])

    # 600 split 1 : 3 and 400 split 1 : 1 are 150, 450, 200, 200; the city has twice their sum
    assert made.electorate.tolist() == [300, 900, 400, 400]


def test_an_older_list_of_the_kecamatan_does_not_bend_the_wards():
    figures = small_city(
        counted("mayor-2015", 1, 900, DISTRICTS[0]),
        *(counted("president-2019", 1, 100, ward) for ward in WARDS),
    )

    assert areas(figures, ["mayor-2015", "president-2019"]).electorate.tolist() == [100] * 4


def test_a_part_of_the_stations_is_expanded_to_all():
    made = areas(small_city(*PAST), ["president-2019", "president-2024"])

    # 500 voters in 2 of 10 stations are 2,500 in all; the latest list of the city has 10,000
    assert made.electorate.tolist() == [2_500] * 4
    assert [note.message.split()[0] for note in made.notes] == ["The", "The"]


def test_an_area_without_a_list_is_taken_as_the_mean_of_its_kecamatan():
    rows = [counted("president-2019", 1, size, ward) for ward, size in zip(WARDS[:3], (100, 300, 500), strict=True)]

    made = areas(small_city(*rows), ["president-2019"])

    assert made.electorate.tolist() == [100, 300, 500, 500]
    assert made.notes[-1].facts == {"areas_count": 1}


def test_kecamatan_are_the_areas_where_no_kelurahan_has_a_list():
    figures = small_city(
        *(counted("mayor-2020", 1, size, code) for code, size in zip(DISTRICTS, (60, 40), strict=True))
    )

    made = areas(figures, ["mayor-2020"])

    assert made.codes == DISTRICTS
    assert made.parents == (CITY, CITY)
    assert made.parent_index.tolist() == [0, 0]


def test_a_given_electorate_replaces_the_list():
    made = areas(small_city(*PAST), ["mayor-2020"], electorate=777)

    assert made.codes == (CITY,)
    assert made.electorate.tolist() == [777]
    assert made.notes[0].facts == {"voters_count": pytest.approx(777)}
