"""Paths over contour lines as the panel of `trace`; in 1-D `_trace_profile` has another."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _surroundings, _trace_distribution
from optviz.figures._contour_options import Levels
from optviz.figures._eigenvectors import eigenvectors
from optviz.figures._frame import fixed, frame, hull
from optviz.figures._landscape import Box, landscape
from optviz.figures._plane import eigenplane, plane
from optviz.figures._stationary_marks import stationary_points
from optviz.figures._surroundings import widened
from optviz.figures._trace_paths import paths, starts
from optviz.figures._trace_profile import profile
from optviz.figures._trace_trials import trials
from optviz.figures._trajectory_kind import roles
from optviz.objectives import Objective, Quadratic
from optviz.scene import Look, Mark, Panel, layout
from optviz.walks.trajectory import Trajectory


class PathOptions(NamedTuple):
    """Options of paths: frame, levels, axes of the plane, ellipses, eigenvectors, trial points.

    A frame of None is the region of a function that has one, else fitted.
    """

    frame: str | None
    levels: Levels
    axes: tuple[int | str, int | str] | None
    ellipses: tuple[int, ...]
    eigenvectors: bool = False
    tried: bool = False


def panel(
    runs: list[Trajectory], look: Look, options: PathOptions, *, eigen: bool = False, of: int = 1
) -> tuple[Panel, str]:
    """The panel of the runs, and the name of its plane where it is not that of the coordinates.

    It is one `of` so many beside each other, with the axes of the eigenvectors if `eigen`. Raises
    `Unfit` or `BadValue`.
    """
    if runs[0].dim > 1:
        return _map(runs, look, options, eigen=eigen, of=of)
    if options.axes:
        raise Unfit("a 1-D objective has no plane; leave --plane out")
    return profile(runs, look, options.frame), ""


_LOST = 3  # runs whose points where f ends are framed


def _map(
    runs: list[Trajectory], look: Look, options: PathOptions, *, eigen: bool, of: int
) -> tuple[Panel, str]:
    q = runs[0].objective or _flat(runs[0].dim)
    cut = (eigenplane(q) if eigen else None) or plane(q, options.axes, runs[0].x[:, 0])
    points = [cut.project(run.x[:, 0]) for run in runs]
    origins = np.array([part[0] for part in points])
    centre = cut.shape.centre if runs[0].objective is not None else None
    is_framed = centre is not None or cut.shape.quadratic is None
    anchors = origins if is_framed else hull(points)
    distributions = [
        _trace_distribution.distribution_marks(run, cut, role, options.ellipses)
        for run, role in zip(runs, roles(runs), strict=True)
    ]
    around = [mark for group in distributions for mark in group]
    if options.tried:
        tried = [m for run, r in zip(runs, roles(runs), strict=True) for m in trials(run, cut, r)]
        around, anchors = [*around, *tried], np.vstack([anchors, *(mark.near for mark in tried)])
    lost = [
        part[run.lost[1] // run.stride] for run, part in zip(runs, points, strict=True) if run.lost
    ]
    anchors = np.vstack([anchors, *lost[:_LOST]])
    shown = points + _trace_distribution.outline(around)
    aspect = look.shape or layout.aspect(look.size, look.dpi, of, font_size=look.font_size)
    box, equal = _box(cut.shape, anchors, centre, shown, look, aspect=aspect, mode=options.frame)
    marks: list[Mark] = []
    if runs[0].objective is not None:
        first = float(cut.shape.value(origins[0]))
        marks += landscape(cut.shape, box, first, options.levels, look.size[0] / of)
    marks += around
    marks += paths(runs, points, box)
    if options.eigenvectors and centre is not None:
        marks += eigenvectors(cut.shape, centre, box, equal=equal, numbers=(1, q.dim))
    if centre is not None or cut.shape.quadratic is None:
        kept = None if cut.whole or q.quadratic else cut.is_stationary_for(q)
        marks += stationary_points(cut.shape, box, worded=len(runs) == 1, kept=kept)
    marks += starts(points, worded=len(runs) == 1)
    limits = ((box[0], box[1]), (box[2], box[3]))
    return Panel(tuple(marks), *limits, *cut.labels, equal=equal), cut.description


def _box(
    f: Objective,
    anchors: Array,
    centre: Array | None,
    shown: list[Array],
    look: Look,
    *,
    aspect: float,
    mode: str | None,
) -> tuple[Box, bool]:
    """The box that is drawn, and whether units are equal.

    Where f has a region it is that one, unless the frame is fitted or locked.
    """
    if f.quadratic is None:
        if f.region and mode in (None, "equal"):
            return fixed(*widened(f.region, anchors, shown), look), mode == "equal"
        anchors = _surroundings.anchors(f, anchors, [] if mode == "lock" else shown)
        centre = anchors[-1] if len(anchors) == 2 else None
    return frame(anchors, centre, shown, look, aspect=aspect, mode=mode)


def _flat(dim: int) -> Quadratic:
    """An objective for runs that name none: no landscape, only the axes."""
    return Quadratic(np.zeros((dim, dim)), np.zeros(dim))
