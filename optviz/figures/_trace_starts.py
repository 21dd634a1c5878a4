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
    q, groups = runs[0].objective, grouped(runs)
    if q is None:
        raise Unfit("a map of starts wants runs on one 2-D objective")
    check(q, np.array([run.x[0, 0] for run in groups[0]]))
    grids = [_grid_values(q, group, options.of) for group in groups]
    values = np.concatenate([grid[np.isfinite(grid) & (grid > 0)] for grid in grids])
    low, high = (float(values.min()), float(values.max())) if values.size else (1.0, 10.0)
    panels = [
        _panel(q, group, grid, look, options, span=(low, high) if low < high else None)
        for group, grid in zip(groups, grids, strict=True)
    ]
    many = len(panels) > 1
    if many:
        panels = [replace(panel, role=role) for role, panel in enumerate(panels)]
        panels[:-1] = [_without_key(panel) for panel in panels[:-1]]
    else:
        panels = [replace(panels[0], title="")]
    quantity = _quantity(options.of, runs[0].steps)
    summaries = [_summary(v, options.of, group) for v, group in zip(grids, groups, strict=True)]
    alt = f"{_titles.headline(runs, latex=False)}. {len(groups[0])} starts: {quantity}. "
    alt = alt.replace("$", "") + "; ".join(summaries) + "."
    subtitle = f"{quantity[:1].upper()}{quantity[1:]}; {len(groups[0])} starts"
    subtitle += f", {runs[0].steps} steps"
    title = _titles.title(look, _titles.headline(runs))
    return Scene(title, subtitle, tuple(panels), alt, columns=len(panels), shared=many)


def _panel(
    q: Objective,
    group: list[Trajectory],
    values: Array,
    look: Look,
    options: MapOptions,
    *,
    span: tuple[float, float] | None,
) -> Panel:
    """The map of one optimizer, with its name as title."""
    across, up = _axes(group)
    optimizer = group[0].optimizer
    return Panel(
        tuple(_marks(q, group, look, options, values, span=span)),
        look.xlim or (across.edges[0], across.edges[-1]),
        look.ylim or (up.edges[0], up.edges[-1]),
        name_latex(q.names[0]),
        name_latex(q.names[1]),
        title=(group[0].label or optimizer_name(optimizer)) if optimizer else "",
        equal=options.equal,
    )


def _quantity(of: str, steps: int) -> str:
    """The quantity of a map as a phrase."""
    if of == "steps":
        return f"steps until $f-f^*$ is ${numbers.tex(_SHARE)}$ of its start, by start"
    return (
        f"how {steps} steps end, by start" if of == "status" else "the first step from each start"
    )


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


def _without_key(panel: Panel) -> Panel:
    """The panel without the colour scale, which only the last panel shows."""
    marks = (replace(m, label="") if isinstance(m, Cells) else m for m in panel.marks)
    return replace(panel, marks=tuple(marks))


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
