"""Turnout as the pages read it: history, forecasts and backtests, each worked out once per state of the figures.

Nothing here is stored: what was worked out under one revision of the workspace is kept
in memory and comes back the same, since every draw starts from the same seed.
"""

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bilik.accounts.web.kept import until_next_write
from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election
from bilik.elections.web.store import figures
from bilik.turnout import backtest as backtests
from bilik.turnout import history as histories
from bilik.turnout.forecast import Forecast, forecast, forecast_record
from bilik.turnout.outlook_tables import area_table
from bilik.turnout.targets import SplitRule, area_targets
from bilik.turnout.web.models import TargetStatement

#: Every forecast starts its draws here, so the same question has the same answer.
SEED = 640_711


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a forecast page is asked: where, which election, which target, split how."""

    region: str
    election: str
    target: float = 0.75
    rule: SplitRule = SplitRule.LOGIT_SHIFT
    ceiling: float = 0.95
    electorate: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A forecast with targets for its areas.

    ``record`` is the object the command line prints, ``areas`` the same as a frame.
    """

    question: Question
    forecast: Forecast
    targets: NDArray[np.float64]
    areas: pl.DataFrame
    record: dict[str, Any]


@until_next_write
def forecast_of(region: str, election: str, electorate: int | None) -> Forecast:
    """Return the forecast of an election in a region."""
    rng = np.random.default_rng(SEED)
    return forecast(figures(), region=region, election=election, rng=rng, electorate=electorate)


@until_next_write
def answer(question: Question) -> Answer:
    """Return the forecast with a target for every area."""
    made = forecast_of(question.region, question.election, question.electorate)
    targets = area_targets(
        made.area_medians, made.electorate, target=question.target, rule=question.rule, ceiling=question.ceiling
    )
    record = forecast_record(made, question.target, targets)
    return Answer(question=question, forecast=made, targets=targets, areas=area_table(made, targets), record=record)


@until_next_write
def history(region: str, denominator: Denominator) -> pl.DataFrame:
    """Return a region's past elections."""
    return histories.history(figures(), region=region, denominator=denominator)


@until_next_write
def area_history(region: str, denominator: Denominator, level: str) -> pl.DataFrame:
    """Return the past elections of every area of a level below a region."""
    return histories.area_history(figures(), region=region, denominator=denominator, level=level)


@until_next_write
def backtest(region: str) -> pl.DataFrame:
    """Return what would have been forecast before each past election, beside what happened."""
    return backtests.backtest(figures(), region=region, rng=np.random.default_rng(SEED))


@until_next_write
def said_before(region: str) -> pl.DataFrame:
    """Return what the method would have said in November 2022 about the two elections of 2024."""
    return backtests.said_before(figures(), region=region, rng=np.random.default_rng(SEED))


def stated_targets(region: str) -> dict[str, list[TargetStatement]]:
    """Return the targets that others stated before past elections, by election."""
    stated: dict[str, list[TargetStatement]] = {}
    for one in TargetStatement.objects.filter(region=region):
        stated.setdefault(one.election, []).append(one)
    return stated


def lineage_of_place(region: str) -> list[str]:
    """Return the codes of a region and everything above it, the region first."""
    parents = dict(figures().regions.filter(pl.col("valid_to").is_null()).select("code", "parent").iter_rows())
    found: list[str] = []
    here: str | None = region
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return found


def upcoming(region: str, today: datetime.date) -> list[Election]:
    """Return the elections still to come in which the people of ``region`` vote, the next first."""
    places = set(lineage_of_place(region))
    return [one for one in figures().elections if one.order > today and one.region in places]


def region_row(region: str) -> dict[str, Any] | None:
    """Return a region that is in force."""
    rows = figures().regions.filter((pl.col("code") == region) & pl.col("valid_to").is_null())
    return rows.row(0, named=True) if rows.height else None
