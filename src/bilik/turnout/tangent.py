"""The turnout of several areas together, made linear in the areas' logits.

logit(Σ weight · expit(logit of area)) is replaced by the linear function that is right on
average over what is still unknown about the areas (statistical linearisation, Gelb 1974,
ch. 6), taken where their logits most probably are. What is unknown grows with the
variances of the effects, and the linear function moves with it. Taking the plain tangent,
cities whose areas differ much would be forecast too low. See docs/methods/turnout-forecast.md, "Inference".
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

#: Nodes of the mean over a normal logit (Gauss and Hermite): exact to 1e-7 for spreads up to 1.
_NODES, _MASSES = np.polynomial.hermite_e.hermegauss(13)
_MASSES = _MASSES / _MASSES.sum()
#: How much more may be unknown where the linear function's movement is measured.
_TWICE = 2.0
_SMALL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Tangent:
    """The linear function about ``logits``, known up to the variance ``unknown``: shapes (mixed rows, areas).

    ``mixed`` are the rows that speak of several areas; ``spread`` is how much a priori an area of such a
    row differs from the others there, as a variance, where ``unknown`` was found.
    """

    observed: Observations
    mixed: Whole
    logits: Floats
    unknown: Floats
    spread: Floats

    def model(self, *, parent_index: Whole, priors: Priors) -> LinearModel:
        """Return the linear model of the observations."""
        cells = self.cells
        matrices = structure(cells, cells, parent_index, priors)
        bend = np.zeros(matrices.shape[:2])
        bend[:, self.mixed] = -self._movement() * self._differing(matrices, parent_index=parent_index, priors=priors)
        return LinearModel(
            value=self._value(),
            mean=priors.level_mean * cells.weights.sum(axis=1),
            bend=bend,
            known=known_part(cells, cells, priors) + np.diag(self.observed.noise_variance),
            structure=matrices,
            priors=priors,
        )

    @property
    def cells(self) -> Cells:
        """Return the observed cells with the linear function's slopes as weights."""
        weights = self.observed.cells.weights.copy()
        weights[self.mixed] = self._slopes()
        return replace(self.observed.cells, weights=weights)

    def moved(self, model: LinearModel, squares: Floats, *, parent_index: Whole) -> "Tangent":
        """Take the linear function where the areas' logits most probably are under the variances ``squares``."""
        single, cells, priors = one_by_one(self.observed.cells, self.mixed), self.cells, model.priors
        across = known_part(single, cells, priors) + np.tensordot(
            squares, structure(single, cells, parent_index, priors), 1
        )
        factor = cholesky(model.covariance(squares[None]))
        turned = forward(factor, across.T[None])[0]
        found = priors.level_mean + turned.T @ forward(factor, model.residual(squares[None])[..., None])[0, :, 0]
        alone = self._applies(parent_index=parent_index, priors=priors)
        left = priors.level_sd**2 + priors.kind_sd**2 + squares @ alone
        learnt = (turned**2).sum(axis=0).reshape(self.logits.shape)
        shared = self._left_together(model, squares)[:, None]
        return replace(
            self,
            logits=found.reshape(self.logits.shape),
            unknown=np.maximum(left[:, None] - learnt - shared, 0.0),
            spread=squares @ self._differing(model.structure, parent_index=parent_index, priors=priors),
        )

    def _left_together(self, model: LinearModel, squares: Floats) -> Floats:
        """Return the variance that the rows' common logit keeps after the observations."""
        together = model.covariance(squares[None])[0]
        factor = cholesky(together[None])
        noiseless = together - np.diag(self.observed.noise_variance)
        kept = noiseless.diagonal() - (forward(factor, noiseless[None])[0] ** 2).sum(axis=0)
        return np.asarray(kept[self.mixed] / self._slopes().sum(axis=1) ** 2)

    def _value(self) -> Floats:
        """Return the observed logits less what the linear function leaves constant."""
        value = logit(self.observed.share)
        value[self.mixed] += (self._slopes() * self.logits).sum(axis=1) - logit(self._together(1.0))
        value[self.mixed] += self._movement() * self.spread
        return np.asarray(value, dtype=np.float64)

    def _together(self, times: float) -> Floats:
        """Return each row's expected turnout with ``times`` the unknown variance."""
        share = expit(self.logits[..., None] + np.sqrt(times * self.unknown)[..., None] * _NODES) @ _MASSES
        return np.asarray((self.observed.cells.weights[self.mixed] * share).sum(axis=1))

    def _slopes(self) -> Floats:
        share = expit(self.logits[..., None] + np.sqrt(self.unknown)[..., None] * _NODES)
        together = self._together(1.0)
        steep = (share * (1 - share)) @ _MASSES
        return np.asarray(self.observed.cells.weights[self.mixed] * steep / (together * (1 - together))[:, None])

    def _movement(self) -> Floats:
        """Return how far each row's expected logit moves per unit of variance between its areas."""
        moved = logit(self._together(_TWICE)) - logit(self._together(1.0))
        return np.asarray(moved / ((_TWICE - 1.0) * np.maximum(self.spread, _SMALL)))

    def _differing(self, matrices: Floats, *, parent_index: Whole, priors: Priors) -> Floats:
        """Return how much a unit of each effect's variance sets an area apart from its row, shape (effects, mixed)."""
        together = matrices.diagonal(axis1=1, axis2=2)[:, self.mixed] / self._slopes().sum(axis=1) ** 2
        return np.asarray(np.maximum(self._applies(parent_index=parent_index, priors=priors) - together, 0.0))

    def _applies(self, *, parent_index: Whole, priors: Priors) -> Floats:
        """Tell which effects vary a single area of each mixed row, shape (effects, mixed rows)."""
        first = one_by_one(self.observed.cells, self.mixed, areas=1)
        return np.asarray(structure(first, first, parent_index, priors).diagonal(axis1=1, axis2=2), dtype=np.float64)


def first_tangent(observed: Observations) -> Tangent:
    """Start where all areas of a row have the row's own turnout and nothing else is possible."""
    mixed = np.flatnonzero((observed.cells.weights > 0).sum(axis=1) > 1)
    logits = np.repeat(logit(observed.share[mixed])[:, None], observed.cells.weights.shape[1], axis=1)
    return Tangent(
        observed=observed, mixed=mixed, logits=logits, unknown=np.zeros_like(logits), spread=np.ones(len(mixed))
    )


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
