"""Measures the rows of a sweep: one quantity of each row's run."""

from dataclasses import dataclass, replace

import numpy as np

from optviz.arrays import Array, Bools, Ints
from optviz.gradients import Oracle
from optviz.objectives import Objective, Quadratic
from optviz.objectives.family import Family
from optviz.optimizers import Optimizer
from optviz.walks import engine, vectorised
from optviz.walks.engine import Watch
from optviz.walks.rows import take
from optviz.walks.status import STATUSES

_UNTIL = {"steps": "tolerance", "f": "end", "rate": "rest"}
_MOST_NUMBERS = 4_000_000  # of the positions of recorded walks, in memory at a time


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows to measure: row i on members[owner[i]]; settings may be (batch, 1) columns."""

    members: list[Objective]
    owner: Ints
    optimizer: Optimizer
    starts: Array
    of: str
    steps: int
    tolerance: float
    oracle: Oracle

    def take(self, which: Ints) -> "Rows":
        """Some of the rows."""
        batch = len(self.starts)
        optimizer, starts = (take(a, which, batch) for a in (self.optimizer, self.starts))
        return replace(self, owner=self.owner[which], optimizer=optimizer, starts=starts)


def measure(rows: Rows, watch: Watch | None = None) -> tuple[Array, Bools]:
    """The quantity of each row, and whether the row diverged."""
    if rows.of == "status":
        values = _statuses(rows, watch)
        return values, values == STATUSES.index("diverged")
    members = rows.members
    outcomes = vectorised.run(
        members[0] if len(members) == 1 else Family.of(_quadratics(members), rows.owner),
        rows.optimizer,
        rows.starts,
        rows.steps,
        tolerance=rows.tolerance,
        until=_UNTIL[rows.of],
        oracle=rows.oracle,
        watch=watch,
    )
    if rows.of == "f":
        values = np.where(outcomes.diverged, np.nan, outcomes.gap)
    else:
        values = outcomes.steps if rows.of == "steps" else outcomes.factor
    return values, outcomes.diverged


def _quadratics(members: list[Objective]) -> list[Quadratic]:
    return [member.quadratic_for("an angle to sweep over") for member in members]


def _statuses(rows: Rows, watch: Watch | None) -> Array:
    """Index of each row's status, judged as a single run is."""
    batch, finished = len(rows.starts), 0
    indices = np.full(batch, np.nan)
    most = max(_MOST_NUMBERS // ((rows.steps + 1) * rows.starts.shape[1]), 1)
    for member, objective in enumerate(rows.members):
        places = np.flatnonzero(rows.owner == member)
        for part in np.array_split(places, -(-len(places) // most)) if len(places) else ():
            some = rows.take(part)
            run = engine.run(objective, some.optimizer, some.starts, rows.steps, rows.oracle)
            indices[part] = [STATUSES.index(status) for status in run.status]
            finished += len(part)
            if watch:
                watch(finished, batch)
    return indices
