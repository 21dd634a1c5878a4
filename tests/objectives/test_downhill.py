"""The minima of typed functions, of which none is known: those downhill from where runs are."""

import math
from pathlib import Path

import numpy as np
import pytest

import optviz
from optviz import cli, figures
from optviz.errors import Unfit
from optviz.objectives import read
from optviz.objectives.smooth import Smooth
from optviz.scene import Curve


def seen(text: str, *places: tuple[float, ...]) -> Smooth:
    found = read(text).seen_from(np.array(places, dtype=float))
    assert isinstance(found, Smooth)
    return found


# A function, a start, and where its minimum is, in closed form.
MINIMA = [
    ("x - log(x) + (y-1)^2", (0.3, 3.0), (1.0, 1.0)),
    ("x^2*exp(-x^2) ", (0.5,), (0.0,)),
    ("exp(2x) - 6exp(x) + y^4", (-4.0, 3.0), (math.log(3), 0.0)),
    ("|x-1| + |y| + |x-y|/2", (3.0, -2.0), (1.0, 0.0)),
    ("sqrt(1+x^2) + tanh(y)^2", (200.0, 0.5), (0.0, 0.0)),
    ("cosh(x1-x2) + (x2-x3)^2 + (x3-2)^4", (9.0, 0.0, -3.0), (2.0, 2.0, 2.0)),
]


@pytest.mark.parametrize(("text", "start", "minimum"), MINIMA)
def test_a_descent_ends_at_the_minimum(
    text: str, start: tuple[float, ...], minimum: tuple[float, ...]
) -> None:
    assert seen(text, start).minimiser == pytest.approx(minimum, abs=1e-7)


@pytest.mark.parametrize(
    ("text", "start"),
    [("exp(-x)", (0.0,)), ("tanh(x)", (1.0,)), ("x^3 - 3x y^2", (0.1, 0.2)), ("log(x)", (1.0,)),
     ("x^3", (0.0,)), ("sin(x)", (math.pi / 2 + 7e-17,)), ("x^4 - y^4", (0.0, 0.0))],
)  # fmt: skip
def test_where_f_falls_without_end_or_rests_on_a_height_there_is_none(
    text: str, start: tuple[float, ...]
) -> None:
    f = seen(text, start)
    if text != "sin(x)":
        assert f.minimiser is None
    else:  # off the top by rounding
        assert f.minimiser is None or f.minimum == pytest.approx(-1)
    assert f.has_minimum == (f.minimiser is not None)


def test_of_several_the_lowest_is_taken_and_all_that_are_as_low() -> None:
    f = seen("(x^2-1)^2 + 0.1x", (2.0,), (-2.0,))
    assert f.minimiser == pytest.approx([-1.0122], abs=1e-4)
    twins = seen("(x^2-1)^2 + y^2", (2.0, 1.0), (-2.0, 1.0), (3.0, 0.5))
    assert sorted(np.round(twins.minima, 9).tolist()) == [[-1.0, 0.0], [1.0, 0.0]]
    assert twins.nearest(np.array([[0.5, 3.0], [-9.0, 1.0]])) == pytest.approx(
        np.array([[1.0, 0.0], [-1.0, 0.0]])
    )


def test_what_is_known_of_a_preset_is_not_looked_for() -> None:
    f = seen("himmelblau", (0.0, 0.0))
    assert len(f.minima) == 4
    assert seen("valley-of-stability", (2.0, 2.0)).minimiser is None


def test_the_function_stays_the_same() -> None:
    assert seen("x^3 + x^4", (1.0,)) == read("x^3 + x^4")


def test_the_distance_is_that_to_the_nearest_of_several_minima() -> None:
    run = optviz.run("himmelblau", "gd:eta=0.01", start=(-3, 3), steps=200)
    (panel,) = figures.scene("loss", [run], measure="distance").panels
    assert panel.of(Curve)[0].points[-1, 1] < 1e-8
    (panel,) = figures.scene("coordinates", [run], about="minimum").panels
    assert np.abs([curve.points[-1, 1] for curve in panel.of(Curve)]).max() < 1e-8


def test_the_loss_of_runs_that_end_lower_than_the_start_lets_see() -> None:
    text = "(x^2-1)^2 + 0.1x"
    over = optviz.run(text, "momentum:eta=0.03,beta=0.9", start=(2.2,), steps=120)
    assert over.x[-1, 0] < 0 < over.x[0, 0]
    assert over.objective is not None
    assert over.objective.minimiser == pytest.approx([0.9872], abs=1e-3)
    (panel,) = figures.scene("loss", [over]).panels
    heights = panel.of(Curve)[0].points[:, 1]
    lowest = seen(text, (-2.0,)).minimum
    assert heights[0] == pytest.approx(over.f[0] - lowest)


def test_a_sentence_says_that_none_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["loss", "-f", "exp(-x)", "-q"]) == 2
    assert capsys.readouterr().err == (
        "optviz: no minimum of f(x) = exp(−x) is known or lies downhill from the starts to measure "
        "the gap from; --measure gradient shows the gradient's norm\n"
    )
    with pytest.raises(Unfit, match="no minimum of"):
        read("exp(-x)").gap(np.array([[1.0]]))


def test_a_map_over_two_settings_has_no_lines_of_theory() -> None:
    swept = optviz.sweep(
        "rosenbrock", "momentum", over=("eta=log(0.0001,0.01,5)", "beta=lin(0,0.9,4)"), steps=20
    )
    assert swept.figure


@pytest.mark.parametrize(
    ("words", "whence"),
    [
        (["loss"], "begin and end"),
        (["heat"], "begin and end"),
        (["sweep", "--over", "eta=log(0.01,0.1,3)"], "begin"),
    ],
)
def test_a_note_says_which_minimum_was_found(
    words: list[str], whence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "a.svg")
    start = ["--opt", "gd:eta=0.1", "--start", "2,3", "-n", "3", "-o", out]
    assert cli.main([*words, "-f", "cosh(x) + (y-1)^4", *start]) == 0
    note = f"note: f* = 1 at (0, 1) is the lowest minimum downhill from where the runs {whence}"
    assert note in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("x^4 + y^4", (0.0, 0.0)),
        ("(x-y)^4 + (x+1)^4", (-1.0, -1.0)),
        ("(x-y)^2 + (x-0.1)^6", (0.1, 0.1)),
        ("exp(x) - x + y^4", (0.0, 0.0)),
    ],
)
def test_a_minimum_has_no_digits_of_rounding(text: str, x: tuple[float, float]) -> None:
    f = read(text).seen_from(np.array([[1.0, 1.5], [0.3, -1.2]]))
    assert f.minima.tolist() == [list(x)]
    assert f.minimum == float(text.startswith("exp"))
