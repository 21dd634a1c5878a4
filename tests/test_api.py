"""The library: `optviz.run` and `optviz.figure`."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import optviz
from optviz.errors import BadValue, ForeignOption, NoEffect, OptvizError, UnknownName
from optviz.objectives import Quadratic


def test_a_run_has_the_documented_shapes_and_the_books_values() -> None:
    run = optviz.run("0.1x1^2 + 2x2^2", "adagrad:eta=0.4", start=(-5, -2), steps=20)
    assert run.x.shape == (21, 1, 2)
    assert run.f.shape == (21, 1)
    assert run.grad.shape == run.rate.shape == (20, 1, 2)
    assert run.x[-1, 0] == pytest.approx([-2.382563, -0.158591], abs=1e-6)
    assert run.status == ("stalled",)


def test_many_starts_are_a_batch() -> None:
    run = optviz.run("d2l", "gd", start=[(-5, -2), (1, 1), (0, 3)], steps=5)
    assert run.x.shape == (6, 3, 2)


def test_objectives_may_be_matrices() -> None:
    q = Quadratic(np.diag([1.0, 2.0, 3.0]), np.zeros(3))
    run = optviz.run(q, "gd:eta=0.1", start=(1, 1, 1), steps=2)
    assert run.x[-1, 0] == pytest.approx([0.81, 0.64, 0.49])


def test_a_matrix_is_the_q_of_half_a_quadratic_form() -> None:
    run = optviz.run(np.array([[4.0, 1.0], [1.0, 3.0]]), "gd:eta=0.1", start=(1, 1), steps=1)
    assert run.x[1, 0] == pytest.approx([0.5, 0.6])
    with pytest.raises(OptvizError, match="a symmetric matrix is wanted"):
        optviz.run([[4.0, 1.0], [2.0, 3.0]], "gd")


def test_arguments_of_another_type_are_refused_in_one_sentence() -> None:
    for arguments, message in [
        ((lambda: 0, "gd"), "a function of an array x, of floats, is wanted"),
        (([1.0, 2.0], "gd"), "a square matrix is wanted"),
        (("d2l", 3), "opt: 3 given"),
        (("d2l", "gd", None, 1.5), "steps: 1.5 given, a whole number is wanted"),
    ]:
        with pytest.raises(OptvizError, match=message):
            optviz.run(*arguments)  # type: ignore[call-overload]


def test_an_objective_of_ones_own_has_no_options_of_a_text() -> None:
    q = Quadratic(np.diag([1.0, 2.0]), np.zeros(2))
    with pytest.raises(NoEffect, match="rotate"):
        optviz.run(q, "gd:eta=0.1", rotate=30)
    noisy = optviz.run(q, "gd:eta=0.1", gradient="noise(1)", seeds=3, start=[(1, 1), (2, 2)])
    assert noisy.batch == 6


def test_a_figure_saves_shows_itself_and_describes_itself(tmp_path: Path) -> None:
    run = optviz.run("d2l", "adagrad")
    figure = optviz.figure([run], "rates", size=(400, 300), theme="dark")
    figure.save(tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<?xml")
    assert figure._repr_png_() == figure._repr_png_()
    assert "Effective learning rates" in figure.alt


def test_bad_options_and_formats_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    run = optviz.run("d2l", "adagrad")
    with pytest.raises(UnknownName, match="is called 'colours'; did you mean colors"):
        optviz.figure(run, "trace", colours="red")
    with pytest.raises(UnknownName, match="'width'; write size"):
        optviz.figure(run, "trace", width=8)
    with pytest.raises(BadValue, match="kind: 3 given"):
        optviz.figure(run, 3)  # type: ignore[arg-type]
    with pytest.raises(UnknownName):
        optviz.figure(run, "traces")
    with pytest.raises(UnknownName):
        optviz.figure(run).save(tmp_path / "a.jpg")
    assert not list(tmp_path.iterdir())


def test_an_option_of_another_kind_is_refused_with_the_kinds_that_have_it() -> None:
    run = optviz.run("d2l", "adagrad")
    with pytest.raises(ForeignOption, match=r"measure: an option of .*loss.*, not of trace"):
        optviz.figure(run, "trace", measure="f")
    for word in ("eta", "lr", "opt", "steps"):
        with pytest.raises(BadValue, match=f"{word}: .* it belongs to the runs"):
            optviz.figure(run, "trace", **{word: 1})


def test_importing_optviz_costs_nothing_and_prints_nothing() -> None:
    code = "import optviz, sys; assert not {'numpy', 'typer', 'matplotlib'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_numpys_error_state_is_left_alone() -> None:
    with np.errstate(all="raise"):
        before = np.geterr()
        run = optviz.run("d2l", "gd:eta=1e200", steps=5)
        assert np.geterr() == before
    assert run.status == ("diverged",)


def test_what_is_public_is_named() -> None:
    assert all(hasattr(optviz, name) for name in optviz.__all__)
    with pytest.raises(AttributeError, match="no attribute 'runn'"):
        getattr(optviz, "runn")  # noqa: B009


def test_options_of_films_are_for_films_and_the_kind_is_the_second_argument(tmp_path: Path) -> None:
    run = optviz.run("d2l", "gd", steps=3)
    film = optviz.figure(run, "trace", size=(200, 150), fps=3)
    film.save(tmp_path / "a.gif")
    with pytest.raises(NoEffect, match="fps: for films"):
        film.save(tmp_path / "a.png")
    for word in ("figure", "view", "command"):
        with pytest.raises(BadValue, match="second argument"):
            optviz.figure(run, **{word: "loss"})
