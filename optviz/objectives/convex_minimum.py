"""The minimum of a convex objective, by Newton's method with a line search."""

from collections.abc import Sequence

import numpy as np

from optviz.arrays import Array
from optviz.objectives.objective import Objective

_STEPS, _HALVINGS = 100, 60
_CURVED = 1e-13  # of the largest curvature: what is less is not curved


def found(
    stages: Sequence[Objective], axes: Array, x: Array, floor: float | None = None
) -> Array | None:
    """Where the last of the stages is least, each begun at the minimum of the one before: (dim,).

    x (dim,) is where the first begins, axes (dim, count) the directions that are searched. None
    where the gradient does not vanish. With a `floor`, below which f falls without end, there may
    be no minimum: None also where f is below it, or nearly flat, as it is on the way to infinity.
    """
    for f in stages:
        x = _descended(f, axes, x, -np.inf if floor is None else floor)
    f = stages[-1]
    ends = np.sqrt((f.grad(x) ** 2).sum()) <= 32 * f.rounding(x[None])[0]
    if not ends or (floor is not None and (f.value(x) < floor or not _is_curved(f, axes, x))):
        return None
    return x + 0.0


def _descended(f: Objective, axes: Array, x: Array, floor: float) -> Array:
    """Newton's method from x (dim,), along `axes`, until no step gains or f is below the floor."""
    value, grad = f.value_and_grad(x)
    for _ in range(_STEPS):
        slope = axes.T @ grad
        d = axes @ _solved(axes.T @ f.hessian(x) @ axes, slope)
        step = _shortened(f, axes, x, (value, grad), d)
        if step is None or value < floor:
            break
        x, value, grad = step
    return x


def _shortened(
    f: Objective, axes: Array, x: Array, here: tuple[Array, Array], d: Array
) -> tuple[Array, Array, Array] | None:
    """The first of x − d, x − d/2, … that gains: x, f and ∇f there; None if none does.

    To gain is to lessen f by a part of what the slope promises; where f itself is only rounding, to
    lessen the slope.
    """
    value, grad = here
    fall, size = float(grad @ d), float(np.sum((axes.T @ grad) ** 2))
    for t in 0.5 ** np.arange(_HALVINGS):
        new, slope = f.value_and_grad(x - t * d)
        flatter = float(np.sum((axes.T @ slope) ** 2)) < 0.5 * size
        if new < value - 1e-4 * t * fall or (flatter and new <= value + 1e-13 * abs(value)):
            return x - t * d, new, slope
    return None


def _solved(H: Array, slope: Array) -> Array:
    """H⁻¹·slope, where what is not curved counts as curved as little as rounding allows."""
    values, vectors = np.linalg.eigh(H)
    if not values[-1] > 0:
        return slope
    return np.asarray(vectors @ ((vectors.T @ slope) / np.maximum(values, _CURVED * values[-1])))


def _is_curved(f: Objective, axes: Array, x: Array) -> bool:
    """Whether f curves up in every direction of the axes."""
    values = np.linalg.eigvalsh(axes.T @ f.hessian(x) @ axes)
    return bool(values[0] > _CURVED * values[-1])
