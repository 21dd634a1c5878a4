"""Cosines of angles in degrees, as the sum of two doubles, from a table of angles."""

import math
from typing import Any

import numpy as np

from optviz.arrays.elementary import _constants
from optviz.arrays.elementary._doubles import (
    ROUNDER,
    Array,
    Number,
    blocks,
    polynomial,
    product,
    rounded,
)
from optviz.arrays.elementary._exact import cos_sin

_ERROR = 2.0**-65  # relative; the largest that the tests find is a third of that
_SIN = -1 / 5040, 1 / 120, -1 / 6  # of (sin θ − θ)/θ³ in θ²
_COS = 1 / 40320, -1 / 720, 1 / 24, -1 / 2  # of (cos θ − 1)/θ² in θ²


def cosine(degrees: float | Array) -> float | Array:
    """The cosine of an angle in degrees: exact at 0, 60, 90, …"""
    if isinstance(degrees, float | int):
        return _of_number(float(degrees))
    angle = np.asarray(degrees, dtype=np.float64)
    if not angle.ndim:
        return _of_number(float(angle))
    finite, found = np.isfinite(angle), np.empty(angle.shape)
    for out, part in zip(blocks(found), blocks(np.where(finite, angle, 0.0)), strict=True):
        out[...] = _of_block(part)
    return np.asarray(np.where(finite, found, np.nan))[()]


def _of_number(angle: float) -> float:
    if not math.isfinite(angle):
        return math.nan
    high, low = _parts(angle, math.fmod, _constants.of_number)
    nearest, sure = rounded(high, low, abs(high) * _ERROR)
    return nearest + 0.0 if sure else cos_sin(angle)[0]  # not -0.0


def _of_block(angle: Array) -> Array:
    high, low = _parts(angle, np.fmod, _constants.of_array)
    nearest, sure = rounded(high, low, np.abs(high) * _ERROR)
    found = np.asarray(nearest + 0.0)
    for i in zip(*np.nonzero(~sure), strict=True):
        found[i] = cos_sin(float(angle[i]))[0]
    return found


def _parts(angle: Number, fmod: Any, row: Any) -> tuple[Number, Number]:
    """cos(a + θ) = cos a·cos θ − sin a·sin θ, with a of the table. All up to θ is exact."""
    angle = fmod(abs(angle), 360.0)
    angle = angle + (360.0 - 2.0 * angle) * (angle > 180.0)
    sign = 1.0 - 2.0 * (angle > 90.0)
    angle = angle + (180.0 - 2.0 * angle) * (angle > 90.0)
    place = angle * (1 / _constants.DEGREES) + ROUNDER - ROUNDER
    cos, cos_low, sin, sin_low = row(_constants.quarter(), place)
    rest = angle - place * _constants.DEGREES
    theta, theta_low = product(rest, _constants.DEGREE_PARTS[0])
    theta_low = theta_low + rest * _constants.DEGREE_PARTS[1]
    square = theta * theta
    first, first_low = product(sin, theta)
    high = cos - first
    low = ((cos - high) - first) - first_low + cos_low - sin_low * theta
    low = low - sin * (theta_low + square * theta * polynomial(square, _SIN))
    low = low + cos * (square * polynomial(square, _COS) - theta * theta_low)
    return sign * high, sign * low
