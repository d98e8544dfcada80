"""The turnout model once more, in NumPyro: exact where bilik's own approximates. Runs in its own environment.

Called by turnout_forecast.py with a problem (npz) and a place for the answer (npz). Every
effect is non-centred, the turnout of several areas together is not linearised, the
variances are sampled. See docs/methods/turnout-forecast.md for the notation.
"""

import argparse
import time

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import expit, logit
from numpyro.infer import MCMC, NUTS

jax.config.update("jax_enable_x64", True)


def model(p: dict) -> None:
    """Describe one city; ``p`` holds arrays as written by ``turnout_forecast.problem``."""
    areas, elections = p["weights"].shape[1], len(p["kind_of"])
    total = {
        name: jnp.exp(p[f"{name}_log_sd"] * numpyro.sample(f"z_{name}", dist.Normal())) * p[f"{name}_median"]
        for name in ("pemilu", "pilkada", "district", "area")
    }
    drift_part = numpyro.sample("drift_part", dist.Uniform())
    lasting = numpyro.sample("lasting", dist.Uniform())
    split = numpyro.sample("split", dist.Dirichlet(jnp.ones(3)))
    level = p["level_mean"] + p["level_sd"] * normal("level", ())
    kind = p["kind_sd"] * normal("kind", (3,))
    shock_sd = jnp.where(p["pemilu_of"], total["pemilu"], total["pilkada"])
    shock = shock_sd * jnp.sqrt(1 - drift_part) * normal("shock", (p["days"],))[p["day_of"]]
    drift = shock_sd * jnp.sqrt(drift_part) * (p["drift_root"] @ normal("drift", (elections,)))
    district = total["district"] * jnp.sqrt(lasting) * normal("district", (p["parents"],))
    district_kind = total["district"] * jnp.sqrt(1 - lasting) * normal("district_kind", (3, p["parents"]))
    area = total["area"] * jnp.sqrt(split[0]) * normal("area", (areas,))
    area_kind = total["area"] * jnp.sqrt(split[1]) * normal("area_kind", (3, areas))
    residual = total["area"] * jnp.sqrt(split[2]) * normal("residual", (elections, areas))
    k = p["kind_of"]
    eta = (
        (level + kind[k] + shock + drift)[:, None]
        + district[p["parent_index"]]
        + area
        + district_kind[k][:, p["parent_index"]]
        + area_kind[k]
        + residual
    )
    numpyro.deterministic("coming", eta[-1])
    together = logit((p["weights"] * expit(eta[p["election"]])).sum(axis=1))
    offset = p["selection_sd"] * normal("selection", (elections,))
    mean = together + jnp.where(p["selected"], offset[p["election"]], 0.0)
    numpyro.sample("seen", dist.Normal(mean, p["noise_sd"]), obs=p["value"])


def normal(name: str, shape: tuple[int, ...]) -> jax.Array:
    return numpyro.sample(name, dist.Normal(0.0, 1.0).expand(shape).to_event(len(shape)))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("problem")
    options.add_argument("answer")
    options.add_argument("--warmup", type=int, default=1000)
    options.add_argument("--draws", type=int, default=2500)
    options.add_argument("--chains", type=int, default=2)
    asked = options.parse_args()
    with np.load(asked.problem) as file:
        problem = {name: file[name] if file[name].ndim else file[name].item() for name in file.files}
    sampler = MCMC(
        NUTS(model),
        num_warmup=asked.warmup,
        num_samples=asked.draws,
        num_chains=asked.chains,
        chain_method="sequential",
        progress_bar=False,
    )
    start, cpu = time.perf_counter(), time.process_time()
    sampler.run(jax.random.PRNGKey(0), problem)
    coming = np.asarray(sampler.get_samples(group_by_chain=True)["coming"])
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    diverging = np.asarray(sampler.get_extra_fields()["diverging"]).sum()
    region = np.asarray(expit(coming)) @ problem["electorate"] / problem["electorate"].sum()
    effective = numpyro.diagnostics.effective_sample_size(region)
    rhat = numpyro.diagnostics.split_gelman_rubin(region)
    np.savez(
        asked.answer,
        coming=coming.reshape(-1, coming.shape[-1]).T,
        seconds=took,
        cpu=cpu,
        diverging=diverging,
        effective=effective,
        rhat=rhat,
    )


if __name__ == "__main__":
    main()
