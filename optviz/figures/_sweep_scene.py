"""A sweep as a map over two axes, or as curves over one, with theory drawn on top."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.figures import _titles
from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._sweep_labels import (
    axis_label,
    description,
    fixed_settings,
    quantity_text,
    value_label,
)
from optviz.figures._sweep_theory import limits, predicted, theory_lines
from optviz.scene import Border, Ceiling, Cells, Curve, Look, Mark, Panel, Scene, Spot
from optviz.studies import grid
from optviz.studies.sweep import Sweep, sweep
from optviz.text import numbers
from optviz.walks.status import STATUSES


@np.errstate(all="ignore")
def scene(sweeps: list[Sweep], look: Look, marked: tuple[float, ...] = ()) -> Scene:
    """The figure of sweeps over the same axes, one an optimizer; `marked` is a point on them."""
    first = sweeps[0]
    panels = _maps(sweeps, marked) if len(first.axes) == 2 or first.of == "status" else ()
    panels = panels or (_curves(sweeps, marked),)
    columns = 1 if len(first.axes) == 1 else len(panels)
    name = optimizer_name(first.optimizer) if len(sweeps) == 1 else ""
    quantity = quantity_text(first)
    heading = f"{name}: {quantity}" if name else quantity[:1].upper() + quantity[1:]
    place = f"on ${first.objective.formula('latex')}$, from {numbers.point_tex(first.start)}"
    rest = fixed_settings(first) if name else ""
    subtitle = ", ".join(filter(None, [place, f"at most {first.steps} steps", rest]))
    title, alt = _titles.title(look, heading), " ".join(map(description, sweeps))
    return Scene(title, subtitle, panels, alt, columns=columns, shared=columns > 1)


def _maps(sweeps: list[Sweep], marked: tuple[float, ...]) -> tuple[Panel, ...]:
    """A map each, all in the same colours."""
    finite = np.concatenate([s.values[np.isfinite(s.values)] for s in sweeps])
    first, log = sweeps[0], sweeps[0].of in ("steps", "f")
    finite = finite[finite > 0] if log else finite
    span = (float(finite.min()), float(finite.max())) if finite.size else (0.5, 1.0)
    if first.of == "rate":
        span = (min(span[0], 0.99), 1.0)
    panels = []
    for index, one in enumerate(sweeps):
        across, up = one.axes[0], one.axes[1] if len(one.axes) == 2 else None
        label = value_label(one) if index == len(sweeps) - 1 else ""
        cells = _cells(one, label, span if span[0] < span[1] else None, log)
        marks: list[Mark] = [cells, *_outlines(one, cells), *theory_lines(one)]
        marks += _marked(one, marked)
        panels.append(
            Panel(
                tuple(marks),
                limits(across),
                limits(up) if up else (0.0, 1.0),
                axis_label(one, across),
                axis_label(one, up) if up else "",
                title=optimizer_name(one.optimizer) if len(sweeps) > 1 else "",
                note=fixed_settings(one) if len(sweeps) > 1 else "",
                role=index if len(sweeps) > 1 else -1,
                xlog=across.log,
                log=bool(up and up.log),
                axes="both" if up else "x",
            )
        )
    return tuple(panels)


def _cells(one: Sweep, label: str, span: tuple[float, float] | None, log: bool) -> Cells:
    across = one.axes[0]
    ys = one.axes[1].edges if len(one.axes) == 2 else np.array([0.0, 1.0])
    values, lost = np.atleast_2d(one.values), np.atleast_2d(one.diverged)
    if one.of == "status":
        return Cells(across.edges, ys, values, label, names=STATUSES)
    if one.of == "rate":
        values, lost = np.where(values < 1, values, np.nan), lost | (values >= 1)
    unseen = ~np.isfinite(values) & ~lost
    missing = f"not within {one.steps} steps" if one.of == "steps" else "not measurable"
    bare = tuple((w, cells) for w, cells in (("diverges", lost), (missing, unseen)) if cells.any())
    return Cells(across.edges, ys, np.where(lost, np.nan, values), label, log, bare=bare, span=span)


def _outlines(one: Sweep, cells: Cells) -> list[Mark]:
    """Thin lines around the cells that diverge, that are not done in time, or of each status."""
    if one.of == "status":
        kind = cells.values
    else:
        kind = np.zeros(cells.values.shape)
        for number, (_, mask) in enumerate(cells.bare, start=1):
            kind = np.where(mask, number, kind)
    edges = _edges(kind, cells.xs, cells.ys)
    return [Border(edges, theory=False)] if len(edges) else []


def _edges(kind: Array, xs: Array, ys: Array) -> Array:
    """The sides between cells of different kinds, each two points and a row of nan: (3n, 2)."""
    pieces = []
    for row, column in np.argwhere(kind[:, 1:] != kind[:, :-1]):
        x = xs[column + 1]
        pieces.append([[x, ys[row]], [x, ys[row + 1]], [np.nan, np.nan]])
    for row, column in np.argwhere(kind[1:] != kind[:-1]):
        y = ys[row + 1]
        pieces.append([[xs[column], y], [xs[column + 1], y], [np.nan, np.nan]])
    return np.array(pieces).reshape(-1, 2)


def _marked(one: Sweep, point: tuple[float, ...]) -> list[Mark]:
    """The point of the option `mark`, labelled with the result of a run there."""
    if not point or len(one.axes) != 2:
        return []
    return [Spot(point[0], point[1], _point_label(one, point), theory=False)]


def _point_label(one: Sweep, point: tuple[float, ...]) -> str:
    axes = tuple(grid.Axis(a.name, np.array([v])) for a, v in zip(one.axes, point, strict=True))
    point_sweep = sweep(
        one.objective,
        one.optimizer,
        one.start,
        axes,
        of=one.of,
        steps=one.steps,
        tolerance=one.tolerance,
        oracle=one.oracle,
    )
    value = float(point_sweep.values.ravel()[0])
    if one.of == "status":
        return STATUSES[int(value)]
    if bool(point_sweep.diverged.ravel()[0]):
        return "diverges"
    if not np.isfinite(value):
        return f"not within {one.steps} steps"
    return f"{value:g} steps" if one.of == "steps" else f"${numbers.tex(value)}$"


def _curves(sweeps: list[Sweep], marked: tuple[float, ...]) -> Panel:
    """A curve an optimizer over the one axis."""
    first, axis = sweeps[0], sweeps[0].axes[0]
    log = first.of in ("steps", "f")
    marks: list[Mark] = []
    names = [optimizer_name(one.optimizer) for one in sweeps] if len(sweeps) > 1 else [""]
    if len(set(names)) < len(names):
        names = [one.held() for one in sweeps]
    for role, (one, name) in enumerate(zip(sweeps, names, strict=True)):
        bad = one.diverged | ((one.values <= 0) & log)
        values = np.where(bad & (one.of != "rate"), np.nan, one.values)
        if one.of == "rate":
            values = np.where(values <= 2, values, np.nan)
        marks.append(Curve(np.column_stack([axis.values, values]), role, 0, name))
        marks += predicted(one) if len(sweeps) == 1 else []
    heights = np.concatenate([m.points[:, 1] for m in marks if isinstance(m, Curve)])
    heights = heights[np.isfinite(heights)]
    low, high = (float(heights.min()), float(heights.max())) if heights.size else (1.0, 10.0)
    low, high = (low / 1.5, high * 1.5) if log else (low - 0.06, max(high, 1.0) + 0.06)
    if first.of == "rate":
        marks.insert(0, Ceiling(1.0, "above 1 the path grows"))
    for x in marked:
        marks += [
            Spot(x, y, _point_label(one, (x,)), theory=False)
            for one in sweeps
            for y in [float(np.interp(x, axis.values, one.values))]
        ]
    if len(sweeps) == 1 and axis.name == "eta":
        marks += [_upright(line, (low, high)) for line in theory_lines(first)]
    return Panel(
        tuple(marks),
        limits(axis),
        (low, high),
        axis_label(first, axis),
        value_label(first),
        log=log,
        xlog=axis.log,
    )


def _upright(line: Mark, ylim: tuple[float, float]) -> Mark:
    """A line of one rate, over the whole height of a panel of curves."""
    assert isinstance(line, Border)
    return replace(line, points=np.column_stack([line.points[:, 0], ylim]))
