"""Optimizers whose settings are inputs of a tape, and numbers of theirs as functions of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Any

import numpy as np

from optviz.optimizers import Optimizer
from optviz.tape import Tape, Tracer, Untraceable, branched


def numbers(optimizer: Optimizer) -> dict[str, float]:
    """The settings that are numbers, those of the schedule first."""
    parts = (optimizer.schedule, optimizer.rule)
    found = {name: getattr(part, name) for part in parts for name in part.settings()}
    return {name: value for name, value in found.items() if isinstance(value, float)}


def choices(optimizer: Optimizer, names: Sequence[str]) -> Iterator[list[str]]:
    """The settings to try as inputs: all of them, then without those that more depends on."""
    own, base = optimizer.rule.settings(), optimizer.schedule.base()
    found = [
        list(names),
        [name for name in names if name in own or name == base],
        [name for name in names if name in own],
        [name for name in names if name == base],
        [],
    ]
    yield from (each for i, each in enumerate(found) if each not in found[:i])


def with_inputs(optimizer: Optimizer, names: Sequence[str], tracer: Tracer, first: int) -> Any:
    """The optimizer with inputs from the index `first` on as these settings, unchecked."""
    optimizer = copy(optimizer)
    rule, schedule = copy(optimizer.rule), copy(optimizer.schedule)
    for i, name in enumerate(names):
        part = schedule if name in schedule.settings() else rule
        object.__setattr__(part, name, tracer.inputs(first + i))
    object.__setattr__(optimizer, "rule", rule)
    object.__setattr__(optimizer, "schedule", schedule)
    return optimizer


def traced(tracer: Tracer, run: Callable[[], list[int]]) -> list[int]:
    """The outputs, whatever a rule raises when it meets what is no array. Raises `Untraceable`."""
    try:
        with np.errstate(all="ignore"):
            return branched(tracer, run)
    except Untraceable:
        raise
    except Exception as error:
        raise Untraceable(str(error)) from error


def of_settings(
    optimizer: Optimizer, names: Sequence[str], ask: Callable[[Any], Sequence[Any]]
) -> Tape:
    """What is asked of an optimizer, numbers or None, as a tape of these settings.

    nan stands for None. Raises `Untraceable`.
    """
    tracer = Tracer()
    with_names = with_inputs(optimizer, names, tracer, 0)

    def run() -> list[int]:
        values = [np.nan if value is None else value for value in ask(with_names)]
        return [int(tracer.traced(value).places.ravel()[0]) for value in values]

    return tracer.tape(traced(tracer, run))
