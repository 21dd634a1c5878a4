"""Averages of iterates: the mean of the walk within, its exact law, and where it looks."""

import numpy as np
import pytest

from optviz import gradients, optimizers
from optviz.objectives import Quadratic
from optviz.theory import expectation
from optviz.walks import engine

HILL = Quadratic(np.array([[0.5, 0.1], [0.1, 4.0]]), np.array([1.0, -0.5]))
BASES = ["gd", "momentum(beta=0.9)", "adam", "lookahead(base=gd)", "nesterov", "rmsprop"]
BASES += ["polyak", "lookahead(base=polyak)", "armijo", "cg"]  # which look at f, or its curvature


def within(base: str) -> str:
    """The text of the rule within, as an optimizer of its own."""
    name, _, settings = base.partition("(")
    return f"{name}:{settings[:-1]}{',' if settings else ''}eta=0.1"


@pytest.mark.parametrize("base", BASES)
def test_the_path_is_the_mean_of_the_points_of_the_rule_within(base: str) -> None:
    inner = engine.run(HILL, optimizers.read(within(base)), [-5.0, -2.0], 40)
    outer = engine.run(HILL, optimizers.read(f"averaging:base={base},eta=0.1"), [-5.0, -2.0], 40)
    means = np.cumsum(inner.x[1:, 0], axis=0) / np.arange(1, 41)[:, None]
    assert outer.x[1:, 0] == pytest.approx(means, rel=1e-12, abs=1e-13)


def test_the_mean_may_begin_later() -> None:
    inner = engine.run(HILL, optimizers.read("gd:eta=0.1"), [-5.0, -2.0], 40)
    outer = engine.run(HILL, optimizers.read("averaging:eta=0.1,t0=30"), [-5.0, -2.0], 40)
    assert outer.x[:31, 0] == pytest.approx(inner.x[:31, 0], rel=1e-12)
    assert outer.x[40, 0] == pytest.approx(inner.x[31:, 0].mean(axis=0), rel=1e-12)


@pytest.mark.parametrize("source", ["noise(1)", "sparse(1,0.3)"])
def test_noise_enters_where_the_rule_within_stands(source: str) -> None:
    oracle = gradients.oracle(gradients.read(source), seeds=3)
    start = np.tile([-5.0, -2.0], (3, 1))
    inner = engine.run(HILL, optimizers.read("gd:eta=0.1"), start, 50, oracle)
    outer = engine.run(HILL, optimizers.read("averaging:eta=0.1"), start, 50, oracle)
    assert outer.grad == pytest.approx(inner.grad, rel=1e-12, abs=1e-12)
    assert outer.x[-1] == pytest.approx(inner.x[1:].mean(axis=0), rel=1e-12)


def test_a_gradient_moves_the_mean_by_its_share() -> None:
    run = engine.run(HILL, optimizers.read("averaging:eta=0.2"), [-5.0, -2.0], 30)
    assert run.rate[:, 0, 0] == pytest.approx(0.2 / np.arange(1, 31))


def test_the_variance_of_the_mean_in_closed_form() -> None:
    slope = Quadratic(np.array([[2.0]]), np.zeros(1))
    oracle = gradients.oracle(gradients.read("noise(0.5)"))
    law = expectation.covariances(slope, optimizers.read("averaging:eta=0.1"), oracle, 60)
    # the noise of step j, 0.1·ξ, is in θⱼ … θₜ with 0.8⁰ … 0.8ᵗ⁻ʲ, and in their mean over t
    for t in (1, 2, 17, 60):
        parts = (1 - 0.8 ** (t - np.arange(1, t + 1) + 1.0)) / (1 - 0.8)
        assert law[t, 0, 0] == pytest.approx((0.1 * 0.5 / t) ** 2 * (parts**2).sum(), rel=1e-12)


def test_the_law_of_lookahead_over_gradient_descent_is_that_of_many_samples() -> None:
    oracle = gradients.oracle(gradients.read("noise(1)"), seeds=4000)
    rule = optimizers.read("lookahead:base=gd,eta=0.1,k=3")
    law = expectation.covariances(HILL, rule, oracle, 20)
    samples = engine.run(HILL, rule, np.tile([-5.0, -2.0], (4000, 1)), 20, oracle)
    assert np.cov(samples.x[20].T) == pytest.approx(law[20], rel=0.1, abs=2e-3)
