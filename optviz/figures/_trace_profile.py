"""Paths on the graph of a 1-D objective, as the panel of `trace`."""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures._frame import SENSIBLE, least, until_left
from optviz.figures._plane import name_latex
from optviz.figures._trace_paths import paths, starts
from optviz.objectives import Objective
from optviz.phrases import say
from optviz.scene import Look, Mark, Minimum, Panel, Profile
from optviz.walks.trajectory import Trajectory

_POINTS = 401  # of the graph
_ROOM = 0.1  # of the range of the paths, to each side


def profile(runs: list[Trajectory], look: Look, locked: bool) -> Panel:
    """The graph with the points (x, f(x)) of each path on it; `locked`, whatever the paths do.

    Raises `Unfit` for runs without an objective.
    """
    f = runs[0].objective
    if f is None:
        raise Unfit("a 1-D trace needs its objective: give it with -f")
    points = [np.column_stack([run.x[:, 0, 0], run.f[:, 0]]) for run in runs]
    left, right = look.xlim or _sides(f, points, locked)
    xs = np.linspace(left, right, _POINTS)
    graph = np.column_stack([xs, f.value(xs[:, None])])
    bottom, top = float(graph[:, 1].min()), float(graph[:, 1].max())
    rise = _span(np.array([bottom, top]))
    bottom, top = look.ylim or (bottom - 0.08 * rise, top + 0.05 * rise)
    single = len(runs) == 1
    marks: list[Mark] = [Profile(graph), *paths(runs, points, (left, right, bottom, top))]
    for place, kind in f.stationary_in((2 * left - right, 2 * right - left)):
        x, y = float(place[0]), float(f.value(place))
        word = say(kind) if single and left < x < right else ""
        marks.append(Minimum(x, y, kind != "minimum", word))
    marks += starts(points, worded=single)
    name, height = name_latex(f.names[0]), name_latex(f.names[0], "f(", ")")
    return Panel(tuple(marks), (left, right), (bottom, top), name, height)


def _sides(f: Objective, points: list[Array], locked: bool) -> tuple[float, float]:
    """Limits around starts and sensible paths, as far on the other side of the centre."""
    ends = np.array([part[0, 0] for part in points])
    if f.centre is None:
        sides = np.concatenate([ends, *([] if locked else [_finite(p[:, 0]) for p in points])])
    else:
        sides = np.concatenate([ends, f.centre])
        reach = SENSIBLE * _span(sides)
        low, high = sides.min() - reach, sides.max() + reach
        near = [part[until_left(part[:, :1], low, high), 0] for part in points]
        sides = np.concatenate([sides, *([] if locked else near)])
        sides = np.concatenate([sides, 2 * f.centre - sides])
    room = _ROOM * _span(sides)
    return float(sides.min()) - room, float(sides.max()) + room


def _finite(values: Array) -> Array:
    return values[np.isfinite(values)]


def _span(places: Array) -> float:
    """The range of the places; of a single place, its distance from 0, or 1."""
    size = float(np.ptp(places))
    return size if size > least(places) else max(abs(float(places[0])), 1.0)
