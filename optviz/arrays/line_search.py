"""The lowest point of f on a line x − s·d: in closed form for a quadratic, by search for others.

Products, sums and roots in a fixed order, as in `arrays`: a row has the same bits in any batch.
"""

from collections.abc import Callable

import numpy as np

from optviz.arrays import Array, apply, dot, norm

_HALF_ULP = float(np.finfo(float).eps) / 2
_TINY = float(np.finfo(float).tiny)
_DOUBLINGS = 60  # from the guess a factor of 10¹⁸
_TRIALS = 120  # of Brent's method, which takes about ten for all digits of a float


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


def searched(
    gradient: Callable[[Array], Array], x: Array, g: Array, d: Array, guess: Array
) -> Array:
    """The s ≥ 0 where f no longer falls, bracketed from a guess (batch, 1) of it: (batch, 1).

    1 where it falls without end. `g` may be noisy: all gradients are shifted as it is at x. Where f
    has no gradient it counts as rising.
    """
    noise = g - gradient(x)

    def fall(s: Array) -> Array:
        """How steeply f falls at s: (batch, 1)."""
        slope = dot(gradient(x - s * d) + noise, d)[:, None]
        return np.where(np.isnan(slope), -1.0, slope)

    low, high = np.zeros_like(guess), np.where(guess > 0, guess, 1.0)
    above, below = fall(low), fall(high)
    for _ in range(_DOUBLINGS):
        short = below > 0
        if not short.any():
            break
        low, above = np.where(short, high, low), np.where(short, below, above)
        high = np.where(short, 2 * high, high)
        below = np.where(short, fall(high), below)
    endless = below > 0
    lowest = brent(fall, (low, above), (high, below))
    at_rest = (d == 0).all(axis=-1, keepdims=True) | (above <= 0)
    return np.where(endless, 1.0, np.where(at_rest, 0.0, lowest))


@np.errstate(all="ignore")
def brent(
    f: Callable[[Array], Array], first: tuple[Array, Array], last: tuple[Array, Array]
) -> Array:
    """A root of each row of f between two points of other signs, each (s, f(s)): (batch, 1).

    Source: Brent, Algorithms for Minimization without Derivatives, 1973, ch. 4 (`zero`): inverse
    quadratic interpolation, secants and bisection. A row that is found does not change any more.
    """
    (a, fa), (b, fb) = first, last
    c, fc = a, fa
    e = d = b - a
    for _ in range(_TRIALS):
        nearer = abs(fc) < abs(fb)
        a, b, c = np.where(nearer, b, a), np.where(nearer, c, b), np.where(nearer, b, c)
        fa, fb, fc = np.where(nearer, fb, fa), np.where(nearer, fc, fb), np.where(nearer, fb, fc)
        least, middle = 4 * _HALF_ULP * abs(b), (c - b) / 2
        done = (abs(middle) <= least) | (fb == 0)
        if done.all():
            break
        step = _interpolated((a, fa), (b, fb), (c, fc), middle)
        usable = (abs(e) >= least) & (abs(fa) > abs(fb)) & (abs(2 * step) < abs(3 * middle))
        usable &= (step * middle > 0) & (abs(step) < abs(e) / 2)
        e, d = np.where(usable, d, middle), np.where(usable, step, middle)
        moved = np.where(abs(d) > least, d, np.where(middle > 0, least, -least))
        a, fa, b = np.where(done, a, b), np.where(done, fa, fb), np.where(done, b, b + moved)
        fb = np.where(done, fb, f(b))
        same = ~done & ((fb > 0) == (fc > 0))
        c, fc = np.where(same, a, c), np.where(same, fa, fc)
        e, d = np.where(same, b - a, e), np.where(same, b - a, d)
    return b


def _interpolated(
    a: tuple[Array, Array], b: tuple[Array, Array], c: tuple[Array, Array], middle: Array
) -> Array:
    """The step from b to the root of the secant, or of the inverse parabola through all three."""
    s, q, r = b[1] / a[1], a[1] / c[1], b[1] / c[1]
    secant = 2 * middle * s / (s - 1)
    top = s * (2 * middle * q * (q - r) - (b[0] - a[0]) * (r - 1))
    parabola = -top / ((q - 1) * (r - 1) * (s - 1))
    found = np.where(a[0] == c[0], secant, parabola)
    return np.where(np.isfinite(found), found, 0.0)


def inverse(size: Array) -> Array:
    """1/size, and 0 where size is 0, or so small that its inverse overflows."""
    return np.divide(1.0, size, out=np.zeros_like(size), where=~(np.abs(size) < _TINY))
