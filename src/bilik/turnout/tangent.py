"""The turnout of several areas together, made linear in the areas' logits.

logit(Σ weight · expit(logit of area)) is replaced by its tangent where the areas' logits
most probably are (Gauss-Newton), plus the expectation of its curvature over what is
still unknown about their differences. Without that term cities whose areas differ much
would be forecast too low. See docs/methods/turnout-forecast.md, "Inference".
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from bilik.turnout.covariance import known_part, structure
from bilik.turnout.observations import Cells, Observations
from bilik.turnout.posterior import LinearModel, cholesky, forward
from bilik.turnout.priors import Priors

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tangent:
    """The tangent at ``logits``, shape (mixed rows, areas); ``unknown`` is the part of the differences not yet learnt.

    ``mixed`` are the rows that speak of several areas.
    """

    observed: Observations
    mixed: Whole
    logits: Floats
    unknown: Floats

    def model(self, *, parent_index: Whole, priors: Priors) -> LinearModel:
        """Return the linear model of the observations on this tangent."""
        cells = self.cells
        matrices = structure(cells, cells, parent_index, priors)
        return LinearModel(
            value=self._value(),
            mean=priors.level_mean * cells.weights.sum(axis=1),
            bend=self._bend(matrices, parent_index=parent_index, priors=priors),
            known=known_part(cells, cells, priors) + np.diag(self.observed.noise_variance),
            structure=matrices,
            priors=priors,
        )

    @property
    def cells(self) -> Cells:
        """Return the observed cells with the tangent's slopes as weights."""
        weights = self.observed.cells.weights.copy()
        weights[self.mixed] = self._slopes()
        return replace(self.observed.cells, weights=weights)

    def moved(self, model: LinearModel, squares: Floats, *, parent_index: Whole) -> "Tangent":
        """Take the tangent where the areas' logits most probably are under the variances ``squares``."""
        single, cells, priors = one_by_one(self.observed.cells, self.mixed), self.cells, model.priors
        across = known_part(single, cells, priors) + np.tensordot(
            squares, structure(single, cells, parent_index, priors), 1
        )
        factor = cholesky(model.covariance(squares[None]))
        turned = forward(factor, across.T[None])[0]
        found = priors.level_mean + turned.T @ forward(factor, model.residual(squares[None])[..., None])[0, :, 0]
        together = model.covariance(squares[None])[0] - np.diag(self.observed.noise_variance)
        learnt = (forward(factor, together[None])[0] ** 2).sum(axis=0)
        single_prior = self._single(squares, parent_index=parent_index, priors=priors)
        single_left = single_prior[:, None] - (turned**2).sum(axis=0).reshape(self.logits.shape)
        slopes = self._slopes()
        total = slopes.sum(axis=1)
        both = together.diagonal()[self.mixed] / total**2
        left = (slopes * single_left).sum(axis=1) / total - (both - learnt[self.mixed] / total**2)
        unknown = np.clip(left / np.maximum(single_prior - both, _SMALL), 0.0, 1.0)
        return replace(self, logits=found.reshape(self.logits.shape), unknown=unknown)

    def _value(self) -> Floats:
        value = logit(self.observed.share)
        value[self.mixed] += (self._slopes() * self.logits).sum(axis=1) - logit(self._together())
        return np.asarray(value, dtype=np.float64)

    def _together(self) -> Floats:
        return np.asarray((self.observed.cells.weights[self.mixed] * expit(self.logits)).sum(axis=1))

    def _slopes(self) -> Floats:
        share, together = expit(self.logits), self._together()
        weights = self.observed.cells.weights[self.mixed]
        return np.asarray(weights * share * (1 - share) / (together * (1 - together))[:, None])

    def _bend(self, matrices: Floats, *, parent_index: Whole, priors: Priors) -> Floats:
        """Return the expected curvature that one unit of each effect's variance adds, taken off the rows' value."""
        bend = np.zeros(matrices.shape[:2])
        alone = self._applies(parent_index=parent_index, priors=priors)
        each = (self._slopes() * (1 - 2 * expit(self.logits))).sum(axis=1)
        joint = matrices.diagonal(axis1=1, axis2=2)[:, self.mixed]
        curvature = each * alone - (1 - 2 * self._together()) * joint
        bend[:, self.mixed] = -0.5 * self.unknown * curvature
        return bend

    def _applies(self, *, parent_index: Whole, priors: Priors) -> Floats:
        """Tell which effects vary a single area of each mixed row, shape (effects, mixed rows)."""
        first = one_by_one(self.observed.cells, self.mixed, areas=1)
        return np.asarray(structure(first, first, parent_index, priors).diagonal(axis1=1, axis2=2), dtype=np.float64)

    def _single(self, squares: Floats, *, parent_index: Whole, priors: Priors) -> Floats:
        """Return the prior variance of a single area's logit in each mixed row."""
        alone = self._applies(parent_index=parent_index, priors=priors)
        return np.asarray(priors.level_sd**2 + priors.kind_sd**2 + squares @ alone, dtype=np.float64)


_SMALL = 1e-9


def first_tangent(observed: Observations) -> Tangent:
    """Start where all areas of a row have the row's own turnout and nothing is known of their differences."""
    mixed = np.flatnonzero((observed.cells.weights > 0).sum(axis=1) > 1)
    logits = np.repeat(logit(observed.share[mixed])[:, None], observed.cells.weights.shape[1], axis=1)
    return Tangent(observed=observed, mixed=mixed, logits=logits, unknown=np.ones(len(mixed)))


def one_by_one(cells: Cells, rows: Whole, areas: int | None = None) -> Cells:
    """Return for each of ``rows`` one cell per area, or for the first ``areas`` only."""
    every = cells.weights.shape[1]
    count = every if areas is None else areas
    repeated = np.repeat(rows, count)
    return Cells(
        weights=np.tile(np.eye(every)[:count], (len(rows), 1)),
        kind=cells.kind[repeated],
        day=cells.day[repeated],
        election=cells.election[repeated],
        pemilu=cells.pemilu[repeated],
        selected=np.zeros(len(repeated), dtype=np.bool_),
    )
