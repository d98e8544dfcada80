"""The model's covariance: the variance of each effect times one fixed matrix.

Turnout of area a in election e, on the logit scale, is

    level + kind[k(e)] + shock[day(e)] + drift[regime(e), day(e)] + district[d(a)] + area[a]
          + district_by_kind[d(a), k(e)] + area_by_kind[a, k(e)] + residual[a, e]

with independent normal effects, of which the drift fades with time (Ornstein-Uhlenbeck).
So any two rows that average it over areas share, for each effect, the product of their
weights wherever they share that effect.
"""

import numpy as np
from numpy.typing import NDArray

from bilik.turnout.observations import Cells
from bilik.turnout.priors import Priors

Floats = NDArray[np.float64]
DAYS_A_YEAR = 365.25


def structure(left: Cells, right: Cells, parent_index: NDArray[np.int64], priors: Priors) -> Floats:
    """Return what the variance of each of ``EFFECTS`` multiplies, shape (effects, left rows, right rows).

    A lone area cannot differ from others, nor a lone kecamatan: their effects are nothing.
    """
    sums = _sums(left.weights, right.weights)
    areas = left.weights @ right.weights.T * (len(parent_index) > 1)
    districts = (
        _by_parent(left.weights, parent_index) @ _by_parent(right.weights, parent_index).T * (parent_index.max() > 0)
    )
    same_kind = _same(left.kind, right.kind)
    shock = sums * _same(left.day, right.day)
    years = np.abs(np.subtract.outer(left.day, right.day)) / DAYS_A_YEAR
    drift = sums * np.exp(-years / priors.memory_years)
    pemilu = np.outer(left.pemilu, right.pemilu)
    pilkada = np.outer(~left.pemilu, ~right.pemilu)
    return np.stack(
        [
            shock * pemilu,
            shock * pilkada,
            drift * pemilu,
            drift * pilkada,
            districts,
            areas,
            districts * same_kind,
            areas * same_kind,
            areas * _same(left.election, right.election),
        ]
    )


def known_part(left: Cells, right: Cells, priors: Priors) -> Floats:
    """Return the covariance that no variance scales: level, kind, and the free level of elections published in part."""
    sums = _sums(left.weights, right.weights)
    selected = _same(left.election, right.election) & np.outer(left.selected, right.selected)
    return sums * (
        priors.level_sd**2 + priors.kind_sd**2 * _same(left.kind, right.kind) + priors.selection_sd**2 * selected
    )


def _sums(left: Floats, right: Floats) -> Floats:
    return np.outer(left.sum(axis=1), right.sum(axis=1))


def _by_parent(weights: Floats, parent_index: NDArray[np.int64]) -> Floats:
    member = parent_index[:, None] == np.arange(parent_index.max() + 1)
    return np.asarray(weights @ member, dtype=np.float64)


def _same(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.equal.outer(left, right)
