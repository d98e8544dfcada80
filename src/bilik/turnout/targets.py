"""A region's target split over its areas, so that the areas together make exactly the region's target.

docs/methods/turnout-targets.md gives the rules, their source and when each is fair.
"""

from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, logit

from bilik.foundation.language import mark
from bilik.turnout.errors import CeilingOutsideError, UndrawableSplitError
from bilik.turnout.outlook import checked_target

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

#: No area is asked for more than this unless the user says so.
CEILING = 0.95
#: Shares are kept this far from 0 and 1 before their logit is taken.
EDGE = 1e-6
#: The quarter of the electorate with the highest turnout starts at this quantile.
BEST_QUARTILE = 0.75
_HALVINGS = 80


class SplitRule(StrEnum):
    """How a region's target is split over its areas."""

    LOGIT_SHIFT = "logit_shift"
    EQUAL_POINTS = "equal_points"
    BEST_QUARTILE = "best_quartile"

    @property
    def label(self) -> str:
        """Return the rule as source string for translation."""
        return _LABELS[self]


_LABELS = {
    SplitRule.LOGIT_SHIFT: mark("the same effort everywhere (equal shift of the odds)"),
    SplitRule.EQUAL_POINTS: mark("the same number of points everywhere"),
    SplitRule.BEST_QUARTILE: mark("the low areas close up to the best quarter"),
}


def area_targets(
    shares: Floats,
    electorate: Whole,
    *,
    target: float,
    rule: SplitRule = SplitRule.LOGIT_SHIFT,
    ceiling: float = CEILING,
) -> Floats:
    """Return each area's target share, shape (areas,): Σ electorate · share = ``target`` · Σ electorate.

    ``shares`` are the areas' expected shares (0 to 1). No area's target lies above
    ``ceiling``; what an area at the ceiling cannot take the others do. A target below what
    is expected lowers the areas by the same rule. Areas without voters count for nothing.

    Raises
    ------
    TargetIsPercentError, TargetOutsideError
        If the target is no share between 0 and 1.
    CeilingOutsideError
        If the ceiling is no share.
    UndrawableSplitError
        If even every area at the ceiling stays below the target.
    """
    wanted = checked_target(target)
    if not 0 < ceiling <= 1:
        raise CeilingOutsideError(found=f"{ceiling:g}")
    weights = np.asarray(electorate, dtype=np.float64)
    expected = np.clip(np.asarray(shares, dtype=np.float64), EDGE, 1 - EDGE)
    if wanted > ceiling:
        raise UndrawableSplitError(target=_percent(target), ceiling=_percent(ceiling), reachable=_percent(ceiling))
    weights = weights / weights.sum()
    dose = _dose(expected, weights, wanted, rule=rule, ceiling=ceiling)
    return _settled(_moved(expected, weights, dose, rule=rule, ceiling=ceiling), weights, wanted, ceiling=ceiling)


def _percent(share: float) -> str:
    return f"{share * 100:g}%"


def extra_people(shares: Floats, targets: Floats, electorate: Whole) -> Whole:
    """Return the people each area must gain (or may lose) to come from ``shares`` to ``targets``, rounded."""
    gained: Whole = np.rint((np.asarray(targets) - np.asarray(shares)) * electorate).astype(np.int64)
    return gained


def compare(one: Floats, other: Floats, *, areas: tuple[str, ...], electorate: Whole) -> pl.DataFrame:
    """Set two target sets side by side, one row an area: both shares, the points and the people between them.

    Positive means that ``other`` asks for more.
    """
    people = extra_people(one, other, electorate)
    return pl.DataFrame({"area": list(areas), "one": one, "other": other}).with_columns(
        points=(pl.col("other") - pl.col("one")) * 100, people=pl.Series(people)
    )


def _dose(expected: Floats, weights: Floats, target: float, *, rule: SplitRule, ceiling: float) -> float:
    """Find by halving how strongly the rule must act; what comes out grows with the dose."""
    low, high = -64.0, 64.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        reached = weights @ _moved(expected, weights, middle, rule=rule, ceiling=ceiling)
        low, high = (middle, high) if reached < target else (low, middle)
    return (low + high) / 2


def _moved(expected: Floats, weights: Floats, dose: float, *, rule: SplitRule, ceiling: float) -> Floats:
    if rule is SplitRule.EQUAL_POINTS:
        moved = expected + dose
    elif rule is SplitRule.BEST_QUARTILE:
        moved = _closed_up(expected, weights, dose)
    else:
        moved = expit(logit(expected) + dose)
    return np.asarray(np.clip(moved, 0.0, ceiling))


def _closed_up(expected: Floats, weights: Floats, dose: float) -> Floats:
    """Close the fraction ``dose`` of each area's distance to the best quarter; beyond 1, raise all the same."""
    best = weighted_quantile(expected, weights, BEST_QUARTILE)
    gap = np.maximum(best - expected, 0.0)
    if dose < 0:
        return expected + dose
    return np.asarray(expected + min(dose, 1.0) * gap + max(dose - 1.0, 0.0))


def weighted_quantile(shares: Floats, weights: Floats, level: float) -> float:
    """Return the lowest share that areas with at least ``level`` of the electorate do not exceed."""
    order = np.argsort(shares, kind="stable")
    position = np.searchsorted(np.cumsum(weights[order]), level * weights.sum() - EDGE)
    return float(shares[order][min(int(position), len(shares) - 1)])


def _settled(moved: Floats, weights: Floats, target: float, *, ceiling: float) -> Floats:
    """Give the last rounding error to the areas that still have room, so that the sum is exact."""
    gap = target - weights @ moved
    room = weights * (ceiling - moved if gap > 0 else moved)
    total = room.sum()
    if total <= 0:
        return moved
    return np.asarray(moved + (ceiling - moved if gap > 0 else moved) * (gap / total))
