"""The chart of a verdict as data."""

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.figures.inspect import Inspect
from optviz.scene import Band, Disc, Lines, Look, Minimum, Scene, Spot, Start
from optviz.spec.figure import read
from optviz.theory.verdict import judge


def scene(text: str, look: Look | None = None) -> Scene:
    q = objectives.read(text)
    verdict = judge(q, [optimizers.read("gd:eta=0.1")], np.resize([-5.0, -2.0], q.dim))
    return Inspect().scene(verdict, look or Look())


def test_a_plane_objective_has_two_axes_above_two_landscapes() -> None:
    drawn = scene("d2l-rotated")
    assert drawn.columns == 2
    assert [bool(panel.of(Disc)) for panel in drawn.panels] == [True, True, False, False]
    assert [bool(panel.of(Band)) for panel in drawn.panels] == [False, False, True, True]


def test_discs_stand_where_gershgorin_has_them() -> None:
    before, after, *_ = scene("d2l-rotated").panels
    # rows of [[4.2, −3.8], [−3.8, 4.2]]
    for panel, wanted in ((before, (4.2, 3.8)), (after, (1, 3.8 / 4.2))):
        assert len(panel.of(Disc)) == 2
        for disc in panel.of(Disc):
            assert (disc.x, disc.radius) == pytest.approx(wanted)


def test_equal_discs_do_not_cover_one_another() -> None:
    heights = [d.y for d in scene("d2l-rotated").panels[0].of(Disc)]
    assert len(set(heights)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "d2l",
        "d2l-rotated",
        "saddle",
        "x^2",
        "(x+y)^2",
        "3x+y",
        "x-x",
        "quadratic(kappa=100,dim=30,seed=1)",
        "x^2+y^2",
    ],
)
def test_every_eigenvalue_is_marked_and_all_is_within_its_panel(text: str) -> None:
    q, drawn = objectives.read(text), scene(text)
    spots = [spot.x for spot in drawn.panels[0].of(Spot)]
    for value in q.eigenvalues:
        assert min(abs(value - x) for x in spots) <= 5e-3 * abs(value)
    for panel in drawn.panels:
        (left, right), (bottom, top) = panel.xlim, panel.ylim
        assert left < right
        assert bottom < top
        for disc in panel.of(Disc):
            assert left < disc.x - disc.radius <= disc.x + disc.radius < right
        for mark in panel.of(Start) + panel.of(Minimum) + panel.of(Spot):
            assert left < mark.x < right
            assert bottom < mark.y < top


def test_the_preconditioned_landscape_of_a_straight_valley_is_round() -> None:
    after = scene("d2l").panels[3]
    (start,) = after.of(Start)
    assert (start.x, start.y) == pytest.approx((-5 * 0.2**0.5, -2 * 4**0.5))
    for band in after.of(Band):
        (outline,) = band.polygons or (np.array([[1.0, 0.0]]),)
        ring = outline[::3]  # ends of Bézier curves
        assert np.hypot(*ring.T) == pytest.approx(np.hypot(*ring[0]))


def test_where_there_is_no_preconditioning_words_say_so() -> None:
    drawn = scene("saddle")
    assert drawn.panels[1].of(Lines)
    assert len(drawn.panels) == 3


def test_one_dimension_and_many_have_no_landscapes() -> None:
    for text in ("x^2", "quadratic(kappa=100,dim=5,seed=1)"):
        drawn = scene(text)
        assert (len(drawn.panels), drawn.columns) == (2, 1)


def test_the_words_are_made_from_the_verdict() -> None:
    drawn = scene("d2l")
    assert "eigenvalues 0.2, 4; κ 20; after diagonal preconditioning 1" in drawn.alt
    assert "gd:eta=0.1: κ = 20: at 0.1 the flat direction x1 shrinks by 0.98 a step" in drawn.alt
    assert scene("d2l", Look(title="Mine, for $5")).title == r"Mine, for \$5"


def test_limits_fit_no_figure_of_several_axes() -> None:
    _, (error,) = read({"figure": "inspect", "xlim": "0,1"})
    assert "not of inspect" in str(error)
