"""A sweep as a map over two axes, or as curves over one, with theory drawn on top."""

import numpy as np

from optviz.arrays import Array, Bools
from optviz.figures import _map_lines, _map_regimes, _sweep_curves, _titles
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._run_text import status_names
from optviz.figures._sweep_labels import (
    axis_label,
    description,
    fixed_settings,
    quantity_text,
    ticks,
    value_label,
)
from optviz.figures._sweep_theory import border, in_view, limits, run_at, star
from optviz.phrases import capitalised, say
from optviz.scene import Bare, Cells, Look, Mark, Panel, Scene, Spot
from optviz.studies.sweep import Sweep
from optviz.text import numbers

_COARSE = 12  # cells a side that may have their values in them

Span = tuple[float, float]  # the best and the worst value of a ramp


@np.errstate(all="ignore")
def scene(sweeps: list[Sweep], look: Look, marked: tuple[float, ...] = ()) -> Scene:
    """The figure of sweeps over the same axes, one an optimizer; `marked` is a point on them."""
    first = sweeps[0]
    maps = len(first.axes) == 2 or first.of == "status"
    panels = _maps(sweeps, marked) if maps else (_sweep_curves.panel(sweeps, marked),)
    columns = 1 if len(first.axes) == 1 else len(panels)
    title, alt = _titles.title(look, _heading(sweeps)), " ".join(map(description, sweeps))
    return Scene(title, _subtitle(sweeps), panels, alt, columns=columns, shared=columns > 1)


def _heading(sweeps: list[Sweep]) -> str:
    quantity = quantity_text(sweeps[0])
    if len(sweeps) > 1:
        return capitalised(quantity)
    return say("sweep of one", name=optimizer_name(sweeps[0].optimizer), quantity=quantity)


def _subtitle(sweeps: list[Sweep]) -> str:
    """The objective and what all runs share."""
    first = sweeps[0]
    objective, start = objective_text(first.objective), numbers.point(first.start)
    parts = [say("sweep subtitle", objective=objective, start=start)]
    parts.append(say("at most", count=first.steps))
    parts += [fixed_settings(first)] if len(sweeps) == 1 else []
    return ", ".join(filter(None, parts))


def _maps(sweeps: list[Sweep], marked: tuple[float, ...]) -> tuple[Panel, ...]:
    """A map each, all in the same colours; the last has the key."""
    span = _span(sweeps)
    return tuple(
        _map(one, marked, span, role if len(sweeps) > 1 else -1, key=one is sweeps[-1])
        for role, one in enumerate(sweeps)
    )


def _span(sweeps: list[Sweep]) -> Span:
    values = np.concatenate([one.values[np.isfinite(one.values)] for one in sweeps])
    if sweeps[0].of == "rate":
        return min(float(values.min(initial=0.99)), 0.99), 1.0
    values = values[values > 0]
    low, high = (float(values.min()), float(values.max())) if values.size else (1.0, 10.0)
    return (low, high) if low < high else (low / 1.1, high * 1.1)


def _map(one: Sweep, marked: tuple[float, ...], span: Span, role: int, *, key: bool) -> Panel:
    across, up = one.axes[0], one.axes[1] if len(one.axes) == 2 else None
    cells = _cells(one, value_label(one) if key else "", span)
    marks: list[Mark] = [cells]
    if up:
        marks += [*_over(one, cells, (across, up)), *_marked(one, marked)]
    return Panel(
        tuple(marks),
        limits(across),
        limits(up) if up else (0.0, 1.0),
        axis_label(one, across),
        axis_label(one, up) if up else "",
        title=optimizer_name(one.optimizer) if role >= 0 else "",
        note=fixed_settings(one) if role >= 0 else "",
        role=role,
        xlog=across.log,
        log=bool(up and up.log),
        axes="both" if up else "x",
        xticks=ticks(across),
        yticks=ticks(up) if up else None,
    )


def _cells(one: Sweep, label: str, span: Span) -> Cells:
    across = one.axes[0]
    ys = one.axes[1].edges if len(one.axes) == 2 else np.array([0.0, 1.0])
    values, lost = np.atleast_2d(one.values), np.atleast_2d(one.diverged)
    if one.of == "status":
        return Cells(across.edges, ys, values, label, names=status_names())
    if one.of == "rate":
        values, lost = np.where(values < 1, values, np.nan), lost | (values >= 1)
    values = np.where(lost, np.nan, values)
    bare = [Bare(say("diverges"), lost, diverges=True), _unknown(one, ~np.isfinite(values) & ~lost)]
    there = tuple(each for each in bare if each.cells.any())
    log, texts = one.of != "rate", _texts(values)
    return Cells(across.edges, ys, values, label, log, bare=there, texts=texts, span=span)


def _texts(values: Array) -> tuple[tuple[str, ...], ...]:
    """The values of a coarse map as numbers, for its cells; () for a fine one."""
    if max(values.shape) > _COARSE:
        return ()
    return tuple(
        tuple(numbers.number(value) if np.isfinite(value) else "" for value in row)
        for row in values.tolist()
    )


def _unknown(one: Sweep, cells: Bools) -> Bare:
    """The cells of runs that do not diverge and yet have no value."""
    if one.of == "steps":
        return Bare(say("over", count=one.steps), cells)
    return Bare(say("not measurable"), cells)


def _over(one: Sweep, cells: Cells, axes: _map_lines.Axes) -> list[Mark]:
    """The lines of equal value, the boundary of what diverges, and theory's best point."""
    marks: list[Mark] = []
    if one.of != "status":
        assert cells.span
        marks += _map_lines.lines(cells.values, axes, cells.span, one.of)
    theory = border(one)
    lost = _lost(cells)
    if lost is not None:
        marks += _map_lines.boundary(lost, axes, None if theory is None else theory.points)
    if theory is not None and in_view(theory, axes):
        marks.append(theory)
    marks += _map_regimes.lines(one)
    best = star(one)
    return marks if best is None else [*marks, best]


def _lost(cells: Cells) -> Bools | None:
    """Which cells diverge, None where none does."""
    return next((bare.cells for bare in cells.bare if bare.diverges), None)


def _marked(one: Sweep, point: tuple[float, ...]) -> list[Mark]:
    """The point of the option `mark`, labelled with the result of a run there."""
    if not point:
        return []
    x, y = (axis.place(value) for axis, value in zip(one.axes, point, strict=True))
    return [Spot(x, y, run_at(one, point), theory=False)]
