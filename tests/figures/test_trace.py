"""The trace as data: what is marked, where, and in which words."""

from typing import Any

import numpy as np
import pytest

from optviz import figures, spec
from optviz.errors import BadValue, Unfit
from optviz.figures.trace import Trace
from optviz.scene import Band, Look, Minimum, Panel, Path, Profile, Scene, Start
from optviz.spec import RunSpec


def trace(*opt: str, look: Look | None = None, **words: Any) -> Scene:
    own = {name: words.pop(name) for name in Trace.options() if name in words}
    walks = spec.walks(RunSpec(opt=opt or ("adagrad",), **words))
    return figures.scene("trace", [walk.run() for walk in walks], look, **own)


def panel(*opt: str, look: Look | None = None, **words: Any) -> Panel:
    (only,) = trace(*opt, look=look, **words).panels
    return only


def test_start_minimum_and_every_step_are_marked() -> None:
    marks = panel()
    assert marks.of(Start) == [Start(-5.0, -2.0, "start")]
    assert marks.of(Minimum) == [Minimum(0.0, 0.0, label="minimum")]
    (path,) = marks.of(Path)
    assert isinstance(path, Path)
    assert path.points.shape == (21, 2)
    assert path.points[-1] == pytest.approx([-2.382563, -0.158591], abs=1e-6)


def test_the_start_lies_on_a_contour_line_and_levels_halve_towards_the_minimum() -> None:
    levels = sorted({band.level for band in panel().of(Band)})  # type: ignore[attr-defined]
    assert min(abs(level - 10.5) for level in levels) < 1e-12  # f(-5, -2)
    assert np.allclose(np.array(levels[1:]) / np.array(levels[:-1]), 2.0)
    assert levels[0] < 10.5 / 1000  # the last steps still cross lines


def test_every_contour_is_where_f_has_its_level() -> None:
    q = spec.objective(RunSpec(rotate=20.0))
    for band in panel(rotate=20.0).of(Band):
        assert isinstance(band, Band)
        for polygon in band.polygons:
            ends = polygon[::3]  # of Bézier curves
            inside = np.abs(ends).max(axis=1) < 3
            assert q.value(ends[inside]) == pytest.approx(band.level, rel=1e-9)


def test_a_saddle_has_levels_on_both_sides_and_a_cross() -> None:
    marks = panel("gd:eta=0.1", objective="x1^2 - x2^2", start=("-2,0.1",))
    levels = [band.level for band in marks.of(Band)]  # type: ignore[attr-defined]
    assert min(levels) < 0 < max(levels)
    assert marks.of(Minimum) == [Minimum(0.0, 0.0, saddle=True, label="saddle")]


def test_start_and_minimum_are_in_view_whatever_the_path_does() -> None:
    for opt in ("gd:eta=0.6", "gd:eta=60", "adagrad", "adam:eta=50"):
        marks = panel(opt)
        for x, y in ((-5.0, -2.0), (0.0, 0.0)):
            assert marks.xlim[0] < x < marks.xlim[1]
            assert marks.ylim[0] < y < marks.ylim[1]


def test_a_diverging_path_leaves_the_view_and_says_when_and_how_far() -> None:
    (path,) = panel("gd:eta=0.6").of(Path)
    assert isinstance(path, Path)
    # |x₂| = 2·1.4ᵗ: 2, 2.8, 3.92, 5.49; and 1673 at step 20 by the book
    assert path.left == 3
    assert path.label == "leaves at step 3, $|x_{2}|$ = 1673 at step 20"


def test_the_view_is_the_landscapes_and_not_the_outliers() -> None:
    tame, wild = panel("gd:eta=0.4"), panel("gd:eta=0.6", steps=40)
    assert wild.ylim[1] < 3 * tame.ylim[1]


@pytest.mark.parametrize("opt", ["adagrad:eta=0.4", "gd:eta=0.45", "momentum:eta=0.3", "adam"])
@pytest.mark.parametrize("objective", ["d2l", "scratch", "x^2 + 2y^2", "x^2 + 300y^2"])
def test_the_minimum_keeps_a_quarter_of_each_side_of_the_view(opt: str, objective: str) -> None:
    marks = panel(opt, objective=objective)
    for low, high in (marks.xlim, marks.ylim):
        assert 0.2499 <= (0 - low) / (high - low) <= 0.7501


def test_the_view_is_the_hull_of_the_path_with_a_small_margin_and_not_symmetric() -> None:
    marks = panel("adagrad:eta=0.4")  # its path is within the start and the minimum
    assert marks.xlim[0] == pytest.approx(-5 - 0.09 * 5)
    # of the height 2 + 0.09 · 2 below the minimum a third stands above it
    assert marks.ylim == pytest.approx((-2.18, 2.18 / 3))


def test_units_are_equal_where_that_costs_little_room_and_a_strip_is_a_bowl() -> None:
    assert panel("gd:eta=0.1", objective="x^2+y^2", start=("-3,-3",)).equal
    assert panel("gd:eta=0.1", objective="x^2+y^2", start=("-3,0",)).equal
    assert not panel("gd:eta=0.1", objective="x^2+y^2", start=("-5,-1",)).equal


def test_words_stand_beside_start_and_minimum_where_there_is_one_path() -> None:
    marks = panel("adagrad", "adam")
    assert [mark.label for mark in marks.of(Start)] == [""]  # type: ignore[attr-defined]
    assert [mark.label for mark in marks.of(Minimum)] == [""]  # type: ignore[attr-defined]


def test_paths_that_coincide_are_named_once_and_together() -> None:
    marks = panel("adagrad:eta=0.4", "adagrad@keras:eta=0.4,G0=0", "gd:eta=0.4")
    labels = [path.label for path in marks.of(Path)]  # type: ignore[attr-defined]
    assert labels == [
        "AdaGrad and AdaGrad (keras), G₀ = 0: stalls at $f$ = 0.618",
        "",
        "Gradient descent",
    ]


def test_a_locked_view_does_not_depend_on_the_path() -> None:
    a, b = panel("gd:eta=0.6", frame="lock"), panel("adam:eta=3", frame="lock")
    assert (a.xlim, a.ylim) == (b.xlim, b.ylim)


def test_limits_that_are_given_hold() -> None:
    marks = panel(look=Look(xlim=(-7.0, 3.0), ylim=(-1.0, 1.0)))
    assert (marks.xlim, marks.ylim) == ((-7.0, 3.0), (-1.0, 1.0))


def test_labels_say_what_differs_and_nothing_else() -> None:
    marks = panel("adagrad:eta=0.4", "adagrad:eta=2")
    labels = [path.label for path in marks.of(Path)]  # type: ignore[attr-defined]
    assert labels == ["η = 0.4 stalls at $f$ = 0.618", "η = 2"]
    marks = panel("adam:eta=0.1", "rmsprop:eta=0.1")
    assert [path.label for path in marks.of(Path)] == ["Adam", "RMSProp"]  # type: ignore[attr-defined]
    marks = panel("adam", "adamw")  # their usual rates are 0.4 and 0.001
    labels = [path.label for path in marks.of(Path)]  # type: ignore[attr-defined]
    assert labels == ["Adam, η = 0.4", "AdamW, η = 0.001"]


def test_the_title_and_the_alt_text_are_made_from_what_ran() -> None:
    scene = trace()
    assert scene.title == "AdaGrad stalls on the way to the minimum"
    objective = r"$f(x) = 0.1\,x_1^2 + 2\,x_2^2$"
    walk = "20 steps from (−5, −2) to (−2.38, −0.159)"
    assert scene.subtitle == f"η = 0.4 on {objective}, {walk}"
    told = "a path that never turns back and stalls at (−2.38, −0.159), f = 0.618 after 20 steps"
    assert told in scene.alt


def test_labels_of_ones_own_need_to_be_as_many_as_the_optimizers() -> None:
    scene = trace("gd", "adam", look=Look(labels=("plain", "clever")))
    labels = [path.label for path in scene.panels[0].of(Path)]  # type: ignore[attr-defined]
    assert labels == ["plain", "clever"]
    with pytest.raises(BadValue, match="one label for each optimizer"):
        trace("gd", "adam", look=Look(labels=("only",)))


def test_one_dimension_is_a_curve_with_the_path_on_it() -> None:
    marks = panel("gd:eta=0.2", objective="x^2", start=("10",), steps=10)
    (curve,), (path,) = marks.of(Profile), marks.of(Path)
    assert isinstance(curve, Profile)
    assert isinstance(path, Path)
    assert curve.points[:, 1] == pytest.approx(curve.points[:, 0] ** 2)
    assert path.points[-1] == pytest.approx([0.6**10 * 10, 0.6**20 * 100])
    assert marks.xlim[0] == -marks.xlim[1]  # all of the parabola


def test_many_dimensions_are_cut_by_the_plane_of_the_extreme_eigenvectors() -> None:
    run = {"objective": "quadratic(eig=[1,2,9,5])", "start": ("1,2,3,4",)}
    marks = panel("gd:eta=0.01", **run)
    assert marks.xlabel == "$u_1$ (λ = 1)"
    assert marks.ylabel == "$u_{4}$ (λ = 9)"
    assert marks.of(Start) == [Start(1.0, 3.0, "start")]  # λ = 1 and λ = 9 are x1 and x3
    marks = panel("gd:eta=0.01", plane="2,4", **run)
    assert (marks.xlabel, marks.ylabel) == ("$x_{2}$", "$x_{4}$")
    assert marks.of(Start) == [Start(2.0, 4.0, "start")]
    with pytest.raises(BadValue, match="coordinates 1 to 4"):
        panel("gd:eta=0.01", plane="1,5", **run)


@pytest.mark.parametrize("text", ["x1^2", "x1^2+0x2", "x1+x2", "x1^2+x2", "-x1^2-x2^2", "x1*x2"])
@pytest.mark.parametrize("steps", [0, 1, 7])
def test_any_quadratic_and_any_number_of_steps_has_a_trace(text: str, steps: int) -> None:
    marks = panel("gd:eta=0.1", objective=text, steps=steps)
    assert np.isfinite([*marks.xlim, *marks.ylim]).all()
    assert marks.xlim[0] < marks.xlim[1]
    assert marks.ylim[0] < marks.ylim[1]


def test_a_start_at_the_minimum_has_a_trace() -> None:
    marks = panel(start=("0,0",))
    assert marks.xlim[0] < 0 < marks.xlim[1]


def test_runs_without_positions_are_refused() -> None:
    with pytest.raises(Unfit):
        figures.scene("trace", [])
