"""One optimizer at every point of a grid: steps to a tolerance, final f, status, measured rate."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Bools, Ints
from optviz.errors import BadValue, Unfit, UnknownName, bug
from optviz.gradients import EXACT, Oracle
from optviz.objectives import Objective
from optviz.optimizers import Optimizer
from optviz.studies._rows import Rows, measure
from optviz.studies.axes import (
    NOT_SETTINGS,
    check_axes,
    row_objectives,
    row_starts,
    translated,
    with_setting,
)
from optviz.studies.grid import Axis
from optviz.walks.parallel import ALONE, Workers

QUANTITIES = {
    "steps": "steps until f − f* is at most the tolerance times its start",
    "f": "f − f* after the last step",
    "rate": "what a step leaves of the distance to x*, measured",
    "status": "how the run ends",
}
_BLOCKS = 4  # of rows for each worker, so that the last one does not keep the others waiting


@dataclass(frozen=True, eq=False)
class Sweep:
    """A quantity at each point of the grid: values (n1,) or (n2, n1), the first axis across.

    nan where there is none: the tolerance was not reached, or the run `diverged` (same
    shape). Of `status` the values are indices into `STATUSES`.
    """

    objective: Objective
    optimizer: Optimizer
    start: Array
    axes: tuple[Axis, ...]
    of: str
    steps: int
    tolerance: float
    values: Array
    diverged: Bools
    oracle: Oracle = EXACT

    def held(self) -> str:
        """The optimizer with the settings that were not swept: `adam:eta=0.4,beta2=0.999`."""
        return self.optimizer.text(without={axis.name for axis in self.axes})

    def at(self, *coordinates: float) -> "tuple[Objective, Optimizer, Array]":
        """The objective, the optimizer and the start of one point of the grid."""
        row = {a.name: np.array([v]) for a, v in zip(self.axes, coordinates, strict=True)}
        optimizer = self.optimizer
        for name, column in row.items():
            if name not in NOT_SETTINGS:
                optimizer = with_setting(optimizer, name, float(column[0]))
        members, _ = row_objectives(self.objective, row)
        return members[0], optimizer, row_starts(self.objective, self.start, row)[0]


@np.errstate(all="ignore")
def sweep(
    objective: Objective, optimizer: Optimizer, start: Array, axes: tuple[Axis, ...], *,
    of: str = "steps", steps: int = 1000, tolerance: float = 1e-6, oracle: Oracle = EXACT,
    workers: Workers = ALONE,
) -> Sweep:  # fmt: skip
    """The quantity `of` at every point of one or two axes, from `start` (dim,).

    An axis is a setting of the optimizer (`eta` for the rate) in its dialect's words, `angle`
    (objective and start turned together by so many degrees against the axes), `kappa` (the
    condition number, λmax kept) or `start` (its direction in degrees from the minimiser, the
    distance kept). The rows of the grid draw the same from the oracle and are divided among the
    workers; the values do not depend on how many. Raises `BadValue`, `Unfit`, `UnknownName`.
    """
    axes = tuple(translated(optimizer, axis) for axis in axes)
    whole = _whole(
        objective, optimizer, start, axes, of=of, steps=steps, tolerance=tolerance, oracle=oracle
    )
    alone = workers.jobs == 1
    values, diverged = measure(whole, workers.watch) if alone else _divided(whole, workers)
    shape = tuple(len(axis) for axis in reversed(axes))
    return Sweep(objective, optimizer, start, axes, of, steps, tolerance,
                 values.reshape(shape), diverged.reshape(shape), oracle)  # fmt: skip


@np.errstate(all="ignore")
def check(
    objective: Objective,
    optimizer: Optimizer,
    start: Array,
    axes: tuple[Axis, ...],
    *,
    of: str = "steps",
    tolerance: float = 1e-6,
    oracle: Oracle = EXACT,
) -> None:
    """Raises what `sweep` would raise, before the first step."""
    axes = tuple(translated(optimizer, axis) for axis in axes)
    _whole(objective, optimizer, start, axes, of=of, steps=0, tolerance=tolerance, oracle=oracle)


def _whole(
    objective: Objective,
    optimizer: Optimizer,
    start: Array,
    axes: tuple[Axis, ...],
    *,
    of: str,
    steps: int,
    tolerance: float,
    oracle: Oracle,
) -> Rows:
    """All rows of a sweep. Raises what `sweep` raises."""
    if of not in QUANTITIES:
        raise UnknownName("quantity", of, QUANTITIES)
    if not 0 < tolerance < 1:
        raise BadValue("tol", tolerance, "a number between 0 and 1 is wanted")
    check_axes(optimizer, axes)
    oracle.source.fit(objective)
    if of == "rate" and oracle.source.random:
        raise Unfit("a rate cannot be measured under noise; --of steps or f can")
    if len(oracle.streams.seed) > 1:
        raise Unfit("a sweep has one seed, the same for every point")
    mesh = np.meshgrid(*(axis.values for axis in axes))
    row = {axis.name: values.ravel() for axis, values in zip(axes, mesh, strict=True)}
    starts = row_starts(objective, start, row)
    for axis in axes:
        if axis.name not in NOT_SETTINGS:
            optimizer = with_setting(optimizer, axis.name, row[axis.name][:, None])
    members, owner = row_objectives(objective, row)
    for member in members:
        oracle.source.fit(member)
    return Rows(members, owner, optimizer, starts, of, steps, tolerance, oracle)


def _divided(whole: Rows, workers: Workers) -> tuple[Array, Bools]:
    """What `measure` returns for the whole, with its rows divided among the workers."""
    count = len(whole.starts)
    values, diverged = np.empty(count), np.empty(count, dtype=bool)
    blocks = np.array_split(np.arange(count), min(workers.jobs * _BLOCKS, count))
    works = (whole.take(rows) for rows in blocks)
    for rows, measured in workers.each(_measure_apart, works, blocks, _rows_named):
        values[rows], diverged[rows] = measured
    return values, diverged


def _rows_named(rows: Ints) -> tuple[str, str]:
    return "measure", f"rows {rows[0]} to {rows[-1]}"


@np.errstate(all="ignore")
def _measure_apart(rows: Rows) -> tuple[Array, Bools]:
    with bug.reported():
        return measure(rows)
