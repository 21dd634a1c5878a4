"""Runs an optimizer on an objective, in memory or as a stream of steps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit, WorldError
from optviz.gradients import EXACT, Oracle
from optviz.objectives import Objective
from optviz.optimizers import Optimizer
from optviz.theory import expectation
from optviz.walks import status
from optviz.walks.blocks import blocks
from optviz.walks.stepping import Moment, Snapshot, begin, checked_step, initial
from optviz.walks.trajectory import Trajectory

Watch = Callable[[int, int], None]  # called with the number that is done, and of all
_WATCH_EVERY = 1000  # steps of a walk that is streamed


@dataclass(frozen=True, eq=False)
class Walk:
    """What to run: from each row of `start` (starts, dim), once for each seed of the oracle.

    With `expected` the mean and covariance over all seeds are computed exactly. `watch` is called
    with the number of steps that are done, and of all.
    """

    objective: Objective
    optimizer: Optimizer
    start: Array
    steps: int
    oracle: Oracle = EXACT
    expected: bool = False
    watch: Watch | None = None

    @property
    def rows(self) -> Array:
        """Where each row starts, the seeds of the first start first: (starts · seeds, dim)."""
        seeds = max(len(self.oracle.streams.seed) // len(self.start), 1)
        return np.repeat(self.start, seeds, axis=0)

    def moments(self) -> Iterator[Moment]:
        """Moments 0 to `steps` one by one, in constant memory."""
        for moment in walk(self.objective, self.optimizer, self.rows, self.oracle, self.steps):
            if self.watch and not moment.t % _WATCH_EVERY:
                self.watch(moment.t, self.steps)
            yield moment

    def check(self) -> None:
        """Raises `Unfit` for what cannot be computed, before the first step."""
        if self.expected:
            expectation.check(self.objective, self.optimizer, self.oracle, len(self.start))

    def run(self) -> Trajectory:
        """The trajectory. Raises what `check` raises."""
        objective, optimizer, steps = self.objective, self.optimizer, self.steps
        if not self.expected:
            return run(objective, optimizer, self.rows, steps, self.oracle, self.watch)
        self.check()
        law = expectation.covariances(objective, optimizer, self.oracle, steps)
        mean = run(objective, optimizer, self.start, steps, watch=self.watch)
        several = len(self.oracle.streams.seed) > 1
        samples = replace(self, expected=False).run() if several else None
        f = mean.f + expectation.excess(objective, law)[:, None]
        return replace(mean, f=f, law=law, gradient=str(self.oracle.source), spread=samples)


def starts(objective: Objective, start: Array) -> Array:
    """`start` as (batch, dim); raises `Unfit` or `BadValue` where it does not fit the objective."""
    x = np.atleast_2d(np.asarray(start, dtype=np.float64))
    if x.ndim != 2 or x.shape[1] != objective.dim:
        noun = "coordinate" if x.shape[-1] == 1 else "coordinates"
        start_has = f"start {_point(x[:1])} has {x.shape[-1]} {noun}"
        raise Unfit(f"{start_has}, but the objective has {objective.dim}")
    bad = x[~np.isfinite(x).all(axis=1)]
    if len(bad):
        raise BadValue("start", _point(bad[0]), "finite numbers are wanted")
    return x


def walk(
    objective: Objective,
    optimizer: Optimizer,
    start: Array,
    oracle: Oracle = EXACT,
    steps: int | None = None,
) -> Iterator[Moment]:
    """The walk from `start` (batch, dim), a moment a step, moment 0 first; endless without `steps`.

    Rows that overflow are nan from that step on. Memory is constant.
    """
    setup, position = begin(objective, optimizer, starts(objective, start), oracle)
    yield initial(position)
    for block in blocks(setup, position, steps):
        for i in range(len(block.x)):
            yield Moment(block.first + i, block.x[i], block.f[i], block.grad[i], block.rate[i])


def snapshots(
    objective: Objective, optimizer: Optimizer, start: Array, oracle: Oracle = EXACT
) -> Iterator[Snapshot]:
    """The moments of `walk`, endless, with the rule's steps and states."""
    setup, position = begin(objective, optimizer, starts(objective, start), oracle)
    yield Snapshot(initial(position), None, position.state)
    while True:
        snapshot, position = checked_step(setup, position)
        yield snapshot


def run(  # noqa: PLR0917  # as `Walk` has them
    objective: Objective,
    optimizer: Optimizer,
    start: Array,
    steps: int,
    oracle: Oracle = EXACT,
    watch: Watch | None = None,
) -> Trajectory:
    """The trajectory of `steps` steps from `start`, (dim,) or (batch, dim).

    `watch` is called with the number of steps that are done, and of all. Raises `BadValue` for a
    negative number of steps, `Unfit` for a start of another dimension.
    """
    if steps < 0:
        raise BadValue("steps", steps, "0 or more is wanted")
    x0 = starts(objective, start)
    x, f, grad, rate = _arrays(steps, *x0.shape)
    setup, position = begin(objective, optimizer, x0, oracle)
    x[0], f[0] = position.x, position.f
    for block in blocks(setup, position, steps):
        first, end = block.first, block.first + len(block.x)
        x[first:end], f[first:end] = block.x, block.f
        grad[first - 1 : end - 1], rate[first - 1 : end - 1] = block.grad, block.rate
        if watch:
            watch(end - 1, steps)
        if np.isnan(block.x[-1]).all():
            break  # every row has overflowed
    ending, since = status.judge(objective, x, rate)
    seeds = tuple(np.broadcast_to(oracle.streams.seed, len(x0)).tolist())
    return Trajectory(
        objective, optimizer, x, f, grad, rate, ending, since, str(oracle.source), seeds
    )


def _arrays(steps: int, batch: int, dim: int) -> tuple[Array, Array, Array, Array]:
    """x, f, grad and rate, all nan. Raises `WorldError` where memory does not hold them."""
    shapes = (steps + 1, batch, dim), (steps + 1, batch), (steps, batch, dim), (steps, batch, dim)
    try:
        np.empty((steps + 1, batch, 3 * dim + 1))  # all at once: each alone may fit
        x, f, grad, rate = (np.full(shape, np.nan) for shape in shapes)
    except (MemoryError, ValueError):
        runs = f" of {batch} runs" if batch > 1 else ""
        why = "not enough memory; csv streams them"
        raise WorldError("hold", f"{steps} steps{runs}", why) from None
    return x, f, grad, rate


def _point(x: Array) -> str:
    return "(" + ", ".join(f"{value:g}" for value in np.ravel(x)) + ")"
