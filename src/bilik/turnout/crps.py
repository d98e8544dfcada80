"""Continuous ranked probability score of draws, as in Gneiting and Raftery (2007), eq. 21.

Mean |draw − outcome| − ½ mean |draw − other draw|: in the unit of the draws, smaller is
better, and for a single certain number it is the absolute error.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def crps(draws: Floats, outcome: float) -> float:
    """Score ``draws``, shape (draws,), against what happened; the mean over pairs is taken by sorting."""
    ordered = np.sort(draws)
    count = len(ordered)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float(np.abs(ordered - outcome).mean() - (ranks @ ordered) / count**2)
