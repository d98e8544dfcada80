"""Turnout of polling stations: error against the truth, coverage of the 95% intervals, CPU seconds.

    python benchmarks/station_shares.py --data hb.csv

``--data`` is a table with the columns tps, kel, kec, el, n, y and the truth p; without it
stations are made up on the same plan: 2,000 in 5 elections, 34 kelurahan and 6 kecamatan.
"""

import argparse
import os
import time

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ.setdefault(_threads, "1")

import numpy as np
import polars as pl

from bilik.turnout.simulation import simulated_stations
from bilik.turnout.stations import station_shares

NAMES = {
    "el": "election",
    "kec": "district",
    "kel": "ward",
    "tps": "station",
    "n": "electorate",
    "y": "users",
    "p": "propensity",
}
REPEATS = 3


def measured(stations: pl.DataFrame) -> dict[str, float]:
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        fit = station_shares(stations)
        taken.append(time.process_time() - start)
    found, truth = fit.shares, fit.shares["propensity"]
    return {
        "CPU s": float(np.median(taken)),
        "RMSE points": 100 * float(np.sqrt(((found["share"] - truth) ** 2).to_numpy().mean())),
        "covered by 95%": float(((found["low"] <= truth) & (truth <= found["high"])).to_numpy().mean()),
        "width points": 100 * float((found["high"] - found["low"]).to_numpy().mean()),
        "sd kecamatan": fit.district_sd,
        "sd kelurahan": fit.ward_sd,
        "sd station": fit.station_sd,
        "precision": fit.precision,
    }


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--data", help="table of stations with known truth")
    options.add_argument("--stations", type=int, default=2_000, help="how many to make up")
    asked = options.parse_args()
    made_up = simulated_stations(np.random.default_rng(1), stations=asked.stations)
    row = measured(pl.read_csv(asked.data).rename(NAMES) if asked.data else made_up)
    print("| " + " | ".join(row) + " |", "|" + "---|" * len(row), sep="\n")
    print("| " + " | ".join(f"{value:.4g}" for value in row.values()) + " |")


if __name__ == "__main__":
    main()
