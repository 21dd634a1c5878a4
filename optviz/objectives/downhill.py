"""Where a descent from some places ends: minima of a function of which none is known.

Newton's method with every curvature taken as positive, so that it goes downhill, and steps that are
halved until f falls enough (Nocedal & Wright 2006, chapter 3).
"""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.objectives import creases
from optviz.objectives.objective import Objective

_PLACES = 16  # to begin at, of many
_MOST = 100  # coordinates: a step takes their number cubed
_STEPS, _HALVINGS = 100, 50
_ENOUGH = 1e-4  # of the slope: by how much f falls, at least
_FAR = 1e4  # times the size of the start: nothing is looked for beyond
_RING = 1e-4  # of the size of x: how far around an end nothing may lie lower
_SAME = 1e-6  # of the size of x: ends that are nearer are one
_DIGITS, _NOISE = 12, 1e-12  # behind the point; of the size of x
_ALIKE = 1e-12  # of |f|: minima of one height


def lowest(f: Objective, places: Array) -> Array:
    """The lowest of the minima downhill from the places (n, dim): (count, dim), maybe none."""
    if f.dim > _MOST:
        return np.empty((0, f.dim))
    chosen = np.unique(places[np.isfinite(places).all(axis=1)], axis=0)
    chosen = chosen[np.linspace(0, len(chosen) - 1, min(len(chosen), _PLACES)).astype(int)]
    with np.errstate(all="ignore"):
        try:
            ends = [_plain(f, end) for place in chosen for end in _ends(f, _descent(f, place))]
        except Unfit:  # a Hessian of too many terms
            ends = []
        heights = [float(f.value(end)) for end in ends]
    least = min(heights, default=0.0)
    kept: list[Array] = []
    for end, height in zip(ends, heights, strict=True):
        level = height <= least + _ALIKE * (1 + abs(least))
        if level and all(abs(end - one).max() > _SAME * _size(end) for one in kept):
            kept.append(end)
    return np.array(kept).reshape(-1, f.dim)


def _ends(f: Objective, x: Array) -> list[Array]:
    """The last place of a descent, or where it would come along a crease, if it is a minimum."""
    if _holds(f, x):
        return [x]
    found = [place for place in creases.points_from(f, x) if f.value(place) <= f.value(x)]
    return [place for place in found if _holds(f, place)]


def _plain(f: Objective, x: Array) -> Array:
    """The point without the rounding of the descent: fewer digits, if f is no higher there."""
    digits = [np.round(x, _DIGITS), np.where(np.abs(x) <= _NOISE * _size(x), 0.0, x)]
    return min([*(one + 0.0 for one in digits), x], key=lambda place: float(f.value(place)))


def _size(x: Array) -> float:
    return float(1 + abs(x).max())


def _descent(f: Objective, x: Array) -> Array:
    """The last place (dim,) of a descent, where no step goes lower."""
    most, value = _FAR * _size(x), float(f.value(x))
    for _ in range(_STEPS):
        g = f.grad(x)
        d = _direction(f, x, g)
        slope, share = float(g @ d), 1.0
        for _ in range(_HALVINGS):
            place = x - share * d
            height = float(f.value(place))
            if height <= value - _ENOUGH * share * slope:
                break
            share /= 2
        else:
            return x
        if not slope > 0 or abs(place).max() > most or (place == x).all():
            return x
        x, value = place, height
    return x


def _direction(f: Objective, x: Array, g: Array) -> Array:
    """|H|⁻¹g, along each eigenvector no longer than x is large."""
    values, vectors = np.linalg.eigh(np.nan_to_num(f.hessian(x)))
    slopes, longest = vectors.T @ g, _size(x)
    steps = np.where(slopes == 0, 0.0, slopes / np.abs(values))
    return np.asarray(vectors @ np.clip(steps, -longest, longest))


def _holds(f: Objective, x: Array) -> bool:
    """Whether nothing around x lies lower."""
    axes = np.linalg.eigh(np.nan_to_num(f.hessian(x)))[1].T
    mixed = np.random.default_rng(0).normal(size=(16, f.dim))
    ways = np.concatenate([axes, np.eye(f.dim), mixed / np.linalg.norm(mixed, axis=1)[:, None]])
    ring = f.value(x + _RING * _size(x) * np.concatenate([ways, -ways]))
    at = float(f.value(x))
    return bool(np.isfinite(at) and (ring >= at).all() and (ring > at).any())
