"""Normal model with elections as fixed effects and stations in kelurahan in kecamatan as random ones.

    response[r] = election[e(r)] + kecamatan[d] + kelurahan[w] + station[i(r)] + error[r]

Henderson's mixed model equations (1975) with the stations absorbed; the likelihood is
restricted (Patterson and Thompson 1971). Notation: W are the rows' precisions, s their
sums by station, c = 1 / (1/station variance + s).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_STEP = 1e-2
_ROUNDS = 30
_CLOSE = 1e-3
#: Widest step of one round, on the log scale, and the range settings stay in (precision up to e^12 is binomial).
_STRIDE = 1.0
_RANGE = (-7.0, 12.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """Codes from 0: ``election`` and ``station`` of each row, the ward of each station, the district of each ward."""

    election: Whole
    station: Whole
    station_ward: Whole
    ward_district: Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Fitted value and its standard error for each row, and the restricted log-likelihood."""

    fitted: Floats
    error: Floats
    log_likelihood: float


def row_variance(scale: Floats, voters: Floats, precision: float) -> Floats:
    """Return the beta-binomial variance on the logit scale; ``scale`` is the binomial's."""
    return scale * (1 + (voters - 1) / (precision + 1))


def solve(nested: Nested, response: Floats, *, scale: Floats, voters: Floats, settings: Floats) -> Solution:
    """Solve the equations for given ``settings``: sd of district, ward and station, and the precision."""
    absorbed = _Absorbed(nested, response, 1 / row_variance(scale, voters, settings[3]), settings)
    inverse = np.asarray(np.linalg.inv(absorbed.left), dtype=np.float64)
    effects = inverse @ absorbed.right
    columns = absorbed.columns
    upper = effects[columns].sum(axis=1)
    weight, shrink = absorbed.weight, absorbed.shrink
    deviation = shrink * np.bincount(nested.station, weight * (response - upper), len(shrink))
    return Solution(
        fitted=upper + deviation[nested.station],
        error=np.sqrt(shrink[nested.station] + absorbed.upper_variance(inverse)),
        log_likelihood=absorbed.log_likelihood(effects),
    )


def climb(nested: Nested, response: Floats, *, scale: Floats, voters: Floats, start: Floats) -> Floats:
    """Return the logarithms of the settings of the highest restricted likelihood, by Newton's method from ``start``."""

    def height(point: Floats) -> float:
        settings = np.exp(np.clip(point, *_RANGE))
        absorbed = _Absorbed(nested, response, 1 / row_variance(scale, voters, settings[3]), settings)
        effects = np.asarray(np.linalg.solve(absorbed.left, absorbed.right), dtype=np.float64)
        return absorbed.log_likelihood(effects)

    point, best = start, height(start)
    for _ in range(_ROUNDS):
        gradient, curvature = _differences(height, point, best)
        values, vectors = np.linalg.eigh(curvature)
        step = vectors @ ((vectors.T @ gradient) / np.maximum(np.abs(values), _CLOSE))
        length = min(1.0, _STRIDE / float(np.abs(step).max() + _CLOSE**2))
        while (reached := height(point + length * step)) < best and length > _CLOSE:
            length /= 2
        if reached - best < _CLOSE**2:
            break
        point, best = np.clip(point + length * step, *_RANGE), reached
        if float(np.abs(length * step).max()) < _CLOSE:
            break
    return point


class _Absorbed:
    """The equations of elections, districts and wards, after the stations have been absorbed."""

    def __init__(self, nested: Nested, response: Floats, weight: Floats, settings: Floats) -> None:
        district_sd, ward_sd, station_sd, _ = settings
        self.weight, self.response = weight, response
        self.nested = nested
        self.elections = int(nested.election.max()) + 1
        self.districts = int(nested.ward_district.max()) + 1
        stations, self.wards = len(nested.station_ward), len(nested.ward_district)
        cell = nested.station * self.elections + nested.election
        self.by_election = np.bincount(cell, weight, stations * self.elections).reshape(stations, self.elections)
        self.total = self.by_election.sum(axis=1)
        self.pulled = np.bincount(nested.station, weight * response, stations)
        self.shrink = 1 / (1 / station_sd**2 + self.total)
        self.kept = 1 - self.shrink * self.total
        self.prior = np.concatenate(
            [np.zeros(self.elections), np.full(self.districts, district_sd**-2), np.full(self.wards, ward_sd**-2)]
        )
        self.left = self._left() + np.diag(self.prior)
        self.right = self._right()
        self.spread = np.log1p(station_sd**2 * self.total).sum()

    @property
    def columns(self) -> Whole:
        """Return the positions of each row's election, district and ward among the effects, shape (rows, 3)."""
        ward = self.nested.station_ward[self.nested.station]
        district = self.nested.ward_district[ward]
        first_ward = self.elections + self.districts
        return np.column_stack([self.nested.election, self.elections + district, first_ward + ward])

    def log_likelihood(self, effects: Floats) -> float:
        """Return the restricted log-likelihood, up to a constant."""
        quadratic = (self.weight * self.response**2).sum() - (self.shrink * self.pulled**2).sum() - effects @ self.right
        known = self.prior[self.prior > 0]
        determinant = np.linalg.slogdet(self.left)[1] - np.log(known).sum() + self.spread - np.log(self.weight).sum()
        return float(-0.5 * (determinant + quadratic))

    def upper_variance(self, inverse: Floats) -> Floats:
        """Return what the uncertain effects of election, district and ward add to each row's variance."""
        election, district, ward = self.columns.T
        station, elections = self.nested.station, self.elections
        slope = -(self.shrink[:, None] * self.by_election)[station]
        slope[np.arange(len(station)), election] += 1
        kept = self.kept[station]
        own = ((slope @ inverse[:elections, :elections]) * slope).sum(axis=1)
        across = (slope * (inverse[district, :elections] + inverse[ward, :elections])).sum(axis=1)
        places = inverse[district, district] + 2 * inverse[district, ward] + inverse[ward, ward]
        return np.asarray(own + 2 * kept * across + kept**2 * places)

    def _left(self) -> Floats:
        wards = self._by_ward(self.by_election * self.kept[:, None])
        own = np.diag(self._by_ward((self.total * self.kept)[:, None])[:, 0])
        member = np.equal.outer(self.nested.ward_district, np.arange(self.districts)).astype(float)
        elections = np.diag(self.by_election.sum(axis=0))
        elections = elections - (self.by_election * self.shrink[:, None]).T @ self.by_election
        return np.block([
            [elections, wards.T @ member, wards.T],
            [member.T @ wards, member.T @ own @ member, member.T @ own],
            [wards, own @ member, own],
        ])  # fmt: skip

    def _right(self) -> Floats:
        pulled = np.bincount(self.nested.election, self.weight * self.response, self.elections)
        wards = self._by_ward((self.kept * self.pulled)[:, None])[:, 0]
        return np.concatenate([
            pulled - (self.shrink * self.pulled) @ self.by_election,
            np.bincount(self.nested.ward_district, wards, self.districts),
            wards,
        ])  # fmt: skip

    def _by_ward(self, values: Floats) -> Floats:
        sums = [np.bincount(self.nested.station_ward, column, self.wards) for column in values.T]
        return np.column_stack(sums)


def _differences(height: Callable[[Floats], float], point: Floats, middle: float) -> tuple[Floats, Floats]:
    """Return gradient and negative second derivatives by central differences."""
    moves = _STEP * np.eye(len(point))
    up, down = (np.array([height(point + sign * move) for move in moves]) for sign in (1, -1))
    size = float(moves[0, 0])
    curvature = np.diag(-(up + down - 2 * middle) / size**2)
    for row in range(len(point)):
        for column in range(row):
            both = height(point + moves[row] + moves[column]) + height(point - moves[row] - moves[column])
            mixed = (both - up[row] - down[row] - up[column] - down[column] + 2 * middle) / (2 * size**2)
            curvature[row, column] = curvature[column, row] = -mixed
    return (up - down) / (2 * size), curvature
