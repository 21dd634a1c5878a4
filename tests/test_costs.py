"""No setting is a trap: what a step of a hundred rows calls, by every setting of every family."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import MISSING, replace
from typing import Any

import numpy as np
import pytest

from optviz import objectives
from optviz.errors import BadValue, Unfit
from optviz.gradients import EXACT
from optviz.optimizers import Optimizer, Rule, registry
from optviz.optimizers.adagrad import AdaGrad
from optviz.schedules import Constant, Schedule
from optviz.schedules import registry as schedules
from optviz.schedules.linearlr import LinearLR
from optviz.schedules.steplr import StepLR
from optviz.schedules.warmup_cosine_decay_schedule import WarmupCosineDecaySchedule
from optviz.walks.vectorised import _Rows

FLAT = objectives.read("0.1*x1^2+2*x2^2")
Family = Rule | Schedule
ROWS, STEPS = 100, 4
START = np.random.default_rng(14).uniform(-5, 5, (ROWS, 2))
VALUES = (0.45, 0.5, 1.0, 2.0, 3.0, 0.0, 20.0, -0.7)  # roots, whole powers and those between
PAIR = (LinearLR(0.3), StepLR(0.3, 20.0))
TOGETHER: dict[str, dict[str, Any]] = {  # settings that want each other
    "CyclicLR": {"cycle_momentum": False},  # AdaGrad has none
    "OneCycleLR": {"total_steps": 60.0, "cycle_momentum": False},
    "PiecewiseConstantDecay": {"boundaries": (30.0,), "values": (0.3, 0.1)},
    "GetWsdSchedule": {"num_training_steps": 200.0},
    "GetCosineWithMinLrScheduleWithWarmup": {"min_lr": 0.1},
    "SequentialLR": {"schedulers": PAIR, "milestones": (30.0,)},
    "ChainedScheduler": {"schedulers": PAIR},
    "JoinSchedules": {"schedules": PAIR, "boundaries": (30.0,)},
    "SgdrSchedule": {"cosine_kwargs": (WarmupCosineDecaySchedule(0.1, 0.3, 7.0, 20.0),)},
}


def calls(optimizer: Optimizer) -> int:
    """How many functions a few steps call: loops over rows and digits show, clocks play no part."""
    rows = _Rows.of(FLAT, optimizer, START, 1e-9, "end", EXACT)
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    with np.errstate(all="ignore"):
        rows.step(1)
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            for t in range(2, 2 + STEPS):
                rows.step(t)
        finally:
            sys.setprofile(before)
    return count


def made(kind: type[Family], **given: object) -> Family:
    """One of a family whose settings without a default are numbers it takes."""
    given = {**TOGETHER.get(kind.__name__, {}), **given}
    for f in kind.settings():
        if kind.defaults()[f] is MISSING and f not in given:
            given[f] = next(
                v for v in (0.3, 60.0, (30.0, 80.0), ((30.0, 0.5),)) if fits(kind, f, v)
            )
    return kind(**given)


def fits(kind: type[Family], name: str, value: object) -> bool:
    try:
        kind.settings()[name].check(name, value)
    except BadValue:
        return False
    return True


def variants(usual: Family) -> Iterator[dict[str, object]]:
    """The same with one setting at another value: a word, a switch, a number, a column of it."""
    for name, meaning in usual.settings().items():
        default = getattr(usual, name)
        if meaning.choices or isinstance(default, bool):
            yield from ({name: value} for value in meaning.choices or (True, False))
        elif meaning.within and not meaning.listed:
            for value in VALUES:
                if fits(type(usual), name, value):
                    yield {name: value}
                    yield {name: np.full((ROWS, 1), value)}


def dear(
    usual: Family, optimizer: Callable[[Any], Optimizer]
) -> list[tuple[dict[str, object], float]]:
    base, found = calls(optimizer(usual)), []
    for change in variants(usual):
        try:
            other = calls(optimizer(replace(usual, **change)))
        except (BadValue, Unfit):  # it does not go with the others
            continue
        if other > 10 * base:
            found.append((change, other / base))
    return found


@pytest.mark.parametrize("name", registry.names)
def test_no_setting_of_a_rule_makes_a_step_ten_times_as_dear(name: str) -> None:
    assert not dear(made(registry[name]), lambda rule: Optimizer(rule, Constant(1e-3)))


@pytest.mark.parametrize("name", schedules.names)
def test_no_setting_of_a_schedule_makes_a_step_ten_times_as_dear(name: str) -> None:
    assert not dear(made(schedules[name]), lambda schedule: Optimizer(AdaGrad(), schedule))
