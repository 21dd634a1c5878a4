"""Curves: a point between gaps, which no line goes to, is drawn as a dot."""

import numpy as np
import pytest

from optviz import figures, spec
from optviz.render.draw.figure import draw, settings
from optviz.scene import Curve, Look, Panel, Scene
from optviz.spec import RunSpec

NAN = np.nan
HEIGHTS = {
    "one value": ([NAN, NAN, 3.0, NAN], [2]),
    "the first and the last": ([3.0, NAN, 2.0, 1.0, NAN, 4.0], [0, 5]),
    "between what a log axis has not": ([0.0, 3.0, 0.0, 2.0, 1.0], [1]),
    "between infinities": ([np.inf, 3.0, np.inf], [1]),
    "whole": ([3.0, 2.0, 1.0], []),
}


def dots(*curves: Curve, end: float) -> list[tuple[float, float]]:
    """The points of the panel's curves that have a marker, from the left."""
    panel = Panel(curves, (-0.5, end), (0.5, 5.0), "x", "y", log=True)
    return sorted(marked(Scene("", "", (panel,), "")))


def marked(scene: Scene) -> set[tuple[float, float]]:
    """The points of lines that have markers."""
    with settings():
        axes = draw(scene, Look()).figure.axes
    lines = [line for ax in axes for line in ax.lines if line.get_marker() not in ("None", None)]
    return {(x, y) for line in lines for x, y in np.asarray(line.get_xydata()).tolist()}


@pytest.mark.parametrize("faint", [False, True])
@pytest.mark.parametrize("name", HEIGHTS)
def test_a_point_alone_has_a_dot(name: str, faint: bool) -> None:
    heights, alone = HEIGHTS[name]
    many = [*heights, *[NAN] * 40]  # a curve of so many steps has no dots
    points = np.column_stack([np.arange(float(len(many))), many])
    found = dots(Curve(points, 0, 0, "curve", faint), end=45.0)
    assert found == [(float(i), heights[i]) for i in alone]


def test_a_point_alone_among_curves_has_its_marker() -> None:
    other = np.column_stack([np.arange(50.0), np.full(50, 2.0)])
    lone = np.where(np.arange(50) == 20, 4.0, NAN)
    found = dots(Curve(other, 0, 0, "other"), Curve(np.c_[other[:, 0], lone], 1, 0, "lone"), end=50)
    assert (20.0, 4.0) in found


@pytest.mark.parametrize("view", ["rates", "loss"])
@pytest.mark.parametrize(
    "opt", [("adam",), ("gd", "adam:eta=0.3"), tuple(f"gd:eta={k}" for k in range(1, 9))]
)
def test_one_step_is_seen(view: str, opt: tuple[str, ...]) -> None:
    runs = [walk.run() for walk in spec.walks(RunSpec(opt=opt, steps=1))]
    scene = figures.scene(view, runs, Look())
    seen = marked(scene)
    for mark in scene.panels[0].of(Curve):
        assert isinstance(mark, Curve)
        if len(mark.points) == 1:
            assert tuple(mark.points[0].tolist()) in seen
