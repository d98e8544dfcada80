import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from bilik.turnout import nested
from bilik.turnout.errors import TooFewStationsError
from bilik.turnout.nested import Nested, row_variance, solve
from bilik.turnout.simulation import simulated_stations
from bilik.turnout.stations import station_shares

SETTINGS = np.array([0.3, 0.2, 0.4, 50.0])
NESTED = Nested(
    election=np.array([0, 1, 0, 1, 0, 0, 1]),
    station=np.array([0, 0, 1, 1, 2, 3, 3]),
    station_ward=np.array([0, 0, 1, 2]),
    ward_district=np.array([0, 0, 1]),
)
VOTERS = np.array([200.0, 210, 250, 240, 300, 180, 190])
RESPONSE = np.array([0.9, 1.3, 0.4, 0.8, 1.6, 0.7, 1.0])
SCALE = 1 / (VOTERS * 0.21)


def dense():
    """The same model with every matrix written out: generalised least squares and best linear prediction."""
    ward = NESTED.station_ward[NESTED.station]
    district = NESTED.ward_district[ward]
    fixed = np.equal.outer(NESTED.election, np.arange(2)).astype(float)
    levels = (district, ward, NESTED.station)
    random = sum(sd**2 * np.equal.outer(code, code) for sd, code in zip(SETTINGS, levels, strict=False))
    covariance = random + np.diag(row_variance(SCALE, VOTERS, SETTINGS[3]))
    inverse = np.linalg.inv(covariance)
    information = fixed.T @ inverse @ fixed
    level = np.linalg.solve(information, fixed.T @ inverse @ RESPONSE)
    fitted = fixed @ level + random @ inverse @ (RESPONSE - fixed @ level)
    left = fixed - random @ inverse @ fixed
    error = random - random @ inverse @ random + left @ np.linalg.inv(information) @ left.T
    likelihood = multivariate_normal(fixed @ level, covariance).logpdf(RESPONSE) - np.linalg.slogdet(information)[1] / 2
    return fitted, np.sqrt(np.diag(error)), likelihood


def test_absorbing_the_stations_gives_what_dense_matrices_give():
    fitted, error, _ = dense()

    solution = solve(NESTED, RESPONSE, scale=SCALE, voters=VOTERS, settings=SETTINGS)

    assert solution.fitted == pytest.approx(fitted)
    assert solution.error == pytest.approx(error)


def test_the_restricted_likelihood_is_the_dense_one_up_to_a_constant():
    _, _, likelihood = dense()
    constant = len(RESPONSE) / 2 * np.log(2 * np.pi)

    solution = solve(NESTED, RESPONSE, scale=SCALE, voters=VOTERS, settings=SETTINGS)

    assert solution.log_likelihood == pytest.approx(likelihood + constant)


def test_the_beta_binomials_variance_by_hand():
    # 101 voters at a half: the binomial's 4/101; precision 9 makes it 1 + 100/10 = 11 times as large
    assert row_variance(np.array([4 / 101]), np.array([101.0]), 9.0)[0] == pytest.approx(11 * 4 / 101)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1_000))
def test_shares_lie_inside_their_intervals_and_between_0_and_1(seed):
    shares = station_shares(simulated_stations(np.random.default_rng(seed), stations=40, wards=5, districts=2)).shares

    assert shares["low"].min() > 0
    assert shares["high"].max() < 1
    assert (shares["low"] < shares["share"]).all()
    assert (shares["share"] < shares["high"]).all()


def test_the_order_of_rows_does_not_matter(rng):
    stations = simulated_stations(rng, stations=60, wards=5, districts=2)
    key = ["election", "station"]

    straight = station_shares(stations).shares.sort(key)
    shuffled = station_shares(stations.sample(fraction=1, shuffle=True, seed=1)).shares.sort(key)

    assert shuffled["share"].to_list() == pytest.approx(straight["share"].to_list(), abs=1e-6)


def test_a_station_seen_once_is_drawn_towards_its_neighbours(rng):
    stations = simulated_stations(rng, stations=200, wards=5, districts=2)
    odd = pl.DataFrame(
        {"election": 0, "district": 0, "ward": 0, "station": 999, "users": 20, "electorate": 200, "propensity": 0.1}
    ).cast(stations.schema)

    shares = station_shares(pl.concat([stations, odd])).shares

    estimate = shares.filter(pl.col("station") == 999)["share"][0]
    neighbours = shares.filter((pl.col("ward") == 0) & (pl.col("election") == 0))["share"].median()
    assert 20 / 200 < estimate < neighbours


def test_gaps_are_left_out_and_users_above_the_list_count_as_all(rng):
    stations = simulated_stations(rng, stations=50, wards=5, districts=2).with_row_index("row")
    broken = stations.with_columns(
        users=pl.when(pl.col("row") == 0).then(None).when(pl.col("row") == 1).then(999).otherwise("users")
    )

    shares = station_shares(broken).shares

    assert len(shares) == len(stations) - 1
    assert (shares["users"] <= shares["electorate"]).all()


def test_too_few_stations_are_said_so(rng):
    with pytest.raises(TooFewStationsError, match=r"at least 10 stations.*9 were found"):
        station_shares(simulated_stations(rng, stations=9, wards=2, districts=1))


@pytest.mark.slow
def test_known_truth_is_recovered_and_covered():
    fit = station_shares(simulated_stations(np.random.default_rng(3)))
    found, truth = fit.shares, fit.shares["propensity"]

    assert 100 * np.sqrt(((found["share"] - truth) ** 2).to_numpy().mean()) < 2.6
    assert 0.94 < ((found["low"] <= truth) & (truth <= found["high"])).to_numpy().mean() < 0.965
    assert fit.station_sd == pytest.approx(0.25, abs=0.03)
    assert fit.ward_sd == pytest.approx(0.20, abs=0.08)
    assert fit.precision == pytest.approx(60, rel=0.15)


def test_a_search_cut_short_still_answers(rng, monkeypatch):
    monkeypatch.setattr(nested, "_ROUNDS", 1)

    fit = station_shares(simulated_stations(rng, stations=60, wards=5, districts=2))

    assert fit.station_sd > 0
    assert fit.shares["share"].is_between(0, 1).all()
