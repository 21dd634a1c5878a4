"""What a view of a function that is no quadratic has to hold: its region, or minima near a path."""

import numpy as np

from optviz.arrays import Array
from optviz.figures._frame import SENSIBLE, least, until_left
from optviz.objectives import Box, Objective
from optviz.scene import finite

FOLLOWED = {1: 1.0, 2: 0.5}  # of the region: so far beyond it a path is shown, by coordinates
_EDGE = 0.04  # of the region: between its new edge and what it was widened for
_NEAR = 0.5  # of the box of starts and paths: so far from it, at least, minima are shown


def widened(region: Box, starts: Array, paths: list[Array]) -> tuple[Array, Array]:
    """The corners (dim,) of a region with all starts (n, dim), and the paths that end near it.

    A path (steps+1, dim) that ends farther off leaves through the frame.
    """
    low, high = np.reshape(region, (-1, 2)).T
    size = high - low
    reach = FOLLOWED[len(low)] * size
    shown = [starts - _EDGE * size, starts + _EDGE * size]
    for path in map(finite, paths):
        near = ((path >= low - reach) & (path <= high + reach)).all(axis=1)
        if len(path) and near[-1]:
            out = np.sign(path - np.clip(path, low, high))
            shown.append(path[near] + _EDGE * (out * size)[near])
    points = np.concatenate(shown)
    return np.minimum(low, points.min(axis=0)), np.maximum(high, points.max(axis=0))


def anchors(f: Objective, starts: Array, paths: list[Array]) -> Array:
    """The starts (n, dim) and the minima near them and near what is sensible of the paths."""
    low, high = starts.min(axis=0), starts.max(axis=0)
    size = np.maximum(high - low, 0.3 * (high - low).max())
    size = np.where(size > least(starts), size, np.maximum(np.abs(low), 1.0))
    for path in map(finite, paths):
        inside = path[until_left(path, low - SENSIBLE * size, high + SENSIBLE * size)]
        low, high = np.minimum(low, inside.min(axis=0)), np.maximum(high, inside.max(axis=0))
    room = np.maximum(_NEAR * (high - low), size)
    box = tuple(np.column_stack([low - room, high + room]).ravel().tolist())
    minima = [point.x for point in f.stationary_in(box) if point.kind == "minimum"]
    return np.vstack([starts, *minima])
