"""Lines on a map where the regime of a linear rule changes, and factors of single eigenvalues."""

import numpy as np
import pytest

from optviz import optimizers
from optviz.figures._map_regimes import lines
from optviz.objectives import Quadratic
from optviz.scene import Border, Guide
from optviz.spec.figure import read
from optviz.studies import grid
from optviz.studies.sweep import Sweep, sweep

VALLEY = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))


def swept(opt: str, *axes: str, q: Quadratic = VALLEY) -> Sweep:
    several = tuple(grid.read(axis) for axis in axes)
    return sweep(q, optimizers.read(opt), np.array([-5.0, -2.0]), several, steps=2)


def named(borders: list[Border]) -> dict[str, Border]:
    return {border.label: border for border in borders}


@pytest.mark.parametrize("scale", ["lin(0.01,0.9,40)", "log(0.01,0.9,40)"])
def test_the_lazy_and_the_robust_region_of_the_heavy_ball(scale: str) -> None:
    found = named(lines(swept("momentum", f"eta={scale}", "beta=lin(0,0.95,40)")))
    assert list(found) == ["lazy | robust", "robust | alternating", "lazy | alternating"]
    eta, beta = found["lazy | robust"].points.T
    assert (1 - np.sqrt(0.2 * eta)) ** 2 == pytest.approx(beta, abs=2e-3)
    for beyond in ("robust | alternating", "lazy | alternating"):
        eta, beta = found[beyond].points.T
        assert 4 * eta == pytest.approx((1 + np.sqrt(beta)) ** 2, rel=5e-3)
        robust = (1 - np.sqrt(0.2 * eta)) ** 2 < beta + 5e-3
        assert robust.all() if beyond.startswith("robust") else not robust[1:-1].all()


def test_a_single_eigenvalue_has_a_lazy_region_too() -> None:
    one = Quadratic(np.eye(1), np.zeros(1))
    axes = tuple(grid.read(axis) for axis in ("eta=lin(0.02,3.9,40)", "beta=lin(0,0.95,40)"))
    found = named(lines(sweep(one, optimizers.read("momentum"), np.array([1.0]), axes, steps=2)))
    assert list(found) == ["lazy | robust", "robust | alternating"]
    eta, beta = found["lazy | robust"].points.T
    assert (1 - np.sqrt(eta)) ** 2 == pytest.approx(beta, abs=5e-3)


def test_the_lines_stand_the_other_way_where_the_axes_do() -> None:
    found = named(lines(swept("momentum", "beta=lin(0,0.95,40)", "eta=lin(0.01,0.9,40)")))
    beta, eta = found["lazy | robust"].points.T
    assert (1 - np.sqrt(0.2 * eta)) ** 2 == pytest.approx(beta, abs=2e-3)


def test_nesterov_has_a_lazy_region_up_to_its_own_momentum() -> None:
    found = named(lines(swept("nesterov", "eta=lin(0.02,0.5,40)", "beta=lin(0,0.95,40)")))
    eta, beta = found["lazy | robust"].points.T
    root = np.sqrt(0.2 * eta)
    assert beta == pytest.approx((1 - root) / (1 + root), abs=2e-3)


def test_where_theory_has_no_regimes_there_are_no_lines() -> None:
    assert lines(swept("adam", "eta=lin(0.1,0.5,5)", "beta1=lin(0,0.9,5)")) == []
    assert lines(swept("momentum", "eta=lin(0.1,0.5,5)", "angle=lin(0,90,5)")) == []
    assert lines(swept("momentum", "eta=lin(0.1,0.5,5)", "beta=[0.1,0.5]")) == []
    saddle = Quadratic(np.diag([-1.0, 4.0]), np.zeros(2))
    axes = "eta=lin(0.1,0.5,5)", "beta=lin(0,0.9,5)"
    grids = tuple(grid.read(axis) for axis in axes)
    momentum = optimizers.read("momentum")
    one = sweep(saddle, momentum, np.array([-5.0, -2.0]), grids, of="status", steps=2)
    assert lines(one) == []


def test_under_a_curve_of_rates_each_eigenvalue_has_its_factor() -> None:
    figure, _ = read(
        {"figure": "sweep", "opt": ["gd"], "of": "rate", "over": ["eta=lin(0.1,0.4,7)"]}
    )
    assert figure
    (panel,) = figure.draw().scene.panels
    flat, steep, worst = (mark for mark in panel.marks if isinstance(mark, Guide))
    eta = np.linspace(0.1, 0.4, 7)
    assert (flat.label, steep.label) == ("λ = 0.2", "λ = 4")
    assert flat.points[:, 1] == pytest.approx(1 - 0.2 * eta)
    assert steep.points[:, 1] == pytest.approx(abs(1 - 4 * eta), abs=1e-12)
    assert worst.points[:, 1] == pytest.approx(np.maximum(1 - 0.2 * eta, abs(1 - 4 * eta)))


@pytest.mark.parametrize(
    ("opt", "other", "q"),
    [("gd", "decay=lin(0,0.5,9)", VALLEY), ("momentum", "decay=lin(0,0.5,9)", VALLEY)],
)
def test_a_setting_that_leaves_no_recurrence_leaves_no_lines(
    opt: str, other: str, q: Quadratic
) -> None:
    assert lines(swept(opt, "eta=lin(0.01,0.9,9)", other, q=q)) == []


def test_the_factors_of_eigenvalues_are_in_view() -> None:
    figure, _ = read({"figure": "sweep", "opt": ["gd"], "over": ["eta=lin(0.01,0.6,60)"],
                      "of": "rate"})  # fmt: skip
    assert figure is not None
    (panel,) = figure.draw().scene.panels
    assert panel.ylim[0] < 0.02  # |1 - 4 eta| is 0 at a quarter
