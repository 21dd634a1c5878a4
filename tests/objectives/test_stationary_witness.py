"""The minima of test functions against all stationary points with 40 digits (stationary.json)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz.objectives import PRESETS, Objective, read

RECORDED: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "recorded" / "stationary.json").read_text()
)
HYPERBOLA = "valley-of-stability"  # of minima, outside of its box
NAMES = [name for name in RECORDED if name in PRESETS and name != HYPERBOLA]


def lowest(name: str) -> list[dict[str, Any]]:
    points = RECORDED[name]["points"]
    return [point for point in points if point["f"] < points[0]["f"] + 1e-9]


def known(f: Objective) -> np.ndarray:
    return np.array(getattr(f, "minima", ()))


@pytest.mark.parametrize("name", NAMES)
def test_the_known_minima_of_a_preset_are_all_that_lie_in_view(name: str) -> None:
    f = read(name)
    if not len(known(f)):
        pytest.skip("none is told")
    wanted = np.array(sorted(point["x"] for point in lowest(name)))
    assert np.array(sorted(known(f).tolist())) == pytest.approx(wanted, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_the_least_value_of_a_preset_is_that_of_its_lowest_point(name: str) -> None:
    f = read(name)
    if f.minimum is not None:
        assert f.minimum == pytest.approx(lowest(name)[0]["f"], rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", RECORDED)
def test_gradients_vanish_and_hessians_have_these_eigenvalues_where_f_is_stationary(
    name: str,
) -> None:
    f, points = read(name), RECORDED[name]["points"]
    x = np.array([point["x"] for point in points])
    assert f.value(x) == pytest.approx(np.array([p["f"] for p in points]), rel=1e-12, abs=1e-11)
    assert np.all(abs(f.grad(x)) <= 20 * f.rounding(x)[:, None] + 1e-12)
    values = np.linalg.eigvalsh(np.broadcast_to(f.hessian(x), (len(x), f.dim, f.dim)))
    wanted = np.array([point["eigenvalues"] for point in points])
    assert values == pytest.approx(wanted, rel=1e-10, abs=1e-10 * abs(wanted).max())


def kind(eigenvalues: list[float]) -> str:
    signs = {value > 0 for value in eigenvalues}
    return "saddle" if len(signs) > 1 else "minimum" if signs == {True} else "maximum"


@pytest.mark.parametrize("name", RECORDED)
def test_all_stationary_points_in_view_are_found_each_by_its_kind(name: str) -> None:
    pytest.importorskip("optviz.objectives.stationary")
    box, points = RECORDED[name]["box"], RECORDED[name]["points"]
    found = read(name).stationary_in(tuple(map(float, box)))
    assert len(found) == len(points)
    for point in points:
        (same,) = [one for one in found if np.allclose(one.x, point["x"], rtol=0, atol=1e-8)]
        assert same.kind == kind(point["eigenvalues"])
