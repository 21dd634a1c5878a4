"""Steps computed in blocks have the bits of steps computed one by one."""

from itertools import islice

import numpy as np
import pytest

from optviz import gradients, objectives
from optviz.arrays import Array
from optviz.gradients import Oracle
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer, read_all, registry
from optviz.walks import blocks, engine, stepping
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

FLAT = objectives.read("0.1*x1^2+2*x2^2")
TURNED = objectives.read("x1^2+0.5*x1*x2+3*x2^2-x1")
STARTS = np.array([[-5.0, -2.0], [1.0, 3.0]])
NOISES = ["noise(3)", "noise(1,law=student)", "noise(cov=[[1,0.5],[0.5,2]])", "sparse(0.5,0.05)"]


def bits(run: Trajectory) -> list[bytes]:
    return [(part + 0.0).tobytes() for part in (run.x, run.f, run.grad, run.rate)]


def one_by_one(
    objective: Quadratic, optimizer: Optimizer, start: Array, steps: int, oracle: Oracle
) -> list[bytes]:
    snapshots = engine.snapshots(objective, optimizer, start, oracle)
    moments = [snapshot.moment for snapshot in islice(snapshots, steps + 1)]
    x, f, grad, rate = (np.array([m[i] for m in moments]) for i in (1, 2, 3, 4))
    return [(part + 0.0).tobytes() for part in (x, f, grad[1:], rate[1:])]


@pytest.mark.parametrize("eta", [None, "30"])
@pytest.mark.parametrize("name", registry.names)
def test_a_block_has_the_bits_of_single_steps(name: str, eta: str | None) -> None:
    optimizer = read_all([name], {"eta": eta} if eta else {})[0]
    for objective in (FLAT, TURNED):
        run = engine.run(objective, optimizer, STARTS, 70)
        steps = one_by_one(objective, optimizer, STARTS, 70, gradients.EXACT)
        wholly_lost = np.isnan(run.x[-1]).all()  # then nothing more is recorded
        assert wholly_lost or bits(run) == steps


@pytest.mark.parametrize("source", NOISES)
@pytest.mark.parametrize("name", ["gd", "adagrad", "rmsprop"])
def test_noise_drawn_at_once_has_the_bits_of_noise_drawn_at_each_step(
    name: str, source: str
) -> None:
    optimizer = read_all([name], {"eta": "0.2"})[0]
    oracle = gradients.oracle(gradients.read(source), 2, 7)
    run = engine.run(FLAT, optimizer, STARTS, 90, oracle)
    assert bits(run) == one_by_one(FLAT, optimizer, STARTS, 90, oracle)


def test_a_rule_that_changes_something_is_not_run_in_blocks() -> None:
    setup, position = stepping.begin(FLAT, read_all(["gd"], {})[0], STARTS, gradients.EXACT)
    assert blocks.unchecked(setup, position, 5) is not None
    object.__setattr__(setup.optimizer.rule, "pure", False)
    assert blocks.unchecked(setup, position, 5) is None


def test_a_walk_tells_how_many_of_its_steps_are_done() -> None:
    told = []
    walk = Walk(
        FLAT,
        read_all(["gd"], {"eta": "0.1"})[0],
        STARTS[:1],
        5000,
        watch=lambda number, total: told.append((number, total)),
    )
    walk.run()
    assert told == sorted(told)
    assert told[-1] == (5000, 5000)
    told.clear()
    for _ in walk.moments():
        pass
    assert told[-1] == (5000, 5000)
    assert len(told) < 20
