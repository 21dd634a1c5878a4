"""Maps over a grid of starts: the steps of each run, its status, or its first step."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _map_lines, _titles
from optviz.figures._contour_options import Levels
from optviz.figures._landscape import landscape
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import full_name, optimizer_name, settings_text
from optviz.figures._plane import name_latex
from optviz.figures._run_text import status_names
from optviz.figures._stationary_marks import stationary_points
from optviz.figures._sweep_labels import fraction
from optviz.figures._trace_grid import SHARE, axes, check, diverging, grid_values
from optviz.figures._trajectory_kind import grouped
from optviz.objectives import Objective
from optviz.phrases import capitalised, say
from optviz.scene import Bare, Cells, Look, Mark, Panel, Quiver, Scene
from optviz.studies.grid import Axis
from optviz.walks.trajectory import Trajectory


class MapOptions(NamedTuple):
    """Options of a map: the quantity of each start, contour levels, whether units are equal."""

    of: str
    levels: Levels
    equal: bool


def scene(runs: list[Trajectory], look: Look, options: MapOptions) -> Scene:
    """A map for each optimizer of its runs from a grid of starts. Raises `Unfit`."""
    q, groups = runs[0].objective, grouped(runs)
    if q is None:
        raise Unfit("a map of starts wants runs on one 2-D objective")
    check(q, np.array([run.x[0, 0] for run in groups[0]]))
    grids = [grid_values(q, group, options.of) for group in groups]
    span = _span(grids)
    panels = [
        _panel(q, group, grid, look, options, span=span)
        for group, grid in zip(groups, grids, strict=True)
    ]
    many = len(panels) > 1
    if many:
        panels = [replace(panel, role=role) for role, panel in enumerate(panels)]
        panels[:-1] = [_without_key(panel) for panel in panels[:-1]]
    else:
        panels = [replace(panels[0], title="")]
    title = _titles.title(look, _heading(runs, options.of))
    alt = _alt(groups, grids, options.of)
    subtitle = _subtitle(groups, options.of)
    return Scene(title, subtitle, tuple(panels), alt, columns=len(panels), shared=many)


def _heading(runs: list[Trajectory], of: str) -> str:
    quantity = say(f"starts {of}", steps=runs[0].steps)
    owners = list(dict.fromkeys(run.optimizer for run in runs))
    if len(owners) > 1 or owners[0] is None:
        return capitalised(quantity)
    return say("sweep of one", name=optimizer_name(owners[0]), quantity=quantity)


def _subtitle(groups: list[list[Trajectory]], of: str) -> str:
    """The objective, the starts, and the settings where all share them."""
    first = groups[0][0]
    assert first.objective
    parts = [objective_text(first.objective), say("starts", count=len(groups[0]))]
    if of == "steps":
        parts.append(say("starts until", fraction=fraction(SHARE)))
    parts.append(say("at most", count=first.steps))
    if len(groups) == 1 and first.optimizer:
        parts.append(settings_text(first.optimizer))
    return ", ".join(filter(None, parts))


def _alt(groups: list[list[Trajectory]], grids: list[Array], of: str) -> str:
    first = groups[0][0]
    assert first.objective
    quantity = say(f"starts {of}", steps=first.steps)
    summaries = [_summary(v, of, group) for v, group in zip(grids, groups, strict=True)]
    return say(
        "starts alt", quantity=capitalised(quantity), count=len(groups[0]),
        objective=objective_text(first.objective, latex=False), summaries="; ".join(summaries),
    )  # fmt: skip


def _span(grids: list[Array]) -> tuple[float, float]:
    """The least and the greatest value that a colour shows."""
    values = np.concatenate([grid[np.isfinite(grid) & (grid > 0)] for grid in grids])
    low, high = (float(values.min()), float(values.max())) if values.size else (1.0, 10.0)
    return (low, high) if low < high else (low / 1.1, high * 1.1)


def _panel(
    q: Objective,
    group: list[Trajectory],
    values: Array,
    look: Look,
    options: MapOptions,
    *,
    span: tuple[float, float],
) -> Panel:
    """The map of one optimizer, with its name as title."""
    across, up = axes(group)
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


def _marks(
    q: Objective,
    group: list[Trajectory],
    look: Look,
    options: MapOptions,
    values: Array,
    *,
    span: tuple[float, float],
) -> list[Mark]:
    across, up = axes(group)
    marks: list[Mark] = []
    if options.of == "moves":
        box = (across.edges[0], across.edges[-1], up.edges[0], up.edges[-1])
        corner = np.array([across.values[0], up.values[0]])
        marks += landscape(q, box, float(q.value(corner)), options.levels, look.size[0])
        marks.append(_quiver(group, across, up))
    elif options.of == "status":
        label = say("value status")
        marks.append(Cells(across.edges, up.edges, values, label, names=status_names()))
    else:
        bare = _bare(group, values)
        label = say("value steps")
        marks.append(Cells(across.edges, up.edges, values, label, log=True, bare=bare, span=span))
        marks += _map_lines.lines(values, (across, up), span, "steps")
    sides = look.xlim or (across.edges[0], across.edges[-1])
    return marks + stationary_points(q, (*sides, *(look.ylim or (up.edges[0], up.edges[-1]))))


def _bare(group: list[Trajectory], values: Array) -> tuple[Bare, ...]:
    """Which starts have no number of steps, and why."""
    lost = np.isnan(values) & diverging(group, values)
    over = say("over", count=group[0].steps)
    bare = Bare(say("diverges"), lost, diverges=True), Bare(over, np.isnan(values) & ~lost)
    return tuple(each for each in bare if each.cells.any())


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
            say("count of", count=int((values == i).sum()), status=status)
            for i, status in enumerate(status_names())
            if (values == i).any()
        ]
        return say("sweep of one", name=name, quantity=", ".join(counts))
    finite = values[np.isfinite(values)]
    if of == "moves" or not finite.size:
        return name
    low, high = f"{finite.min():g}", f"{finite.max():g}"
    return say("sweep of one", name=name, quantity=say("steps from to", low=low, high=high))
