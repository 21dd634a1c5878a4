"""All stationary points of a smooth function in a box: minima, maxima, saddles.

In one and two dimensions Newton's method is begun in each cell of a grid in which every slope
changes its sign, so that all points are found that the grid tells apart; and, as in more
dimensions, at some places everywhere. Where it does not converge the slopes jump: a kink.
"""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, Bools, Ints
from optviz.objectives.objective import Objective
from optviz.objectives.region import Box, Stationary

_CELLS = {1: 2000, 2: 240}  # of the grid, to each side, by the number of coordinates
_COARSE = 16  # the same where no grid is looked at
_SHIFT = 0.382  # of a cell: the grid's corner beyond the box, off places of symmetry
_SIDES = {1: 30, 2: 8}  # places to begin at besides, to each side
_EVERYWHERE, _MOST = 600, 20_000  # of these in more dimensions, and of all
_ITERATIONS, _HALVINGS = 40, 40
_STRIDE = 2.0  # cells: the longest step of Newton's method
_KNOWN = 1e-7  # how near a point is a known minimum
_ALIKE = 2000  # degenerate points that are compared with each other, at most

# In units of the box.
_SAME, _SAME_FLAT = 1e-6, 1e-4  # nearer points are one; of those where convergence is slow
_CONVERGED = 1e-9  # the last step of Newton's method
_SINGULAR = 1e-6  # of the greatest eigenvalue, here and usually: what is less counts as 0
_LEVEL, _STEEP = 1e-11, 1e-7  # of the range of f: slopes that are rounding, and that are not
_CURVE = 0.04  # degenerate points nearer than that are of a curve
_RING, _INNER = 1e-3, 1e-6  # around a degenerate point, where f is compared with it
_FADES = 0.01  # slopes that are so much less on the inner ring vanish smoothly: no kink is there


class _View(NamedTuple):
    """A function over a box, seen in units of the box: points z (n, dim) of [0, 1]."""

    f: Objective
    low: Array
    size: Array
    cells: int

    def place(self, z: Array) -> Array:
        return np.asarray(self.low + z * self.size)

    def value(self, z: Array) -> Array:
        return self.f.value(self.place(z))

    def slopes(self, z: Array) -> Array:
        """The gradients (n, dim), as the tape gives them."""
        return self.f.grad(self.place(z)) * self.size

    def curvatures(self, z: Array) -> Array:
        """The Hessians (n, dim, dim), 0 where they are not finite."""
        H = self.f.hessian(self.place(z)) * self.size[:, None] * self.size
        known = np.asarray(np.isfinite(H).all(axis=(1, 2)))
        return np.where(known[:, None, None], H, 0.0)


def stationary(f: Objective, box: Box) -> tuple[Stationary, ...]:
    """The isolated stationary points of f in the box, the lowest first.

    Those on a curve of such points, or within a plain, are left out.
    """
    low, high = np.reshape(box, (-1, 2)).T
    view = _View(f, low, high - low, _CELLS.get(f.dim, _COARSE))
    with np.errstate(all="ignore"):
        crossed = _crossed(view) if f.dim in _CELLS else np.empty((0, f.dim))
        scatter = _scatter(f.dim)
        found = _newton(view, np.concatenate([crossed, scatter])[:_MOST], _range(view, scatter))
        found = _distinct(_inside(found), _SAME)
        left = crossed[~_near(crossed, found, _STRIDE / view.cells)]
        kinks = _distinct(_inside(_kinks(view, left)), _SAME)
        points = [*_smooth(view, found, scatter), *_degenerate(view, kinks, "kink")]
        heights = f.value(np.array([point.x for point in points]).reshape(-1, f.dim))
    keys = [(h, *point.x.tolist()) for h, point in zip(heights.tolist(), points, strict=True)]
    return tuple(points[i] for i in sorted(range(len(points)), key=lambda i: keys[i]))


def joined(minima: list[Array], points: Sequence[Stationary]) -> tuple[Stationary, ...]:
    """The known minima (dim,) and then the points that are none of them."""
    known = np.array(minima)
    others = [p for p in points if not minima or (np.abs(known - p.x).max(axis=1) > _KNOWN).all()]
    return (*(Stationary(x, "minimum") for x in minima), *others)


def _range(view: _View, z: Array) -> float:
    values = view.value(z)
    values = values[np.isfinite(values)]
    return float(np.ptp(values)) if len(values) else 0.0


def _inside(z: Array) -> Array:
    return z[((z >= 0) & (z <= 1)).all(axis=1)]


def _crossed(view: _View) -> Array:
    """The middles of the cells in which every slope changes its sign: (n, dim)."""
    dim, cells = view.f.dim, view.cells
    along = (np.arange(cells + 2) - _SHIFT) / cells
    slopes = view.slopes(np.stack(np.meshgrid(*[along] * dim, indexing="ij"), axis=-1))
    least, most = slopes, slopes
    for axis in range(dim):
        lower = (*[slice(None)] * axis, slice(None, -1))
        upper = (*[slice(None)] * axis, slice(1, None))
        least = np.fmin(least[lower], least[upper])
        most = np.fmax(most[lower], most[upper])
    signs = ((least <= 0) & (most >= 0)).all(axis=-1) & (least < most).any(axis=-1)
    return np.asarray((np.argwhere(signs) + 0.5 - _SHIFT) / cells)


def _scatter(dim: int) -> Array:
    """Places all over the box: a grid in few dimensions, the same scatter each time in many."""
    side = _SIDES.get(dim, int(_EVERYWHERE ** (1 / dim) + 1e-9))
    if side >= 3:
        middles = (np.arange(side) + 0.5) / side
        return np.array(list(product(middles, repeat=dim)))
    return np.random.default_rng(0).random((_EVERYWHERE, dim))


def _newton(view: _View, z: Array, spread: float) -> Array:
    """The places (n, dim) to which Newton's method converges, from those that it is begun at.

    With them those where it still moves, but over ground so level that only rounding is left.
    """
    z, last = z.copy(), np.full(len(z), np.inf)
    for _ in range(_ITERATIONS):
        going = np.flatnonzero(last > 1e-15)
        if not len(going):
            break
        move = _step(view, z[going]) * view.cells / _STRIDE
        move /= np.maximum(np.abs(move).max(axis=1), 1.0)[:, None]
        move *= _STRIDE / view.cells
        z[going] -= move
        last[going] = np.abs(move).max(axis=1)
    slopes = np.abs(view.slopes(z)).max(axis=1)
    level = (slopes <= _LEVEL * spread) & (last < _RING)
    found: Array = z[(last < _CONVERGED) & (slopes <= _STEEP * spread) | level]
    return found


def _step(view: _View, z: Array) -> Array:
    """H⁻¹∇f, without directions of no curvature: (n, dim); nan where f has no slope."""
    values, vectors = np.linalg.eigh(view.curvatures(z))
    slopes = np.einsum("nij,ni->nj", vectors, view.slopes(z))
    least = 1e-13 * np.abs(values).max(axis=1, keepdims=True)
    part = np.where(np.abs(values) > least, slopes / values, 0.0 * slopes)
    return np.asarray(np.einsum("nij,nj->ni", vectors, part))


def _distinct(z: Array, apart: float) -> Array:
    """The points without those that are nearer than `apart` to one before them."""
    for shift in product((0.0, 0.5), repeat=min(z.shape[1], 4)):
        bins = np.floor(z / apart + np.resize(shift, z.shape[1]))
        z = z[np.sort(np.unique(bins, axis=0, return_index=True)[1])]
    return z


def _near(z: Array, others: Array, reach: float) -> Bools:
    """Whether each point has one of the others within about `reach`."""
    bins = np.floor(others / reach)
    moves = np.array(list(product((-1, 0, 1), repeat=z.shape[1])))
    taken = (bins[:, None] + moves).reshape(-1, z.shape[1])
    return np.isin(_codes(np.floor(z / reach)), _codes(taken))


def _codes(bins: Array) -> Ints:
    """One whole number for each row of whole numbers."""
    places = 100_003 ** np.arange(bins.shape[1])
    return np.asarray((bins.astype(np.int64) * places).sum(axis=1))


def _kinks(view: _View, middle: Array) -> Array:
    """Where all slopes jump through 0, by halving the cells around these middles."""
    step, quarters = 1 / view.cells, np.array(list(product((-0.25, 0.25), repeat=view.f.dim)))
    for _ in range(_HALVINGS if len(middle) else 0):
        inner = middle[:, None] + quarters * step
        slopes = view.slopes(inner[:, :, None] + 1.001 * quarters * step)
        signs = (np.fmin.reduce(slopes, axis=2) <= 0) & (np.fmax.reduce(slopes, axis=2) >= 0)
        crossed = signs.all(axis=-1)
        alive = crossed.any(axis=1)
        middle = inner[alive, crossed[alive].argmax(axis=1)]
        step /= 2
    far, near = (_steepest(view, middle, r) for r in (_RING, _INNER))
    return np.asarray(middle[~(near <= _FADES * far)])


def _steepest(view: _View, z: Array, radius: float) -> Array:
    """The greatest slope on a ring around each point: (n,)."""
    slopes = view.slopes(z[:, None] + radius * _directions(view.f.dim))
    return np.asarray(np.fmax.reduce(np.abs(slopes), axis=(1, 2), initial=0.0))


def _smooth(view: _View, z: Array, scatter: Array) -> list[Stationary]:
    """The kinds of points where ∇f = 0, from the eigenvalues, or from the surroundings.

    How great eigenvalues usually are is seen at the `scatter`.
    """
    values = np.linalg.eigvalsh(view.curvatures(z))
    usual = float(np.median(np.abs(np.linalg.eigvalsh(view.curvatures(scatter))).max(axis=1)))
    sizes = np.abs(values)
    regular = sizes.min(axis=1) > _SINGULAR * np.maximum(sizes.max(axis=1), usual)
    kinds = np.where(values[:, 0] > 0, "minimum", np.where(values[:, -1] < 0, "maximum", "saddle"))
    pairs = zip(view.place(z[regular]), kinds[regular].tolist(), strict=True)
    return [Stationary(*pair) for pair in pairs] + _degenerate(view, z[~regular], "flat")


def _degenerate(view: _View, z: Array, form: str) -> list[Stationary]:
    """The kinds of isolated points whose Hessian does not tell them."""
    slopes = np.abs(np.nan_to_num(view.slopes(z))).max(axis=1, initial=0.0)
    z = _distinct(z[np.argsort(slopes, kind="stable")], _SAME_FLAT)
    z = z[:: max(1, len(z) // _ALIKE)]
    apart = np.array([(np.abs(z - one).max(axis=1) < _CURVE).sum() == 1 for one in z], dtype=bool)
    kinds = [(one, _kind(view, one)) for one in (z[apart] if len(z) else z)]
    return [Stationary(view.place(one), kind, form) for one, kind in kinds if kind]


def _kind(view: _View, z: Array) -> str:
    """What a point is among its surroundings; "" in a plain, or if f jumps or has no value."""
    at = view.value(z[None])[0]
    ring, inner = (view.value(z + r * _directions(len(z))) - at for r in (_RING, _INNER))
    if not np.isfinite([at, *ring]).all() or np.abs(inner).max() > 0.5 * np.abs(ring).max():
        return ""
    least = 1e-13 * abs(at)
    if (ring > least).all():
        return "minimum"
    if (ring < -least).all():
        return "maximum"
    return "saddle" if (ring > least).any() and (ring < -least).any() else ""


def _directions(dim: int) -> Array:
    """Unit vectors all around: (n, dim)."""
    if dim == 1:
        return np.array([[-1.0], [1.0]])
    if dim == 2:
        angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
        return np.column_stack([np.cos(angles), np.sin(angles)])
    found = np.random.default_rng(1).normal(size=(64, dim))
    both = np.concatenate([found, -found])
    return np.asarray(both / np.linalg.norm(both, axis=1, keepdims=True))
