"""Learn the model from observations and draw the turnout of areas in an election to come.

The turnout of several areas together is no linear function of their logits; it is
linearised where their logits most probably are (Gauss-Newton), twice over.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from bilik.turnout.covariance import known_part, structure
from bilik.turnout.observations import Cells, Observations
from bilik.turnout.posterior import LinearModel, VarianceSample, cholesky, forward, in_chunks, mode, sample_variances
from bilik.turnout.priors import Priors
from bilik.turnout.spreads import DIMENSIONS, variances

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

#: Rounds of linearising; the third moves no share by 0.001 points.
_ROUNDS = 3
#: Points of the sample of variances that share the draws.
DRAWN_POINTS = 512
_JITTER = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What the observations taught: the linearised model, its cells, and the sample of variances."""

    model: LinearModel
    cells: Cells
    parent_index: Whole
    priors: Priors
    sample: VarianceSample


def learn(observed: Observations, *, parent_index: Whole, priors: Priors) -> Learnt:
    """Fit the model to ``observed``; ``parent_index`` gives each area's kecamatan."""
    mixed = np.flatnonzero((observed.cells.weights > 0).sum(axis=1) > 1)
    spread_out = _one_by_one(observed.cells, mixed)
    stated = logit(observed.share)
    logits = np.repeat(stated[mixed, None], observed.cells.weights.shape[1], axis=1)
    point = np.zeros(DIMENSIONS)
    for _ in range(_ROUNDS):
        cells, value = _linearised(observed, mixed, logits)
        model = _model(cells, value, observed.noise_variance, parent_index=parent_index, priors=priors)
        point = mode(model, point)
        logits = _conditional_mean(model, cells, spread_out, point=point, parent_index=parent_index, priors=priors)
        logits = logits.reshape(len(mixed), observed.cells.weights.shape[1])
    sample = sample_variances(model, point)
    return Learnt(model=model, cells=cells, parent_index=parent_index, priors=priors, sample=sample)


def draw_logits(learnt: Learnt, cells: Cells, *, rng: np.random.Generator, draws: int) -> Floats:
    """Draw the logits of new ``cells`` jointly, shape (cells, draws)."""
    chosen, counts = _resampled(learnt.sample.weights, draws, rng)
    normals = rng.standard_normal((len(cells.weights), draws))
    drawn = np.empty_like(normals)
    cross = structure(cells, learnt.cells, learnt.parent_index, learnt.priors)
    own = structure(cells, cells, learnt.parent_index, learnt.priors)
    cross_known = known_part(cells, learnt.cells, learnt.priors)
    own_known = known_part(cells, cells, learnt.priors)
    prior_mean = learnt.priors.level_mean * cells.weights.sum(axis=1)
    start = 0
    for squares in in_chunks(learnt.sample.variances[chosen], len(learnt.model.value)):
        factor = cholesky(learnt.model.covariance(squares))
        across = forward(factor, np.swapaxes(cross_known + np.tensordot(squares, cross, 1), 1, 2))
        residual = forward(factor, (learnt.model.value - learnt.model.mean)[None, :, None])
        means = prior_mean + (np.swapaxes(across, 1, 2) @ residual)[..., 0]
        covariance = own_known + np.tensordot(squares, own, 1) - np.swapaxes(across, 1, 2) @ across
        factors = cholesky(covariance + _JITTER * np.eye(len(cells.weights)))
        for mean, root in zip(means, factors, strict=True):
            stop = start + counts[0]
            counts = counts[1:]
            drawn[:, start:stop] = mean[:, None] + root @ normals[:, start:stop]
            start = stop
    return drawn[:, rng.permutation(draws)]


def draw_shares(learnt: Learnt, cells: Cells, electorate: Whole, *, rng: np.random.Generator, draws: int) -> Floats:
    """Draw turnouts of new one-area ``cells`` as whole people ÷ ``electorate``, shape (cells, draws)."""
    propensity = expit(draw_logits(learnt, cells, rng=rng, draws=draws))
    people = rng.binomial(electorate[:, None], propensity)
    return people / np.maximum(electorate, 1)[:, None]


def _model(cells: Cells, value: Floats, noise_variance: Floats, *, parent_index: Whole, priors: Priors) -> LinearModel:
    return LinearModel(
        value=value,
        mean=priors.level_mean * cells.weights.sum(axis=1),
        known=known_part(cells, cells, priors) + np.diag(noise_variance),
        structure=structure(cells, cells, parent_index, priors),
        priors=priors,
    )


def _one_by_one(cells: Cells, rows: Whole) -> Cells:
    """Return for each of ``rows`` one cell per area."""
    areas = cells.weights.shape[1]
    repeated = np.repeat(rows, areas)
    return Cells(
        weights=np.tile(np.eye(areas), (len(rows), 1)),
        kind=cells.kind[repeated],
        day=cells.day[repeated],
        election=cells.election[repeated],
        pemilu=cells.pemilu[repeated],
        selected=np.zeros(len(repeated), dtype=np.bool_),
    )


def _linearised(observed: Observations, mixed: Whole, logits: Floats) -> tuple[Cells, Floats]:
    """Replace the logit of a mean over areas by its tangent at ``logits``, shape (mixed rows, areas)."""
    weights, value = observed.cells.weights.copy(), logit(observed.share)
    share = expit(logits)
    together = (weights[mixed] * share).sum(axis=1)
    tangent = weights[mixed] * share * (1 - share) / (together * (1 - together))[:, None]
    value[mixed] += (tangent * logits).sum(axis=1) - logit(together)
    weights[mixed] = tangent
    return replace(observed.cells, weights=weights), value


def _conditional_mean(
    model: LinearModel, cells: Cells, wanted: Cells, *, point: Floats, parent_index: Whole, priors: Priors
) -> Floats:
    squares = variances(point[None], priors)
    cross = known_part(wanted, cells, priors) + np.tensordot(
        squares[0], structure(wanted, cells, parent_index, priors), 1
    )
    weighted = np.linalg.solve(model.covariance(squares)[0], model.value - model.mean)
    return np.asarray(priors.level_mean * wanted.weights.sum(axis=1) + cross @ weighted, dtype=np.float64)


def _resampled(weights: Floats, draws: int, rng: np.random.Generator) -> tuple[Whole, Whole]:
    """Give the draws to the points in proportion to their weights (systematic resampling)."""
    drawn = min(draws, DRAWN_POINTS)
    positions = (np.arange(drawn) + rng.random()) / drawn
    owners = np.minimum(np.searchsorted(np.cumsum(weights), positions), len(weights) - 1)
    return np.unique(np.sort(np.resize(owners, draws)), return_counts=True)
