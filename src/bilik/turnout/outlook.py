"""A forecast of turnout as joint draws over all areas, which add up over the hierarchy.

See docs/methods/turnout-forecast.md for the model, its source and when not to use it.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bilik.elections.denominators import Denominator
from bilik.turnout.errors import TargetIsPercentError, TargetOutsideError
from bilik.turnout.remarks import Remark

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

#: The band in which a number of people is given: eight times in ten it lies inside.
PEOPLE_LEVEL = 0.80


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingVoters:
    """Voters missing to a target: median and the ends of the 80% band. Never below zero."""

    median: int
    low: int
    high: int


def checked_target(target: float) -> float:
    """Return ``target`` if it is a share above 0 and below 1.

    Raises
    ------
    TargetIsPercentError
        If it can only be a percentage: 75 for 0.75.
    TargetOutsideError
        If it is 0, 1, below or beyond 100, or no number.
    """
    if 1 < target <= 100:  # noqa: PLR2004 -- the percentages
        raise TargetIsPercentError(found=f"{target:g}", share=f"{target / 100:g}")
    if not 0 < target < 1:
        raise TargetOutsideError(found=f"{target:g}")
    return float(target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Joint draws of the turnout of ``election`` in every area of ``region``.

    ``shares`` has the shape (areas, draws): users ÷ ``electorate`` on the basis
    ``denominator``, each a whole number of people. A column is one possible election, so
    sums over areas may be taken column by column. ``parents`` are the areas' kecamatan.
    ``effective_sample_size`` is that of the hyperparameters' importance sample, of
    ``hyperparameter_draws`` points.
    """

    region: str
    region_name: str
    election: str
    election_name: str
    held_on: datetime.date | None
    denominator: Denominator
    areas: tuple[str, ...]
    names: tuple[str, ...]
    parents: tuple[str, ...]
    parent_names: Mapping[str, str]
    electorate: Whole
    shares: Floats
    effective_sample_size: float
    hyperparameter_draws: int
    learnt_from: tuple[str, ...]
    notes: tuple[Remark, ...]

    @property
    def users(self) -> Floats:
        """Return the people who vote, per area and draw."""
        return self.shares * self.electorate[:, None]

    @property
    def region_shares(self) -> Floats:
        """Return the region's share in each draw."""
        return np.asarray(self.electorate @ self.shares / self.electorate.sum())

    @property
    def median_share(self) -> float:
        """Return the region's median share."""
        return float(np.median(self.region_shares))

    @property
    def area_medians(self) -> Floats:
        """Return the median share of each area."""
        return np.asarray(np.median(self.shares, axis=1))

    def interval(self, level: float = PEOPLE_LEVEL) -> tuple[float, float]:
        """Return the ends of the region's central interval that holds ``level`` of the draws."""
        low, high = np.quantile(self.region_shares, _ends(level))
        return float(low), float(high)

    def area_intervals(self, level: float = PEOPLE_LEVEL) -> Floats:
        """Return each area's central interval, shape (areas, 2)."""
        return np.quantile(self.shares, _ends(level), axis=1).T

    def chance_of(self, target: float) -> float:
        """Return the chance (0 to 1) that the region reaches ``target``: the share of draws that do."""
        return float(np.mean(self.region_shares >= checked_target(target)))

    def missing_voters(self, target: float) -> MissingVoters:
        """Return how many more people would have to vote to reach ``target``."""
        gap = np.maximum(checked_target(target) - self.region_shares, 0.0)
        missing = np.asarray(self.electorate.sum() * gap, dtype=np.float64)
        low, median, high = np.rint(_band(missing)).tolist()
        return MissingVoters(median=int(median), low=int(low), high=int(high))

    def area_missing(self, targets: Floats) -> Whole:
        """Return people missing to each area's own target, shape (areas, 3): median, low, high of the 80% band.

        Medians of areas do not add up to the region's: some areas do better while others do worse.
        """
        missing = self.electorate[:, None] * np.maximum(np.asarray(targets)[:, None] - self.shares, 0.0)
        low, median, high = _band(np.asarray(missing, dtype=np.float64))
        people: Whole = np.rint(np.column_stack([median, low, high])).astype(np.int64)
        return people

    def by_parent(self) -> "Forecast":
        """Return the same forecast added up over the areas' parents (kecamatan)."""
        codes = tuple(dict.fromkeys(self.parents))
        member = np.array([[parent == code for parent in self.parents] for code in codes], dtype=np.int64)
        electorate = member @ self.electorate
        return replace(
            self,
            areas=codes,
            names=tuple(self.parent_names[code] for code in codes),
            parents=(self.region,) * len(codes),
            parent_names={self.region: self.region_name},
            electorate=electorate,
            shares=member @ self.users / np.maximum(electorate, 1)[:, None],
        )


def _ends(level: float) -> tuple[float, float]:
    return (1 - level) / 2, (1 + level) / 2


def _band(values: Floats) -> Floats:
    low, high = _ends(PEOPLE_LEVEL)
    return np.quantile(values, [low, 0.5, high], axis=-1)
