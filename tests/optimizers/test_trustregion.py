"""The trust-region method steps as SciPy's does; Armijo's rule tests f itself where it can."""

import json
from pathlib import Path

import numpy as np
import pytest

import optviz
from optviz import objectives

PATHS = json.loads((Path(__file__).parent.parent / "recorded" / "trust.json").read_text())["paths"]


@pytest.mark.parametrize("name", PATHS)
def test_each_step_is_that_of_trust_ncg(name: str) -> None:
    wanted = np.array(PATHS[name]["x"])
    start = tuple(PATHS[name]["start"])
    run = optviz.run(name, "trustregion", start=start, steps=len(wanted) - 1)
    assert run.x[:, 0] == pytest.approx(wanted, rel=1e-10, abs=1e-10)


def test_it_leaves_the_place_to_which_newton_goes_uphill() -> None:
    newton, trust = optviz.run("himmelblau", ["newton", "trustregion"])
    assert newton.f[-1, 0] > 100
    assert trust.f[-1, 0] < 1e-20


def test_it_slides_down_a_saddle() -> None:
    run = optviz.run("saddle", "trustregion", steps=10)
    assert (np.diff(run.f[:, 0]) < 0).all()


def test_a_step_to_where_f_has_no_value_is_not_taken() -> None:
    run = optviz.run("log(x) + 1/x", "trustregion:radius=10", start=3, steps=40)
    assert np.isfinite(run.x).all()
    assert run.x[-1, 0, 0] == pytest.approx(1.0)


def test_backtracking_on_boyds_function_is_the_loop_of_the_book() -> None:
    """Boyd & Vandenberghe, algorithm 9.2, with α = 0.1 and β = 0.7."""

    def f(x: float, y: float) -> float:
        return float(np.exp(x + 3 * y - 0.1) + np.exp(x - 3 * y - 0.1) + np.exp(-x - 0.1))

    def slope(x: float, y: float) -> tuple[float, float]:
        a, b, c = np.exp(x + 3 * y - 0.1), np.exp(x - 3 * y - 0.1), np.exp(-x - 0.1)
        return float(a + b - c), float(3 * a - 3 * b)

    run = optviz.run("boyd", "armijo:c1=0.1,shrink=0.7", steps=15)
    x, y = -1.0, 1.0
    for t in range(15):
        assert run.x[t, 0] == pytest.approx([x, y], rel=1e-12)
        g, h = slope(x, y)
        s = 1.0
        while f(x - s * g, y - s * h) > f(x, y) - 0.1 * s * (g * g + h * h):
            s *= 0.7
        x, y = x - s * g, y - s * h


def test_backtracking_shortens_a_step_out_of_the_domain() -> None:
    run = optviz.run("log(x) + 1/x", "armijo:trial=100", start=3, steps=30)
    assert np.isfinite(run.x).all()
    assert run.f[-1, 0] == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("name", ["boyd", "rosenbrock", "three-hump-camel"])
def test_an_exact_line_search_ends_where_the_slope_is_0(name: str) -> None:
    f = objectives.read(name)
    run = optviz.run(name, "steepest", steps=8)
    across = (f.grad(run.x[1:, 0]) * run.grad[:, 0]).sum(axis=-1)
    size = np.linalg.norm(f.grad(run.x[1:, 0]), axis=-1) * np.linalg.norm(run.grad[:, 0], axis=-1)
    assert np.abs(across / size).max() < 1e-6
