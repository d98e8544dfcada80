import numpy as np
import polars as pl
import pytest
from scipy.special import logit
from small_city import CITY, DISTRICTS, PAST, WARDS, counted, election, published, small_city

from bilik.elections.denominators import Denominator
from bilik.turnout.counted_parts import part_rows
from bilik.turnout.electorates import areas_of
from bilik.turnout.observations import _set_apart, observations
from bilik.turnout.priors import PRIORS

DPT = Denominator.USERS_OF_DPT


def seen(figures, *slugs):
    areas = areas_of(figures, region=CITY, denominator=DPT, lists_of=list(slugs))
    return observations(
        figures, region=CITY, areas=areas, elections=[election(slug) for slug in slugs], denominator=DPT, priors=PRIORS
    )


def test_a_counted_share_errs_by_chance_alone():
    found = seen(small_city(counted("mayor-2020", 600, 1_000)), "mayor-2020")

    assert found.share.tolist() == [0.6]
    assert found.noise_variance[0] == pytest.approx(1 / (1_000 * 0.6 * 0.4))


def test_a_percentage_without_basis_errs_by_rounding_and_by_half_the_gap_between_bases():
    found = seen(small_city(published("mayor-2020", 60, 0, dpt=10**9)), "mayor-2020")

    points = 1 / 12 + (PRIORS.basis_gap_pilkada_points / 2) ** 2
    assert found.noise_variance[0] == pytest.approx(points / 100**2 / (0.6 * 0.4) ** 2, rel=1e-5)


def test_rivals_add_the_distance_within_which_half_of_them_lie():
    figures = small_city(
        published("mayor-2020", 60, 2, denominator="users_of_dpt", dpt=10**9),
        published("mayor-2020", 61, 2, source="paper", denominator="users_of_dpt"),
    )

    variance = seen(figures, "mayor-2020").noise_variance[0]

    assert np.sqrt(variance) * 0.6 * 0.4 == pytest.approx(0.01, rel=1e-3)


def test_sums_of_areas_that_are_all_counted_are_left_out():
    districts = [counted("president-2019", 3_900, 5_000, code) for code in DISTRICTS]

    found = seen(small_city(*PAST, *districts), "president-2014", "president-2019")

    assert len(found.share) == 1 + 4
    assert found.cells.weights[0] == pytest.approx([0.25] * 4)
    assert found.cells.weights[1:] == pytest.approx(np.eye(4))


def test_a_city_that_is_not_wholly_counted_by_area_keeps_its_total():
    rows = [counted("president-2019", 1_900, 2_500, ward) for ward in WARDS[:3]]

    found = seen(small_city(counted("president-2019", 7_900, 10_000), *rows), "president-2019")

    assert len(found.share) == 1 + 3


def test_a_part_errs_by_the_spread_of_the_stations_left_out():
    found = seen(small_city(*PAST), "president-2019", "president-2024")

    selected = found.cells.selected
    assert selected.tolist() == [False] * 5 + [True] * 4
    assert found.noise_variance[selected] == pytest.approx(PRIORS.station_sd**2 / 2 * (1 - 2 / 10))


def test_stations_are_added_up_and_bring_their_own_spread(rng):
    shares = np.clip(0.6 + 0.05 * rng.standard_normal(40), 0.3, 0.9)
    rows = [
        counted("mayor-2020", round(300 * share), 300, WARDS[0], station=str(place))
        for place, share in enumerate(shares)
    ]
    whole = {"election": "mayor-2020", "region": WARDS[0], "stations": 80}

    part = part_rows(small_city(*rows, whole), codes=list(WARDS), denominator=DPT, station_sd=0.4).to_dicts()

    assert len(part) == 1
    assert part[0]["users"] == sum(round(300 * share) for share in shares)
    assert not part[0]["complete"]
    # 40 of 80 stations whose logits spread by about 0.25
    assert part[0]["variance"] == pytest.approx(0.25**2 / 40 * 0.5, rel=0.6)


def test_all_stations_of_an_area_are_a_complete_count():
    rows = [counted("mayor-2020", 60, 100, WARDS[0], station=str(place)) for place in range(3)]

    part = part_rows(small_city(*rows), codes=list(WARDS), denominator=DPT, station_sd=0.4).to_dicts()

    assert part[0]["complete"]
    assert part[0]["variance"] == pytest.approx(1 / (300 * 0.6 * 0.4), rel=0.02)


def test_stations_without_a_list_are_left_out():
    rows = [
        counted("mayor-2020", 60, 100, WARDS[0], station="1"),
        counted("mayor-2020", 250, 0, WARDS[0], station="901"),
    ]

    part = part_rows(small_city(*rows), codes=list(WARDS), denominator=DPT, station_sd=0.4)

    assert part["users"].to_list() == [60]


def test_stations_and_parts_that_fail_a_check_are_left_out():
    rows = [
        counted("mayor-2020", 60, 100, WARDS[0], station="1"),
        counted("mayor-2020", 778, 650, WARDS[0], station="2"),  # more users than the list
        counted("mayor-2020", 30, 100, WARDS[0], station="3", valid=80, invalid=5),  # 85 ballots of 30 users
        counted("mayor-2020", 900, 500, WARDS[1], stations=10, stations_counted=2),
        counted("mayor-2020", 300, 500, WARDS[2], stations=10, stations_counted=2),
    ]

    part = part_rows(small_city(*rows), codes=list(WARDS), denominator=DPT, station_sd=0.4)

    assert part.sort("region").select("region", "users", "electorate").rows() == [
        (WARDS[0], 60, 100),
        (WARDS[2], 300, 500),
    ]


def test_an_area_far_from_all_others_is_set_apart():
    wards = [str(place) for place in range(8)]
    shares = [0.70, 0.71, 0.72, 0.73, 0.74, 0.75, 0.76, 0.95]
    rows = pl.DataFrame(
        {"election": "e", "region": wards, "share": shares, "variance": 0.001, "selected": False},
    )

    widened, apart = _set_apart(rows, wards)

    assert apart == (("e", "7"),)
    middle = np.median(logit(shares))
    assert widened["variance"][7] == pytest.approx(0.001 + (logit(0.95) - middle) ** 2)
    assert widened["variance"][:7].to_list() == [0.001] * 7
