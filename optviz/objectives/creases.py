"""Points on the creases of a function where it has no slope along them: kinks.

Where creases g = 0 meet, as x = y of |x − y|, a minimum of f has ∇f = Σ μ∇g (Lagrange): the slopes
that jump are those across. Newton's method for f and g together is begun all along the creases.
"""

from itertools import combinations, islice

import numpy as np

from optviz.arrays import Array, Bools
from optviz.objectives.objective import Objective
from optviz.objectives.view import CELLS, View, crossed, grid, scatter

_SIDES = {1: 2000, 2: 60}  # cells of the grid, to each side
_SPARSE = 6  # of so many of the places in more dimensions one is begun at
_MOST = 40  # sets of creases that meet
_ITERATIONS = 40
_STRIDE = 0.05  # of the box: the longest step
_CONVERGED = 1e-10  # of the box: the last step
_ON = 1e-9  # of its range: a crease is here
_ACROSS, _ACROSS_FAR = 1e-7, 1e-4  # of the size of x: how far to the sides slopes are compared
_BESIDE = 1e-10  # of the box: where a derivative is taken that a crease has not
_FLAT = 1e-9  # of the slopes across: slopes along a crease that are rounding


def holds(view: View, z: Array) -> Bools:
    """Which points (n, dim) lie on creases: (n,)."""
    found = np.zeros(len(z), dtype=bool)
    for edge in _edges(view) if len(z) else ():
        found |= _is_on(edge, z)
    return found


def folds(f: Objective, x: Array) -> bool:
    """Whether x (dim,) lies on a crease across which the slopes of f jump."""
    size = 1 + float(np.abs(x).max())
    for crease in f.creases:
        (height,), (across,) = crease.value_and_grad(x[None])
        length = float(np.linalg.norm(across))
        if abs(height) <= _ON * size * length and length > 0:
            jumps = [_jump(f, x, r * size * across / length) for r in (_ACROSS, _ACROSS_FAR)]
            if not jumps[0] <= jumps[1] / 2:
                return True
    return False


def _jump(f: Objective, x: Array, aside: Array) -> float:
    """By how much the slopes on two sides of x (dim,) differ."""
    one, other = f.grad(np.array([x + aside, x - aside]))
    return float(np.abs(one - other).max())


def along(view: View, z: Array, ring: Array) -> Array:
    """The points of a ring around z (dim,) moved onto each crease on which z lies: (n, dim)."""
    found = [np.empty((0, len(z)))]
    radius = np.abs(ring - z).max()
    for edge in _edges(view):
        if _is_on(edge, z[None])[0]:
            moved = ring
            for _ in range(3):
                across = edge.slopes(moved)
                square = (across**2).sum(axis=1)
                height = edge.value(moved) / np.where(square > 0, square, 1.0)
                moved = moved - height[:, None] * across
            away = np.abs(moved - z).max(axis=1)
            found.append(moved[(away > radius / 2) & (away < 2 * radius)])
    return np.concatenate(found)


def _is_on(edge: View, z: Array) -> Bools:
    """Whether a crease goes through each point (n, dim): (n,)."""
    reach = np.nanmax(np.abs(edge.value(scatter(edge.f.dim))), initial=0.0)
    return np.asarray(np.abs(edge.value(z)) <= _ON * reach)


def points(view: View) -> Array:
    """Where f has no slope along the creases that meet there: (n, dim)."""
    found = [_newton(view, some, _begin(some, view.f.dim)) for some in _sets(view)]
    return np.concatenate([np.empty((0, view.f.dim)), *found])


def points_from(f: Objective, x: Array) -> Array:
    """The same, from one place x (dim,) that is near them: (n, dim)."""
    size = 1 + np.abs(x).max()
    view = View(f, x - size, np.full(len(x), 2 * size), 1)
    middle = np.full((1, len(x)), 0.5)
    found = [_newton(view, some, middle.copy()) for some in _sets(view)]
    return view.place(np.concatenate([np.empty((0, len(x))), *found]))


def _sets(view: View) -> list[tuple[View, ...]]:
    """Creases that may meet: each alone, all of them, two by two, and so on."""
    edges = _edges(view)
    counts = dict.fromkeys([1, len(edges), *range(2, len(edges))])
    counts.pop(0, None)
    sets = (some for count in counts if count <= view.f.dim for some in combinations(edges, count))
    return list(islice(sets, _MOST))


def _edges(view: View) -> list[View]:
    """The creases over the same box."""
    return [view._replace(f=crease) for crease in view.f.creases]


def _begin(edges: tuple[View, ...], dim: int) -> Array:
    """Places near the creases: (n, dim)."""
    if dim not in CELLS:
        return scatter(dim)[::_SPARSE]
    corners = grid(dim, _SIDES[dim])
    return crossed(np.stack([edge.value(corners) for edge in edges], axis=-1), _SIDES[dim])


def _newton(view: View, edges: tuple[View, ...], z: Array) -> Array:
    """The places to which Newton's method converges from some: (n, dim)."""
    last, slope = np.full(len(z), np.inf), np.full(len(z), np.inf)
    for _ in range(_ITERATIONS):
        going = np.flatnonzero(last > 1e-15)
        if not len(going):
            break
        move, slope[going] = _step(view, edges, z[going])
        move *= _STRIDE / np.maximum(np.abs(move).max(axis=1), _STRIDE)[:, None]
        z[going] += move
        last[going] = np.abs(move).max(axis=1)
    return z[(last < _CONVERGED) & (slope <= _FLAT)]


def _step(view: View, edges: tuple[View, ...], z: Array) -> tuple[Array, Array]:
    """The step (n, dim) of Newton's method for ∇f − Σ μ∇g = 0 and g = 0, and how far ∇f is off.

    The latter (n,) is relative to ∇f.
    """
    across = np.stack([edge.slopes(z) for edge in edges], axis=1)
    lost = ~np.isfinite(np.c_[view.slopes(z), view.f.hessian(view.place(z)).reshape(len(z), -1)])
    beside = np.where(lost.any(axis=1)[:, None], z + _BESIDE * np.sign(across).sum(axis=1), z)
    slopes = view.slopes(beside)
    usable = np.isfinite(slopes).all(axis=1) & np.isfinite(across).all(axis=(1, 2))
    slopes[~usable], across[~usable] = 0.0, 0.0
    inverse = np.linalg.pinv(across)
    weights = np.einsum("nik,ni->nk", inverse, slopes)
    along = slopes - np.einsum("nk,nki->ni", weights, across)
    bends = np.stack([edge.curvatures(z) for edge in edges], axis=1)
    bent = view.curvatures(beside) - np.einsum("nk,nkij->nij", weights, bends)
    heights = np.stack([edge.value(z) for edge in edges], axis=-1)
    step = -np.einsum("nik,nk->ni", inverse, heights)
    if len(edges) < z.shape[1]:
        free = np.linalg.svd(across)[2][:, len(edges) :]  # directions along the crease
        right = np.einsum("nai,ni->na", free, along + np.einsum("nij,nj->ni", bent, step))
        within = np.einsum("nai,nij,nbj->nab", free, bent, free)
        move = np.einsum("nab,nb->na", np.linalg.pinv(within, rcond=1e-12), right)
        step -= np.einsum("nai,na->ni", free, move)
    step[~usable] = np.nan
    size = np.abs(slopes).max(axis=1)
    return step, np.abs(along).max(axis=1) / np.where(size > 0, size, 1.0)
