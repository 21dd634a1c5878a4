"""Sums of two doubles, of about 100 bits, for single numbers and for arrays alike.

Sources: Dekker, Numer. Math. 18 (1971), for products; Ziv, ACM TOMS 17 (1991), for rounding.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Number = Any  # a float or an array: each formula is for both

BLOCK = 4096  # numbers of an array at a time, so that they stay in the processor's cache
_SPLITTER = 2.0**27 + 1
ROUNDER = 1.5 * 2.0**52  # added and taken away again it rounds to a whole number


def split(a: Number) -> tuple[Number, Number]:
    """a as the sum of two doubles of 26 bits."""
    moved = a * _SPLITTER
    high = moved - (moved - a)
    return high, a - high


def product(a: Number, b: Number) -> tuple[Number, Number]:
    """a·b exactly, as the sum of two doubles."""
    high = a * b
    a_high, a_low = split(a)
    b_high, b_low = split(b)
    return high, ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low


def square(a: Number) -> tuple[Number, Number]:
    """a² exactly, as the sum of two doubles."""
    high = a * a
    big, rest = split(a)
    return high, ((big * big - high) + (big + big) * rest) + rest * rest


def polynomial(x: Number, coefficients: tuple[float, ...]) -> Number:
    """By Horner, the highest power first."""
    total = coefficients[0]
    for coefficient in coefficients[1:]:
        total = total * x + coefficient
    return total


def rounded(high: Number, low: Number, error: Number) -> tuple[Number, Number]:
    """high + low as one double, and whether it is the nearest to all within the error."""
    nearest = high + low
    return nearest, (high + (low + error) == nearest) & (high + (low - error) == nearest)


def within(a: Number, most: float) -> Number:
    """The nearest to a between −most and most."""
    if isinstance(a, float):
        return max(min(a, most), -most)
    return np.minimum(np.maximum(a, -most), most)


def blocks(a: Array) -> Iterator[Array]:
    """Views of an array of some thousand numbers each."""
    if a.size <= BLOCK:
        yield a
    elif len(a) == 1:
        yield from blocks(a[0])
    else:
        yield from blocks(a[: len(a) // 2])
        yield from blocks(a[len(a) // 2 :])
