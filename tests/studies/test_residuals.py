"""Residual polynomials against their closed forms, and which methods have one."""

import numpy as np
import pytest

from optviz import optimizers
from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.objectives import Quadratic
from optviz.studies.residuals import Residuals, residuals
from optviz.walks import engine
from optviz.walks.engine import Walk

VALUES = np.array([0.05, 0.3, 1.0, 4.0])


def of(
    text: str, steps: int, values: Array = VALUES, start: Array | None = None,
    points: Array | None = None,
) -> Residuals:  # fmt: skip
    q = Quadratic(np.diag(values), np.zeros(len(values)))
    at = np.ones(len(values)) if start is None else start
    return residuals(Walk(q, optimizers.read(text), at[None], steps), points)


def chebyshev(t: int, s: Array) -> Array:
    """Tₜ, by the cosine within [−1, 1] and the hyperbolic one beyond."""
    within = np.cos(t * np.arccos(np.clip(s, -1, 1)))
    return np.where(abs(s) <= 1, within, np.cosh(t * np.arccosh(np.maximum(s, 1))))


def test_that_of_gradient_descent_is_a_power() -> None:
    found = of("gd:eta=0.3", 12)
    expected = (1 - 0.3 * found.points) ** np.arange(13)[:, None]
    assert found.values == pytest.approx(expected, rel=0, abs=1e-12)
    assert found.planned


def test_that_of_a_schedule_is_a_product() -> None:
    found = of("gd:eta=exponential(0.3,0.9)", 5)
    rates = 0.3 * 0.9 ** np.arange(5)
    expected = np.prod(1 - rates[:, None] * found.points, axis=0)
    assert found.values[5] == pytest.approx(expected, rel=1e-13)


def test_that_of_chebyshev_is_chebyshevs() -> None:
    found = of("chebyshev", 30)
    d, c = (4 + 0.05) / 2, (4 - 0.05) / 2
    for t in range(31):
        expected = chebyshev(t, (d - found.points) / c) / chebyshev(t, np.array(d / c))
        assert found.values[t] == pytest.approx(expected, rel=0, abs=1e-12)


@pytest.mark.parametrize("kappa", [4.0, 100.0, 1e4])
def test_that_of_the_best_heavy_ball_at_both_ends(kappa: float) -> None:
    r = (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
    eta = (2 / (np.sqrt(kappa) + 1)) ** 2
    values = np.array([1.0, kappa])
    found = of(f"momentum:eta={float(eta)!r},beta={float(r * r)!r}", 40, values)
    t = np.arange(41)
    assert abs(found.at_eigenvalues[:, 1]) == pytest.approx(r**t * (1 + t * (1 + r)), rel=1e-6)
    assert abs(found.at_eigenvalues[:, 0]) == pytest.approx(r**t * (1 + t * (1 - r)), rel=1e-6)


def test_that_of_nesterov_follows_its_recurrence() -> None:
    found = of("nesterov:eta=0.2,beta=0.7", 8)
    lam = found.points
    # PyTorch's Nesterov from rest: v = βv + g, x − η(g + βv)
    x, v = np.ones_like(lam), np.zeros_like(lam)
    for t in range(1, 9):
        g = lam * x
        v = 0.7 * v + g
        x = x - 0.2 * (g + 0.7 * v)
        assert found.values[t] == pytest.approx(x, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("kappa", [2.0, 30.0, 1000.0])
@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_that_of_conjugate_gradients_has_its_zeros_at_the_eigenvalues(n: int, kappa: float) -> None:
    values = np.geomspace(1.0, kappa, n)
    start = 2 + np.random.default_rng(n).normal(size=n)
    around = np.concatenate([values * (1 - 1e-8), values * (1 + 1e-8)])
    found = of("cg", n, values, start, np.sort(around))
    below, above = found.values[n, ::2], found.values[n, 1::2]
    assert (below * above < 0).all()
    assert not found.planned


@pytest.mark.parametrize("text", ["cg", "steepest", "barzilai", "polyak", "armijo", "bfgs"])
def test_a_run_is_its_polynomial_at_the_eigenvalues(text: str) -> None:
    start = np.array([3.0, -1.0, 2.0, 1.0])
    found = of(text, 4, VALUES, start)
    run = engine.run(found.objective, optimizers.read(text), start, 4)
    assert found.at_eigenvalues * start == pytest.approx(run.x[:, 0], rel=1e-7, abs=1e-9)


@pytest.mark.parametrize(
    "text", ["adagrad", "adam", "newton", "sign", "gd:clip_value=1", "lookahead"]
)
def test_a_rule_that_is_no_combination_of_gradients_has_none(text: str) -> None:
    with pytest.raises(Unfit, match="has no residual polynomial"):
        of(text, 3)


def test_the_worst_value_is_on_the_interval_of_a_plan_and_at_an_eigenvalue_of_a_run() -> None:
    at, value = of("chebyshev", 3).worst(3)
    assert abs(value) == pytest.approx(1 / chebyshev(3, np.array(4.05 / 3.95)))
    assert 0.05 <= at <= 4
    at, value = of("cg", 2, start=np.array([3.0, -1.0, 2.0, 1.0])).worst(2)
    assert at in VALUES
