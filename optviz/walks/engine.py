"""Walks: x ← x − η(t)·scale ⊙ direction − drift, the only step there is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import isfinite
from sys import maxsize
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit, WorldError
from optviz.gradients import EXACT, Oracle
from optviz.objectives.quadratic import Quadratic
from optviz.optimizers import Optimizer, Point, Step
from optviz.theory import expectation
from optviz.theory.expectation import covariances
from optviz.walks import spans, status
from optviz.walks.spans import Course, Position, Span
from optviz.walks.trajectory import Trajectory

Watch = Callable[[int, int], None]
_SELDOM = 1000  # steps between two words of how far a walk is that is written as it goes


class Moment(NamedTuple):
    """After step t: x (batch, dim), f (batch,), and the grad and rate (batch, dim) it used."""

    t: int
    x: Array
    f: Array
    grad: Array
    rate: Array


class Stage(NamedTuple):
    """A moment, the rule's answer that led to it (None for moment 0), and its state since then."""

    moment: Moment
    answer: Step | None
    state: Any


@dataclass(frozen=True, eq=False)
class Walk:
    """A walk to be made from each row of `start` (starts, dim), once for each seed of the oracle.

    `expected`: not to be drawn but computed, mean and covariance. What is written while it goes
    needs no memory. `watch` is told how many steps of how many are done.
    """

    objective: Quadratic
    optimizer: Optimizer
    start: Array
    steps: int
    oracle: Oracle = EXACT
    expected: bool = False
    watch: Watch | None = None

    @property
    def rows(self) -> Array:
        """Where each row starts, the seeds of the first start first: (starts · seeds, dim)."""
        seeds = max(len(self.oracle.draws.seed) // len(self.start), 1)
        return np.repeat(self.start, seeds, axis=0)

    def moments(self) -> Iterator[Moment]:
        """Moments 0 to `steps`, as they come."""
        for moment in walk(self.objective, self.optimizer, self.rows, self.oracle, self.steps):
            if self.watch and not moment.t % _SELDOM:
                self.watch(moment.t, self.steps)
            yield moment

    def check(self) -> None:
        """Raises `Unfit` for what cannot be computed, before the first step."""
        if self.expected:
            expectation.check(self.objective, self.optimizer, self.oracle, len(self.start))

    def run(self) -> Trajectory:
        """All of it, recorded and judged. Raises what `check` raises."""
        watch = self.watch
        if not self.expected:
            return run(self.objective, self.optimizer, self.rows, self.steps, self.oracle, watch)
        self.check()
        law = covariances(self.objective, self.optimizer, self.oracle, self.steps)
        mean = run(self.objective, self.optimizer, self.start, self.steps, watch=watch)
        many = len(self.oracle.draws.seed) > 1
        drawn = replace(self, expected=False).run() if many else None
        f = mean.f + 0.5 * np.einsum("ij,tji->t", self.objective.Q, law)[:, None]
        return replace(mean, f=f, law=law, gradient=str(self.oracle.source), spread=drawn)


def starts(objective: Quadratic, start: Array) -> Array:
    """`start` as (batch, dim); raises `Unfit` or `BadValue` where it does not fit the objective."""
    x = np.atleast_2d(np.asarray(start, dtype=np.float64))
    if x.ndim != 2 or x.shape[1] != objective.dim:
        many = "coordinate" if x.shape[-1] == 1 else "coordinates"
        has = f"start {_point(x[:1])} has {x.shape[-1]} {many}"
        raise Unfit(f"{has}, but the objective has {objective.dim}")
    lost = x[~np.isfinite(x).all(axis=1)]
    if len(lost):
        raise BadValue("start", _point(lost[0]), "finite numbers are wanted")
    return x


def walk(
    objective: Quadratic,
    optimizer: Optimizer,
    start: Array,
    oracle: Oracle = EXACT,
    steps: int | None = None,
) -> Iterator[Moment]:
    """The walk from `start` (batch, dim), a moment a step, moment 0 first; endless without `steps`.

    A row that leaves the finite world is called off: nan from that step on. Constant memory.
    """
    course, at = _begun(objective, optimizer, start, oracle)
    blank = np.full_like(at.x, np.nan)
    yield Moment(0, at.x, at.f, blank, blank)
    for part in _spans(course, at, steps):
        for i in range(len(part.x)):
            yield Moment(part.first + i, part.x[i], part.f[i], part.grad[i], part.rate[i])


def stages(
    objective: Quadratic, optimizer: Optimizer, start: Array, oracle: Oracle = EXACT
) -> Iterator[Stage]:
    """The moments of `walk`, with what the rule answered and remembers."""
    course, at = _begun(objective, optimizer, start, oracle)
    blank = np.full_like(at.x, np.nan)
    yield Stage(Moment(0, at.x, at.f, blank, blank), None, at.state)
    while True:
        stage, at = _stage(course, at)
        yield stage


def _begun(
    objective: Quadratic, optimizer: Optimizer, start: Array, oracle: Oracle
) -> tuple[Course, Position]:
    oracle.source.fit(objective)
    x = starts(objective, start)
    with np.errstate(all="ignore"):
        (f, g), state = objective.value_and_grad(x), optimizer.rule.init(x)
        course = Course(objective, optimizer, oracle, objective.minimum)
    return course, Position(0, x, f, g, state)


def _stage(course: Course, at: Position) -> tuple[Stage, Position]:
    """One step, looked at."""
    t, x, f, g, state = at
    with np.errstate(all="ignore"):
        t, rate = t + 1, np.empty_like(x)
        used = course.oracle.gradient(t, course.objective, x, g)
        x, rate[...], step, state = course.step(t, x, f, used, state)
        f, g = course.objective.value_and_grad(x)
        if not isfinite(np.add.reduce(f) + np.add.reduce(g, axis=None)):
            # a part of it is not, or they are large; where g is finite, so is x
            finite = np.isfinite(f) & np.isfinite(g).all(axis=-1)
            rate = np.where(np.isnan(used), np.nan, rate)
            x, g = (np.where(finite[:, None], a, np.nan) for a in (x, g))
            f = np.where(finite, f, np.nan)
    return Stage(Moment(t, x, f, used, rate), step, state), Position(t, x, f, g, state)


def _spans(course: Course, at: Position, steps: int | None) -> Iterator[Span]:
    """All steps in spans, and one by one where a row leaves the finite numbers."""
    while steps is None or at.t < steps:
        count = spans.length(at, maxsize if steps is None else steps - at.t)
        if whole := spans.span(course, at, count):
            part, at = whole
            yield part
            continue
        for _ in range(count):
            (moment, _, _), at = _stage(course, at)
            t, *arrays = moment
            yield Span(t, *(array[None] for array in arrays))


def run(  # noqa: PLR0917  # as `Walk` has them
    objective: Quadratic,
    optimizer: Optimizer,
    start: Array,
    steps: int,
    oracle: Oracle = EXACT,
    watch: Watch | None = None,
) -> Trajectory:
    """The first `steps` steps from `start` (dim,) or (batch, dim), recorded and judged.

    `watch` is told how many steps of how many are done. Raises `BadValue` for a negative number of
    steps, `Unfit` for a start of another dimension.
    """
    if steps < 0:
        raise BadValue("steps", steps, "0 or more is wanted")
    x0 = starts(objective, start)
    try:
        np.empty((steps + 1, len(x0), 3 * x0.shape[1] + 1))  # all at once: the parts may each fit
        x, f = np.full((steps + 1, *x0.shape), np.nan), np.full((steps + 1, len(x0)), np.nan)
        grad, rate = (np.full((steps, *x0.shape), np.nan) for _ in range(2))
    except (MemoryError, ValueError):
        many = f" of {len(x0)} runs" if len(x0) > 1 else ""
        why = "not enough memory; csv streams them"
        raise WorldError("hold", f"{steps} steps{many}", why) from None
    course, at = _begun(objective, optimizer, x0, oracle)
    x[0], f[0] = at.x, at.f
    for part in _spans(course, at, steps):
        first, end = part.first, part.first + len(part.x)
        x[first:end], f[first:end] = part.x, part.f
        grad[first - 1 : end - 1], rate[first - 1 : end - 1] = part.grad, part.rate
        if watch:
            watch(end - 1, steps)
        if np.isnan(part.x[-1]).all():
            break  # every row has been called off
    ended, since = status.judge(objective, x, rate)
    seeds = tuple(np.broadcast_to(oracle.draws.seed, len(x0)).tolist())
    return Trajectory(
        objective, optimizer, x, f, grad, rate, ended, since, str(oracle.source), seeds
    )


def rates(optimizer: Optimizer, grad: Array) -> Array:
    """The effective rates the optimizer would have applied to given gradients: (steps, batch, dim).

    For gradients from outside, where no position is known: a rule that looks at x sees nan.
    """
    unknown = np.full(grad.shape[1:], np.nan)
    state, applied = optimizer.rule.init(np.zeros_like(unknown)), np.full_like(grad, np.nan)
    with np.errstate(all="ignore"):
        for t, g in enumerate(grad, start=1):
            point = Point(t, optimizer.schedule(t), unknown, unknown[:, 0], g)
            _, applied[t - 1], _, state = optimizer.step(point, state)
    return applied


@np.errstate(all="ignore")
def completed(
    runs: list[Trajectory], objective: Quadratic | None, optimizers: list[Optimizer]
) -> list[Trajectory]:
    """Runs from elsewhere with what they lack made from what is given and known.

    The objective goes to runs without one, optimizers (one for all, or one each) to runs without
    one; then f, gradients, rates and status are computed where they are missing. Raises `Unfit`
    where dimensions or numbers do not fit.
    """
    nameless = [run for run in runs if run.optimizer is None]
    if len(optimizers) not in (0, 1, len(nameless)):
        raise Unfit(f"{len(optimizers)} optimizers for {len(nameless)} runs without one")
    owners = iter(optimizers * len(nameless) if len(optimizers) == 1 else optimizers)
    return [_completed(run, objective, run.optimizer or next(owners, None)) for run in runs]


def _completed(
    run: Trajectory, objective: Quadratic | None, optimizer: Optimizer | None
) -> Trajectory:
    q = run.objective or objective
    x, f, grad, rate = run.x, run.f, run.grad, run.rate
    ended, since = run.status, run.status_step
    if q and q.dim != run.dim:
        raise Unfit(f"the objective has {q.dim} coordinates, the run has {run.dim}")
    with np.errstate(all="ignore"):
        if q and np.isnan(f).all():
            f = q.value(x)
        if q and np.isnan(grad).all() and run.stride == 1:
            grad = q.grad(x[:-1])
    if optimizer and np.isnan(rate).all() and run.stride == 1:
        rate = rates(optimizer, grad)
    if q and not run.objective and not np.isnan(x).all():
        ended, since = status.judge(q, x, rate)
        since = since * run.stride
    return replace(
        run,
        objective=q,
        optimizer=optimizer,
        f=f,
        grad=grad,
        rate=rate,
        status=ended,
        status_step=since,
    )


def _point(x: Array) -> str:
    return "(" + ", ".join(f"{value:g}" for value in np.ravel(x)) + ")"
