"""Walks whose every position is known by a formula."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.walks import engine
from optviz.walks.trajectory import Trajectory

EPS = np.finfo(float).eps


def walked(
    Q: Array | list[list[float]], optimizer: str, start: list[float] | Array, steps: int
) -> Trajectory:
    hill = Quadratic(np.array(Q), np.zeros(len(Q)))
    return engine.run(hill, optimizers.read(optimizer), np.array(start), steps)


@given(
    st.lists(st.tuples(st.floats(0, 10), st.floats(-100, 100)), min_size=1, max_size=4),
    st.floats(0, 0.5),
)
def test_gradient_descent_multiplies_each_coordinate_by_one_minus_eta_lambda(
    axes: list[tuple[float, float]], eta: float
) -> None:
    curvatures, start = np.array(axes).T
    run = walked(np.diag(curvatures), f"gd:eta={eta}", start, 25)
    for i, (curvature, x0) in enumerate(axes):
        factor = 1 - Fraction(eta) * Fraction(curvature)
        for t in range(26):
            exact = float(factor**t * Fraction(x0))
            # A step makes three roundings, each of ε/2 of what stands at most; they add up.
            room = 3 * t * EPS * max(1.0, abs(float(factor))) ** t * abs(x0) + 1e-307
            assert abs(run.x[t, 0, i] - exact) <= room


def test_gradient_descent_in_eigenvectors_is_diagonal() -> None:
    # eigenvectors (1, 1) of 1 and (1, -1) of 3; at η = 1/4 they shrink to 3/4 and 1/4 a step
    run = walked([[2.0, -1.0], [-1.0, 2.0]], "gd:eta=0.25", [5.0, 1.0], 10)
    along, across = 3 * 0.75**10, 2 * 0.25**10
    assert run.x[-1, 0] == pytest.approx([along + across, along - across], rel=1e-14)


def test_at_one_over_the_curvature_one_step_is_enough() -> None:
    assert np.all(walked(np.diag([4.0]), "gd:eta=0.25", [7.0], 3).x[1:] == 0)


def test_the_heavy_ball_at_its_critical_damping() -> None:
    # λ = 1, β = 1/4, η = (1 − √β)² = 1/4: a double root 1/2, so x_t = (1 + t)·2^-t·x0 with
    # x_1 = x_0 − η x_0 = 3/4: (a + b·1)/2 = 3/4, a = 1, b = 1/2
    run = walked(np.diag([1.0]), "momentum:eta=0.25,beta=0.25", [1.0], 20)
    assert run.x[:, 0, 0] == pytest.approx([(1 + t / 2) / 2**t for t in range(21)], rel=1e-13)


def test_nesterov_at_its_critical_damping() -> None:
    # x_{t+1} = (1+β)(1−ηλ) x_t − β(1−ηλ) x_{t-1}: with β = 1/3, ηλ = 1/4 the root 1/2 is double
    run = walked(np.diag([1.0]), f"nesterov:eta=0.25,beta={1 / 3}", [1.0], 20)
    x1 = 1 - 0.25 * (1 + 1 / 3)
    b = 2 * x1 - 1
    assert run.x[:, 0, 0] == pytest.approx([(1 + b * t) / 2**t for t in range(21)], rel=1e-12)


def test_on_a_constant_slope_adagrad_goes_eta_first_and_then_eta_over_root_t() -> None:
    slope = Quadratic(np.zeros((2, 2)), np.array([3.0, -0.5]))
    run = engine.run(slope, optimizers.read("adagrad:eta=0.4,eps=0"), np.zeros(2), 50)
    t = np.arange(1, 51)[:, None]
    assert run.rate[:, 0] == pytest.approx(0.4 / np.sqrt(t) / [3.0, 0.5], rel=1e-14)
    assert np.diff(run.x[:, 0], axis=0) == pytest.approx(-0.4 / np.sqrt(t) * [1, -1], rel=1e-12)


@pytest.mark.parametrize(("rho", "length"), [(0.9, 10**0.5), (0.99, 10.0), (0.0, 1.0)])
def test_rmsprop_has_no_bias_correction_and_so_a_long_first_step(rho: float, length: float) -> None:
    run = walked(np.diag([4.0, 0.1]), f"rmsprop:eta=0.1,rho={rho},eps=0", [1.0, 1.0], 1)
    assert run.x[0] - run.x[1] == pytest.approx(0.1 * length, rel=1e-13)


def test_adam_corrects_both_means_and_so_goes_eta_where_the_slope_is_constant() -> None:
    slope = Quadratic(np.zeros((2, 2)), np.array([3.0, -0.5]))
    run = engine.run(slope, optimizers.read("adam:eta=0.4,eps=0"), np.zeros(2), 50)
    assert run.rate[:, 0] == pytest.approx(np.tile(0.4 / np.array([3.0, 0.5]), (50, 1)), rel=1e-12)
    assert np.diff(run.x[:, 0], axis=0) == pytest.approx(np.tile([-0.4, 0.4], (50, 1)), rel=1e-11)


def test_the_epsilon_of_keras_is_as_large_as_its_correction_makes_it() -> None:
    # first step: η g/(|g| + ε/√(1−β₂)); with g = 1, ε = 0.1, β₂ = 0.99 that is η/(1 + 1)
    run = walked(np.diag([1.0]), "adam@keras:eta=0.4,beta2=0.99,eps=0.1", [1.0], 1)
    assert run.x[1].item() == pytest.approx(1 - 0.4 / 2, rel=1e-14)
    run = walked(np.diag([1.0]), "adam@torch:eta=0.4,beta2=0.99,eps=0.1", [1.0], 1)
    assert run.x[1].item() == pytest.approx(1 - 0.4 / 1.1, rel=1e-14)


def test_a_centered_rmsprop_divides_by_the_spread() -> None:
    # first step: v − m² = (1−ρ)ρ g², so with ρ = 0.8, 0.16 g²: η/0.4
    run = walked(np.diag([1.0]), "rmsprop:eta=0.1,rho=0.8,eps=0,centered=true", [3.0], 1)
    assert run.x[1].item() == pytest.approx(3 - 0.1 / 0.4, rel=1e-14)


def test_dampening_spares_the_first_step() -> None:
    # v₁ = g₁; v₂ = β v₁ + (1−τ) g₂
    run = walked(np.diag([1.0]), "momentum:eta=0.5,beta=0.5,dampening=0.5", [8.0], 2)
    assert run.x[:, 0, 0].tolist() == [8.0, 4.0, 4.0 - 0.5 * (0.5 * 8.0 + 0.5 * 4.0)]


def test_a_rate_inside_the_velocity_is_remembered_and_one_outside_is_not() -> None:
    # λ = 0 and slope 1; η = 1, then 1/2: inside u₂ = ½·1 + ½ = 1, outside ½(½ + 1) = ¾
    slope = Quadratic(np.zeros((1, 1)), np.ones(1))
    ends = {}
    for place in ("inside", "outside"):
        text = f"momentum:eta=exponential(1,0.5),beta=0.5,rate_at={place}"
        ends[place] = engine.run(slope, optimizers.read(text), np.zeros(1), 2).x[-1].item()
    assert ends == {"inside": -1 - 1.0, "outside": -1 - 0.75}


def test_a_spread_that_rounds_below_nothing_is_nothing() -> None:
    # On a constant slope v → g² and m → g, and rounding leaves −5.6e-17 of v − m² at g = 0.7.
    slope = Quadratic(np.zeros((1, 1)), np.array([0.7]))
    run = engine.run(slope, optimizers.read("rmsprop@torch:rho=0.5,centered=true"), [0.0], 200)
    assert run.rate[-1].item() == pytest.approx(0.01 / 1e-8)  # η/ε: there is no spread
