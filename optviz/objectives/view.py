"""A function over a box in units of the box, and what is done with points there."""

from itertools import product
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, Bools, Ints
from optviz.objectives.objective import Objective
from optviz.objectives.region import Box

CELLS = {1: 2000, 2: 240}  # of the grid, to each side, by the number of coordinates
_COARSE = 16  # the same where no grid is looked at
_SHIFT = 0.382  # of a cell: the grid's corner beyond the box, off places of symmetry
_SIDES = {1: 30, 2: 8}  # places to begin at besides, to each side
_EVERYWHERE = 600  # of these in more dimensions


class View(NamedTuple):
    """A function over a box, seen in units of the box: points z (n, dim) of [0, 1]."""

    f: Objective
    low: Array
    size: Array
    cells: int

    @classmethod
    def over(cls, f: Objective, box: Box) -> "View":
        """The function over the box, with the cells of its number of coordinates."""
        low, high = np.reshape(box, (-1, 2)).T
        return cls(f, low, high - low, CELLS.get(f.dim, _COARSE))

    def place(self, z: Array) -> Array:
        """The points themselves."""
        return np.asarray(self.low + z * self.size)

    def value(self, z: Array) -> Array:
        """f at the points."""
        return self.f.value(self.place(z))

    def slopes(self, z: Array) -> Array:
        """The gradients (n, dim), as the tape gives them."""
        return self.f.grad(self.place(z)) * self.size

    def curvatures(self, z: Array) -> Array:
        """The Hessians (n, dim, dim), 0 where they are not finite."""
        H = self.f.hessian(self.place(z)) * self.size[:, None] * self.size
        known = np.asarray(np.isfinite(H).all(axis=(1, 2)))
        return np.where(known[:, None, None], H, 0.0)


def inside(z: Array) -> Array:
    """The points that lie in the box."""
    return z[((z >= 0) & (z <= 1)).all(axis=1)]


def grid(dim: int, cells: int) -> Array:
    """The corners of cells over the box, and a bit beyond it: (cells + 2, …, dim)."""
    along = (np.arange(cells + 2) - _SHIFT) / cells
    return np.stack(np.meshgrid(*[along] * dim, indexing="ij"), axis=-1)


def crossed(values: Array, cells: int) -> Array:
    """The middles (n, dim) of the cells in which all of some values change their signs.

    The values (cells + 2, …, count) are those at the corners.
    """
    dim, least, most = values.ndim - 1, values, values
    for axis in range(dim):
        lower = (*[slice(None)] * axis, slice(None, -1))
        upper = (*[slice(None)] * axis, slice(1, None))
        least = np.fmin(least[lower], least[upper])
        most = np.fmax(most[lower], most[upper])
    signs = ((least <= 0) & (most >= 0)).all(axis=-1) & (least < most).any(axis=-1)
    return np.asarray((np.argwhere(signs) + 0.5 - _SHIFT) / cells)


def scatter(dim: int) -> Array:
    """Places all over the box: a grid in few dimensions, the same scatter each time in many."""
    side = _SIDES.get(dim, int(_EVERYWHERE ** (1 / dim) + 1e-9))
    if side >= 3:
        middles = (np.arange(side) + 0.5) / side
        return np.array(list(product(middles, repeat=dim)))
    return np.random.default_rng(0).random((_EVERYWHERE, dim))


def distinct(z: Array, apart: float) -> Array:
    """The points without those that are nearer than `apart` to one before them."""
    for shift in product((0.0, 0.5), repeat=min(z.shape[1], 4)):
        bins = np.floor(z / apart + np.resize(shift, z.shape[1]))
        z = z[np.sort(np.unique(bins, axis=0, return_index=True)[1])]
    return z


def near(z: Array, others: Array, reach: float) -> Bools:
    """Whether each point has one of the others within about `reach`."""
    bins = np.floor(others / reach)
    moves = np.array(list(product((-1, 0, 1), repeat=z.shape[1])))
    taken = (bins[:, None] + moves).reshape(-1, z.shape[1])
    return np.isin(_codes(np.floor(z / reach)), _codes(taken))


def _codes(bins: Array) -> Ints:
    """One whole number for each row of whole numbers."""
    places = 100_003 ** np.arange(bins.shape[1])
    return np.asarray((bins.astype(np.int64) * places).sum(axis=1))
