"""From figures to a forecast: what was known before, on which areas, and what follows for an election."""

import datetime
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bilik.elections.denominators import Denominator
from bilik.elections.elections import Election, Regime, election_named
from bilik.elections.figures import Figures
from bilik.foundation.language import mark
from bilik.turnout.electorates import Areas, areas_of
from bilik.turnout.errors import TooFewElectionsError
from bilik.turnout.kinds import turnout_kind
from bilik.turnout.learning import Learnt, draw_shares, learn
from bilik.turnout.observations import KINDS, Cells, Observations, observations
from bilik.turnout.outlook import Forecast, MissingVoters, checked_target
from bilik.turnout.priors import PRIORS, Priors
from bilik.turnout.regions import checked_region
from bilik.turnout.remarks import Remark

__all__ = ["Forecast", "MissingVoters", "checked_target", "forecast", "forecast_record"]

#: Earlier elections without which nothing is said.
NEEDED_ELECTIONS = 2


def forecast(
    figures: Figures,
    *,
    region: str,
    election: str,
    rng: np.random.Generator,
    denominator: Denominator = Denominator.USERS_OF_DPT,
    draws: int = 4000,
    known_before: datetime.date | None = None,
    electorate: int | None = None,
    priors: Priors = PRIORS,
) -> Forecast:
    """Forecast the turnout of ``election`` in every area of ``region`` from the elections before it.

    ``known_before`` leaves out elections held on or after that day (and their lists);
    without it, those held on or after the election's own day. ``electorate`` replaces the
    region's latest list. The areas are the deepest whose voters are known.

    Raises
    ------
    UnknownRegionError, UnknownElectionError
        If the figures hold no such region or election.
    TooFewElectionsError
        If fewer than two earlier elections have a turnout that can be used.
    NoElectorateError
        If nobody says how many voters there are.
    """
    known = evidence(
        figures,
        region=region,
        election=election,
        denominator=denominator,
        known_before=known_before,
        electorate=electorate,
        priors=priors,
    )
    learnt = learn(known.observed, parent_index=known.areas.parent_index, priors=priors)
    shares = draw_shares(learnt, known.cells, known.areas.electorate, rng=rng, draws=draws)
    return _forecast(known, learnt, shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a forecast starts from: the election, the areas, what was observed, and the cells to be drawn."""

    region: str
    region_name: str
    election: Election
    denominator: Denominator
    areas: Areas
    earlier: tuple[Election, ...]
    observed: Observations
    cells: Cells


def evidence(
    figures: Figures,
    *,
    region: str,
    election: str,
    denominator: Denominator = Denominator.USERS_OF_DPT,
    known_before: datetime.date | None = None,
    electorate: int | None = None,
    priors: Priors = PRIORS,
) -> Evidence:
    """Collect what is known before an election; arguments and errors are those of ``forecast``."""
    name = checked_region(figures, region)
    wanted = election_named(figures.elections, election)
    earlier = _earlier(figures, known_before or wanted.order)
    lists_of = [one.slug for one in earlier] + ([] if known_before else [election])
    areas = areas_of(figures, region=region, denominator=denominator, lists_of=lists_of, electorate=electorate)
    observed = observations(
        figures, region=region, areas=areas, elections=earlier, denominator=denominator, priors=priors
    )
    if len(observed.elections) < NEEDED_ELECTIONS:
        raise TooFewElectionsError(
            election=wanted.name,
            region=name,
            needed=NEEDED_ELECTIONS,
            found=len(observed.elections),
            basis=denominator.value,
        )
    cells = _new_cells(wanted, areas)
    return Evidence(
        region=region,
        region_name=name,
        election=wanted,
        denominator=denominator,
        areas=areas,
        earlier=tuple(earlier),
        observed=observed,
        cells=cells,
    )


def _earlier(figures: Figures, day: datetime.date) -> list[Election]:
    return sorted((one for one in figures.elections if one.order < day), key=lambda one: one.order)


def _new_cells(election: Election, areas: Areas) -> Cells:
    """Return a cell per area of an election that no observation is of."""
    count = len(areas.codes)
    return Cells(
        weights=np.eye(count),
        kind=np.full(count, KINDS.index(turnout_kind(election)), dtype=np.int64),
        day=np.full(count, election.order.toordinal(), dtype=np.int64),
        election=np.full(count, -1, dtype=np.int64),
        pemilu=np.full(count, election.regime is Regime.PEMILU, dtype=np.bool_),
        selected=np.zeros(count, dtype=np.bool_),
    )


def _forecast(known: Evidence, learnt: Learnt, shares: NDArray[np.float64]) -> Forecast:
    areas = known.areas
    return Forecast(
        region=known.region,
        region_name=known.region_name,
        election=known.election.slug,
        election_name=known.election.name,
        held_on=known.election.held_on,
        denominator=known.denominator,
        areas=areas.codes,
        names=areas.names,
        parents=areas.parents,
        parent_names=areas.parent_names,
        electorate=areas.electorate,
        shares=shares,
        effective_sample_size=learnt.sample.effective_size,
        hyperparameter_draws=len(learnt.sample.weights),
        learnt_from=known.observed.elections,
        notes=(*areas.notes, *_notes(known)),
    )


def _notes(known: Evidence) -> list[Remark]:
    observed = known.observed
    names = dict(zip(known.areas.codes, known.areas.names, strict=True))
    elections = {one.slug: one.name for one in known.earlier}
    notes = [
        Remark(
            message=mark(
                "The forecast learns from {elections_count} earlier elections; how far a single election moves away "
                "from the level of its kind matters most, and that rests on few elections."
            ),
            facts={"elections_count": len(observed.elections)},
        )
    ]
    if observed.set_apart:
        listed = ", ".join(f"{names[area]} ({elections[slug]})" for slug, area in observed.set_apart)
        message = mark("Too far from the other areas to be turnout alone, and therefore given little weight: {areas}.")
        notes.append(Remark(message=message, facts={"areas": listed}))
    if observed.cells.selected.any():
        message = mark("Of elections published in part only the pattern over areas is used, not the level.")
        notes.append(Remark(message=message))
    return notes


def forecast_record(
    forecast: Forecast, target: float, area_targets: NDArray[np.float64] | None = None
) -> dict[str, object]:
    """Return the forecast as a plain object, ready for JSON. All shares are 0 to 1, voters whole people.

    ``area_targets`` is each area's share of the target; without it every area is held to ``target``.
    Intervals are [low, high]; the areas' electorates add up to the region's, their
    medians of missing voters do not add up to the region's median.
    """
    missing = forecast.missing_voters(target)
    targets = np.full(len(forecast.areas), target) if area_targets is None else np.asarray(area_targets)
    return {
        "region": forecast.region,
        "election": forecast.election,
        "denominator": forecast.denominator.value,
        "target_share": target,
        "electorate": int(forecast.electorate.sum()),
        "median_share": forecast.median_share,
        "interval_80": list(forecast.interval(0.80)),
        "interval_95": list(forecast.interval(0.95)),
        "chance_of_target": forecast.chance_of(target),
        "missing_voters": {"median": missing.median, "low": missing.low, "high": missing.high},
        "areas": [
            {
                "code": code,
                "name": name,
                "electorate": voters,
                "median_share": median,
                "interval_80": interval,
                "target_share": wanted,
                "missing_voters": gap[0],
                "missing_voters_80": gap[1:],
            }
            for code, name, voters, median, interval, wanted, gap in zip(
                forecast.areas,
                forecast.names,
                forecast.electorate.tolist(),
                forecast.area_medians.tolist(),
                forecast.area_intervals(0.80).tolist(),
                targets.tolist(),
                forecast.area_missing(targets).tolist(),
                strict=True,
            )
        ],
    }
