"""The values of a smooth function on a fine grid, interpolated where each of them is costly."""

from collections.abc import Callable

import numpy as np

from optviz.arrays import Array

_LEAST = 41  # points to each side
_WORK = 2**26  # numbers to compute for one picture: about a second


def values(value: Callable[[Array], Array], points: Array, cost: int) -> Array:
    """f at the points of a grid, (rows, columns, 2) as `numpy.meshgrid` has them: (rows, columns).

    Exact where `cost` numbers a point are not too many, else by cubics through the values on a
    coarser grid with the same edges.
    """
    count = max(int(np.sqrt(_WORK / cost)), _LEAST)
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
