"""What a picture says of its runs is so: held against the numbers of many runs."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import optviz
from optviz import figures, optimizers, spec
from optviz.errors import OptvizError
from optviz.figures import _run_text
from optviz.scene import Ring, Spread, Tube
from optviz.spec import RunSpec
from optviz.spec.figure import read
from optviz.walks.trajectory import Trajectory

OBJECTIVES = ("d2l", "x^2+y^2", "x^2 - x y + 3y^2", "x*y", "x^2+100y^2")
RATES = ("0.05", "0.6", "1.5")


def runs() -> Iterator[Trajectory]:
    for name in optimizers.registry.names:
        for objective, eta in zip(OBJECTIVES, RATES * 2, strict=False):
            rate = "" if name in ("newton", "steepest", "cg") else f":eta={eta}"
            try:
                words = RunSpec(objective=objective, opt=(f"{name}{rate}",), steps=30)
                yield from (walk.run() for walk in spec.walks(words))
            except OptvizError:
                continue


def swings(x: list[list[float]]) -> list[float]:
    """The share of steps in which each coordinate turns round, counted one by one."""
    found = []
    for column in zip(*x, strict=True):
        moves = [b - a for a, b in pairwise(column)]
        turns = sum(p < 0 < q or q < 0 < p for p, q in pairwise(moves))
        found.append(turns / max(len(moves) - 1, 1))
    return found


def test_what_the_alt_text_says_of_a_path_is_so() -> None:
    said = set()
    for run in runs():
        known = run.x[:, 0][np.isfinite(run.x[:, 0]).all(axis=1)].tolist()
        words = _run_text.description(run, "it")
        share = swings([known[0], *(b for a, b in pairwise(known) if a != b)])  # rests left out
        assert ("never turns back" in words) <= (max(share) == 0), words
        assert ("zigzag" in words) <= (max(share) > 0.5), words
        if "never turns back" in words:  # nor after a rest: each coordinate goes one way
            assert all(
                column in (sorted(column), sorted(column, reverse=True))
                for column in map(list, zip(*known, strict=True))
            )
        steps = int(re.search(r"after (\d+) steps?$", words)[1])  # type: ignore[index]
        assert steps == len(known) - 1
        assert ("converges" in words) == (run.status[0] == "converged")
        said |= set(re.findall("never turns back|zigzag|a path that|diverges", words))
    assert len(said) == 4  # each was said of some


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ([(0, 0)], "shape point"),
        ([(0, 0), (0, 0)], "shape point"),
        ([(0, 0), (1, 1)], "shape step"),
        ([(0, 0), (1, 0), (1, 1), (2, 1)], "shape monotone"),  # with corners
        ([(0, 0), (1, 0), (1, 0), (0.5, 0), (0.4, 0)], "shape path"),  # back after a rest
        ([(0, 0), (1, 1), (2, 0), (3, 1), (4, 0)], "shape zigzag"),
        ([(4, 4), (3, -4), (2, 4), (1, -4)], "shape zigzag"),
    ],
)
def test_a_shape_is_told_from_its_points(points: list[tuple[float, float]], says: str) -> None:
    assert _run_text.shape(np.array(points, dtype=float)) == says


def test_a_run_that_leaves_the_numbers_is_told_up_to_there() -> None:
    (run,) = (walk.run() for walk in spec.walks(RunSpec(opt=("gd:eta=99",), steps=300)))
    last = int(np.flatnonzero(np.isfinite(run.f[:, 0]))[-1])
    assert 0 < last < 300
    for view in ("loss", "trace"):
        assert f"after {last} steps" in figures.scene(view, [run]).alt
    assert re.search(rf"to \S+ at step ({last}|{last + 1})\b", figures.scene("rates", [run]).alt)


SEEN = ["gd:eta=0.1", "adam:eta=0.1"]
NOISY = {"opt": "gd:eta=0.1", "gradient": "noise(1)", "steps": 6}


@pytest.mark.parametrize("view", ["trace", "rates", "loss", "compare"])
@pytest.mark.parametrize(
    "more",
    [{"seeds": 4}, {"expected": True}, {"seeds": 4, "steps": 0}, {"expected": True, "steps": 0}],
)
def test_bands_and_ellipses_are_told_of_where_they_are_drawn(
    view: str, more: dict[str, Any]
) -> None:
    figure, _ = read({"command": view, **NOISY, **more})
    assert figure
    try:
        scene = figure.draw().scene
    except OptvizError:
        assert more.get("steps") == 0  # rates have none
        return
    marks = [mark for panel in scene.panels for mark in panel.marks]
    assert ("bands" in scene.subtitle) == any(isinstance(m, Spread | Tube) for m in marks)
    assert ("1σ" in scene.subtitle) == any(isinstance(m, Ring) for m in marks)


def test_a_rate_that_is_not_there_is_not_said_to_be_beyond_numbers() -> None:
    figure, _ = read({"command": "rates", "opt": "adagrad", "gradient": "sparse(1,0.05)"})
    assert figure
    assert "beyond numbers" not in figure.draw().scene.alt


@pytest.mark.parametrize(
    ("start", "claimed"),
    [("-0.15,0.67", "maximum in 5 steps"), ("0.1,2.8", "saddle in"), ("3.1,2.1", "converges in")],
)
def test_newton_is_said_to_converge_to_what_is_there(start: str, claimed: str) -> None:
    run = optviz.run("himmelblau", "newton", start=start)
    assert claimed in figures.scene("trace", [run]).title
