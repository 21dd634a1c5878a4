"""Laws of every schedule, found and not named."""

from dataclasses import fields, replace

import numpy as np
import pytest

from optviz import optimizers, schedules, syntax
from optviz.schedules import Constant


def lowest(meaning):
    return float(meaning.within[1:-1].split(",")[0])


def usual(kind):
    """What must be given: 20 where a count from 1 is wanted, 0.3 for rates and factors."""
    required = [f.name for f in fields(kind) if f.default is f.default_factory]
    lows = {name: lowest(kind.settings()[name]) for name in required}
    return kind(**{name: 20.0 if low == 1 else low + 0.3 for name, low in lows.items()})


ALL = [pytest.param(usual(kind), id=kind.word()) for kind in schedules.registry]
SETTINGS = [
    pytest.param(case.values[0], name, id=f"{case.id}.{name}")
    for case in ALL
    for name in case.values[0].settings()
]
STEPS = (1, 2, 3, 6, 7, 8, 14, 19, 20, 21, 22, 100, 10_000, 10**9)


@pytest.mark.parametrize("schedule", ALL)
def test_a_rate_is_a_finite_number_and_never_negative(schedule):
    rates = [schedule(t) for t in STEPS]
    assert all(np.ndim(rate) == 0 and np.isfinite(rate) and rate >= 0 for rate in rates)
    assert rates[0] > 0


@pytest.mark.parametrize("schedule", ALL)
def test_the_same_step_has_the_same_rate_whatever_was_asked_before(schedule):
    forward = [schedule(t) for t in STEPS]
    backward = [schedule(t) for t in reversed(STEPS)]
    assert forward == backward[::-1]


@pytest.mark.parametrize("schedule", ALL)
def test_a_schedule_reads_back_from_its_text(schedule):
    text = str(schedule)
    assert schedules.read("rate", text, syntax.value("rate", text)) == schedule
    assert optimizers.read(f"gd:eta={text}").schedule == schedule


@pytest.mark.parametrize("schedule", ALL)
def test_a_schedule_reads_with_all_its_settings_named(schedule):
    settings = ",".join(f"{f.name}={getattr(schedule, f.name)}" for f in fields(schedule))
    text = f"{schedule.word()}({settings})"
    assert schedules.read("rate", text, syntax.value("rate", text)) == schedule


@pytest.mark.parametrize(("schedule", "name"), SETTINGS)
def test_a_column_of_settings_gives_the_column_of_rates(schedule, name):
    low = lowest(schedule.settings()[name])
    values = [low + 1, low + 2, low + 5]
    column = replace(schedule, **{name: np.array(values)[:, None]})
    for t in range(1, 30):
        rates = [replace(schedule, **{name: value})(t) for value in values]
        found = np.broadcast_to(column(t), (len(values), 1))  # a setting may not matter at t = 1
        assert found[:, 0].tolist() == rates


@pytest.mark.parametrize("kind", list(schedules.registry), ids=lambda kind: kind.word())
def test_a_schedule_says_what_it_is(kind):
    assert kind.formula
    assert kind.source
    assert kind.__doc__


def test_the_schedules_can_be_told_apart():
    assert len({kind.formula for kind in schedules.registry}) == len(schedules.registry.names)


def test_a_bare_number_is_a_constant_rate_and_prints_as_one():
    found = schedules.read("rate", "0.4", syntax.value("rate", "0.4"))
    assert (found, str(found)) == (Constant(0.4), "0.4")
