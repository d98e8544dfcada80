"""Learn the model from observations and draw the turnout of areas in an election to come."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from bilik.turnout.covariance import known_part, structure
from bilik.turnout.observations import Cells, Observations
from bilik.turnout.posterior import LinearModel, VarianceSample, cholesky, forward, in_chunks, mode, sample_variances
from bilik.turnout.priors import Priors
from bilik.turnout.spreads import DIMENSIONS, variances
from bilik.turnout.tangent import first_tangent

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

#: Rounds of taking the tangent; a fourth moves the pilot city's median by less than 0.001 points.
_ROUNDS = 3
#: Points of the sample of variances that share the draws.
DRAWN_POINTS = 1000
_JITTER = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What the observations taught: the linearised model, its cells, and the sample of variances."""

    model: LinearModel
    cells: Cells
    parent_index: Whole
    sample: VarianceSample


def learn(observed: Observations, *, parent_index: Whole, priors: Priors) -> Learnt:
    """Fit the model to ``observed``; ``parent_index`` gives each area's kecamatan."""
    tangent, point = first_tangent(observed), np.zeros(DIMENSIONS)
    for _ in range(_ROUNDS):
        model = tangent.model(parent_index=parent_index, priors=priors)
        point = mode(model, point)
        tangent = tangent.moved(model, variances(point, priors), parent_index=parent_index)
    model = tangent.model(parent_index=parent_index, priors=priors)
    sample = sample_variances(model, mode(model, point))
    return Learnt(model=model, cells=tangent.cells, parent_index=parent_index, sample=sample)


def draw_logits(learnt: Learnt, cells: Cells, *, rng: np.random.Generator, draws: int) -> Floats:
    """Draw the logits of new ``cells`` jointly, shape (cells, draws)."""
    chosen, counts = _resampled(learnt.sample.weights, draws, rng)
    normals = rng.standard_normal((len(cells.weights), draws))
    drawn = np.empty_like(normals)
    stops = np.cumsum(counts)
    place = 0
    for squares in in_chunks(learnt.sample.variances[chosen], len(learnt.model.value)):
        for mean, root in zip(*_conditional(learnt, cells, squares), strict=True):
            own = slice(stops[place] - counts[place], stops[place])
            drawn[:, own] = mean[:, None] + root @ normals[:, own]
            place += 1
    return drawn[:, rng.permutation(draws)]


def draw_shares(learnt: Learnt, cells: Cells, electorate: Whole, *, rng: np.random.Generator, draws: int) -> Floats:
    """Draw turnouts of new one-area ``cells`` as whole people ÷ ``electorate``, shape (cells, draws)."""
    propensity = expit(draw_logits(learnt, cells, rng=rng, draws=draws))
    people = rng.binomial(electorate[:, None], propensity)
    return np.asarray(people / np.maximum(electorate, 1)[:, None], dtype=np.float64)


def _conditional(learnt: Learnt, cells: Cells, squares: Floats) -> tuple[Floats, Floats]:
    """Return mean and root covariance of ``cells`` given the observations, for each row of variances."""
    model, priors = learnt.model, learnt.model.priors
    cross = structure(cells, learnt.cells, learnt.parent_index, priors)
    own = structure(cells, cells, learnt.parent_index, priors)
    factor = cholesky(model.covariance(squares))
    across = known_part(cells, learnt.cells, priors) + np.tensordot(squares, cross, 1)
    turned = forward(factor, np.swapaxes(across, 1, 2))
    residual = forward(factor, model.residual(squares)[..., None])
    means = priors.level_mean * cells.weights.sum(axis=1) + (np.swapaxes(turned, 1, 2) @ residual)[..., 0]
    prior = known_part(cells, cells, priors) + np.tensordot(squares, own, 1)
    jitter = _JITTER * np.eye(len(cells.weights))
    return means, cholesky(prior - np.swapaxes(turned, 1, 2) @ turned + jitter)


def _resampled(weights: Floats, draws: int, rng: np.random.Generator) -> tuple[Whole, Whole]:
    """Give the draws to the points in proportion to their weights (systematic resampling)."""
    drawn = min(draws, DRAWN_POINTS)
    positions = (np.arange(drawn) + rng.random()) / drawn
    owners = np.minimum(np.searchsorted(np.cumsum(weights), positions), len(weights) - 1)
    points, counts = np.unique(np.sort(np.resize(owners, draws)), return_counts=True)
    return points.astype(np.int64), counts.astype(np.int64)
