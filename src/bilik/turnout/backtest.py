"""What would have been forecast before each past election, held against what happened.

Rolling origin (Tashman 2000): each forecast learns only from elections held before. Two
naive forecasts stand beside it. docs/methods/turnout-backtest.md tells how they are made.
"""

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election, election_named
from bilik.elections.figures import Figures
from bilik.turnout.crps import crps
from bilik.turnout.errors import NoElectorateError, TooFewElectionsError
from bilik.turnout.forecast import forecast
from bilik.turnout.history import history
from bilik.turnout.kinds import turnout_kind
from bilik.turnout.naive import Naive, naive_draws
from bilik.turnout.outlook import Forecast
from bilik.turnout.priors import PRIORS, Priors

Floats = NDArray[np.float64]

SCHEMA: dict[str, type[pl.DataType]] = {
    "election": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "turnout_kind": pl.String,
    "held_on": pl.Date,
    "learnt_from": pl.Int64,
    "actual_share": pl.Float64,
    "basis": pl.String,
    "median": pl.Float64,
    "low_80": pl.Float64,
    "high_80": pl.Float64,
    "low_95": pl.Float64,
    "high_95": pl.Float64,
    "crps": pl.Float64,
    "crps_last_of_kind": pl.Float64,
    "crps_mean_of_kind": pl.Float64,
    "covered_80": pl.Boolean,
    "covered_95": pl.Boolean,
}
#: The city's commission named these in November 2022 as the next to prepare for.
BOX_ELECTIONS = ("pilpres-2024", "pilwali-2024")
BOX_DAY = datetime.date(2022, 11, 22)


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestSummary:
    """The backtest in a few numbers.

    The scores are means in points over the ``compared`` elections that both naive forecasts know.
    """

    elections: int
    covered_80: int
    covered_95: int
    compared: int
    crps: float | None
    crps_last_of_kind: float | None
    crps_mean_of_kind: float | None


def backtest(
    figures: Figures,
    *,
    region: str,
    rng: np.random.Generator,
    denominator: Denominator = Denominator.USERS_OF_DPT,
    draws: int = 4000,
    priors: Priors = PRIORS,
) -> pl.DataFrame:
    """Forecast every past election of ``region`` from those before it; one row each, the oldest first.

    Shares are 0 to 1, CRPS in percentage points. ``crps_last_of_kind`` and
    ``crps_mean_of_kind`` are null where no election of that kind came before. Elections
    without a turnout, or with fewer than two before them, have no row.

    Raises
    ------
    UnknownRegionError
        If the figures hold no such region.
    """
    past = history(figures, region=region, denominator=denominator).drop_nulls("share")
    rows = []
    for row in past.iter_rows(named=True):
        election = election_named(figures.elections, row["election"])
        try:
            made = forecast(
                figures,
                region=region,
                election=election.slug,
                rng=rng,
                denominator=denominator,
                draws=draws,
                priors=priors,
            )
        except (TooFewElectionsError, NoElectorateError):
            continue
        before = _before(past, figures, election.order)
        rows.append(_row(row, made, before, election=election, rng=rng, priors=priors))
    return pl.DataFrame(rows, schema=SCHEMA)


def said_before(
    figures: Figures,
    *,
    region: str,
    rng: np.random.Generator,
    known_before: datetime.date = BOX_DAY,
    elections: tuple[str, ...] = BOX_ELECTIONS,
    denominator: Denominator = Denominator.USERS_OF_DPT,
    draws: int = 4000,
) -> pl.DataFrame:
    """Return what would have been said on ``known_before`` about ``elections``: rows as of ``backtest``.

    An election that is not in the figures, or could not be forecast on that day, has no row; one without a
    turnout yet has gaps where the comparison stands.
    """
    past = history(figures, region=region, denominator=denominator)
    known = {one.slug: one for one in figures.elections}
    rows = []
    for slug in (slug for slug in elections if slug in known):
        try:
            made = forecast(
                figures,
                region=region,
                election=slug,
                rng=rng,
                denominator=denominator,
                draws=draws,
                known_before=known_before,
            )
        except (TooFewElectionsError, NoElectorateError):
            continue
        found = past.filter(pl.col("election") == slug).to_dicts()
        before = _before(past.drop_nulls("share"), figures, known_before)
        row = found[0] if found else {"share": None, "basis": None}
        rows.append(_row(row, made, before, election=known[slug], rng=rng, priors=PRIORS))
    return pl.DataFrame(rows, schema=SCHEMA)


def summary(table: pl.DataFrame) -> BacktestSummary:
    """Sum a backtest up: how often the intervals held, and the mean CRPS beside the naive ones."""
    known = table.drop_nulls("actual_share")
    both = known.drop_nulls(["crps_last_of_kind", "crps_mean_of_kind"])
    means = {name: both[name].mean() for name in ("crps", "crps_last_of_kind", "crps_mean_of_kind")}
    return BacktestSummary(
        elections=len(known),
        covered_80=int(known["covered_80"].sum()),
        covered_95=int(known["covered_95"].sum()),
        compared=len(both),
        **{name: float(value) if isinstance(value, float) else None for name, value in means.items()},
    )


def _before(past: pl.DataFrame, figures: Figures, day: datetime.date) -> pl.DataFrame:
    orders = {one.slug: one.order for one in figures.elections}
    return past.filter(pl.col("election").replace_strict(orders, return_dtype=pl.Date) < day)


def _row(
    row: dict[str, Any],
    made: Forecast,
    before: pl.DataFrame,
    *,
    election: Election,
    rng: np.random.Generator,
    priors: Priors,
) -> dict[str, Any]:
    (low_80, high_80), (low_95, high_95) = made.interval(0.80), made.interval(0.95)
    actual = row["share"] if isinstance(row["share"], float) else None
    kind = turnout_kind(election)
    shock = priors.shock_of(election.regime)
    draws = len(made.region_shares)
    own = before.filter(pl.col("turnout_kind") == kind.value)["share"].to_numpy()
    naive = {
        f"crps_{rule.value}": _points(naive_draws(own, rule=rule, shock=shock, rng=rng, draws=draws), actual)
        for rule in Naive
    }
    return {
        "election": election.slug,
        "name": election.name,
        "kind": election.kind.value,
        "turnout_kind": kind.value,
        "held_on": election.held_on,
        "learnt_from": len(made.learnt_from),
        "actual_share": actual,
        "basis": row["basis"],
        "median": made.median_share,
        "low_80": low_80,
        "high_80": high_80,
        "low_95": low_95,
        "high_95": high_95,
        "crps": _points(made.region_shares, actual),
        **naive,
        "covered_80": None if actual is None else low_80 <= actual <= high_80,
        "covered_95": None if actual is None else low_95 <= actual <= high_95,
    }


def _points(draws: Floats | None, actual: float | None) -> float | None:
    return None if draws is None or actual is None else 100 * crps(draws, actual)
