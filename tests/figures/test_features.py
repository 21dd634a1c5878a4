"""Figures of data sets: features by name, the loss against epoch and time, planes of features."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from optviz import figures, render, spec
from optviz.errors import BadValue, Unfit, UnknownName
from optviz.figures._contour_options import read_plane
from optviz.figures._plane import name_latex, plane
from optviz.objectives import read
from optviz.scene import Curve, Guide, Look, Scene, Timing, film
from optviz.scene import Path as Track
from optviz.spec import RunSpec
from optviz.spec.figure import read as read_figure
from optviz.walks.trajectory import Trajectory

DIABETES = Path(__file__).parents[2] / "gallery" / "diabetes.csv"
ODD = '@odd.csv\na$b;c_1;%d{x};"é^ #";µ\\n;y\n' + "\n".join(
    ["1;2;3;4;5;6", "2;1;4;3;6;9", "3;5;1;2;1;7", "8;1;1;1;1;2", "9;9;2;2;1;3", "3;1;2;2;2;3"]
)


def runs(*opt: str, objective: str = f"@{DIABETES}", **more: object) -> list[Trajectory]:
    target = "y" if objective == ODD else "progression"
    usual = {"objective": objective, "target": target, "standardize": True, "steps": 50}
    return [walk.run() for walk in spec.walks(RunSpec(**{**usual, "opt": opt, **more}))]  # type: ignore[arg-type]


def loss(*opt: str, against: str, **more: object) -> Scene:
    return figures.scene("loss", runs(*opt, **more), against=against)


def curves(scene: Scene) -> list[Curve]:
    return [mark for mark in scene.panels[0].marks if isinstance(mark, Curve)]


def test_an_epoch_is_as_many_batches_as_the_data_has() -> None:
    scene = loss("gd:eta=0.01", against="epoch", gradient="minibatch(10)")
    (curve,) = curves(scene)
    assert curve.points[[0, 1, 44, 45, 46], 0] == pytest.approx(
        [0, 10 / 442, 440 / 442, 1, 452 / 442]
    )
    assert (scene.panels[0].xlabel, scene.panels[0].whole) == ("epoch", False)
    assert "against the epoch" in scene.alt


def test_an_exact_gradient_is_an_epoch() -> None:
    (curve,) = curves(loss("gd:eta=0.01", against="epoch"))
    assert curve.points[:, 0].tolist() == list(range(51))


def test_time_is_the_sum_of_the_rates() -> None:
    flat, falling = curves(loss("gd:eta=0.1", "gd:eta=invsqrt(0.4)", against="time"))
    assert flat.points[:, 0] == pytest.approx(0.1 * np.arange(51))
    assert falling.points[[0, 1, 3], 0] == pytest.approx(
        [0, 0.4, 0.4 + 0.4 / 2**0.5 + 0.4 / 3**0.5]
    )


def test_against_time_small_steps_all_follow_the_gradient_flow() -> None:
    slow, fast = curves(loss("gd:eta=0.001", "gd:eta=0.002", against="time"))
    assert slow.points[50, 0] == pytest.approx(fast.points[25, 0])
    assert slow.points[50, 1] == pytest.approx(fast.points[25, 1], rel=1e-3)


def test_what_theory_foretells_moves_with_the_axis() -> None:
    scene = loss("gd:eta=0.1", against="time")
    (guide,) = (mark for mark in scene.panels[0].marks if isinstance(mark, Guide))
    assert guide.points[-1, 0] == pytest.approx(5.0)


def test_theory_foretells_nothing_of_batches() -> None:
    marks = loss("gd:eta=0.1", against="step", gradient="minibatch(10)").panels[0].marks
    assert not [mark for mark in marks if isinstance(mark, Guide)]


def test_a_film_against_the_epoch_goes_by_steps(tmp_path: Path) -> None:
    scene = loss("gd:eta=0.01", against="epoch", gradient="minibatch(100)", steps=12)
    assert film.film(scene, Timing()).steps.tolist() == list(range(13))
    with (tmp_path / "a.gif").open("wb") as stream:
        render.write(scene, Look(size=(400, 300)), "gif", stream)
    with Image.open(tmp_path / "a.gif") as shown:
        assert getattr(shown, "n_frames", 1) > 10


def test_what_cannot_be_placed_is_said() -> None:
    with pytest.raises(BadValue, match="against: hour given, step, epoch or time is wanted"):
        figures.read("loss", {"against": "hour"})
    with pytest.raises(BadValue, match="step is wanted where modes are measured"):
        figures.scene("loss", runs("gd"), measure="modes", against="time")
    (run,) = runs("gd:eta=0.01", gradient="minibatch(10)")
    q = run.objective
    assert q is not None
    bare = type(q)(q.Q, q.c, q.b)
    with pytest.raises(Unfit, match="this run has lost it"):
        figures.scene("loss", [_with(run, objective=bare)], against="epoch")
    with pytest.raises(Unfit, match="does not tell its rates"):
        figures.scene("loss", [_with(run, optimizer=None, label="a log")], against="time")


def _with(run: Trajectory, **parts: object) -> Trajectory:
    from dataclasses import replace

    return replace(run, **parts)  # type: ignore[arg-type]


def test_of_many_features_the_slowest_and_the_fastest_are_named() -> None:
    (run,) = runs("adagrad:eta=10")
    told = {
        mark.label: mark for mark in curves(figures.scene("rates", [run], Look())) if mark.label
    }
    order = np.argsort(run.rate[-1, 0])
    slow, fast = (name_latex(run.names[i]) for i in order[[0, -1]])
    assert set(told) == {"10 coordinates", f"{fast} (fastest)", f"{slow} (slowest)"}
    assert told["10 coordinates"].faint
    assert not told[f"{slow} (slowest)"].faint
    assert told[f"{slow} (slowest)"].points[-1, 1] == run.rate[-1, 0].min()


def test_equal_rates_have_no_slowest_feature() -> None:
    labels = [mark.label for mark in curves(figures.scene("rates", runs("gd:eta=0.1"), Look()))]
    assert labels == ["10 coordinates"]


def test_a_plane_is_named_by_features() -> None:
    scene = figures.scene("trace", runs("gd:eta=0.1"), plane="bmi,s5")
    assert (scene.panels[0].xlabel, scene.panels[0].ylabel) == ("bmi", "$s_{5}$")
    assert scene.subtitle.endswith("in the plane of bmi and $s_{5}$")
    (track,) = (mark for mark in scene.panels[0].marks if isinstance(mark, Track))
    q = runs("gd:eta=0.1")[0]
    assert np.array_equal(track.points, q.x[:, 0][:, [2, 8]])


def test_extreme_directions_say_what_features_they_are_made_of() -> None:
    panel = figures.scene("trace", runs("gd:eta=0.1"), Look()).panels[0]
    assert panel.xlabel == "$u_1$: 0.71 s1 − 0.56 s2 − 0.32 s3 … (λ = 0.00856)"
    assert panel.ylabel.startswith("$u_{10}$: 0.43 s4 + 0.38 s5 + 0.35 s2 …")


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("bmi,s5", ("bmi", "s5")),
        ("1, 3", (1, 3)),
        ("(2,bmi)", (2, "bmi")),
        ("a b,c_1", ("a b", "c_1")),
    ],
)
def test_a_plane_is_read_by_name_or_number(text: str, pair: tuple[int | str, int | str]) -> None:
    assert read_plane("plane", text) == pair


@pytest.mark.parametrize("text", ["bmi", "bmi,bmi", "bmi,", "0,bmi", "1.5,bmi", "a,b,c"])
def test_a_plane_of_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="two different coordinates"):
        read_plane("plane", text)


def test_a_feature_there_is_not_is_told_with_the_nearest() -> None:
    q = runs("gd")[0].objective
    assert q is not None
    with pytest.raises(UnknownName, match=r"no coordinate is called 'bmj'; did you mean bmi\?"):
        plane(q, ("bmj", "s5"))
    with pytest.raises(BadValue, match="3,bmi given"):
        plane(q, (3, "bmi"))
    assert plane(read("x1^2 + 2x2^2 + x3^2"), ("x1", "x3")).labels == ("$x_{1}$", "$x_{3}$")


@pytest.mark.parametrize("view", ["trace", "rates", "loss", "compare", "inspect"])
def test_any_sign_may_be_in_a_name(view: str, tmp_path: Path) -> None:
    words = {"view": view, "objective": ODD, "target": "y", "opt": ["adam:eta=0.1", "gd:eta=0.9"]}
    figure, wrong = read_figure(words)
    assert figure is not None, wrong
    drawn = figure.draw()
    with (tmp_path / "a.png").open("wb") as stream:
        render.write(drawn.scene, drawn.look, "png", stream)
    assert "$$" not in "".join(
        mark.label for mark in drawn.scene.panels[0].marks if isinstance(mark, Curve)
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("x1", "$x_{1}$"),
        ("y", "$y$"),
        ("bmi", "bmi"),
        ("a$b", r"a\$b"),
        ("$1", r"\$1"),
        ("_2", "_2"),
        ("x²", "x²"),
        ("c_1", "c_1"),
    ],
)
def test_a_name_is_a_formula_only_where_it_is_a_letter_with_a_number(name: str, shown: str) -> None:
    assert name_latex(name) == shown


def test_the_formula_of_a_data_set_is_its_mean_of_squares() -> None:
    assert (
        "f(w) = ‖Xw − y‖²/2n, n = 442, 10 variables, κ = 470.1"
        in loss("gd:eta=0.1", against="step").alt
    )
    scene = loss("gd:eta=0.1", against="step", l2=0.1)
    assert "f(w) = ‖Xw − y‖²/2n + 0.05‖w‖², n = 442" in scene.alt
