"""Many seeds about their median, and the exact law about its mean, as marks of a trace."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue
from optviz.figures._plane import Plane
from optviz.scene import Dots, Mark, Path, Ring, Tube
from optviz.walks.seeds import BAND_FRACTIONS
from optviz.walks.trajectory import Trajectory

_SINGLE = 12  # seeds whose own path is drawn, faintly
_SHOWN = 400  # dots a step
_POINTS = 72  # of an ellipse
_PIECES = 120  # of a tube, at most
_GRID = 160  # places a side at which the boundary of a tube is found
_TURN = np.linspace(0.0, 2 * np.pi, _POINTS, endpoint=False)
_CIRCLE = np.column_stack([np.cos(_TURN), np.sin(_TURN)])


def distribution_marks(
    run: Trajectory, cut: Plane, role: int, ellipses: tuple[int, ...]
) -> list[Mark]:
    """Tubes of many seeds, or ellipses of an exact law, around a path; [] for a single run."""
    if run.law is not None:
        return _law(run, cut, role, ellipses)
    if run.spread is None:
        return []
    points = cut.project(run.spread.x)
    marks: list[Mark] = [
        Path(points[:, i], role, faint=True, stride=run.stride)
        for i in range(min(points.shape[1], _SINGLE))
    ]
    for depth, fraction in enumerate(BAND_FRACTIONS):
        polygons = _tube(points, fraction)
        marks.append(Tube(polygons, role, depth, () if depth else _edges(polygons)))
    return marks


def outline(marks: list[Mark]) -> list[Array]:
    """The points of the marks that the frame has to hold."""
    tubes = [mark.polygons for mark in marks if isinstance(mark, Tube)]
    shown = [np.concatenate(polygons) for polygons in tubes if polygons]
    return shown + [mark.points for mark in marks if isinstance(mark, Ring)]


def _law(run: Trajectory, cut: Plane, role: int, ellipses: tuple[int, ...]) -> list[Mark]:
    """Ellipses of one and two standard deviations at the steps, and the draws there."""
    assert run.law is not None
    mean = cut.project(run.x[:, 0])
    across = np.eye(run.dim) if cut.whole else cut.axes
    rings: list[Mark] = []
    steps = recorded_steps(ellipses, run.steps, run.stride) if ellipses else _chosen_steps(mean)
    for step in steps:
        half = _root(across.T @ run.law[step] @ across)
        if run.spread is not None:
            rings.append(Dots(cut.project(run.spread.x[step, :_SHOWN]), role))
        for depth, sigmas in enumerate((2.0, 1.0)):
            rings.append(Ring(mean[step] + sigmas * _CIRCLE @ half.T, role, depth))
    return rings


def recorded_steps(ellipses: tuple[int, ...], steps: int, stride: int = 1) -> list[int]:
    """The indices of the recorded steps with ellipses. Raises `BadValue` for other steps."""
    late = [step for step in ellipses if step > steps or step % stride]
    if late:
        raise BadValue("ellipses", late[0], f"steps from 1 to {steps} are wanted")
    return [step // stride for step in ellipses]


def _chosen_steps(mean: Array) -> list[int]:
    """Up to five steps: four at fractions of the length of the mean's path, and the last."""
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(mean, axis=0), axis=1))])
    if not np.isfinite(way[-1]) or len(mean) < 2:
        return []
    places = np.searchsorted(way, way[-1] * np.array([0.3, 0.55, 0.75, 0.9]))
    return sorted({*(int(p) for p in places if p > 0), len(mean) - 1})


def _tube(points: Array, fraction: float) -> tuple[Array, ...]:
    """Hulls around a fraction of the points (steps, seeds, 2), each of two successive steps."""
    keep = np.unique(np.linspace(0, len(points) - 1, min(len(points), _PIECES)).round().astype(int))
    clouds = [cloud for row in points[keep] if (cloud := _cloud(row, fraction)) is not None]
    return tuple(_hull(a.tips(), b.tips()) for a, b in pairwise(clouds))


def _edges(hulls: tuple[Array, ...]) -> tuple[Array, ...]:
    """The boundary of the union of hulls, as closed lines (n, 2).

    The k-th point of a hull lies farthest out in the k-th direction of the circle, so that a point
    lies within by the least of its distances to the tangents there, below 0 outside. The boundary
    is where the greatest of these depths is 0, on a grid.
    """
    from contourpy import LineType, contour_generator

    corners = np.array(hulls).reshape(-1, 2)
    low, high = corners.min(axis=0, initial=np.inf), corners.max(axis=0, initial=-np.inf)
    if not (np.isfinite(high - low).all() and (high > low).all()):
        return ()
    margin = 0.02
    ticks = np.linspace(-margin, 1 + margin, _GRID)
    grid = np.stack(np.meshgrid(ticks, ticks), axis=-1)
    out = _CIRCLE * (high - low)  # directions where the box is a square of side 1
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    reach = grid @ out.T
    depth = np.full(grid.shape[:2], -np.inf)
    for hull in hulls:
        tangents = (((hull - low) / (high - low)) * out).sum(axis=1)
        depth = np.maximum(depth, (tangents - reach).min(axis=-1))
    lines = contour_generator(ticks, ticks, depth, line_type=LineType.Separate).lines(0.0)
    return tuple(low + np.asarray(line) * (high - low) for line in lines)


class _Cloud(NamedTuple):
    """An ellipse whose four half axes are each of their own length: centre, directions, lengths.

    `axes` (2, 2) has the directions as columns, `reach` (2, 2) the lengths to both sides of each.
    """

    centre: Array
    axes: Array
    reach: Array

    def sides(self, y: Array) -> Array:
        """Along each axis the length on the side where y (n, 2) lies: (n, 2)."""
        return np.asarray(np.where(y < 0, self.reach[0], self.reach[1]))

    def tips(self) -> Array:
        """The point that lies farthest out in each direction of the circle: (n, 2)."""
        u = _CIRCLE @ self.axes
        stretched = u * self.sides(u)
        size = np.linalg.norm(stretched, axis=1, keepdims=True)
        y = stretched / np.where(size > 0, size, 1.0) * self.sides(u)
        return np.asarray(self.centre + y @ self.axes.T)


def _cloud(row: Array, fraction: float) -> _Cloud | None:
    """The cloud that holds a fraction of the seeds; None where most of them overflow.

    About the median, turned as the nearer three quarters are: no outlier turns or stretches it, and
    it goes no farther to one side than they do.
    """
    finite = row[np.isfinite(row).all(axis=1)]
    if 2 * len(finite) <= len(row):
        return None
    centre = np.median(finite, axis=0)
    scale = np.median(abs(finite - centre), axis=0)
    far = (((finite - centre) / np.where(scale > 0, scale, 1.0)) ** 2).sum(axis=1)
    near = (finite - centre)[far <= np.quantile(far, 0.75)]
    axes = np.linalg.eigh(near.T @ near)[1]
    y = (finite - centre) @ axes
    reach = np.array([[_farthest(side * part, fraction) for part in y.T] for side in (-1, 1)])
    cloud = _Cloud(centre, axes, reach)
    sides = cloud.sides(y)
    inside = np.linalg.norm(np.divide(y, sides, out=0 * y, where=sides > 0), axis=1)
    return cloud._replace(reach=reach * float(np.quantile(inside, fraction)))


def _farthest(y: Array, fraction: float) -> float:
    """The quantile of the positive lengths; 0 where there are none."""
    ahead = y[y > 0]
    return float(np.quantile(ahead, fraction)) if ahead.size else 0.0


def _root(S: Array) -> Array:
    """The symmetric root of a covariance (2, 2)."""
    values, vectors = np.linalg.eigh((S + S.T) / 2)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)


def _hull(one: Array, other: Array) -> Array:
    """The convex hull of two clouds from their tips (n, 2): the farther in each direction."""
    farther = (one * _CIRCLE).sum(axis=1) >= (other * _CIRCLE).sum(axis=1)
    return np.where(farther[:, None], one, other)
