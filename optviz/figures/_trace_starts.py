"""Maps over a grid of starts: the steps of each run, its status, or its first step."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _titles
from optviz.figures._landscape import landscape, stationary_points
from optviz.figures._optimizer_names import full_name, optimizer_name
from optviz.figures._plane import name_latex
from optviz.figures._trajectory_kind import grouped
from optviz.objectives import Objective
from optviz.scene import Cells, Look, Mark, Panel, Quiver, Scene
from optviz.studies.grid import Axis
from optviz.text import numbers
from optviz.walks.status import STATUSES
from optviz.walks.trajectory import Trajectory

_SHARE = 1e-6  # of f − f* at the start, which counts as having arrived


class MapOptions(NamedTuple):
    """Options of a map: the quantity of each start, contour levels, whether units are equal."""

    of: str
    levels: int | None
    equal: bool


def scene(runs: list[Trajectory], look: Look, options: MapOptions) -> Scene:
    """A map for each optimizer of its runs from a grid of starts. Raises `Unfit`."""
    q = runs[0].objective
    if q is None:
        raise Unfit("a map of starts wants runs on one 2-D objective")
    check(q, np.array([run.x[0, 0] for run in grouped(runs)[0]]))
    groups = grouped(runs)
    grids = [_grid_values(q, group, options.of) for group in groups]
    positive = np.concatenate([values[np.isfinite(values)] for values in grids])
    positive = positive[positive > 0]
    span = (float(positive.min()), float(positive.max())) if positive.size else (1.0, 10.0)
    many = len(groups) > 1
    panels = []
    for role, (group, values) in enumerate(zip(groups, grids, strict=True)):
        across, up = _axes(group)
        marks = _marks(q, group, look, options, values, span=span if span[0] < span[1] else None)
        if many and role < len(groups) - 1:
            marks = [_without_label(mark) for mark in marks]
        title = (
            (group[0].label or optimizer_name(group[0].optimizer))
            if (many and group[0].optimizer)
            else ""
        )
        panels.append(
            Panel(
                tuple(marks),
                look.xlim or (across.edges[0], across.edges[-1]),
                look.ylim or (up.edges[0], up.edges[-1]),
                name_latex(q.names[0]),
                name_latex(q.names[1]),
                title=title,
                role=role if many else -1,
                equal=options.equal,
            )
        )
    heading = _titles.title(look, _titles.headline(runs))
    quantity = {
        "steps": f"steps until $f-f^*$ is ${numbers.tex(_SHARE)}$ of its start, by start",
        "status": f"how {runs[0].steps} steps end, by start",
        "moves": "the first step from each start",
    }[options.of]
    parts = [_summary(v, options.of, group) for v, group in zip(grids, groups, strict=True)]
    alt = f"{_titles.headline(runs, latex=False)}. {len(groups[0])} starts: {quantity}. "
    alt = alt.replace("$", "") + "; ".join(parts) + "."
    subtitle = (
        f"{quantity[:1].upper()}{quantity[1:]}; {len(groups[0])} starts, {runs[0].steps} steps"
    )
    return Scene(heading, subtitle, tuple(panels), alt, columns=len(panels), shared=many)


def check(q: Objective, starts: Array) -> None:
    """Raises `Unfit` where the starts (n, dim) are no grid on a 2-D objective."""
    if q.dim != 2:
        raise Unfit("a map of starts wants runs on one 2-D objective")
    _grid(starts)


def _axes(group: list[Trajectory]) -> tuple[Axis, Axis]:
    """The two axes of the grid that the runs start on. Raises `Unfit` where it is none."""
    return _grid(np.array([run.x[0, 0] for run in group]))


def _grid(starts: Array) -> tuple[Axis, Axis]:
    across, up = (Axis(f"x{i + 1}", np.unique(starts[:, i])) for i in range(2))
    if len(across) * len(up) != len(starts) or min(len(across), len(up)) < 2:
        raise Unfit("a map of starts wants --start grid(LEFT,RIGHT,BOTTOM,TOP,COLUMNSxROWS)")
    return across, up


def _grid_values(q: Objective, group: list[Trajectory], of: str) -> Array:
    """The quantity by start: (rows, columns), row 0 lowest; nan where there is none."""
    across, up = _axes(group)
    values = np.full((len(up), len(across)), np.nan)
    for run in group:
        x, y = run.x[0, 0]
        place = int(np.searchsorted(up.values, y)), int(np.searchsorted(across.values, x))
        if of == "status":
            values[place] = STATUSES.index(run.status[0])
        elif of == "steps":
            gap = q.gap(run.x[:, 0])
            there = np.flatnonzero(gap <= _SHARE * gap[0])
            values[place] = there[0] * run.stride if len(there) else np.nan
    return values


def _marks(
    q: Objective,
    group: list[Trajectory],
    look: Look,
    options: MapOptions,
    values: Array,
    *,
    span: tuple[float, float] | None,
) -> list[Mark]:
    across, up = _axes(group)
    marks: list[Mark] = []
    if options.of == "moves":
        box = (across.edges[0], across.edges[-1], up.edges[0], up.edges[-1])
        corner = np.array([across.values[0], up.values[0]])
        marks += landscape(q, box, float(q.value(corner)), options.levels, look.size[0])
        marks.append(_quiver(group, across, up))
    elif options.of == "status":
        marks.append(Cells(across.edges, up.edges, values, "status", names=STATUSES))
    else:
        missing = f"not within {group[0].steps} steps"
        bare = ((missing, np.isnan(values)),)
        marks.append(Cells(across.edges, up.edges, values, "steps", bare=bare, span=span))
    sides = look.xlim or (across.edges[0], across.edges[-1])
    return marks + stationary_points(q, (*sides, *(look.ylim or (up.edges[0], up.edges[-1]))))


def _quiver(group: list[Trajectory], across: Axis, up: Axis) -> Quiver:
    """First steps, the longest as long as the grid's mesh where they would overlap."""
    points = np.array([run.x[0, 0] for run in group])
    moves = np.array([run.x[1, 0] - run.x[0, 0] if run.steps else 0 * run.x[0, 0] for run in group])
    mesh = np.array([np.diff(across.values).min(), np.diff(up.values).min()])
    longest = float(np.nanmax(np.abs(moves / mesh), initial=0.0))
    return Quiver(points, moves / longest if longest > 1 else moves)


def _without_label(mark: Mark) -> Mark:
    return replace(mark, label="") if isinstance(mark, Cells) else mark


def _summary(values: Array, of: str, group: list[Trajectory]) -> str:
    name = full_name(group[0])
    if of == "status":
        counts = [
            f"{int((values == i).sum())} {s}" for i, s in enumerate(STATUSES) if (values == i).any()
        ]
        return f"{name}: {', '.join(counts)}"
    finite = values[np.isfinite(values)]
    if of == "moves" or not finite.size:
        return name
    return f"{name}: {finite.min():g} to {finite.max():g} steps"
