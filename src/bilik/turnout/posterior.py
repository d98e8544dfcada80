"""Posterior of the spreads, and joint draws of the turnout of new cells given them.

Given the spreads all is linear and Gaussian; they are integrated over by importance
sampling at quasi-random points around the mode, as in Geweke (1989) with the grid of Rue,
Martino and Chopin (2009) replaced by a point set. See docs/methods/turnout-forecast.md, "Inference".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bilik.turnout.priors import Priors
from bilik.turnout.quasi_random import normal_points, t_weights
from bilik.turnout.spreads import variance_slopes, variances

Floats = NDArray[np.float64]

#: Points of the importance sample, and the share of them that must count in effect before it is refined.
POINTS = 1024
PILOT_POINTS = 512
ENOUGH_EFFECTIVE = 0.4
#: Degrees of freedom of the t proposal: heavier tails than the posterior's.
TAIL = 12.0
_STEPS = 60
#: Longest step towards the mode, in standard deviations of the prior.
_STRIDE = 2.0
_REFINEMENTS = 3
_SMALL = 1e-6
#: The prior's own curvature is 1; where the posterior is flatter still, the proposal is no wider than this allows.
_FLATTEST = 0.2
#: Numbers held at once in a batch of covariance matrices (8 bytes each).
_ENTRIES = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """``value`` + Σ variance · ``bend`` is normal: ``mean``, and covariance ``known`` + Σ variance · ``structure``.

    Shapes: value and mean (rows,), bend (effects, rows), known (rows, rows), structure
    (effects, rows, rows). The variances of the effects follow from standard normal points by ``variances``.
    """

    value: Floats
    mean: Floats
    bend: Floats
    known: Floats
    structure: Floats
    priors: Priors

    def residual(self, variances: Floats) -> Floats:
        """Return how far the rows lie from their mean for each row of ``variances``, shape (points, rows)."""
        return self.value - self.mean + variances @ self.bend

    def covariance(self, variances: Floats) -> Floats:
        """Return the covariance of ``value`` for each row of ``variances``, shape (points, rows, rows)."""
        rows = len(self.value)
        return self.known + (variances @ self.structure.reshape(len(self.structure), -1)).reshape(-1, rows, rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceSample:
    """Weighted points of the posterior of the effects' variances: shapes (points, effects) and (points,)."""

    variances: Floats
    weights: Floats

    @property
    def effective_size(self) -> float:
        """Return how many equally weighted points this is worth (Kish)."""
        return float(1 / np.sum(self.weights**2))


def log_posterior(model: LinearModel, points: Floats) -> Floats:
    """Return the log density (up to a constant) of each row of ``points``, shape (points, dimensions)."""
    parts = [_log_likelihood(model, variances(some, model.priors)) for some in in_chunks(points, len(model.value))]
    return np.asarray(np.concatenate(parts) - 0.5 * (points**2).sum(axis=-1))


def in_chunks(points: Floats, rows: int) -> list[Floats]:
    """Cut ``points`` so that one covariance matrix of ``rows`` rows for each of a chunk fits in memory."""
    size = max(1, _ENTRIES // rows**2)
    return [points[start : start + size] for start in range(0, len(points), size)]


def cholesky(covariance: Floats) -> Floats:
    """Return the lower triangular factors of a stack of covariance matrices."""
    return np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)


def forward(factor: Floats, right: Floats) -> Floats:
    """Solve factor · x = right for lower triangular factors.

    Shapes: factor (points, rows, rows), right and x (points, rows, columns).
    """
    solved = np.empty(np.broadcast_shapes(right.shape, (len(factor), 1, 1)))
    for row in range(factor.shape[-1]):
        below = factor[:, None, row, :row] @ solved[:, :row]
        solved[:, row] = (right[:, row] - below[:, 0]) / factor[:, row, row, None]
    return solved


def _log_likelihood(model: LinearModel, squares: Floats) -> Floats:
    factor = cholesky(model.covariance(squares))
    scaled = forward(factor, model.residual(squares)[..., None])
    half_log_determinant = np.log(np.diagonal(factor, axis1=-2, axis2=-1)).sum(axis=-1)
    return np.asarray(-0.5 * (scaled**2).sum(axis=(-2, -1)) - half_log_determinant)


def mode(model: LinearModel, start: Floats) -> Floats:
    """Climb from ``start`` to the mode of the log posterior by Fisher scoring."""
    point, best = start, log_posterior(model, start[None])[0]
    for _ in range(_STEPS):
        gradient, information = _slope(model, point)
        step = np.linalg.solve(information, gradient)
        length = min(1.0, _STRIDE / float(np.linalg.norm(step) + _SMALL))
        while (reached := log_posterior(model, (point + length * step)[None])[0]) < best and length > _SMALL:
            length /= 2
        if reached <= best + _SMALL:
            break
        point, best = point + length * step, reached
    return point


def sample_variances(model: LinearModel, centre: Floats) -> VarianceSample:
    """Weigh quasi-random points of a t distribution about the mode ``centre``.

    A pilot about the mode gives the posterior's own mean and covariance, the sample is taken
    about these; where too few points count, once more.
    """
    covariance = np.asarray(np.linalg.inv(_observed_information(model, centre)), dtype=np.float64)
    sample, drawn = _weighed(model, centre, covariance, PILOT_POINTS)
    for _ in range(_REFINEMENTS):
        centre = sample.weights @ drawn
        deviation = drawn - centre
        covariance = deviation.T @ (sample.weights[:, None] * deviation)
        sample, drawn = _weighed(model, centre, covariance, POINTS)
        if sample.effective_size >= ENOUGH_EFFECTIVE * POINTS:
            break
    return sample


def _weighed(model: LinearModel, centre: Floats, covariance: Floats, points: int) -> tuple[VarianceSample, Floats]:
    normals, mixing = normal_points(points, len(centre), TAIL)
    factor = cholesky(covariance + _SMALL * np.eye(len(centre)))
    drawn = centre + (normals / mixing[:, None]) @ factor.T
    log_weight = log_posterior(model, drawn) - t_weights(normals / mixing[:, None], TAIL)
    weights = np.exp(log_weight - log_weight.max())
    return VarianceSample(variances=variances(drawn, model.priors), weights=weights / weights.sum()), drawn


def _slope(model: LinearModel, point: Floats) -> tuple[Floats, Floats]:
    """Return the gradient of the log posterior and its expected information."""
    squares = variances(point[None], model.priors)
    inverse = np.linalg.inv(model.covariance(squares)[0])
    alpha = inverse @ model.residual(squares)[0]
    turned = model.structure @ inverse
    change = variance_slopes(point, model.priors)
    gradient = 0.5 * (model.structure @ alpha @ alpha - np.trace(turned, axis1=1, axis2=2)) - model.bend @ alpha
    flat = turned.reshape(len(turned), -1)
    information = 0.5 * flat @ np.swapaxes(turned, 1, 2).reshape(len(turned), -1).T
    return change @ gradient - point, change @ information @ change.T + np.eye(len(point))


def _observed_information(model: LinearModel, point: Floats) -> Floats:
    step = 1e-4
    rows = [
        (_slope(model, point - move)[0] - _slope(model, point + move)[0]) / (2 * step)
        for move in step * np.eye(len(point))
    ]
    information = (np.array(rows) + np.array(rows).T) / 2
    values, vectors = np.linalg.eigh(information)
    return np.asarray((vectors * np.maximum(values, _FLATTEST)) @ vectors.T, dtype=np.float64)
