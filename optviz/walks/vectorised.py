"""Vectorised engine for sweeps: steps to a tolerance per row; finished rows are compacted away.

It runs the same rules as `engine.run`, with columns of settings, and keeps no path. Arrays lie
column by column in memory, so that a sum over coordinates is one over long vectors.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array, Bools, Ints, dot
from optviz.errors import Unfit
from optviz.gradients import EXACT, Oracle
from optviz.objectives import Objective
from optviz.objectives.family import Family
from optviz.optimizers import Optimizer, Point
from optviz.walks.rows import concatenate, take
from optviz.walks.status import factors

_DIVERGED = 1e20  # times the gap at the start: no transient of a stable run grows as far
_CHECK_EVERY = 32  # steps, for rows that are finished
_BLOCK_SIZE = 32_768  # numbers of an array that stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Outcomes:
    """How each row ended: all (batch,).

    `steps`: the first step with f − f* at most the tolerance times its start, nan if there was
    none. `gap`: f − f* when the row was finished, `factor`: by how much a step then multiplied the
    distance to x*, along the slowest eigenvector. `diverged`: f − f* grew 10²⁰-fold or overflowed.
    """

    steps: Array
    gap: Array
    factor: Array
    diverged: Bools


def run(
    objective: Objective | Family,
    optimizer: Optimizer,
    start: Array,
    steps: int,
    *,
    tolerance: float = 1e-6,
    until: str = "tolerance",
    oracle: Oracle = EXACT,
    watch: Callable[[int, int], None] | None = None,
) -> Outcomes:
    """Runs every row of `start` (batch, dim) for at most `steps` steps.

    Settings of the optimizer may be (batch, 1) columns. `until` says when a row is finished:
    "tolerance", once that is reached; "rest", once the gap is as small as rounding lets it be
    seen; "end", not before the last step. All rows draw the same from the oracle. `watch` is
    called with the number of rows that are finished, and of all. Raises `Unfit` for an objective
    without a minimum.
    """
    if isinstance(objective, Objective) and objective.quadratic is None:
        if not objective.has_minimum or (until == "rest" and objective.minimiser is None):
            raise Unfit(f"{objective.lacks_minimum} to run to; the sweep can show status only")
    elif objective.minimiser is None or np.isnan(objective.minimiser).any():
        raise Unfit("this objective has no minimum to run to; its sweep can show status only")
    batch, t, finished = len(start), 0, 0
    unknown = np.full((3, batch), np.nan)
    outcomes = Outcomes(unknown[0], unknown[1], unknown[2], np.zeros(batch, dtype=bool))
    blocks = _split([_Rows.of(objective, optimizer, start, tolerance, until, oracle)])
    with np.errstate(all="ignore"):
        while blocks and t < steps:
            end = min(max(2 * t, 2 * _CHECK_EVERY), steps)  # then the rest is split again
            for block in blocks:
                finished += block.run(range(t + 1, end + 1), steps, outcomes)
                if watch:
                    watch(finished, batch)
            t, blocks = end, _split([block for block in blocks if len(block.index)])
    return outcomes


@dataclass(eq=False)
class _Rows:
    """Rows that still run: every array is (rows, …), and so are those of state and optimizer.

    `index` are their places in the batch. `goal` is the gap of the tolerance, `far` the gap beyond
    which a row has diverged, `near` the one at which it is at rest. A row is `waiting` until it
    reaches the goal, `moving` until it is at rest, `live` until it is finished. `tail` are the
    last four points, from which the factor is measured.
    """

    objective: Objective | Family
    optimizer: Optimizer
    until: str
    oracle: Oracle
    sees_value: bool
    index: Ints
    x: Array
    g: Array
    state: Any
    gap: Array
    blank: Array
    lowest: Array
    goal: Array
    far: Array
    near: Array
    waiting: Bools
    moving: Bools
    live: Bools
    tail: list[Array]

    @classmethod
    def of(  # noqa: PLR0917  # as `run` has them
        cls,
        objective: Objective | Family,
        optimizer: Optimizer,
        start: Array,
        tolerance: float,
        until: str,
        oracle: Oracle,
    ) -> "_Rows":
        """All rows, before the first step."""
        x, batch = np.asfortranarray(start), len(start)
        with np.errstate(all="ignore"):
            g = objective.grad(x)
            gap = _gap(objective, x, g)
            state, lowest = optimizer.rule.init(x), objective.value(x) - gap
        visible = 1e-12 if np.any(objective.minimiser) else 1e-24  # x − x* loses digits beside x*
        true = np.ones(batch, dtype=bool)
        return cls(
            objective,
            optimizer,
            until,
            oracle,
            optimizer.rule.sees_value,
            index=np.arange(batch),
            x=x,
            g=g,
            state=state,
            gap=gap,
            blank=np.full(batch, np.nan),
            lowest=lowest,
            goal=tolerance * gap,
            far=_DIVERGED * np.where(gap > 0, gap, 1.0),
            near=visible * gap if until == "rest" else np.full(batch, -1.0),
            waiting=true,
            moving=true.copy(),
            live=true.copy(),
            tail=[x],
        )

    def run(self, times: range, last: int, outcomes: Outcomes) -> int:
        """The steps `times`; returns how many rows were removed in them."""
        before = len(self.index)
        for t in times:
            self.step(t)
            if self.until != "end":
                self.measure(t, outcomes)
            if t % _CHECK_EVERY == 0 or t == last:
                self.finish(outcomes, everyone=t == last)
                if not len(self.index):
                    break
        return before - len(self.index)

    def step(self, t: int) -> None:
        """One step of every row."""
        eta = self.optimizer.schedule(t)
        value = self.objective.value(self.x) if self.sees_value else self.blank
        place = self.optimizer.rule.looks(self.x, self.state)
        grad = self.g if place is self.x else self.objective.grad(place)
        if self.oracle is not EXACT:
            grad = self.oracle.gradient(t, self.objective, place, grad)
        point = Point(t, eta, self.x, value, grad, self.objective, self.lowest)
        self.x, _, _, self.state = self.optimizer.step(point, self.state)
        self.g = self.objective.grad(self.x)

    def measure(self, t: int, outcomes: Outcomes) -> None:
        """Records which rows have reached the goal, or rest, at step t."""
        self.gap = _gap(self.objective, self.x, self.g)
        if self.until == "rest":
            self.tail = [*self.tail[-3:], self.x]
            self.measure_factor(self.moving & (self.gap <= self.near), outcomes)
        arrived = self.waiting & (self.gap <= self.goal)
        if arrived.any():
            outcomes.steps[self.index[arrived]] = t
            self.waiting &= ~arrived

    def measure_factor(self, which: Bools, outcomes: Outcomes) -> None:
        """Records the factor of some rows, from their last points."""
        if which.any() and len(self.tail) == 4:
            Q = self.objective.hessian(self.x)
            star = _star(self.objective, self.x)
            tail = [(x - star if star.any() else x)[which] for x in self.tail]
            far = np.linalg.norm(0 * self.x - star, axis=1)[which]
            outcomes.factor[self.index[which]] = factors(
                Q if Q.ndim == 2 else Q[which], np.array(tail), far
            )
        self.moving = self.moving & ~which

    def finish(self, outcomes: Outcomes, everyone: bool) -> None:
        """Records how finished rows ended, and removes them once they are many."""
        if self.until == "end":
            self.gap = _gap(self.objective, self.x, self.g)
        diverged = ~(self.gap <= self.far)
        finished = diverged | ~self.moving | everyone
        if self.until == "tolerance":
            finished |= ~self.waiting
        finished &= self.live
        places = self.index[finished]
        outcomes.gap[places], outcomes.diverged[places] = self.gap[finished], diverged[finished]
        if self.until == "rest":
            self.measure_factor(self.moving & finished, outcomes)
        self.live, self.waiting = self.live & ~finished, self.waiting & ~finished
        # to remove a few costs more than to run them on
        if everyone or 8 * np.count_nonzero(self.live) <= 7 * len(finished):
            vars(self).update(vars(take(self, np.flatnonzero(self.live), len(finished))))


def _star(objective: Objective | Family, x: Array) -> Array:
    """The minimiser, of several the nearest to each row: (dim,) or (batch, dim)."""
    return objective.nearest(x) if isinstance(objective, Objective) else objective.minimiser


def _gap(objective: Objective | Family, x: Array, g: Array) -> Array:
    """f − f*: of a quadratic ½(x−x*)ᵀg, since g = Q(x−x*)."""
    if isinstance(objective, Objective) and objective.quadratic is None:
        return objective.gap(x)
    star = _star(objective, x)
    return 0.5 * dot(x - star if star.any() else x, g)


def _split(blocks: list[_Rows]) -> list[_Rows]:
    """The same rows in blocks of even size, small enough for the cache."""
    if not blocks:
        return []
    whole = concatenate(blocks) if len(blocks) > 1 else blocks[0]
    count = -(-whole.x.size // _BLOCK_SIZE)
    rows = np.arange(len(whole.index))
    if count == 1:
        return [whole]
    return [take(whole, part, len(rows)) for part in np.array_split(rows, count)]
