"""What a view needs to know of a function over a box: regions and stationary points."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array

Box = tuple[float, ...]  # two limits of each coordinate: left, right, bottom, top


class Stationary(NamedTuple):
    """A point x (dim,) where ∇f = 0, and its kind: `minimum`, `maximum`, `saddle` or `flat`.

    Its `form` is `flat` where the Hessian is singular, so that f around it told the kind; at a
    `kink` the slopes change their signs without being 0.
    """

    x: Array
    kind: str
    form: str = "regular"


class Region(NamedTuple):
    """{f ≤ level} over a box as polygons (n, 2), or {f ≥ level} where it lies `above`.

    The holes of a polygon follow its outline, each after a row of nan. Where they are `cubic` the
    points are those of closed chains of cubic Bézier curves, 3k+1 of them.
    """

    level: float
    polygons: tuple[Array, ...]
    above: bool = False
    cubic: bool = False


def within(x: Array, box: Box) -> bool:
    """Whether the point x (dim,) lies in the box."""
    low, high = np.reshape(box, (-1, 2)).T
    return bool(((low <= x) & (x <= high)).all())


def turned_box(box: Box, axes: Array) -> Box:
    """The smallest box around a box in the plane whose points x (2,) are turned to x·axes."""
    if not box:
        return ()
    (left, right), (bottom, top) = np.reshape(box, (2, 2)).tolist()
    corners = np.array([(x, y) for x in (left, right) for y in (bottom, top)]) @ axes
    return tuple(np.column_stack([corners.min(axis=0), corners.max(axis=0)]).ravel().tolist())
