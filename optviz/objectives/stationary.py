"""All stationary points of a smooth function in a box: minima, maxima, saddles.

In one and two dimensions Newton's method is begun in each cell of a grid in which every slope
changes its sign, so that all points are found that the grid tells apart; and, as in more
dimensions, at some places everywhere. Where it does not converge the slopes jump: a kink.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np

from optviz.arrays import Array
from optviz.objectives import creases
from optviz.objectives.objective import Objective
from optviz.objectives.region import Box, Stationary
from optviz.objectives.view import CELLS, View, crossed, distinct, grid, inside, near, scatter

_MOST = 20_000  # places to begin at
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
_LEVEL_ACROSS = 1e-4  # of the slopes around a kink: what is less counts as 0
_STEEPER = 2.0  # the same of a cusp, where they grow beyond all bounds


def stationary(f: Objective, box: Box) -> tuple[Stationary, ...]:
    """The isolated stationary points of f in the box, the lowest first.

    Those on a curve of such points, or within a plain, are left out.
    """
    view = View.over(f, box)
    with np.errstate(all="ignore"):
        begin = np.empty((0, f.dim))
        if f.dim in CELLS:
            begin = crossed(view.slopes(grid(f.dim, view.cells)), view.cells)
        places = scatter(f.dim)
        found = _newton(view, np.concatenate([begin, places])[:_MOST], _range(view, places))
        found = distinct(inside(found), _SAME)
        left = begin[~near(begin, found, _STRIDE / view.cells)]
        kinks = [distinct(inside(z), _SAME) for z in (_kinks(view, left), _folds(view))]
        found = found[~near(found, kinks[1], _SAME_FLAT)]
        points = [*_smooth(view, found, places)]
        for z in kinks:
            points += _degenerate(view, z, "kink")
        heights = f.value(np.array([point.x for point in points]).reshape(-1, f.dim))
    keys = [(h, *point.x.tolist()) for h, point in zip(heights.tolist(), points, strict=True)]
    return tuple(points[i] for i in sorted(range(len(points)), key=lambda i: keys[i]))


def joined(minima: list[Array], points: Sequence[Stationary]) -> tuple[Stationary, ...]:
    """The known minima (dim,) and then the points that are none of them."""
    known = np.array(minima)
    others = [p for p in points if not minima or (np.abs(known - p.x).max(axis=1) > _KNOWN).all()]
    return (*(Stationary(x, "minimum") for x in minima), *others)


def _range(view: View, z: Array) -> float:
    values = view.value(z)
    values = values[np.isfinite(values)]
    return float(np.ptp(values)) if len(values) else 0.0


def _newton(view: View, z: Array, spread: float) -> Array:
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


def _step(view: View, z: Array) -> Array:
    """H⁻¹∇f, without directions of no curvature: (n, dim); nan where f has no slope."""
    values, vectors = np.linalg.eigh(view.curvatures(z))
    slopes = np.einsum("nij,ni->nj", vectors, view.slopes(z))
    least = 1e-13 * np.abs(values).max(axis=1, keepdims=True)
    part = np.where(np.abs(values) > least, slopes / values, 0.0 * slopes)
    return np.asarray(np.einsum("nij,nj->ni", vectors, part))


def _kinks(view: View, middle: Array) -> Array:
    """Where all slopes jump through 0, by halving the cells around these middles.

    Along a crease of the formula they may all do so; its points are `_folds`.
    """
    step, quarters = 1 / view.cells, np.array(list(product((-0.25, 0.25), repeat=view.f.dim)))
    for _ in range(_HALVINGS if len(middle) else 0):
        inner = middle[:, None] + quarters * step
        slopes = view.slopes(inner[:, :, None] + 1.001 * quarters * step)
        signs = (np.fmin.reduce(slopes, axis=2) <= 0) & (np.fmax.reduce(slopes, axis=2) >= 0)
        crossed = signs.all(axis=-1)
        alive = crossed.any(axis=1)
        middle = inner[alive, crossed[alive].argmax(axis=1)]
        step /= 2
    ratio = _near_to_far(view, middle)
    return middle[~(ratio <= _FADES) & ~(creases.holds(view, middle) & (ratio < _STEEPER))]


def _folds(view: View) -> Array:
    """The points on creases where f has no slope along them and the slopes across jump."""
    z = creases.points(view)
    z = z[~(_near_to_far(view, z) <= _FADES)]
    ways = _directions(view.f.dim)
    slopes = view.slopes(z[:, None] + _INNER * ways)  # 0 is among their means (Clarke 1983)
    steepest = np.fmax.reduce(np.einsum("nri,di->ndr", slopes, ways), axis=-1, initial=-np.inf)
    size = np.fmax.reduce(np.abs(slopes), axis=(1, 2), initial=0.0)
    return np.asarray(z[(steepest >= -_LEVEL_ACROSS * size[:, None]).all(axis=1)])


def _near_to_far(view: View, z: Array) -> Array:
    """How the slopes close to each point are to those further out: (n,)."""
    outer, inner = (_steepest(view, z, r) for r in (_RING, _INNER))
    return np.asarray(inner / outer)


def _steepest(view: View, z: Array, radius: float) -> Array:
    """The greatest slope on a ring around each point: (n,)."""
    slopes = view.slopes(z[:, None] + radius * _directions(view.f.dim))
    return np.asarray(np.fmax.reduce(np.abs(slopes), axis=(1, 2), initial=0.0))


def _smooth(view: View, z: Array, scatter: Array) -> list[Stationary]:
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


def _degenerate(view: View, z: Array, form: str) -> list[Stationary]:
    """The kinds of isolated points whose Hessian does not tell them."""
    slopes = np.abs(np.nan_to_num(view.slopes(z))).max(axis=1, initial=0.0)
    z = distinct(z[np.argsort(slopes, kind="stable")], _SAME_FLAT)
    z = z[:: max(1, len(z) // _ALIKE)]
    apart = np.array([(np.abs(z - one).max(axis=1) < _CURVE).sum() == 1 for one in z], dtype=bool)
    kinds = [(one, _kind(view, one)) for one in (z[apart] if len(z) else z)]
    return [Stationary(view.place(one), kind, form) for one, kind in kinds if kind]


def _kind(view: View, z: Array) -> str:
    """What a point is among its surroundings; "" in a plain, or if f jumps or has no value."""
    at = view.value(z[None])[0]
    outer = z + _RING * _directions(len(z))
    ring = view.value(np.concatenate([outer, creases.along(view, z, outer)])) - at
    inner = view.value(z + _INNER * _directions(len(z))) - at
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
