"""Many rows at once, for sweeps: who is where after how many steps; what is done is dropped.

The rules are those of `engine.walk`, called with columns of settings; nothing of the way is kept.
Arrays lie column by column in memory, so that a sum over coordinates is one over long vectors.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array, Bools, Ints, dot
from optviz.errors import Unfit
from optviz.gradients import EXACT, Oracle
from optviz.objectives.family import Family
from optviz.objectives.quadratic import Quadratic
from optviz.optimizers import Optimizer, Point
from optviz.text.settings import is_zero
from optviz.walks.rows import joined, picked
from optviz.walks.status import factors

_LOST = 1e20  # times the gap at the start: no transient of a stable run grows as far
_LOOK = 32  # steps between looks at who is done
_BLOCK = 32_768  # numbers of a column group that stay near the processor


@dataclass(frozen=True, eq=False)
class Finish:
    """How each row ended: all (batch,).

    `steps`: the first step with f − f* at most the tolerance times its start, nan if there was
    none. `gap`: f − f* when the row was left, `factor`: what a step then left of the distance to
    x*, by the slowest eigenvector. `lost`: f − f* grew 10²⁰-fold, or out of the numbers.
    """

    steps: Array
    gap: Array
    factor: Array
    lost: Bools


def race(
    objective: Quadratic | Family,
    optimizer: Optimizer,
    start: Array,
    steps: int,
    *,
    tolerance: float = 1e-6,
    until: str = "tolerance",
    oracle: Oracle = EXACT,
    watch: Callable[[int, int], None] | None = None,
) -> Finish:
    """Runs every row of `start` (batch, dim) for at most `steps` steps.

    Settings of the optimizer may be (batch, 1) columns. `until` says when a row is left:
    "tolerance", once that is reached; "rest", once the gap is as small as rounding lets it be
    seen; "end", not before the last step. All rows draw the same from the oracle. `watch` is told
    how many rows of how many are done. Raises `Unfit` for an objective without a minimum.
    """
    if objective.minimiser is None or np.isnan(objective.minimiser).any():
        raise Unfit("this objective has no minimum to run to; its sweep can show status only")
    batch, t, done = len(start), 0, 0
    unknown = np.full((3, batch), np.nan)
    found = Finish(unknown[0], unknown[1], unknown[2], np.zeros(batch, dtype=bool))
    blocks = _dealt([_Field.of(objective, optimizer, start, tolerance, until, oracle)])
    with np.errstate(all="ignore"):
        while blocks and t < steps:
            end = min(max(2 * t, 2 * _LOOK), steps)  # then what is left is dealt anew
            for field in blocks:
                done += field.run(range(t + 1, end + 1), steps, found)
                if watch:
                    watch(done, batch)
            t, blocks = end, _dealt([field for field in blocks if len(field.rows)])
    return found


@dataclass(eq=False)
class _Field:
    """Rows that still run: every array is (rows, …), and so are those in state and optimizer."""

    objective: Quadratic | Family
    optimizer: Optimizer
    until: str
    oracle: Oracle
    rows: Ints
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
    def of(  # noqa: PLR0917  # as `race` has them
        cls,
        objective: Quadratic | Family,
        optimizer: Optimizer,
        start: Array,
        share: float,
        until: str,
        oracle: Oracle,
    ) -> "_Field":
        """All rows, before the first step."""
        x, batch = np.asfortranarray(start), len(start)
        with np.errstate(all="ignore"):
            g = objective.grad(x)
            gap = _gap(objective, x, g)
            state, lowest = optimizer.rule.init(x), objective.value(x) - gap
        seen = 1e-12 if np.any(objective.minimiser) else 1e-24  # x − x* loses digits beside x*
        near = seen * gap if until == "rest" else np.full(batch, -1.0)
        far = _LOST * np.where(gap > 0, gap, 1.0)
        true = np.ones(batch, dtype=bool)
        rows, blank = np.arange(batch), np.full(batch, np.nan)
        return cls(objective, optimizer, until, oracle, rows, x, g, state, gap, blank, lowest,
                   share * gap, far, near, true, true.copy(), true.copy(), [x])  # fmt: skip

    def run(self, times: range, last: int, found: Finish) -> int:
        """The steps `times`; returns how many rows were dropped on the way."""
        many = len(self.rows)
        for t in times:
            self.step(t, found)
            if t % _LOOK == 0 or t == last:
                self.drop(found, everyone=t == last)
                if not len(self.rows):
                    break
        return many - len(self.rows)

    def step(self, t: int, found: Finish) -> None:
        """One step of every row, and a look at who reaches what is waited for."""
        eta = self.optimizer.schedule(t)
        rule, state = self.optimizer.at(t, self.state)
        value = self.objective.value(self.x) if rule.sees_value else self.blank
        seen = self.g
        if self.oracle is not EXACT:
            seen = self.oracle.gradient(t, self.objective, self.x, self.g)
        point = Point(t, eta, self.x, value, seen, self.objective.Q, self.lowest)
        step, self.state = rule.update(point, state)
        rate = eta if isinstance(step.scale, float) and step.scale == 1 else eta * step.scale
        move = rate * step.direction
        self.x = np.subtract(self.x, move, out=move)
        if not is_zero(step.drift):
            self.x = self.x - step.drift
        self.g = self.objective.grad(self.x)
        if self.until != "end":
            self.look(t, found)

    def look(self, t: int, found: Finish) -> None:
        """Measures who is where."""
        self.gap = _gap(self.objective, self.x, self.g)
        if self.until == "rest":
            self.tail = [*self.tail[-3:], self.x]
            self.measure(self.moving & (self.gap <= self.near), found)
        new = self.waiting & (self.gap <= self.goal)
        if new.any():
            found.steps[self.rows[new]] = t
            self.waiting &= ~new

    def measure(self, which: Bools, found: Finish) -> None:
        """Notes the factor of some rows, from their last steps."""
        if which.any() and len(self.tail) == 4:
            Q, tail = self.objective.Q, [_away(self.objective, x)[which] for x in self.tail]
            far = np.linalg.norm(_away(self.objective, 0 * self.x), axis=1)[which]
            found.factor[self.rows[which]] = factors(
                Q if Q.ndim == 2 else Q[which], np.array(tail), far
            )
        self.moving = self.moving & ~which

    def drop(self, found: Finish, everyone: bool) -> None:
        """Notes how those ended that are done, and forgets them once they are many."""
        if self.until == "end":
            self.gap = _gap(self.objective, self.x, self.g)
        gone = ~(self.gap <= self.far)
        done = gone | ~self.moving | everyone
        if self.until == "tolerance":
            done |= ~self.waiting
        done &= self.live
        ids = self.rows[done]
        found.gap[ids], found.lost[ids] = self.gap[done], gone[done]
        if self.until == "rest":
            self.measure(self.moving & done, found)
        self.live, self.waiting = self.live & ~done, self.waiting & ~done
        if everyone or 8 * np.count_nonzero(self.live) <= 7 * len(done):
            vars(self).update(vars(picked(self, np.flatnonzero(self.live), len(done))))
        # else moving the others together would cost more than the steps of these


def _away(objective: Quadratic | Family, x: Array) -> Array:
    centre = objective.minimiser
    assert centre is not None
    return x - centre if centre.any() else x


def _gap(objective: Quadratic | Family, x: Array, g: Array) -> Array:
    """f − f* = ½(x−x*)ᵀg, since g = Q(x−x*)."""
    return 0.5 * dot(_away(objective, x), g)


def _dealt(fields: list[_Field]) -> list[_Field]:
    """The same rows in blocks of even size, small enough for the cache."""
    if not fields:
        return []
    whole = joined(fields) if len(fields) > 1 else fields[0]
    count = -(-whole.x.size // _BLOCK)
    rows = np.arange(len(whole.rows))
    if count == 1:
        return [whole]
    return [picked(whole, part, len(rows)) for part in np.array_split(rows, count)]
