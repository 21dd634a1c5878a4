"""Long walks of one row by the program of their tape: the same bytes, and when it is taken."""

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.walks import blocks, engine, single
from optviz.walks.trajectory import Trajectory

STEPS = 2500
PARTS = ("x", "f", "grad", "rate")


def both(
    monkeypatch: pytest.MonkeyPatch, objective: str, optimizer: str, start: list[float]
) -> tuple[Trajectory, Trajectory]:
    """The walk by the program, and step by step."""
    walk = objectives.read(objective), optimizers.read(optimizer), np.array(start), STEPS
    fast = engine.run(*walk)
    monkeypatch.setattr(blocks, "_LONG", 10 * STEPS)
    return fast, engine.run(*walk)


@pytest.mark.parametrize(
    ("objective", "optimizer", "start"),
    [
        ("rosenbrock", "adam", [-2.0, 2.0]),
        ("d2l-rotated", "bfgs", [-5.0, 2.0]),
        ("d2l", "momentum:eta=cosine(0.4,900),decay=0.01", [-5.0, 2.0]),
        ("d2l", "gd:eta=0.51", [-5.0, 2.0]),  # overflows
        ("himmelblau", "lookahead:base=adam", [-0.15, 0.67]),
        ("ackley", "averaging:base=rmsprop", [2.5, 3.0]),
        ("d2l-cosine", "adan", [10.0]),
        ("d2l", "lbfgs", [-5.0, 2.0]),  # which has no program
    ],
)
def test_the_bytes_are_those_of_single_steps(
    monkeypatch: pytest.MonkeyPatch, objective: str, optimizer: str, start: list[float]
) -> None:
    fast, slow = both(monkeypatch, objective, optimizer, start)
    for part in PARTS:
        assert getattr(fast, part).tobytes() == getattr(slow, part).tobytes(), part
    assert fast.status == slow.status


def test_short_walks_and_several_rows_have_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a program is made")

    monkeypatch.setattr(single, "program_of", refused)
    d2l, adam = objectives.read("d2l"), optimizers.read("adam")
    engine.run(d2l, adam, np.ones(2), 100)
    engine.run(d2l, adam, np.ones((2, 2)), STEPS)


def test_rules_from_outside_have_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = type("Mine", (type(optimizers.read("gd").rule),), {"__module__": "mine"})
    assert optimizers.read("lookahead:base=adam").rule.own
    assert not rule().own
