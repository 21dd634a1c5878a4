"""Paths on the graph of a 1-D objective, as the panel of `trace`."""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures._frame import SENSIBLE, least, until_left
from optviz.figures._plane import name_latex
from optviz.figures._stationary_marks import marks as stationary_marks
from optviz.figures._stationary_marks import visible
from optviz.figures._surroundings import anchors, widened
from optviz.figures._trace_paths import paths, starts
from optviz.objectives import Box, Objective
from optviz.scene import Look, Mark, Minimum, Panel, Profile
from optviz.walks.trajectory import Trajectory

_POINTS = 401  # of the graph
_ROOM = 0.1  # of the range of the paths, to each side


def profile(runs: list[Trajectory], look: Look, mode: str | None) -> Panel:
    """The graph with the points (x, f(x)) of each path on it; locked, whatever the paths do.

    Raises `Unfit` for runs without an objective.
    """
    f = runs[0].objective
    if f is None:
        raise Unfit("a 1-D trace needs its objective: give it with -f")
    points = [np.column_stack([run.x[:, 0, 0], run.f[:, 0]]) for run in runs]
    left, right = look.xlim or _sides(f, points, mode)
    xs = np.linspace(left, right, _POINTS)
    graph = np.column_stack([xs, f.value(xs[:, None])])
    bottom, top = float(graph[:, 1].min()), float(graph[:, 1].max())
    rise = _span(np.array([bottom, top]))
    bottom, top = look.ylim or (bottom - 0.08 * rise, top + 0.05 * rise)
    single = len(runs) == 1
    marks: list[Mark] = [Profile(graph), *paths(runs, points, (left, right, bottom, top))]
    marks += _stationary(f, (left, right, bottom, top), worded=single)
    marks += starts(points, worded=single)
    name, height = name_latex(f.names[0]), name_latex(f.names[0], "f(", ")")
    return Panel(tuple(marks), (left, right), (bottom, top), name, height)


def _stationary(f: Objective, box: Box, *, worded: bool) -> list[Minimum]:
    """Marks on the graph; of a quadratic also what lies beside the view, without a word."""
    left, right = box[:2]
    room = right - left if f.quadratic else 0.0
    points = visible(f, f.stationary_in((left - room, right + room)), (left, right))
    heights = f.value(np.array([point.x for point in points]).reshape(-1, 1))
    places = [(float(p.x[0]), h) for p, h in zip(points, heights.tolist(), strict=True)]
    return stationary_marks(points, places, heights, (left, right, -np.inf, np.inf), worded)


def _sides(f: Objective, points: list[Array], mode: str | None) -> tuple[float, float]:
    """Limits around starts and sensible paths, as far on the other side of the centre.

    The region of a function that has one, unless the frame is fitted or locked; else about the
    minima nearby.
    """
    ends = np.array([part[0, 0] for part in points])
    tracks = [part[:, :1] for part in points]
    if f.quadratic is None:
        if f.region and mode is None:
            corners = widened(f.region, ends[:, None], tracks)
            return float(corners[0][0]), float(corners[1][0])
        near = anchors(f, ends[:, None], [] if mode == "lock" else tracks)[:, 0]
        return _around(near, tracks, mode)
    if f.centre is None:
        sides = np.concatenate([ends, *([] if mode else [_finite(p[:, 0]) for p in points])])
        room = _ROOM * _span(sides)
        return float(sides.min()) - room, float(sides.max()) + room
    low, high = _around(np.concatenate([ends, f.centre]), tracks, mode, 0.0)
    sides = np.array([low, high])
    sides = np.concatenate([sides, 2 * f.centre - sides])
    room = _ROOM * _span(sides)
    return float(sides.min()) - room, float(sides.max()) + room


def _around(
    places: Array, tracks: list[Array], mode: str | None, room: float = _ROOM
) -> tuple[float, float]:
    """The ends of the places and of what is sensible of the paths (steps+1, 1), with some room."""
    reach = SENSIBLE * _span(places)
    low, high = places.min() - reach, places.max() + reach
    near = [] if mode == "lock" else [p[until_left(p, low, high), 0] for p in tracks]
    sides = np.concatenate([places, *near])
    room *= _span(sides)
    return float(sides.min() - room), float(sides.max() + room)


def _finite(values: Array) -> Array:
    return values[np.isfinite(values)]


def _span(places: Array) -> float:
    """The range of the places; of a single place, its distance from 0, or 1."""
    size = float(np.ptp(places))
    return size if size > least(places) else max(abs(float(places[0])), 1.0)
