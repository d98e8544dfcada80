"""Forecast of one city beside the same model in NumPyro: how much faster, and is it the same answer.

    python benchmarks/turnout_forecast.py --cities 20

The pilot city and made-up ones. NumPyro lives in an environment of its own, which is made
on the first run from requirements-numpyro.in. Speed: 4,000 joint draws here against the
whole NUTS run there, both on one thread where they let themselves. Sameness: medians in units of their Monte
Carlo error, widths of the 80% and 95% intervals as ratios, from more draws than the timed run.
"""

import argparse
import os
import subprocess
import tempfile
import time
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

import numpy as np
from scipy.special import expit, logit

from bilik.elections.files import shipped_figures
from bilik.turnout.covariance import DAYS_A_YEAR
from bilik.turnout.forecast import Evidence, evidence
from bilik.turnout.learning import draw_logits, learn
from bilik.turnout.priors import PRIORS
from bilik.turnout.simulation import COMING, REGION, simulated_city

HERE = Path(__file__).parent
ENVIRONMENT = Path(tempfile.gettempdir()) / "bilik-bench-numpyro"
TIMED_DRAWS, COMPARED_DRAWS, REPEATS = 4_000, 40_000, 5


def cities(count: int) -> list[tuple[str, Evidence]]:
    pilot = evidence(shipped_figures(), region="64.71", election="pilwali-2031")
    made_up = [simulated_city(np.random.default_rng(seed)) for seed in range(count)]
    return [
        ("Balikpapan", pilot),
        *(
            (f"made-up {place + 1}", evidence(city.figures, region=REGION, election=COMING))
            for place, city in enumerate(made_up)
        ),
    ]


def fitted(known: Evidence, draws: int) -> np.ndarray:
    """Learn and draw the logits of the coming election, shape (areas, draws)."""
    learnt = learn(known.observed, parent_index=known.areas.parent_index, priors=PRIORS)
    return draw_logits(learnt, known.cells, rng=np.random.default_rng(0), draws=draws)


def timed(known: Evidence) -> float:
    """Return the median CPU seconds of learning and drawing 4,000 joint draws."""
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        fitted(known, TIMED_DRAWS)
        taken.append(time.process_time() - start)
    return float(np.median(taken))


def problem(known: Evidence) -> dict[str, object]:
    """Write the observations down for the other tool: one entry an election, the coming one last."""
    cells, new = known.observed.cells, known.cells
    codes, first = np.unique(cells.election, return_index=True)
    kind = np.append(cells.kind[first], new.kind[0])
    day = np.append(cells.day[first], new.day[0])
    pemilu = np.append(cells.pemilu[first], new.pemilu[0])
    days, day_of = np.unique(day, return_inverse=True)
    years = np.abs(np.subtract.outer(day, day)) / DAYS_A_YEAR
    same = np.equal.outer(pemilu, pemilu)
    drift = np.where(same, np.exp(-years / PRIORS.memory_years), 0.0)
    return {
        "weights": cells.weights,
        "value": logit(known.observed.share),
        "noise_sd": np.sqrt(known.observed.noise_variance),
        "election": np.searchsorted(codes, cells.election),
        "selected": cells.selected,
        "kind_of": kind,
        "day_of": day_of,
        "days": len(days),
        "pemilu_of": pemilu,
        "drift_root": np.linalg.cholesky(drift + 1e-10 * np.eye(len(drift))),
        "parent_index": known.areas.parent_index,
        "parents": int(known.areas.parent_index.max()) + 1,
        "electorate": known.areas.electorate,
        "level_mean": PRIORS.level_mean,
        "level_sd": PRIORS.level_sd,
        "kind_sd": PRIORS.kind_sd,
        "selection_sd": PRIORS.selection_sd,
        "pemilu_median": PRIORS.shock_pemilu,
        "pilkada_median": PRIORS.shock_pilkada,
        "pemilu_log_sd": PRIORS.shock_log_sd,
        "pilkada_log_sd": PRIORS.shock_log_sd,
        "district_median": PRIORS.district_median,
        "district_log_sd": PRIORS.district_log_sd,
        "area_median": PRIORS.area_median,
        "area_log_sd": PRIORS.area_log_sd,
    }


def numpyro_answer(known: Evidence, options: list[str]) -> dict[str, np.ndarray]:
    """Ask the other tool, in a process of its own on one thread."""
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = Path(folder) / "problem.npz", Path(folder) / "answer.npz"
        np.savez(asked, **problem(known))
        command = [ENVIRONMENT / "bin" / "python", HERE / "turnout_numpyro.py", asked, answer, *options]
        one_thread = {"XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"}
        subprocess.run(command, check=True, env=os.environ | one_thread)  # noqa: S603 -- our own script
        with np.load(answer) as file:
            return {name: file[name] for name in file.files}


def environment() -> None:
    """Make the other tool's environment where it is missing."""
    if not (ENVIRONMENT / "bin" / "python").exists():
        venv.create(ENVIRONMENT, with_pip=True)
        wanted = HERE / "requirements-numpyro.in"
        subprocess.run([ENVIRONMENT / "bin" / "pip", "install", "--quiet", "--requirement", wanted], check=True)  # noqa: S603


def region_shares(logits: np.ndarray, electorate: np.ndarray) -> np.ndarray:
    return electorate @ expit(logits) / electorate.sum()


def median_error(shares: np.ndarray, effective: float) -> float:
    """Return the Monte Carlo standard error of a median: 1 / (2 f √n), the density f from the central tenth."""
    low, high = np.quantile(shares, [0.45, 0.55])
    return float((high - low) / 0.1 / (2 * np.sqrt(effective)))


def width(shares: np.ndarray, level: float) -> float:
    low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2])
    return float(high - low)


def compared(name: str, known: Evidence, seconds: float, there: dict[str, np.ndarray]) -> dict[str, object]:
    """Set both answers for one city side by side; areas' figures are the mean over its areas."""
    here, electorate = fitted(known, COMPARED_DRAWS), known.areas.electorate
    ours, theirs = region_shares(here, electorate), region_shares(there["coming"], electorate)
    effective = float(there["effective"])
    error = np.hypot(median_error(ours, len(ours)), median_error(theirs, effective))
    areas = list(zip(expit(here), expit(there["coming"]), strict=True))
    return {
        "city": name,
        "bilik CPU s": seconds,
        "NUTS CPU s": float(there["cpu"]),
        "times": float(there["cpu"]) / seconds,
        "NUTS ESS": effective,
        "diverging": int(there["diverging"]),
        "median": float(np.median(ours)),
        "points": 100 * (np.median(ours) - np.median(theirs)),
        "in MC errors": (np.median(ours) - np.median(theirs)) / error,
        "80% width": width(ours, 0.80) / width(theirs, 0.80),
        "95% width": width(ours, 0.95) / width(theirs, 0.95),
        "areas' 80% width": float(np.mean([width(a, 0.80) / width(b, 0.80) for a, b in areas])),
    }


def written(row: dict[str, object]) -> str:
    cells = [f"{value:.3g}" if isinstance(value, float) else str(value) for value in row.values()]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--cities", type=int, default=20, help="made-up cities besides the pilot city")
    options.add_argument("--warmup", type=int, default=600)
    options.add_argument("--draws", type=int, default=2500, help="of each chain")
    options.add_argument("--chains", type=int, default=2)
    options.add_argument("--jobs", type=int, default=2, help="runs of the other tool at a time")
    options.add_argument("--ours-only", action="store_true", help="time bilik alone")
    asked = options.parse_args()
    problems = cities(asked.cities)
    seconds = [timed(known) for _, known in problems]
    if asked.ours_only:
        print(*(f"| {name} | {taken:.3f} |" for (name, _), taken in zip(problems, seconds, strict=True)), sep="\n")
        return
    environment()
    chains = ["--warmup", str(asked.warmup), "--draws", str(asked.draws), "--chains", str(asked.chains)]
    rows = []
    with ThreadPoolExecutor(asked.jobs) as pool:
        answers = pool.map(lambda city: numpyro_answer(city[1], chains), problems)
        for (name, known), taken, there in zip(problems, seconds, answers, strict=True):
            row = compared(name, known, taken, there)
            if not rows:
                print("| " + " | ".join(row) + " |", "|" + "---|" * len(row), sep="\n")
            rows.append(row)
            print(written(row), flush=True)
    times = [float(row["times"]) for row in rows]  # type: ignore[arg-type]
    print(f"\nSmallest gain {min(times):.0f} times, median {np.median(times):.0f} times.")


if __name__ == "__main__":
    main()
