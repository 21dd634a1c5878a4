"""Powers: e^(y·ln x), each part as the sum of two doubles.

Source: Tang, ACM TOMS 15 (1989) and 16 (1990), for exponentials and logarithms from tables.
"""

import math
from typing import Any

import numpy as np

from optviz.arrays.elementary import _constants, _exact
from optviz.arrays.elementary._doubles import (
    BLOCK,
    ROUNDER,
    Array,
    Number,
    blocks,
    polynomial,
    product,
    rounded,
    split,
    square,
    within,
)
from optviz.arrays.recording import records

_ERROR = 2.0**-68  # of e^z, times 1 + |z|; the largest that the tests find is a quarter of that
_LEAST = 2.0**-1022
_ROOT_HALF = 0x3FE6A09E667F3BCD  # the bits of √½
_PER_CELL = _constants.CELLS / math.log(2)
_LOG = tuple((-1) ** (k + 1) / k for k in range(10, 2, -1))  # of (ln(1+r) − r + r²/2)/r³
_EXP = tuple(1 / math.factorial(k) for k in range(7, 1, -1))  # of (eʳ − 1 − r)/r²


def power(base: float | Array, exponent: float | Array) -> float | Array:
    """base to the exponent, as IEEE 754 has it: 1 where one is 1 or the other 0."""
    if isinstance(base, float | int) and isinstance(exponent, float | int):
        return _of_number(float(base), float(exponent))
    if records(base) or records(exponent):
        return np.power(base, exponent)  # recorded as the operation, not as its sums
    x, y = np.asarray(base, dtype=np.float64), np.asarray(exponent, dtype=np.float64)
    if x.ndim == y.ndim == 0:
        return _of_number(float(x), float(y))
    with np.errstate(all="ignore"):
        if y.ndim == 0 and y == 0.5 and (x >= 0).all():
            return np.asarray(np.sqrt(x + 0.0))[()]  # correctly rounded everywhere; of 0, not of -0
        plain = (x > 0) & (x < np.inf) & ~np.isnan(y)
        if not plain.all():
            return _of_any(x, y, plain)[()]
        return _of_array(x, y if y.ndim else float(y))[()]


def _of_any(x: Array, y: Array, plain: Any) -> Array:
    """Powers of 0, infinity, nan and numbers below 0 among others; `plain` are the others."""
    x, y, plain = np.broadcast_arrays(x, y, plain)
    turned = (x < 0) & (x > -np.inf) & (y == np.floor(y))
    size = _of_array(np.where(plain | turned, np.abs(x), 1.0), np.where(np.isnan(y), 0.0, y))
    found = np.where(turned & (np.abs(np.fmod(y, 2.0)) == 1), -size, size)
    return np.where(plain | turned, found, np.power(x, np.array(y)))  # which C has exactly there


def _of_number(x: float, y: float) -> float:
    if not 0 < x < math.inf or math.isnan(y):
        with np.errstate(all="ignore"):
            one = np.array([x]), np.array([y])
            return float(_of_any(*one, np.zeros(1, dtype=bool))[0])
    high, low, size, k = _parts(x, y, _mantissa, _constants.of_number)
    nearest, sure = rounded(high, low, size)
    if sure and -1021 <= k <= 1022:
        return math.ldexp(nearest, int(k))
    return _exact.power(x, y)


def _of_array(x: Array, y: float | Array) -> Array:
    """Powers of finite numbers above 0."""
    if max(x.size, np.size(y)) <= BLOCK:
        return _of_block(x, y)
    x, y = np.broadcast_arrays(x, np.asarray(y))
    found = np.empty(x.shape)
    for out, base, exponent in zip(*(blocks(a) for a in (found, x, y)), strict=True):
        out[...] = _of_block(base, exponent)
    return found


def _of_block(x: Array, y: float | Array) -> Array:
    high, low, size, k = _parts(x, y, _mantissas, _constants.of_array)
    nearest, sure = rounded(high, low, size)
    usual = sure & (np.abs(k) <= 1020) & (x >= _LEAST)
    found = np.asarray(nearest * _two_to(within(k, 1020.0)))
    if not usual.all():
        x, y, k, usual = np.broadcast_arrays(x, np.asarray(y), k, usual)
        beyond = (x >= _LEAST) & ((k > 1030) | (k < -1080))
        found = np.where(beyond, np.where(k > 0, np.inf, 0.0), found)
        for i in zip(*np.nonzero(~usual & ~beyond), strict=True):
            found[i] = _exact.power(float(x[i]), float(y[i]))
    return found


def _mantissas(x: Array) -> tuple[Array, Array]:
    """m from √½ to √2 and whole k with x = m·2^k; not of subnormal numbers."""
    bits = x.view(np.int64)
    k = (bits - _ROOT_HALF) >> 52
    return (bits - (k << 52)).view(np.float64), k.astype(np.float64)


def _mantissa(x: float) -> tuple[float, float]:
    m, k = math.frexp(x)
    return (2 * m, k - 1.0) if m < math.sqrt(0.5) else (m, float(k))


def _two_to(k: Array) -> Array:
    return ((k.astype(np.int64) + 1023) << 52).view(np.float64)


def _parts(x: Number, y: Number, mantissa: Any, row: Any) -> tuple[Number, ...]:
    """x^y as (high + low)·2^k, then how large the error of that sum may be, and k."""
    m, k = mantissa(x)
    log, log_low = _log(m, k, row)
    if isinstance(y, float) and -1 <= y <= 1:
        z, more = product(y, log)
        return _exp(z, more + y * log_low, row)
    y = within(y, 2.0**64)  # beyond it the power is 0, 1 or infinity all the same
    z, more = product(y, log)
    z, more = within(z, 800.0), within(more + y * log_low, 1e-9)  # and beyond that
    return _exp(z, more, row)


def _log(m: Number, k: Number, row: Any) -> tuple[Number, Number]:
    """The logarithm of m·2^k as the sum of two doubles, from m·c = 1 + r with a c of few bits."""
    c, table, table_low = row(_constants.logarithms(), m * _constants.ROWS + ROUNDER - ROUNDER)
    m_high, m_low = split(m)
    near, far = m_high * c - 1.0, m_low * c
    r = near + far
    beyond = far - (r - near)
    squared, squared_low = square(r)
    low = k * _constants.LN2_PARTS[1] + table_low + (beyond - r * beyond) - 0.5 * squared_low
    low = low + squared * r * polynomial(r, _LOG)
    whole = k * _constants.LN2_PARTS[0] + table  # both have few bits: exact
    first = whole + r
    half = 0.5 * squared
    second = first - half
    low = low + (r - (first - whole)) + ((first - second) - half)
    high = second + low
    return high, low - (high - second)


def _exp(z: Number, more: Number, row: Any) -> tuple[Number, ...]:
    """e^(z + more) as (high + low)·2^k, how large the error of that sum may be, and k."""
    cell = z * _PER_CELL + ROUNDER - ROUNDER
    k = cell * (1 / _constants.CELLS) - (0.5 - 0.5 / _constants.CELLS) + ROUNDER - ROUNDER  # down
    table, table_low = row(_constants.octave(), cell - k * _constants.CELLS)
    near, far = z - cell * _constants.CELL_PARTS[0], cell * _constants.CELL_PARTS[1]
    r = near - far
    beyond = ((near - r) - far) + more
    first, first_low = product(table, r)
    high = table + first
    low = (first - (high - table)) + first_low + table_low * (1.0 + r)
    low = low + table * (r * r * polynomial(r, _EXP) + (beyond + r * beyond))
    return high, low, high * (_ERROR + _ERROR * abs(z)), k
