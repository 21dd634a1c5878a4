"""The lowest point of f on a line x − s·d: in closed form for a quadratic, by bisection for others.

Products, sums and roots in a fixed order, as in `arrays`: a row has the same bits in any batch.
"""

from collections.abc import Callable

import numpy as np

from optviz.arrays import Array, Bools, apply, dot, norm

_HALF_ULP = float(np.finfo(float).eps) / 2
_TINY = float(np.finfo(float).tiny)
_DOUBLINGS, _HALVINGS = 60, 60  # from the guess a factor of 10¹⁸; then all digits of a float


def curvature(hessian: Array, d: Array) -> Array:
    """dᵀHd/dᵀd along each row of d: (batch, 1); what is only rounding is 0."""
    unit = d * inverse(norm(d))[:, None]
    bend = dot(unit, apply(hessian, unit))
    size = dot(abs(unit), apply(abs(hessian), abs(unit)))
    flat = abs(bend) <= 4 * d.shape[-1] * _HALF_ULP * size
    return np.where(flat, 0.0, bend)[:, None]


def lowest(g: Array, d: Array, curved: Array) -> Array:
    """The s ≥ 0 at which a quadratic is least: gᵀd/dᵀHd; 1 where there is no least: (batch, 1).

    `curved` is `curvature(H, d)`. 0 where d is 0.
    """
    size = norm(d)[:, None]
    unit = d * inverse(size)
    s = np.maximum(dot(g, unit)[:, None], 0.0) * inverse(size) / np.where(curved > 0, curved, 1)
    return np.where(curved <= 0, np.where(size > 0, 1.0, 0.0), s + 0 * curved)


def bisected(
    gradient: Callable[[Array], Array], x: Array, g: Array, d: Array, guess: Array
) -> Array:
    """The first s ≥ 0 found where f no longer falls, from a guess (batch, 1) of it: (batch, 1).

    1 where it falls without end. `g` may be noisy: all gradients are shifted as it is at x.
    """
    noise = g - gradient(x)

    def falls(s: Array) -> Bools:
        return np.asarray(dot(gradient(x - s * d) + noise, d)[:, None] > 0)

    low, high = np.zeros_like(guess), np.where(guess > 0, guess, 1.0)
    for _ in range(_DOUBLINGS):
        short = falls(high)
        if not short.any():
            break
        low, high = np.where(short, high, low), np.where(short, 2 * high, high)
    endless = falls(high)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        short = falls(middle)
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.where((d == 0).all(axis=-1, keepdims=True), 0.0, np.where(endless, 1.0, high))


def inverse(size: Array) -> Array:
    """1/size, and 0 where size is 0, or so small that its inverse overflows."""
    return np.divide(1.0, size, out=np.zeros_like(size), where=~(np.abs(size) < _TINY))
