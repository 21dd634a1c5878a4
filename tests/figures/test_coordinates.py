"""Coordinates against the step as data."""

import numpy as np
import pytest

from optviz import figures, spec
from optviz.errors import BadValue
from optviz.scene import Curve, Guide, Panel
from optviz.spec import RunSpec


def panel(*opt: str, about: str = "origin", **words: object) -> Panel:
    walks = spec.walks(RunSpec(opt=opt, **words))  # type: ignore[arg-type]
    runs = [walk.run() for walk in walks]
    (only,) = figures.scene("coordinates", runs, about=about).panels
    return only


def test_each_coordinate_of_each_optimizer_has_its_curve() -> None:
    curves = panel("gd:eta=0.1", "adagrad").of(Curve)
    assert [(c.role, c.dash) for c in curves] == [(0, 0), (0, 1), (1, 0), (1, 1)]  # type: ignore[attr-defined]
    # x1 of gradient descent on 0.1 x1² shrinks by 1 − 0.1 · 0.2 a step
    assert curves[0].points[:, 1] == pytest.approx(-5 * 0.98 ** np.arange(21))  # type: ignore[attr-defined]


def test_the_minimiser_is_a_line_for_each_of_its_values() -> None:
    (zero,) = panel("gd").of(Guide)
    assert zero.label == "$x_{1}^*$, $x_{2}^*$"  # type: ignore[attr-defined]
    one, two = panel("gd:eta=0.1", objective="(x1-1)^2 + (x2+2)^2").of(Guide)
    assert [line.points[0, 1] for line in (one, two)] == [-2.0, 1.0]  # type: ignore[attr-defined]


def test_a_line_of_many_coordinates_is_called_the_minimum() -> None:
    (zero,) = panel("gd:eta=0.1", objective="quadratic(kappa=9,dim=4,seed=1)").of(Guide)
    assert zero.label == "minimum"  # type: ignore[attr-defined]


def test_a_diverging_path_leaves_the_axis() -> None:
    low, high = panel("gd:eta=0.6", steps=40).ylim
    assert -20 < low < -5 < 0 < high < 20


def test_of_very_many_curves_those_of_an_optimizer_share_one_name() -> None:
    curves = panel("gd:eta=0.1", "adam", objective="quadratic(kappa=9,dim=9,seed=1)").of(Curve)
    assert [c.label for c in curves if c.label] == ["Gradient descent, η = 0.1", "Adam, η = 0.4"]  # type: ignore[attr-defined]


def test_coordinates_may_be_measured_from_the_minimum() -> None:
    away = panel("gd:eta=0.1", about="minimum", objective="(x1-1)^2 + (x2+2)^2")
    curve = away.of(Curve)[0]
    # x1 − 1 shrinks by 1 − 0.1 · 2 a step
    assert curve.points[:, 1] == pytest.approx(-6 * 0.8 ** np.arange(21))  # type: ignore[attr-defined]
    assert not away.of(Guide)
    with pytest.raises(BadValue, match="no minimum"):
        panel("gd", about="minimum", objective="x1*x2")


def test_a_curve_that_leaves_says_why() -> None:
    # x₂ grows by 1.4 a step, x₁ shrinks by 0.88
    curves = panel("gd:eta=0.6", steps=40).of(Curve)
    # −2·(−1.4)ᵗ is beyond the view for good after step 5, at 10.8
    assert np.isnan(curves[1].points[6:, 1]).all()  # type: ignore[attr-defined]
    assert curves[1].points[5, 1] == pytest.approx(2 * 1.4**5)  # type: ignore[attr-defined]
    assert [c.label for c in curves] == ["$x_{1}$", "$x_{2}$ diverges"]  # type: ignore[attr-defined]
    curves = panel("gd:eta=3", "adam", steps=300).of(Curve)
    assert curves[1].label == "Gradient descent, η = 3, $x_{2}$: overflows at step 148"  # type: ignore[attr-defined]
    assert curves[3].label == "Adam, η = 0.4, $x_{2}$"  # type: ignore[attr-defined]
