"""The values of a smooth function on a fine grid, interpolated where each of them is costly."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from optviz.arrays import Array

_LEAST = 41  # points to each side
_WORK = 2**26  # numbers to compute for one picture: about a second


@dataclass
class Surface:
    """A function of the plane whose contours are traced: `f` itself, or what is between the values
    of a grid where `cost` numbers a point are too many to ask it again.
    """

    f: Any
    cost: int
    _grid: tuple[Array, Array] | None = field(default=None, init=False)

    def value(self, x: Array) -> Array:
        """f at each row, or at the points of a grid as `values` has them."""
        if x.ndim < 3:
            return self.f.value(x) if self._grid is None else self.value_and_grad(x)[0]
        found = values(self.f.value, x, self.cost)
        if _count(self.cost) < min(x.shape[:2]):
            self._grid = x, found
        return found

    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        """f and ∇f at each row, between the values of the grid if there is one: linear in each."""
        if self._grid is None:
            found: tuple[Array, Array] = self.f.value_and_grad(x)
            return found
        points, heights = self._grid
        corner, step = points[0, 0], points[1, 1] - points[0, 0]
        at = (x - corner) / step
        cell = np.clip(np.floor(at), 0, np.array(heights.shape[::-1]) - 2).astype(int)
        (u, v), (i, j) = (at - cell).T, cell.T
        a, b, c, d = heights[j, i], heights[j, i + 1], heights[j + 1, i], heights[j + 1, i + 1]
        across = np.stack([(b - a) * (1 - v) + (d - c) * v, (c - a) * (1 - u) + (d - b) * u], -1)
        return a * (1 - u) * (1 - v) + b * u * (1 - v) + c * (1 - u) * v + d * u * v, across / step


def _count(cost: int) -> int:
    """How many points to each side are affordable."""
    return max(int(np.sqrt(_WORK / cost)), _LEAST)


def values(value: Callable[[Array], Array], points: Array, cost: int) -> Array:
    """f at the points of a grid, (rows, columns, 2) as `numpy.meshgrid` has them: (rows, columns).

    Exact where `cost` numbers a point are not too many, else by cubics through the values on a
    coarser grid with the same edges.
    """
    count = _count(cost)
    rows, columns = points.shape[:2]
    if count >= min(rows, columns):
        return value(points)
    xs, ys = points[0, :, 0], points[:, 0, 1]
    coarse = np.meshgrid(np.linspace(xs[0], xs[-1], count), np.linspace(ys[0], ys[-1], count))
    found = value(np.stack(coarse, axis=-1))
    if not np.isfinite(found).all():
        return value(points)
    return np.asarray(_cubic(rows, count) @ found @ _cubic(columns, count).T)


def _cubic(fine: int, coarse: int) -> Array:
    """The matrix that takes values at even places to values at `fine` ones, by cubics through four.

    (fine, coarse)
    """
    places = np.linspace(0, coarse - 1, fine)
    first = np.clip(np.floor(places).astype(int) - 1, 0, coarse - 4)
    t = places - first
    matrix = np.zeros((fine, coarse))
    for k in range(4):
        others = [j for j in range(4) if j != k]
        weight = np.prod([(t - j) / (k - j) for j in others], axis=0)
        matrix[np.arange(fine), first + k] = weight
    return matrix
