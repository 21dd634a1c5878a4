"""Laws of every schedule in the registry."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from optviz import optimizers, schedules
from optviz.errors import OptvizError, Unfit
from optviz.schedules import Constant, Schedule
from optviz.schedules.linearlr import LinearLR
from optviz.schedules.steplr import StepLR
from optviz.schedules.warmup_cosine_decay_schedule import WarmupCosineDecaySchedule
from optviz.text import syntax
from optviz.text.settings import Setting, show

# Settings that need each other, or are schedules.
PAIR = (LinearLR(0.3, total_iters=7.0), StepLR(0.3, 20.0))
CYCLE = WarmupCosineDecaySchedule(0.1, 0.3, 7.0, 20.0)
TOGETHER: dict[str, dict[str, Any]] = {
    "PiecewiseConstantDecay": {"boundaries": (7.0,), "values": (0.3, 0.2)},
    "OneCycleLR": {"total_steps": 20.0},
    "SequentialLR": {"schedulers": PAIR, "milestones": (7.0,)},
    "ChainedScheduler": {"schedulers": PAIR},
    "join_schedules": {"schedules": PAIR, "boundaries": (7.0,)},
    "sgdr_schedule": {"cosine_kwargs": (CYCLE, CYCLE)},
    "get_wsd_schedule": {"num_training_steps": 60.0},
    "get_cosine_with_min_lr_schedule_with_warmup": {"min_lr_rate": 0.1},
    "get_polynomial_decay_schedule_with_warmup": {"lr": 10.0},
}
INSTEAD = {"min_lr": {"min_lr_rate": None}}  # what must go for a setting to be there
# Those that begin with a rate of 0 unless they have no warm-up.
NO_RISE = {"num_warmup_steps": 0.0}


def ends(meaning: Setting) -> tuple[float, float]:
    low, high = (float(end) for end in meaning.within[1:-1].split(","))
    return low, high


def usual(kind: type[Schedule]) -> Schedule:
    """What must be given: 20 where a count from 1 is wanted, 0.3 for rates and factors."""
    settings = dict(TOGETHER.get(kind.word(), {}))
    settings |= {name: value for name, value in NO_RISE.items() if name in kind.settings()}
    for f in fields(kind):
        if f.default is f.default_factory and f.name not in settings:
            meaning = kind.settings()[f.name]
            low, _ = ends(meaning)
            number = 20.0 if low == 1 or meaning.whole else low + 0.3
            settings[f.name] = (7.0, 14.0) if meaning.listed else number
    return kind(**settings)


def three(meaning: Setting) -> list[float]:
    """Three numbers that a setting may be."""
    low, high = ends(meaning)
    span = high - low
    return (
        [low + 1, low + 2, low + 5] if span == np.inf else [low + p * span for p in (0.4, 0.6, 0.8)]
    )


ALL = [pytest.param(usual(kind), id=kind.word()) for kind in schedules.registry]
SETTINGS = [
    pytest.param(case.values[0], name, id=f"{case.id}.{name}")
    for case in ALL
    for name, meaning in case.values[0].settings().items()
    if meaning.within and not meaning.listed
]
STEPS = (1, 2, 3, 6, 7, 8, 14, 19, 20, 21, 22, 100, 10_000, 10**9)


@pytest.mark.parametrize("schedule", ALL)
def test_a_rate_is_a_finite_number_and_never_negative(schedule: Schedule) -> None:
    rates = [schedule(t) for t in STEPS]
    assert all(np.ndim(rate) == 0 and np.isfinite(rate) and rate >= 0 for rate in rates)
    assert rates[0] > 0


@pytest.mark.parametrize("schedule", ALL)
def test_the_same_step_has_the_same_rate_in_any_order_of_calls(schedule: Schedule) -> None:
    forward = [schedule(t) for t in STEPS]
    backward = [schedule(t) for t in reversed(STEPS)]
    assert forward == backward[::-1]


@pytest.mark.parametrize("schedule", ALL)
def test_a_schedule_reads_back_from_its_text(schedule: Schedule) -> None:
    text = str(schedule)
    assert schedules.read("rate", text, syntax.value("rate", text)) == schedule
    assert optimizers.read(f"momentum:eta={text}").schedule == schedule


@pytest.mark.parametrize("schedule", ALL)
def test_a_schedule_reads_with_all_its_settings_named(schedule: Schedule) -> None:
    settings = ",".join(f"{f.name}={show(getattr(schedule, f.name))}" for f in fields(schedule))
    text = f"{schedule.word()}({settings})"
    assert schedules.read("rate", text, syntax.value("rate", text)) == schedule


@pytest.mark.parametrize(("schedule", "name"), SETTINGS)
def test_a_column_of_settings_gives_the_column_of_rates(schedule: Schedule, name: str) -> None:
    values = three(schedule.settings()[name])
    schedule = replace(schedule, **{name: values[0]}, **INSTEAD.get(name, {}))
    column = replace(schedule, **{name: np.array(values)[:, None]})
    for t in range(1, 30):
        rates = [replace(schedule, **{name: value})(t) for value in values]
        rows = np.broadcast_to(column(t), (len(values), 1))  # a setting may not matter at t = 1
        assert rows[:, 0].tolist() == rates
        if (momenta := column.momentum(t)) is not None:
            alone = [replace(schedule, **{name: value}).momentum(t) for value in values]
            assert np.broadcast_to(momenta, (len(values), 1))[:, 0].tolist() == alone


MOVING = [case for case in ALL if case.values[0].momentum(1) is not None]


def test_the_schedules_of_pytorch_that_move_the_momentum_do() -> None:
    assert {case.id for case in MOVING} == {"CyclicLR", "OneCycleLR"}


@pytest.mark.parametrize("schedule", MOVING)
def test_a_momentum_goes_from_the_highest_to_the_lowest_as_the_rate_goes_up(
    schedule: Schedule,
) -> None:
    schedule = replace(schedule, max_lr=1.0, base_momentum=0.2, max_momentum=0.7)
    pairs = sorted((schedule(t), schedule.momentum(t)) for t in range(1, 6))
    momenta = [momentum for _, momentum in pairs]
    assert schedule.momentum(1) == 0.7
    assert momenta == sorted(momenta, reverse=True)
    assert len(set(momenta)) == len(momenta)
    assert all(0.2 <= schedule.momentum(t) <= 0.7 for t in STEPS)


@pytest.mark.parametrize("schedule", MOVING)
def test_without_cycle_momentum_the_momentum_does_not_move(schedule: Schedule) -> None:
    still = replace(schedule, cycle_momentum=False)
    assert all(still.momentum(t) is None for t in STEPS)
    assert [still(t) for t in STEPS] == [schedule(t) for t in STEPS]


@pytest.mark.parametrize("kind", list(schedules.registry), ids=lambda kind: kind.word())
def test_a_schedule_says_what_it_is(kind: type[Schedule]) -> None:
    assert kind.formula
    assert kind.source
    assert kind.__doc__


def test_no_two_schedules_share_a_formula() -> None:
    assert len({kind.formula for kind in schedules.registry}) == len(schedules.registry.names)


def test_a_bare_number_is_a_constant_rate_and_prints_as_one() -> None:
    schedule = schedules.read("rate", "0.4", syntax.value("rate", "0.4"))
    assert (schedule, str(schedule)) == (Constant(0.4), "0.4")


@pytest.mark.parametrize("schedule", ALL)
def test_the_rates_follow_the_base_rate(schedule: Schedule) -> None:
    try:
        base = schedule.base()
    except Unfit as error:
        assert schedule.word() in str(error)
        return
    doubled = replace(schedule, **{base: 2 * getattr(schedule, base)})
    before, after = ([one(t) for t in range(1, 30)] for one in (schedule, doubled))
    assert all(one <= two for one, two in zip(before, after, strict=True))
    assert before != after


@pytest.mark.parametrize("kind", list(schedules.registry), ids=lambda kind: kind.word())
def test_a_name_is_read_in_any_case(kind: type[Schedule]) -> None:
    schedule = usual(kind)
    named = {f.name.swapcase(): show(getattr(schedule, f.name)) for f in fields(kind)}
    text = f"{kind.word().swapcase()}({','.join(f'{k}={v}' for k, v in named.items())})"
    assert schedules.read("rate", text, syntax.value("rate", text)) == schedule


EXTREME = [0.0, 5e-324, 1e-300, 1e-12, 0.1, 0.5, 1.0, 2.0, 5.0, 443.0, 1e6, 1e12, 1e300, 1.7e308]


def extremes(kind: type[Schedule], count: int = 120) -> Iterator[Schedule]:
    """Schedules of a kind with settings as large and as small as it takes them."""
    for index in range(count):
        draw = random.Random(f"{kind.__name__} {index}")
        settings = {}
        for f in fields(kind):
            meaning = kind.settings()[f.name]
            if meaning.within and not meaning.listed and draw.random() < 0.7:
                settings[f.name] = draw.choice(EXTREME)
        with suppress(OptvizError):
            yield replace(usual(kind), **settings)


@pytest.mark.parametrize("kind", list(schedules.registry), ids=lambda kind: kind.word())
def test_a_rate_is_a_number_with_extreme_settings(kind: type[Schedule]) -> None:
    """0·∞ and ∞ − ∞ are none: `exponential(0,5)` has no rate but 0."""
    several = list(extremes(kind))
    assert several
    for schedule in several:
        for t in (1, 2, 3, 443, 10_000, 10**9):
            with np.errstate(all="ignore"):
                rate = schedule(t)
            assert rate >= 0, (str(schedule), t)


def test_a_rate_of_0_stays_0_under_any_factor() -> None:
    for text in ("exponential(0,5)", "step(0,1,5)", "ExponentialLR(0,gamma=5)"):
        schedule = optimizers.read(f"gd:eta={text}").schedule
        with np.errstate(all="ignore"):  # as a run has it
            assert [schedule(t) for t in (1, 443, 444, 10**6)] == [0, 0, 0, 0]
