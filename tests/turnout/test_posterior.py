import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit, ndtr, ndtri
from scipy.stats import multivariate_normal
from small_city import untimed

from bilik.turnout import posterior
from bilik.turnout.covariance import DAYS_A_YEAR, known_part, structure
from bilik.turnout.learning import draw_logits, learn
from bilik.turnout.observations import Cells, Observations
from bilik.turnout.posterior import LinearModel, forward, log_posterior, mode, sample_variances
from bilik.turnout.priors import EFFECTS, PRIORS
from bilik.turnout.quasi_random import halton
from bilik.turnout.spreads import DIMENSIONS, variance_slopes, variances
from bilik.turnout.tangent import Tangent, first_tangent

points = arrays(float, DIMENSIONS, elements=st.floats(-4, 4))
PARENTS = np.array([0, 0, 1])


def cells(weights, *, kind, day, election, pemilu, selected=None):
    rows = len(weights)
    return Cells(
        weights=np.array(weights, dtype=float),
        kind=np.array(kind),
        day=np.rint(np.array(day) * DAYS_A_YEAR).astype(int),
        election=np.array(election),
        pemilu=np.array(pemilu),
        selected=np.zeros(rows, dtype=bool) if selected is None else np.array(selected),
    )


def observed(share, variance, seen):
    count = int(seen.election.max()) + 1
    return Observations(
        cells=seen,
        share=np.array(share),
        noise_variance=np.array(variance),
        elections=tuple(str(place) for place in range(count)),
        set_apart=(),
    )


TOTALS = cells(
    [[0.5, 0.3, 0.2]] * 4, kind=[2, 0, 2, 0], day=[0, 4, 5, 9], election=[0, 1, 2, 3], pemilu=[False, True, False, True]
)
SEEN = observed([0.60, 0.70, 0.62, 0.78], [1e-4] * 4, TOTALS)


def small_model():
    return first_tangent(SEEN).model(parent_index=PARENTS, priors=PRIORS)


def test_halton_points_by_hand():
    assert halton(3, 2) == pytest.approx(np.array([[1 / 2, 1 / 3], [1 / 4, 2 / 3], [3 / 4, 1 / 9]]))


def test_the_priors_medians_by_hand():
    spread = dict(zip(EFFECTS, variances(np.zeros((1, DIMENSIONS)), PRIORS)[0], strict=True))

    assert spread["shock_pemilu"] == pytest.approx(0.32**2 / 2)
    assert spread["drift_pilkada"] == pytest.approx(0.18**2 / 2)
    assert spread["district"] == spread["district_by_kind"] == pytest.approx(0.22**2 / 2)
    # the first of three parts of a uniformly split whole has the median 1 - √½
    assert spread["area"] == pytest.approx(0.36**2 * (1 - np.sqrt(0.5)))
    assert spread["area_by_kind"] == spread["residual"] == pytest.approx(0.36**2 * np.sqrt(0.5) / 2)


@untimed
@given(points)
def test_splits_share_out_a_whole(point):
    spread = variances(point[None], PRIORS)[0]

    assert spread.min() >= 0
    assert spread[5] + spread[7:].sum() == pytest.approx((0.36 * np.exp(0.48 * point[5])) ** 2)
    assert spread[0] + spread[2] == pytest.approx((0.32 * np.exp(0.5 * point[0])) ** 2)


def test_the_three_parts_are_uniformly_split(rng):
    spread = variances(rng.standard_normal((100_000, DIMENSIONS)), PRIORS)
    parts = spread[:, [5, 7, 8]] / spread[:, [5, 7, 8]].sum(axis=1, keepdims=True)

    assert parts.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.005)
    assert parts.var(axis=0) == pytest.approx([1 / 18] * 3, abs=0.002)  # Dirichlet(1, 1, 1)


def test_covariance_of_a_total_and_an_area_by_hand():
    # the city in its first mayoral election, and its third area in the second, five years later
    city = cells([[0.5, 0.3, 0.2]], kind=[2], day=[0], election=[0], pemilu=[False])
    area = cells([[0, 0, 1.0]], kind=[2], day=[5], election=[1], pemilu=[False])

    shared = dict(zip(EFFECTS, structure(city, area, PARENTS, PRIORS)[:, 0, 0], strict=True))

    assert shared == pytest.approx({
        "shock_pemilu": 0, "shock_pilkada": 0, "drift_pemilu": 0, "drift_pilkada": np.exp(-5 / 10),
        "district": 0.2, "area": 0.2, "district_by_kind": 0.2, "area_by_kind": 0.2, "residual": 0,
    }, abs=1e-4)  # fmt: skip
    assert known_part(city, area, PRIORS)[0, 0] == pytest.approx(0.75**2 + 0.5**2)


def test_rows_published_in_part_share_a_free_level():
    part = cells(np.eye(3)[:2], kind=[0, 0], day=[1, 1], election=[3, 3], pemilu=[True, True], selected=[True, True])

    assert known_part(part, part, PRIORS)[0, 1] == pytest.approx(0.75**2 + 0.5**2 + 0.5**2)


def test_a_lone_area_differs_from_no_other():
    whole = cells([[1.0]], kind=[2], day=[0], election=[0], pemilu=[False])

    assert structure(whole, whole, np.array([0]), PRIORS)[4:, 0, 0].tolist() == [0] * 5


@untimed
@given(points)
def test_log_posterior_is_the_textbook_density(point):
    model = small_model()
    squares = variances(point[None], PRIORS)

    density = multivariate_normal(model.mean, model.covariance(squares)[0])

    textbook = density.logpdf(model.value + squares[0] @ model.bend) - 0.5 * point @ point + 2 * np.log(2 * np.pi)
    assert log_posterior(model, point[None])[0] == pytest.approx(textbook, abs=1e-6)


def test_forward_solves_lower_triangles(rng):
    factor = np.tril(rng.standard_normal((5, 6, 6))) + 4 * np.eye(6)
    right = rng.standard_normal((5, 6, 3))

    assert factor @ forward(factor, right) == pytest.approx(right)


@untimed
@given(points)
def test_slopes_of_the_variances_are_their_differences(point):
    step = 1e-4 * np.eye(DIMENSIONS)
    plain = np.array([(variances(point + move, PRIORS) - variances(point - move, PRIORS)) / 2e-4 for move in step])

    assert variance_slopes(point, PRIORS) == pytest.approx(plain, abs=1e-5)


def test_nothing_near_the_mode_is_more_probable(rng):
    model = small_model()
    top = mode(model, np.zeros(DIMENSIONS))

    around = top + 0.05 * rng.standard_normal((200, DIMENSIONS))

    assert log_posterior(model, around).max() < log_posterior(model, top[None])[0] + 1e-6


def test_the_sample_has_the_posteriors_mean_by_brute_force(rng):
    model = small_model()
    sample = sample_variances(model, mode(model, np.zeros(DIMENSIONS)))
    prior = rng.standard_normal((60_000, DIMENSIONS))
    weights = np.exp(log_posterior(model, prior) + 0.5 * (prior**2).sum(axis=1))

    plain = weights @ np.sqrt(variances(prior, PRIORS)) / weights.sum()

    assert sample.weights @ np.sqrt(sample.variances) == pytest.approx(plain, rel=0.03)
    assert sample.effective_size > 400


def test_one_area_forecast_agrees_with_a_dense_grid(rng):
    seen = cells([[1.0]] * 3, kind=[2, 2, 2], day=[0, 5, 9], election=[0, 1, 2], pemilu=[False] * 3)
    logits, noise = np.array([0.3, 0.45, 0.40]), 1e-3
    new = cells([[1.0]], kind=[2], day=[14], election=[-1], pemilu=[False])
    learnt = learn(observed(expit(logits), [noise] * 3, seen), parent_index=np.array([0]), priors=PRIORS)
    drawn = draw_logits(learnt, new, rng=rng, draws=40_000)[0]

    # the shock's size and its lasting part on a grid of prior quantiles, Gaussian conditionals from the textbook
    quantiles = (np.arange(60) + 0.5) / 60
    gaps = np.abs(np.subtract.outer([0, 5, 9, 14], [0, 5, 9, 14]))
    mass, mean, spread = [], [], []
    for size in 0.18 * np.exp(0.5 * ndtri(quantiles)):
        for lasting in quantiles:
            full = 0.75**2 + 0.5**2 + size**2 * ((1 - lasting) * (gaps == 0) + lasting * np.exp(-gaps / 10))
            known = full[:3, :3] + noise * np.eye(3)
            weight = np.linalg.solve(known, full[:3, 3])
            mass.append(multivariate_normal(np.full(3, 1.0), known).pdf(logits))
            mean.append(1.0 + weight @ (logits - 1.0))
            spread.append(np.sqrt(full[3, 3] - weight @ full[:3, 3]))
    mass = np.array(mass) / sum(mass)
    for level in (0.025, 0.1, 0.5, 0.9, 0.975):
        below = mass @ ndtr((np.quantile(drawn, level) - np.array(mean)) / np.array(spread))
        assert below == pytest.approx(level, abs=0.012)


def test_the_linear_total_is_right_on_average_over_areas_that_differ(rng):
    """Four areas that differ much: the mean of the exact logit of their total against the linear one."""
    whole = cells([[0.25] * 4], kind=[0], day=[0], election=[0], pemilu=[True])
    seen = observed([0.75], [1e-6], whole)
    middle, apart = np.array([[0.6, 1.0, 1.2, 1.6]]), 0.5**2 * 3 / 4  # variance from the mean of four
    unknown = np.full((1, 4), apart)
    tangent = Tangent(observed=seen, mixed=np.array([0]), logits=middle, unknown=unknown, spread=np.array([apart]))
    model = tangent.model(parent_index=np.zeros(4, dtype=int), priors=PRIORS)
    squares = np.zeros(len(EFFECTS))
    squares[EFFECTS.index("residual")] = 0.5**2

    differences = 0.5 * rng.standard_normal((400_000, 4))
    logits = middle + differences - differences.mean(axis=1, keepdims=True)
    together = expit(logits).mean(axis=1)
    exact = np.log(together / (1 - together)).mean()
    linear = (tangent.cells.weights @ logits.T).mean() + np.log(3) - (model.value + squares @ model.bend)[0]

    assert linear == pytest.approx(exact, abs=0.002)


def test_areas_that_may_differ_more_make_a_total_mean_more():
    """Above one half, the same total takes higher logits the more the areas differ."""
    moved = first_tangent(SEEN).moved(small_model(), np.full(len(EFFECTS), 0.05), parent_index=PARENTS)
    bend = moved.model(parent_index=PARENTS, priors=PRIORS).bend

    assert (bend[EFFECTS.index("residual")] > 0).all()
    assert bend[EFFECTS.index("shock_pemilu")] == pytest.approx(0, abs=1e-3)


def test_the_linear_model_is_frozen():
    with pytest.raises(AttributeError):
        small_model().value = np.zeros(4)  # type: ignore[misc]
    assert isinstance(small_model(), LinearModel)


def test_a_climb_cut_short_still_answers(monkeypatch):
    monkeypatch.setattr(posterior, "_STEPS", 1)
    monkeypatch.setattr(posterior, "ENOUGH_EFFECTIVE", 2.0)  # never reached
    model = small_model()

    sample = sample_variances(model, mode(model, np.zeros(DIMENSIONS)))

    assert sample.weights.sum() == pytest.approx(1)
    assert len(sample.weights) == posterior.POINTS
