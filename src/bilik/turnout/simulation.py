"""A made-up city whose truth is known: drawn from the model of the forecast, published as real figures are.

For tests and benchmarks: forecasts of such cities must cover the truth as often as they say.
"""

import datetime
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, logit

from bilik.elections.elections import Election, ElectionKind, Regime
from bilik.elections.figures import ACCEPTANCE_SCHEMA, COUNT_SCHEMA, REGION_SCHEMA, SOURCE_SCHEMA, Figures
from bilik.turnout.covariance import known_part, structure
from bilik.turnout.kinds import turnout_kind
from bilik.turnout.observations import KINDS, Cells
from bilik.turnout.priors import PRIORS, Priors
from bilik.turnout.spreads import DIMENSIONS, variances

Floats = NDArray[np.float64]

REGION = "99.01"
#: (slug, kind, day, how it is published): ``counted`` gives users and list, ``areas`` also every area, ``part``
#: some stations of every area, a number the decimals of a percentage without basis.
CALENDAR = (
    ("mayor-1", ElectionKind.MAYOR, datetime.date(2011, 1, 1), "2"),
    ("governor-1", ElectionKind.GOVERNOR, datetime.date(2013, 9, 10), "0"),
    ("legislature-1", ElectionKind.LEGISLATURE, datetime.date(2014, 4, 9), "0"),
    ("president-1", ElectionKind.PRESIDENT, datetime.date(2014, 7, 9), "0"),
    ("mayor-2", ElectionKind.MAYOR, datetime.date(2015, 12, 9), "2"),
    ("governor-2", ElectionKind.GOVERNOR, datetime.date(2018, 6, 27), "counted"),
    ("president-2", ElectionKind.PRESIDENT, datetime.date(2019, 4, 17), "areas"),
    ("mayor-3", ElectionKind.MAYOR, datetime.date(2020, 12, 9), "counted"),
    ("president-3", ElectionKind.PRESIDENT, datetime.date(2024, 2, 14), "part"),
    ("governor-3", ElectionKind.GOVERNOR, datetime.date(2024, 11, 27), "counted"),
    ("mayor-4", ElectionKind.MAYOR, datetime.date(2024, 11, 27), "counted"),
    ("mayor-5", ElectionKind.MAYOR, datetime.date(2031, 1, 1), "coming"),
)
COMING = CALENDAR[-1][0]
_STATIONS, _COUNTED_STATIONS = 50, 20
_PEMILU = (ElectionKind.PRESIDENT, ElectionKind.LEGISLATURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedCity:
    """``figures`` as they would be published; ``shares`` is the truth of the coming election, shape (areas,)."""

    figures: Figures
    codes: tuple[str, ...]
    electorate: NDArray[np.int64]
    shares: Floats

    @property
    def region_share(self) -> float:
        """Return the truth for the whole city."""
        return float(self.electorate @ self.shares / self.electorate.sum())


def simulated_city(
    rng: np.random.Generator, *, areas: int = 34, districts: int = 6, priors: Priors = PRIORS
) -> SimulatedCity:
    """Draw a city of ``areas`` kelurahan in ``districts`` kecamatan with the calendar above."""
    parent_index = np.sort(np.concatenate([np.arange(districts), rng.integers(districts, size=areas - districts)]))
    electorate = rng.integers(4_000, 32_000, size=areas)
    elections = tuple(_election(slug, kind, day) for slug, kind, day, _ in CALENDAR)
    logits = _logits(rng, elections, parent_index, priors).reshape(len(elections), areas)
    shares = rng.binomial(electorate, expit(logits)) / electorate
    regions = _regions(parent_index)
    codes = tuple(regions.filter(pl.col("level") == "ward")["code"].to_list())
    figures = Figures(
        regions=regions,
        elections=elections,
        sources=pl.DataFrame(
            [("made-up", "bilik", "Made up", "", "2024", "official_record")], SOURCE_SCHEMA, orient="row"
        ),
        counts=_counts(rng, shares=shares, electorate=electorate, codes=codes, priors=priors),
        acceptances=pl.DataFrame(schema=ACCEPTANCE_SCHEMA),
    )
    return SimulatedCity(figures=figures, codes=codes, electorate=electorate, shares=shares[-1])


def _election(slug: str, kind: ElectionKind, day: datetime.date) -> Election:
    regime = Regime.PEMILU if kind in _PEMILU else Regime.PEMILIHAN
    return Election(slug=slug, name=slug, kind=kind, regime=regime, region=REGION, held_on=day)


def _logits(
    rng: np.random.Generator, elections: tuple[Election, ...], parent_index: NDArray[np.int64], priors: Priors
) -> Floats:
    areas = len(parent_index)
    repeated = [election for election in elections for _ in range(areas)]
    cells = Cells(
        weights=np.tile(np.eye(areas), (len(elections), 1)),
        kind=np.array([KINDS.index(turnout_kind(election)) for election in repeated]),
        day=np.array([election.order.toordinal() for election in repeated]),
        election=np.repeat(np.arange(len(elections)), areas),
        pemilu=np.array([election.regime is Regime.PEMILU for election in repeated]),
        selected=np.zeros(len(repeated), dtype=np.bool_),
    )
    spread = variances(rng.standard_normal((1, DIMENSIONS)), priors)[0]
    covariance = known_part(cells, cells, priors) + np.tensordot(
        spread, structure(cells, cells, parent_index, priors), 1
    )
    root = np.linalg.cholesky(covariance + 1e-10 * np.eye(len(covariance)))
    return np.asarray(priors.level_mean + root @ rng.standard_normal(len(covariance)), dtype=np.float64)


def _regions(parent_index: NDArray[np.int64]) -> pl.DataFrame:
    districts = [f"{REGION}.{parent + 1:02d}" for parent in range(int(parent_index.max()) + 1)]
    wards = [(f"{districts[parent]}.{1001 + place}", districts[parent]) for place, parent in enumerate(parent_index)]
    rows = [
        (REGION, "Made-up city", "city", None, None, None),
        *((code, f"District {code}", "district", REGION, None, None) for code in districts),
        *((code, f"Ward {code}", "ward", parent, None, None) for code, parent in wards),
    ]
    return pl.DataFrame(rows, REGION_SCHEMA, orient="row")


def _counts(
    rng: np.random.Generator,
    *,
    shares: Floats,
    electorate: NDArray[np.int64],
    codes: tuple[str, ...],
    priors: Priors,
) -> pl.DataFrame:
    rows = []
    for (slug, kind, _, published), share in zip(CALENDAR[:-1], shares[:-1], strict=True):
        people = np.rint(share * electorate).astype(int)
        whole = {"election": slug, "region": REGION, "source": "made-up", "dpt": int(electorate.sum())}
        if published in ("counted", "areas"):
            rows.append(whole | {"users": int(people.sum())})
        else:
            gap = priors.basis_gap_points(Regime.PEMILU if kind in _PEMILU else Regime.PEMILIHAN) / 2
            digits = 2 if published == "part" else int(published)
            percent = 100 * people.sum() / electorate.sum() + gap * rng.standard_normal()
            rows.append(whole | {"published_percent": round(float(percent), digits), "published_digits": digits})
        if published == "areas":
            rows += [
                {"election": slug, "region": code, "source": "made-up", "dpt": int(size), "users": int(users)}
                for code, size, users in zip(codes, electorate, people, strict=True)
            ]
        if published == "part":
            rows += _part(rng, slug, share, electorate=electorate, codes=codes, priors=priors)
    return pl.DataFrame(rows, schema={**COUNT_SCHEMA}, orient="row")


def _part(
    rng: np.random.Generator,
    slug: str,
    share: Floats,
    *,
    electorate: NDArray[np.int64],
    codes: tuple[str, ...],
    priors: Priors,
) -> list[dict[str, object]]:
    """Publish some stations of every area: their common level is off, and each area's by its stations' spread."""
    spread = priors.station_sd * np.sqrt((1 - _COUNTED_STATIONS / _STATIONS) / _COUNTED_STATIONS)
    level = priors.selection_sd * rng.standard_normal()
    seen = expit(logit(np.clip(share, 0.01, 0.99)) + level + spread * rng.standard_normal(len(share)))
    sizes = np.rint(electorate * _COUNTED_STATIONS / _STATIONS).astype(int)
    return [
        {
            "election": slug,
            "region": code,
            "source": "made-up",
            "dpt": int(size),
            "users": round(float(size * part)),
            "stations": _STATIONS,
            "stations_counted": _COUNTED_STATIONS,
        }
        for code, size, part in zip(codes, sizes, seen, strict=True)
    ]


def simulated_stations(
    rng: np.random.Generator, *, stations: int = 2_000, elections: int = 5, wards: int = 34, districts: int = 6
) -> pl.DataFrame:
    """Draw polling stations with the columns that ``station_shares`` wants and the truth as ``propensity``.

    Beta-binomial of precision 60; spreads 0.15 between kecamatan, 0.20 between kelurahan and 0.25 between stations.
    """
    ward_district = np.arange(wards) % districts
    ward = rng.integers(wards, size=stations)
    own = 0.15 * rng.standard_normal(districts)[ward_district[ward]] + 0.20 * rng.standard_normal(wards)[ward]
    own += 0.25 * rng.standard_normal(stations)
    level = 1.0 + 0.3 * rng.standard_normal(elections)
    propensity = expit(own[:, None] + level)
    electorate = rng.integers(180, 301, size=(stations, elections))
    users = rng.binomial(electorate, rng.beta(60 * propensity, 60 * (1 - propensity)))
    station, election = (axis.ravel() for axis in np.indices(users.shape))
    return pl.DataFrame(
        {
            "election": election,
            "district": ward_district[ward[station]],
            "ward": ward[station],
            "station": station,
            "users": users.ravel(),
            "electorate": electorate.ravel(),
            "propensity": propensity.ravel(),
        }
    )
