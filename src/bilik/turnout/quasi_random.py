"""Evenly spread points in many dimensions: the Halton sequence (Halton 1960), no randomness in it."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

Floats = NDArray[np.float64]

_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def halton(points: int, dimensions: int) -> Floats:
    """Return ``points`` points of the unit cube, shape (points, dimensions); none lies on its faces."""
    whole = np.arange(1, points + 1)
    return np.column_stack([_radical_inverse(whole, base) for base in _PRIMES[:dimensions]])


def normal_points(points: int, dimensions: int, freedom: float) -> tuple[Floats, Floats]:
    """Return standard normal points and √(χ²/freedom) for each: their ratio is t distributed."""
    cube = halton(points, dimensions + 1)
    return ndtri(cube[:, 1:]), np.sqrt(2 * gammaincinv(freedom / 2, cube[:, 0]) / freedom)


def t_weights(points: Floats, freedom: float) -> Floats:
    """Return the log density (up to a constant) of standard multivariate t points."""
    return np.asarray(-0.5 * (freedom + points.shape[1]) * np.log1p((points**2).sum(axis=1) / freedom))


def _radical_inverse(whole: NDArray[np.int64], base: int) -> Floats:
    mirrored, place = np.zeros(len(whole)), 1.0
    while whole.any():
        place /= base
        whole, digit = np.divmod(whole, base)
        mirrored += digit * place
    return mirrored
