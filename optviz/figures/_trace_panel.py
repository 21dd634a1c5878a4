"""Paths over contour lines, or on the graph of a 1-D objective, as the panel of `trace`."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _run_text, _trace_distribution
from optviz.figures._frame import SENSIBLE, frame, hull, least, left_at, until_left
from optviz.figures._landscape import Box, landscape, stationary_points
from optviz.figures._optimizer_names import run_names
from optviz.figures._plane import name_latex, plane
from optviz.figures._trajectory_kind import roles
from optviz.objectives import Quadratic
from optviz.phrases import say
from optviz.scene import Look, Mark, Minimum, Panel, Path, Profile, Start, layout
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

_FEW = 60  # starts; more rings than that would hide the paths


class PathOptions(NamedTuple):
    """Options of paths: the frame, the levels, the axes of the plane, the steps with ellipses."""

    frame: str
    levels: int | None
    axes: tuple[int | str, int | str] | None
    ellipses: tuple[int, ...]


def panel(runs: list[Trajectory], look: Look, options: PathOptions) -> tuple[Panel, str]:
    """The panel of the runs, and the name of its plane where it is a cut through more dimensions.

    Raises `Unfit` or `BadValue`.
    """
    return (_profile if runs[0].dim == 1 else _map)(runs, look, options)


def _map(runs: list[Trajectory], look: Look, options: PathOptions) -> tuple[Panel, str]:
    q = runs[0].objective or _flat(runs[0].dim)
    cut = plane(q, options.axes)
    points = [cut.project(run.x[:, 0]) for run in runs]
    starts = np.array([part[0] for part in points])
    centre = cut.shape.centre if runs[0].objective is not None else None
    anchors = starts if centre is not None else hull(points)
    distributions = [
        _trace_distribution.distribution_marks(run, cut, role, options.ellipses)
        for run, role in zip(runs, roles(runs), strict=True)
    ]
    around = [mark for group in distributions for mark in group]
    shown = points + _trace_distribution.outline(around)
    aspect = look.shape or layout.aspect(look.size, look.dpi)
    box, equal = frame(anchors, centre, shown, look, aspect=aspect, mode=options.frame)
    marks: list[Mark] = []
    if runs[0].objective is not None:
        first = float(cut.shape.value(starts[0]))
        marks += landscape(cut.shape, box, first, options.levels, look.size[0])
    marks += around
    marks += _paths(runs, points, box)
    if centre is not None:
        marks += stationary_points(cut.shape, box)
    if len(starts) <= _FEW:
        marks += [Start(float(x), float(y)) for x, y in dict.fromkeys(map(tuple, starts))]
    limits = ((box[0], box[1]), (box[2], box[3]))
    return Panel(tuple(marks), *limits, *cut.labels, equal=equal), cut.description


def _flat(dim: int) -> Quadratic:
    """An objective for runs that name none: no landscape, only the axes."""
    return Quadratic(np.zeros((dim, dim)), np.zeros(dim))


def _paths(runs: list[Trajectory], points: list[Array], box: Box) -> list[Mark]:
    marks: list[Mark] = []
    labels, labelled = run_names(runs), set()
    for run, part, role, name in zip(runs, points, roles(runs), labels, strict=True):
        left = left_at(part, box)
        faint = len(runs) > 12
        ending = "" if faint else _run_text.outcome(run)
        if left is not None and not faint:
            ending = _leaving(run, left)
        own_name = "" if role in labelled and name == ending == "" else name
        label = _run_text.named(own_name, ending)
        if role in labelled and ending == "":
            label = ""  # the other starts of one optimizer need no second name
        labelled.add(role)
        marks.append(Path(part, role, label, left, faint, run.stride, name=name))
    return marks


def _leaving(run: Trajectory, left: int) -> str:
    """`leaves at step 3, |x₂| = 1673 at step 20`."""
    if left == 0:
        return say("starts out of view")
    x, step = run.x[:, 0], left * run.stride
    last = int(np.flatnonzero(np.isfinite(x).all(axis=1))[-1])
    if last * run.stride < run.steps:
        return say("leaves and overflows", step=step, last=(last + 1) * run.stride)
    farthest = int(np.abs(x[last]).argmax())
    name = name_latex(run.names[farthest], "|", "|")
    size = f"{name} = {numbers.number(float(abs(x[last, farthest])), 4)}"
    key = "leaves" if last == left else "leaves later"
    return say(key, step=step, size=size, last=last * run.stride)


def _span(places: Array) -> float:
    """The range of the places; of a single place, its distance from 0, or 1."""
    size = float(np.ptp(places))
    return size if size > least(places) else max(abs(float(places[0])), 1.0)


def _profile(runs: list[Trajectory], look: Look, options: PathOptions) -> tuple[Panel, str]:
    """The graph of a 1-D objective with the points (x, f(x)) of each path on it."""
    q = runs[0].objective
    if q is None:
        raise Unfit("a 1-D trace needs its objective: give it with -f")
    if options.axes:
        raise Unfit("a 1-D objective has no plane; leave --plane out")
    points = [np.column_stack([run.x[:, 0, 0], run.f[:, 0]]) for run in runs]
    xs = [part[:1, 0] for part in points]
    if q.centre is not None:
        xs.append(q.centre)
    sides = np.concatenate(xs)
    if options.frame != "lock":
        reach = SENSIBLE * _span(sides) if q.centre is not None else np.inf
        low, high = sides.min() - reach, sides.max() + reach
        near = [part[until_left(part[:, :1], low, high), 0] for part in points]
        sides = np.concatenate([sides, *near])
    room = 0.15 * _span(sides)
    left, right = look.xlim or (float(sides.min()) - room, float(sides.max()) + room)
    grid = np.linspace(left, right, 401)
    curve = np.column_stack([grid, q.value(grid[:, None])])
    bottom, top = float(curve[:, 1].min()), float(curve[:, 1].max())
    rise = _span(np.array([bottom, top]))
    bottom, top = look.ylim or (bottom - 0.08 * rise, top + 0.05 * rise)
    marks: list[Mark] = [Profile(curve)]
    marks += _paths(runs, points, (left, right, bottom, top))
    for place, kind in q.stationary_in((2 * left - right, 2 * right - left)):
        marks.append(Minimum(float(place[0]), float(q.value(place)), kind != "minimum"))
    marks += [Start(float(x), float(y)) for x, y in dict.fromkeys(tuple(p[0]) for p in points)]
    name, height = name_latex(q.names[0]), name_latex(q.names[0], "f(", ")")
    panel = Panel(tuple(marks), (left, right), (bottom, top), name, height)
    return panel, ""
