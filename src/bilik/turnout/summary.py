"""The five sentences of a brief: how likely, how many, where, what happened before, how far to trust it."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bilik.foundation.language import mark
from bilik.turnout.backtest import BacktestSummary
from bilik.turnout.outlook import Forecast, checked_target
from bilik.turnout.remarks import Fact, Remark

Floats = NDArray[np.float64]
#: Fewer missing voters than this share of the electorate are nobody worth naming a place for.
NEGLIGIBLE = 0.001
#: Scores closer than this many points are told as the same.
SAME_POINTS = 0.1


def sentences(
    forecast: Forecast, *, target: float, area_targets: Floats, past: pl.DataFrame, kind: str, tested: BacktestSummary
) -> tuple[Remark, ...]:
    """Return five remarks, each one sentence, true for a target below or above what is expected.

    ``past`` is the region's ``history``, ``kind`` the turnout kind of the election, ``tested``
    the summary of its backtest.

    Raises
    ------
    TargetIsPercentError, TargetOutsideError
        If the target is no share between 0 and 1.
    """
    return (
        chance(forecast, checked_target(target)),
        missing(forecast, target),
        where(forecast, area_targets),
        before(past, kind),
        trust(tested),
    )


def chance(forecast: Forecast, target: float) -> Remark:
    """Say how likely the target is and what to expect."""
    low, high = forecast.interval()
    message = mark(
        "The chance that turnout reaches {target_share} at {election} is {target_chance}; most likely {median_share} "
        "of the voters come, and in 8 of 10 cases between {low_share} and {high_share}."
    )
    facts: dict[str, Fact] = {
        "target_share": target,
        "election": forecast.election_name,
        "target_chance": forecast.chance_of(target),
        "median_share": forecast.median_share,
        "low_share": low,
        "high_share": high,
    }
    return Remark(message=message, facts=facts)


def missing(forecast: Forecast, target: float) -> Remark:
    """Say how many people the target still needs."""
    people = forecast.missing_voters(target)
    facts: dict[str, Fact] = {
        "target_share": target,
        "voters_count": int(forecast.electorate.sum()),
        "median_count": people.median,
        "low_count": people.low,
        "high_count": people.high,
    }
    if people.high == 0:
        message = mark(
            "With {voters_count} voters, {target_share} is exceeded even in a bad case: no voter is missing."
        )
    elif people.median == 0:
        message = mark(
            "With {voters_count} voters, most likely no voter is missing to {target_share}, but in one of ten cases "
            "{high_count} or more are."
        )
    else:
        message = mark(
            "With {voters_count} voters, {median_count} more than are expected would have to vote to reach "
            "{target_share} (in 8 of 10 cases between {low_count} and {high_count})."
        )
    return Remark(message=message, facts=facts)


def where(forecast: Forecast, area_targets: Floats) -> Remark:
    """Say where the voters missing to the areas' own targets live, by their expected number."""
    people = expected_missing(forecast, area_targets)
    if people.sum() < NEGLIGIBLE * forecast.electorate.sum():
        return Remark(message=mark("No area is expected to fall short of its own target."))
    most = int(np.argmax(people))
    facts: dict[str, Fact] = {"area": forecast.names[most], "area_count": round(float(people[most]))}
    if len(people) == 1:
        return Remark(message=mark("Expected to be missing in {area}: {area_count} voters."), facts=facts)
    by_parent = {
        code: float(people[np.array(forecast.parents) == code].sum()) for code in dict.fromkeys(forecast.parents)
    }
    ranked = sorted(by_parent, key=lambda code: -by_parent[code])
    facts |= {"first": forecast.parent_names[ranked[0]], "first_share": by_parent[ranked[0]] / float(people.sum())}
    if len(ranked) == 1:
        return Remark(message=mark("Of the areas, {area} is expected to miss most voters: {area_count}."), facts=facts)
    facts |= {"second": forecast.parent_names[ranked[1]], "second_share": by_parent[ranked[1]] / float(people.sum())}
    message = mark(
        "Of the missing voters, {first_share} are expected in {first} and {second_share} in {second}; of the single "
        "areas, {area} misses most: {area_count}."
    )
    return Remark(message=message, facts=facts)


def before(past: pl.DataFrame, kind: str) -> Remark:
    """Say what earlier elections of the kind brought and how many figures contradict each other."""
    known = past.drop_nulls("share")
    own = known.filter(pl.col("turnout_kind") == kind)
    facts: dict[str, Fact] = {"all_count": len(known), "contradicted_count": int(known["contradicted"].sum())}
    if own.is_empty():
        message = mark(
            "No earlier election of this kind is in the figures; of the {all_count} others, {contradicted_count} have "
            "a turnout that other sources contradict."
        )
        return Remark(message=message, facts=facts)
    last = own.row(-1, named=True)
    facts |= {
        "last": last["name"],
        "last_share": last["share"],
        "own_count": len(own),
        "low_share": min(own["share"].to_list()),
        "high_share": max(own["share"].to_list()),
    }
    message = mark(
        "At the last election of this kind ({last}) turnout was {last_share}, over all {own_count} of them it lay "
        "between {low_share} and {high_share}; of the {all_count} past elections, {contradicted_count} have a turnout "
        "that other sources contradict."
    )
    return Remark(message=message, facts=facts)


def trust(tested: BacktestSummary) -> Remark:
    """Say how the method did on past elections, also where a naive forecast did better."""
    if tested.elections == 0:
        return Remark(
            message=mark("There are too few past elections to test this method on them: trust it accordingly.")
        )
    facts: dict[str, Fact] = {"tested_count": tested.elections, "covered_count": tested.covered_80}
    message = mark("Tried on {tested_count} past elections, the 8-in-10 interval held {covered_count} times.")
    if tested.crps is None or tested.crps_last_of_kind is None or tested.crps_mean_of_kind is None:
        return Remark(message=message, facts=facts)
    facts |= {
        "own_points": tested.crps,
        "last_points": tested.crps_last_of_kind,
        "mean_points": tested.crps_mean_of_kind,
        "compared_count": tested.compared,
    }
    ahead = min(tested.crps_last_of_kind, tested.crps_mean_of_kind) - tested.crps
    if abs(ahead) < SAME_POINTS:
        message = mark(
            "Tried on {tested_count} past elections, the 8-in-10 interval held {covered_count} times, and its error "
            "(CRPS, {compared_count} elections) was {own_points} points, no better and no worse than the best simple "
            "forecast: {last_points} for repeating the last result, {mean_points} for the mean."
        )
    elif ahead > 0:
        message = mark(
            "Tried on {tested_count} past elections, the 8-in-10 interval held {covered_count} times, and its error "
            "(CRPS, {compared_count} elections) was {own_points} points, below that of repeating the last result "
            "({last_points}) or the mean ({mean_points})."
        )
    else:
        message = mark(
            "Tried on {tested_count} past elections, the 8-in-10 interval held {covered_count} times, but a simpler "
            "forecast did better: the error (CRPS, {compared_count} elections) was {own_points} points, against "
            "{last_points} for repeating the last result and {mean_points} for the mean."
        )
    return Remark(message=message, facts=facts)


def expected_missing(forecast: Forecast, area_targets: Floats) -> Floats:
    """Return the mean over the draws of the people missing to each area's target, shape (areas,); these do add up."""
    gap = np.maximum(np.asarray(area_targets)[:, None] - forecast.shares, 0.0)
    return np.asarray(forecast.electorate * gap.mean(axis=1))
