"""Two naive forecasts with a fair spread: the last election of the kind, and the mean of the kind.

Normal on the logit scale about the naive value, with the root mean square of the errors
the same rule made before; where it has made none, with the shock the prior expects.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from bilik.foundation.language import mark

Floats = NDArray[np.float64]
_EDGE = 0.005


class Naive(StrEnum):
    """A forecast without a model."""

    LAST = "last_of_kind"
    MEAN = "mean_of_kind"

    @property
    def label(self) -> str:
        """Return the rule as source string for translation."""
        return _LABELS[self]


_LABELS = {
    Naive.LAST: mark("as at the last election of this kind"),
    Naive.MEAN: mark("the mean of this kind of election"),
}


def naive_draws(shares: Floats, *, rule: Naive, shock: float, rng: np.random.Generator, draws: int) -> Floats | None:
    """Draw shares as ``rule`` expects them after ``shares``, the kind's earlier ones, the oldest first.

    ``shock`` is the spread on the logit scale before the rule has been seen to err. None
    where no election of the kind came before.
    """
    if not len(shares):
        return None
    logits = logit(np.clip(shares, _EDGE, 1 - _EDGE))
    errors = np.array([logits[place] - _said(logits[:place], rule) for place in range(1, len(logits))])
    spread = float(np.sqrt(np.mean(errors**2))) if len(errors) else shock
    return np.asarray(expit(_said(logits, rule) + spread * rng.standard_normal(draws)))


def _said(logits: Floats, rule: Naive) -> float:
    return float(logits[-1] if rule is Naive.LAST else logits.mean())
