"""The tapes of a walk are the walk: the same bits, from any start and with any settings."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.gradients import EXACT
from optviz.gradients import read as read_gradient
from optviz.objectives import Objective
from optviz.optimizers import Optimizer
from optviz.tape import Untraceable, program
from optviz.walks import engine
from optviz.walks.tapes import FIRST, WalkTapes, numbers, tapes

STEPS = 60
SEARCHING = {"adagradfull", "armijo", "lbfgs"}  # they decompose matrices, or search
NEEDS_QUADRATIC = {"bfgs", "chebyshev", "newton", "nonlinearcg", "steepest"}
NAMES = [name for name in optimizers.registry.names if name not in SEARCHING]


def replayed(walk: WalkTapes, start: list[float], steps: int) -> tuple[np.ndarray, np.ndarray]:
    """x and f of a walk, by the tapes alone."""
    begin, step = program(walk.begin, single=True), program(walk.step, single=True)
    values = [value for _, value in walk.settings]
    state = list(begin([*values, *start]))
    points, rates = [state], walk.rates(values)
    for t in range(1, steps + 1):
        rate = rates[t - 1] if rates else np.nan
        state = list(step([float(t), rate, *values, *state]))[: walk.size]
        if not np.isfinite(state[walk.dim : 2 * walk.dim + 1]).all():
            state = [np.nan] * walk.size
        points.append(state)
    numbers = np.array(points)
    return numbers[:, : walk.dim], numbers[:, walk.dim]


def same(objective: Objective, optimizer: Optimizer, start: list[float]) -> None:
    walk = tapes(objective, optimizer, EXACT, STEPS)
    exact = engine.run(objective, optimizer, np.array(start), STEPS)
    x, f = replayed(walk, start, STEPS)
    np.testing.assert_array_equal(x, exact.x[:, 0])
    np.testing.assert_array_equal(f, exact.f[:, 0])


@pytest.mark.parametrize("name", NAMES)
def test_the_walk_of_every_rule_on_a_quadratic(name: str) -> None:
    same(objectives.read("d2l-rotated"), optimizers.read(name), [-5.0, 2.0])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NEEDS_QUADRATIC])
def test_the_walk_of_every_rule_that_needs_gradients_alone_in_a_curved_valley(name: str) -> None:
    same(objectives.read("rosenbrock"), optimizers.read(name), [-1.2, 1.0])


@pytest.mark.parametrize(
    "text",
    [
        "momentum:dampening=0.5,decay=0.1,clip=1",
        "adam:eps_at=hat,decay=0.01,decoupled=true",
        "adagrad:window=3",
        "rmsprop:momentum=0.9",
        "gd:eta=cosine(0.4,20)",
        "gd:eta=exponential(0.4,0.9)",
        "adam:eta=step(0.4,10,0.5)",
        "lookahead:base=adam",
        "sign:eta=0.1,clip_value=0.5",
    ],
)
def test_variants_schedules_and_clipping(text: str) -> None:
    same(objectives.read("d2l"), optimizers.read(text), [-5.0, 2.0])


def test_settings_are_inputs() -> None:
    objective = objectives.read("d2l")
    walk = tapes(objective, optimizers.read("adam:eta=0.4"), EXACT, STEPS, ["eta", "beta1"])
    assert [name for name, _ in walk.settings] == ["eta", "beta1"]
    moved = WalkTapes(walk.dim, (("eta", 0.1), ("beta1", 0.5)), walk.begin, walk.step)
    exact = engine.run(objective, optimizers.read("adam:eta=0.1,beta1=0.5"), np.ones(2), STEPS)
    np.testing.assert_array_equal(replayed(moved, [1.0, 1.0], STEPS)[0], exact.x[:, 0])


def test_a_branch_on_a_setting_is_there_for_every_value() -> None:
    objective = objectives.read("d2l")
    walk = tapes(objective, optimizers.read("momentum"), EXACT, STEPS, ["eta", "dampening"])
    settings = (("eta", 0.1), ("dampening", 0.5))
    moved = WalkTapes(walk.dim, settings, walk.begin, walk.step)
    exact = engine.run(
        objective, optimizers.read("momentum:eta=0.1,dampening=0.5"), np.ones(2), STEPS
    )
    np.testing.assert_array_equal(replayed(moved, [1.0, 1.0], STEPS)[0], exact.x[:, 0])


def test_the_state_keeps_its_size() -> None:
    objective = objectives.read("d2l")
    for name in NAMES:
        walk = tapes(objective, optimizers.read(name), EXACT, STEPS)
        assert len(walk.step.outputs) == walk.size + walk.dim
        inputs = [op.value for op in walk.step.ops if op.name == "input"]
        assert max(inputs) < FIRST + len(walk.settings) + walk.size
        assert all(a != b for a, b in pairwise(sorted(inputs)))


def test_what_is_no_program_of_elementwise_operations_has_no_tapes() -> None:
    two, many = objectives.read("d2l"), objectives.read("diag(1,2,3,4,5,6,7,8,9)")
    noisy = replace(EXACT, source=read_gradient("noise(1)"))
    with pytest.raises(Untraceable, match="no function of x"):
        tapes(two, optimizers.read("gd"), noisy, STEPS)
    with pytest.raises(Untraceable, match="9 coordinates"):
        tapes(many, optimizers.read("gd"), EXACT, STEPS)
    for name in SEARCHING:
        with pytest.raises(Untraceable):
            tapes(two, optimizers.read(name), EXACT, STEPS)


def test_the_numbers_of_an_optimizer() -> None:
    assert list(numbers(optimizers.read("momentum"))) == ["eta", "beta", "dampening", "decay"]
