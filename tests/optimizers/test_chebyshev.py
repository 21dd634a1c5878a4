"""Chebyshev's method against Chebyshev's polynomials."""

import numpy as np
import pytest

from optviz import optimizers
from optviz.arrays import Array
from optviz.objectives import Quadratic
from optviz.walks import engine

SPECTRA = [[0.05, 0.3, 1.0, 4.0], [1.0, 1.5], [1e-3, 0.2, 0.9, 1.0], [2.0, 2.0], [7.0]]


def chebyshev(t: int, s: Array) -> Array:
    """Tₜ, by the cosine within [−1, 1] and the hyperbolic one beyond."""
    within = np.cos(t * np.arccos(np.clip(s, -1, 1)))
    beyond = np.sign(s) ** t * np.cosh(t * np.arccosh(np.maximum(abs(s), 1)))
    return np.where(abs(s) <= 1, within, beyond)


@pytest.mark.parametrize("spectrum", SPECTRA, ids=str)
def test_each_eigenvector_is_left_with_the_polynomial_at_its_eigenvalue(
    spectrum: list[float],
) -> None:
    values = np.array(spectrum)
    hill = Quadratic(np.diag(values), np.zeros(len(values)))
    run = engine.run(hill, optimizers.read("chebyshev"), np.ones(len(values)), 40)
    d, c = (values[-1] + values[0]) / 2, (values[-1] - values[0]) / 2
    for t in range(41):
        if c == 0:
            expected = np.full(len(values), float(t == 0))
        else:
            expected = chebyshev(t, (d - values) / c) / chebyshev(t, np.array(d / c))
        assert run.x[t, 0] == pytest.approx(expected, rel=0, abs=1e-12)


def test_ends_that_are_set_are_those_of_the_plan() -> None:
    hill = Quadratic(np.diag([0.5, 2.0]), np.zeros(2))
    run = engine.run(hill, optimizers.read("chebyshev:low=0.1,high=3"), [1.0, 1.0], 9)
    d, c = 1.55, 1.45
    expected = chebyshev(9, (d - np.array([0.5, 2.0])) / c) / chebyshev(9, np.array(d / c))
    assert run.x[9, 0] == pytest.approx(expected, rel=0, abs=1e-13)


def test_a_direction_without_curvature_does_not_count() -> None:
    hill = Quadratic(np.diag([0.0, 1.0, 3.0]), np.zeros(3))
    run = engine.run(hill, optimizers.read("chebyshev"), [5.0, 1.0, 1.0], 30)
    assert run.x[-1, 0, 0] == 5
    assert abs(run.x[-1, 0, 1:]).max() < 1 / chebyshev(30, np.array(2.0)) * 1.01


def test_its_rate_and_momentum_approach_those_of_the_best_heavy_ball() -> None:
    hill = Quadratic(np.diag([1.0, 100.0]), np.zeros(2))
    run = engine.run(hill, optimizers.read("chebyshev"), [1.0, 1.0], 200)
    assert run.rate[-1] == pytest.approx(np.full((1, 2), (2 / 11) ** 2))  # (2/(√L+√μ))²
