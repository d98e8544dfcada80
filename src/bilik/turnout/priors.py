"""What is believed about turnout before the figures are looked at, each belief with its source.

All spreads are standard deviations on the logit scale (0.1 is about 2 points where
turnout is 70%). docs/methods/turnout-forecast.md tells how each figure was obtained.
"""

from dataclasses import dataclass

from bilik.elections.elections import Regime

#: The effects that vary, in the order of the model's matrices. See ``spreads.variances``.
EFFECTS = (
    "shock_pemilu",
    "shock_pilkada",
    "drift_pemilu",
    "drift_pilkada",
    "district",
    "area",
    "district_by_kind",
    "area_by_kind",
    "residual",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """Prior of the model: normal for levels, log-normal for spreads."""

    # KPU's national turnouts 1999-2024: general elections 70-93%, Pilkada 68-76%.
    level_mean: float = 1.0
    level_sd: float = 0.75
    # Balikpapan's own kinds lie 0.8 apart, the nation's 0.4; 0.5 covers both.
    kind_sd: float = 0.5
    # How far one election moves from the level of its kind: median of a log-normal, and spread of its logarithm.
    # KPU's national turnouts spread by 0.32 over five presidential elections (2004-2024) and by 0.18 over
    # five rounds of Pilkada (2015-2024). The spread of five values is known to a factor of 1.4, and a city
    # is no nation: together a factor of 1.6 either way (exp 0.5).
    shock_pemilu: float = 0.32
    shock_pilkada: float = 0.18
    shock_log_sd: float = 0.5
    # Years over which the lasting part of a shock fades to 1/e: two terms of office.
    memory_years: float = 10.0
    # Between kecamatan of a city in one election: median, and spread of its logarithm, over 494 cities in 2019.
    district_median: float = 0.22
    district_log_sd: float = 0.57
    # Between kelurahan of a kecamatan in one election: the same.
    area_median: float = 0.36
    area_log_sd: float = 0.48
    # Between polling stations of a kelurahan, 2019: median 0.40 over 26,290 kelurahan with ten or more.
    station_sd: float = 0.40
    # How far the level of a published part of the stations may lie from the level of all: nearly free.
    selection_sd: float = 0.50
    # Points between users ÷ DPT and users ÷ all lists. Pilkada: Balikpapan 2020, 60.13 against 59.35.
    # General election: East Kalimantan 2024, 81.98 against 79.80 as published.
    basis_gap_pilkada_points: float = 0.8
    basis_gap_pemilu_points: float = 2.2

    def shock_of(self, regime: Regime) -> float:
        """Return how far one election is expected to move away from the level of its kind."""
        return self.shock_pemilu if regime is Regime.PEMILU else self.shock_pilkada

    def basis_gap_points(self, regime: Regime) -> float:
        """Return how far two bases of one election lie apart, in points."""
        return self.basis_gap_pemilu_points if regime is Regime.PEMILU else self.basis_gap_pilkada_points


PRIORS = Priors()
