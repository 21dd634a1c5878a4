"""Single steps of a walk, each checked for overflow: what they start from and what they leave.

A row overflows where x or f is infinite, or x so huge that terms of f are, as those of x³ − 3xy²,
which is nan then. A row is lost where x is not, but f has no value there (the logarithm of a
negative number) or no gradient (a kink): it keeps that x, and is nan after.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array, Bools
from optviz.gradients import Oracle
from optviz.objectives import Objective
from optviz.optimizers import Optimizer, Point, Rule, Step, StepResult

_HUGE = 1e100  # beyond, cubes overflow


class Setup(NamedTuple):
    """What stays the same all through a walk; `lowest` is f*, None if there is none."""

    objective: Objective
    optimizer: Optimizer
    oracle: Oracle
    lowest: float | None

    def step(self, t: int, x: Array, f: Array, grad: Array, state: Any) -> StepResult:
        """Step t from x, with the f and the gradient that the rule is given there."""
        eta = self.optimizer.schedule(t)
        point = Point(t, eta, x, f, grad, self.objective, self.lowest)
        return self.optimizer.step(point, state)


class Position(NamedTuple):
    """x and f of each row after step t, ∇f where the rule looks, and its state.

    These decide all later steps.
    """

    t: int
    x: Array
    f: Array
    grad: Array
    state: Any


# x (steps, batch, dim), f, grad and rate of so many steps from a position, and the one after them
Program = Callable[[Position, int], tuple[Array, Array, Array, Array, Position]]


class Moment(NamedTuple):
    """After step t: x (batch, dim), f (batch,), and the grad and rate (batch, dim) of that step."""

    t: int
    x: Array
    f: Array
    grad: Array
    rate: Array


class Snapshot(NamedTuple):
    """A moment, the rule's `Step` that led to it (None for moment 0), and its state after it."""

    moment: Moment
    step: Step | None
    state: Any


def begin(
    objective: Objective, optimizer: Optimizer, x: Array, oracle: Oracle
) -> tuple[Setup, Position]:
    """The setup and the position before step 1. Raises `Unfit` where oracle and objective clash."""
    oracle.source.fit(objective)
    with np.errstate(all="ignore"):
        state = optimizer.rule.init(x)
        f, g = evaluated(objective, optimizer.rule, x, state)
        setup = Setup(objective, optimizer, oracle, objective.minimum)
    return setup, Position(0, x, f, g, state)


def evaluated(objective: Objective, rule: Rule, x: Array, state: Any) -> tuple[Array, Array]:
    """f at x (batch,), and ∇f (batch, dim) where the rule looks."""
    place = rule.looks(x, state)
    if place is x:
        return objective.value_and_grad(x)
    return objective.value(x), objective.grad(place)


def initial(position: Position) -> Moment:
    """Moment 0, which no step led to."""
    blank = np.full_like(position.x, np.nan)
    return Moment(0, position.x, position.f, blank, blank)


def checked_step(setup: Setup, position: Position) -> tuple[Snapshot, Position]:
    """One step; rows that overflow are nan from it on, rows that are lost from the next."""
    t, x, f, g, state = position
    with np.errstate(all="ignore"):
        t, rate = t + 1, np.empty_like(x)
        place = setup.optimizer.rule.looks(x, state)
        grad = setup.oracle.gradient(t, setup.objective, place, g)
        x, rate[...], step, state = setup.step(t, x, f, grad, state)
        f, g = evaluated(setup.objective, setup.optimizer.rule, x, state)
        if not isfinite(np.add.reduce(f) + np.add.reduce(g, axis=None)):
            # some are not finite, or their sum is not; where g is finite, so is x
            finite = np.isfinite(f) & np.isfinite(g).all(axis=-1)
            rate = np.where(np.isnan(grad), np.nan, rate)
            seen = finite | _lost(setup.objective, x, f)
            f, x = np.where(seen, f, np.nan), np.where(seen[:, None], x, np.nan)
            g = np.where(finite[:, None], g, np.nan)
    return Snapshot(Moment(t, x, f, grad, rate), step, state), Position(t, x, f, g, state)


def _lost(objective: Objective, x: Array, f: Array) -> Bools:
    """Which rows stand where a function has no value or no gradient; a polynomial has both."""
    if objective.quadratic is not None:
        return np.zeros(len(x), dtype=bool)
    return np.asarray((np.abs(x) < _HUGE).all(axis=-1) & ~np.isinf(f))
