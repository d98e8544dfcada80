"""Turnout of single polling stations: a beta-binomial model with stations in kelurahan in kecamatan.

Penalised quasi-likelihood of Breslow and Clayton (1993) with the beta-binomial variance
function, variances by restricted maximum likelihood. The stations' effects are integrated
out one by one (Schur complement), so the work grows with the number of stations and the
dense part has one row per election, kecamatan and kelurahan. See docs/methods/station-shares.md.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

from bilik.turnout.errors import TooFewStationsError
from bilik.turnout.nested import Nested, Solution, climb, solve

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

COLUMNS = ("election", "district", "ward", "station", "users", "electorate")
#: Stations below which the spread between them cannot be told from chance.
NEEDED_STATIONS = 10
#: Rounds of relinearising; shares move by less than 0.001 points in the last.
_ROUNDS = 5
#: Start: spreads of kecamatan, kelurahan and stations on the logit scale, and the beta-binomial's precision.
_START = (0.15, 0.20, 0.25, 60.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationShares:
    """``shares`` holds the rows given with share, low and high (0 to 1); spreads are on the logit scale.

    ``precision`` is the beta-binomial's: the larger, the nearer to a binomial.
    """

    shares: pl.DataFrame
    district_sd: float
    ward_sd: float
    station_sd: float
    precision: float


def station_shares(stations: pl.DataFrame, *, level: float = 0.95) -> StationShares:
    """Estimate the expected turnout of every station in every election, with an interval of ``level``.

    ``stations`` has the columns of ``COLUMNS``, one row a station and election; ``station``
    is unique over the whole frame and names the same voters in every election it appears
    in. Rows without users or voters are left out; users above the list count as all of it.
    The share is the station's propensity, not its count: what repeating the election would average.

    Raises
    ------
    TooFewStationsError
        If fewer than ten stations have a count.
    """
    known = stations.filter(pl.col("users").is_not_null() & (pl.col("electorate") > 0)).with_columns(
        users=pl.min_horizontal("users", "electorate")
    )
    count = known["station"].n_unique()
    if count < NEEDED_STATIONS:
        raise TooFewStationsError(found=count, needed=NEEDED_STATIONS)
    nested = _nested(known)
    users, voters = known["users"].to_numpy().astype(float), known["electorate"].to_numpy().astype(float)
    solution, settings = _fitted(nested, users, voters)
    reach = float(ndtri((1 + level) / 2))
    shares = known.with_columns(
        share=expit(solution.fitted),
        low=expit(solution.fitted - reach * solution.error),
        high=expit(solution.fitted + reach * solution.error),
    )
    district, ward, station, precision = settings.tolist()
    return StationShares(shares=shares, district_sd=district, ward_sd=ward, station_sd=station, precision=precision)


def _nested(known: pl.DataFrame) -> Nested:
    codes = {name: known[name].cast(pl.String).rank("dense").to_numpy().astype(np.int64) - 1 for name in COLUMNS[:4]}
    station_ward = np.zeros(codes["station"].max() + 1, dtype=np.int64)
    station_ward[codes["station"]] = codes["ward"]
    ward_district = np.zeros(codes["ward"].max() + 1, dtype=np.int64)
    ward_district[codes["ward"]] = codes["district"]
    return Nested(
        election=codes["election"], station=codes["station"], station_ward=station_ward, ward_district=ward_district
    )


def _fitted(nested: Nested, users: Floats, voters: Floats) -> tuple[Solution, Floats]:
    """Alternate between the working response at the present fit and the best variances for it."""
    linear = logit((users + 0.5) / (voters + 1))
    point = np.log(np.array(_START))
    for _ in range(_ROUNDS):
        share = expit(linear)
        response = linear + (users / voters - share) / (share * (1 - share))
        scale = 1 / (voters * share * (1 - share))
        point = climb(nested, response, scale=scale, voters=voters, start=point)
        solution = solve(nested, response, scale=scale, voters=voters, settings=np.exp(point))
        linear = solution.fitted
    return solution, np.exp(point)
