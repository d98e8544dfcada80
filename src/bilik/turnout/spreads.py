"""From standard normal points to the variances of the effects, so that the points carry the prior.

The differences between areas within one election have one total, which is what other
cities tell us about, split into what lasts, what goes with the kind of election and what
belongs to that election alone; every split is as likely as any other. So do Fuglstad,
Hem, Knight, Rue and Riebler (2020).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from bilik.turnout.priors import Priors

Floats = NDArray[np.float64]

#: Coordinates of a point: totals of the two shocks and their split, total and split between kecamatan,
#: total and two splits between kelurahan.
DIMENSIONS = 8


def variances(points: Floats, priors: Priors) -> Floats:
    """Return the variance of each of ``EFFECTS`` for rows of standard normal ``points``, shape (points, effects)."""
    pemilu, pilkada, drifting, between, lasting, within, first, second = np.moveaxis(points, -1, 0)
    districts = (priors.district_median * np.exp(priors.district_log_sd * between)) ** 2
    areas = (priors.area_median * np.exp(priors.area_log_sd * within)) ** 2
    national = (priors.shock_pemilu * np.exp(priors.shock_log_sd * pemilu)) ** 2
    local = (priors.shock_pilkada * np.exp(priors.shock_log_sd * pilkada)) ** 2
    drift, kept = ndtr(drifting), ndtr(lasting)
    area = 1 - np.sqrt(ndtr(-first))
    by_kind = (1 - area) * ndtr(second)
    return np.stack(
        [
            national * (1 - drift),
            local * (1 - drift),
            national * drift,
            local * drift,
            districts * kept,
            areas * area,
            districts * (1 - kept),
            areas * by_kind,
            areas * (1 - area - by_kind),
        ],
        axis=-1,
    )


def variance_slopes(point: Floats, priors: Priors) -> Floats:
    """Differentiate the variances at one point, shape (dimensions, effects)."""
    step = 1e-5
    moves = step * np.eye(DIMENSIONS)
    return (variances(point + moves, priors) - variances(point - moves, priors)) / (2 * step)
