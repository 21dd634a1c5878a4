"""The critical ratio along an update, by forward passes."""

from collections.abc import Callable
from math import inf, isfinite

_LEAST, _MOST = 2.0**-20, 2.0**20


def critical_ratio(loss: Callable[[float], float], tolerance: float) -> float | None:
    """The factor on an update from which the loss is higher than where the update began.

    `loss` is that of a factor. On a quadratic it is −2·gᵀΔ/(ΔᵀHΔ), and 2/(ηλ) for gradient descent
    along an eigenvector. 0 if the loss rises at once, None if it never does or is not finite where
    the update began. The rise divided by the factor is nearly linear in the factor, so that its
    root is found by chords (the Illinois method) between doublings and halvings.
    """
    begun = loss(0.0)
    if not isfinite(begun):
        return None

    def slope(factor: float) -> float:
        value = loss(factor) - begun
        return value / factor if isfinite(value) else inf

    low, high = _bracket(slope)
    if low is None or high is None:
        return 0.0 if low is None else None
    return _root(slope, low, high, tolerance)


_Pair = tuple[float, float]  # a factor, and the slope of its chord


def _bracket(slope: Callable[[float], float]) -> tuple[_Pair | None, _Pair | None]:
    """A factor at which the loss is lower than at 0, and twice that at which it is not."""
    factor, value = 1.0, slope(1.0)
    if value < 0:
        while value < 0 and factor < _MOST:
            before = factor, value
            factor *= 2
            value = slope(factor)
        return before, (factor, value) if value >= 0 else None
    while value >= 0 and factor > _LEAST:
        before = factor, value
        factor /= 2
        value = slope(factor)
    return (factor, value) if value < 0 else None, before


def _root(slope: Callable[[float], float], low: _Pair, high: _Pair, tolerance: float) -> float:
    """Where the slope of the chord is 0, to a share `tolerance`."""
    (a, fa), (b, fb), side = low, high, 0
    for _ in range(60):
        c = b - fb * (b - a) / (fb - fa) if isfinite(fb) else (a + b) / 2
        value = slope(c)
        if value >= 0:
            moved, b, fb = abs(b - c), c, value
            fa = fa / 2 if side > 0 else fa
            side = 1
        else:
            moved, a, fa = abs(c - a), c, value
            fb = fb / 2 if side < 0 else fb
            side = -1
        if min(moved, b - a) <= tolerance * c / 2 or value == 0:
            return c
    return c
