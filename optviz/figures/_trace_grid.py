"""Runs from a grid of starts: its axes, and a quantity of each run."""

import numpy as np

from optviz.arrays import Array, Bools
from optviz.errors import Unfit
from optviz.objectives import Objective
from optviz.studies.grid import Axis
from optviz.walks.status import STATUSES
from optviz.walks.trajectory import Trajectory

SHARE = 1e-6  # of f − f* at the start, which counts as having arrived


def check(q: Objective, starts: Array) -> None:
    """Raises `Unfit` where the starts (n, dim) are no grid on a 2-D objective."""
    if q.dim != 2:
        raise Unfit("a map of starts wants runs on one 2-D objective")
    axes_of(starts)


def axes(group: list[Trajectory]) -> tuple[Axis, Axis]:
    """The two axes of the grid that the runs start on. Raises `Unfit` where it is none."""
    return axes_of(np.array([run.x[0, 0] for run in group]))


def axes_of(starts: Array) -> tuple[Axis, Axis]:
    """The two axes of the grid of starts (n, 2). Raises `Unfit` where it is none."""
    across, up = (Axis(f"x{i + 1}", np.unique(starts[:, i])) for i in range(2))
    if len(across) * len(up) != len(starts) or min(len(across), len(up)) < 2:
        raise Unfit("a map of starts wants --start grid(LEFT,RIGHT,BOTTOM,TOP,COLUMNSxROWS)")
    return across, up


def grid_values(q: Objective, group: list[Trajectory], of: str) -> Array:
    """The quantity by start: (rows, columns), row 0 lowest; nan where there is none."""
    across, up = axes(group)
    values = np.full((len(up), len(across)), np.nan)
    for run in group:
        place = _cell(run, across, up)
        if of == "status":
            values[place] = STATUSES.index(run.status[0])
        elif of == "steps":
            gap = q.gap(run.x[:, 0])
            there = np.flatnonzero(gap <= SHARE * gap[0])
            values[place] = there[0] * run.stride if len(there) else np.nan
    return values


def diverging(group: list[Trajectory], values: Array) -> Bools:
    """Which starts have runs that diverge: (rows, columns)."""
    across, up = axes(group)
    diverging = np.zeros(values.shape, dtype=bool)
    for run in group:
        diverging[_cell(run, across, up)] = run.status[0] == "diverged"
    return diverging


def _cell(run: Trajectory, across: Axis, up: Axis) -> tuple[int, int]:
    """The row and the column of the start of a run."""
    x, y = run.x[0, 0]
    return int(np.searchsorted(up.values, y)), int(np.searchsorted(across.values, x))
