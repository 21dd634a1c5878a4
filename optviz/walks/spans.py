"""Many steps in a row without a look at each: the numbers are checked when all are made.

A step of the engine that checks itself takes longer for the checks than for the step. So a span
of steps is made first, f and whether all is finite come for all of them at once, and only where
something is not finite is the span thrown away and made again step by step.
"""

from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import EXACT_DIM, Array
from optviz.gradients import Exact, Oracle
from optviz.objectives.quadratic import Quadratic
from optviz.optimizers import Optimizer, Point, Rule, Step
from optviz.text.settings import Num, is_zero

_MOST, _ROOM = 1024, 2**13  # steps of a span, and numbers in one of its arrays


class Span(NamedTuple):
    """After the steps first, first + 1, …: x (steps, batch, dim), f, and what each step used."""

    first: int
    x: Array
    f: Array
    grad: Array
    rate: Array


class Position(NamedTuple):
    """x, f and ∇f of each row after step t, and what the rule remembers: it decides the rest."""

    t: int
    x: Array
    f: Array
    grad: Array
    state: Any


class Course(NamedTuple):
    """What goes how over what, all through a walk; `lowest` is f*, None if there is none."""

    objective: Quadratic
    optimizer: Optimizer
    oracle: Oracle
    lowest: float | None

    def step(self, t: int, at: Array, f: Array, grad: Array, state: Any) -> "Stepped":
        """x − η(t)·scale ⊙ direction − drift, where step t began `at` x with this gradient."""
        rule, state = self.optimizer.at(t, state)
        eta = self.optimizer.schedule(t)
        point = Point(t, eta, at, f, grad, self.objective.Q, self.lowest)
        answer, state = rule.update(point, state)
        rate = eta * answer.scale
        x = at - rate * answer.direction
        return Stepped(x if is_zero(answer.drift) else x - answer.drift, rate, answer, state)


class Stepped(NamedTuple):
    """Where a step led, its effective rate, what the rule answered, and what it remembers."""

    x: Array
    rate: Num
    answer: Step
    state: Any


def length(at: Position, left: int) -> int:
    """How many steps the next span should have: few at first, as many paths leave early."""
    return max(1, min(max(at.t, 32), left, _MOST, _ROOM // max(at.x.size, 1)))


def span(course: Course, at: Position, steps: int) -> tuple[Span, Position] | None:
    """So many steps, and the position after them; None where they leave the finite numbers.

    Rows that had left them before stay nan.
    """
    if not course.optimizer.rule.pure:
        return None
    with np.errstate(all="ignore"):
        done, after = _made(course, at, steps)
        live = ~np.isnan(at.x).all(axis=-1)  # f alone may be nan where a row is still to be lost
        if not (np.isfinite(done.f[:, live]).all() and np.isfinite(after.grad[live]).all()):
            return None
        if not np.isfinite(_gradients(course, done)[:, live]).all():
            return None
        if not live.all():
            done = done._replace(rate=np.where(np.isnan(done.grad), np.nan, done.rate))
    return done, after


def _gradients(course: Course, done: Span) -> Array:
    """∇f at each point but the last."""
    if isinstance(course.oracle.source, Exact):
        return done.grad[1:]
    return course.objective.grad(done.x[:-1])


def _made(course: Course, at: Position, steps: int) -> tuple[Span, Position]:
    objective, (t, x, f, g, state) = course.objective, at
    # BLAS sums each shape another way
    every = _sees_value(course.optimizer.rule) or objective.dim > EXACT_DIM
    seen = course.oracle.ahead(range(t + 1, t + steps + 1), objective)
    xs, fs, grads, rates = [], [], [], []
    for number in range(t + 1, t + steps + 1):
        grad = seen(number, x, g)
        x, rate, _, state = course.step(number, x, f, grad, state)
        if every:
            f, g = objective.value_and_grad(x)
            fs.append(f)
        else:
            g = objective.grad(x)
        xs.append(x)
        grads.append(grad)
        rates.append(rate)
    points = np.array(xs)
    values = np.array(fs) if every else objective.value(points)
    made = Span(t + 1, points, values, np.array(grads), _stacked(rates, points.shape))
    return made, Position(t + steps, x, values[-1], g, state)


def _stacked(rates: list[Any], shape: tuple[int, ...]) -> Array:
    """Rates of one number, a column or a number each: (steps, batch, dim)."""
    if all(isinstance(rate, float | int) for rate in rates):
        return np.broadcast_to(np.array(rates, dtype=np.float64)[:, None, None], shape)
    found = np.empty(shape)
    for row, rate in zip(found, rates, strict=True):
        row[...] = rate
    return found


def _sees_value(rule: Rule) -> bool:
    """Whether the rule, or one within it, may look at f; of one from outside nobody knows."""
    ours = type(rule).__module__.startswith("optviz.")
    return (
        not ours
        or rule.sees_value
        or any(isinstance(part, Rule) and _sees_value(part) for part in vars(rule).values())
    )
