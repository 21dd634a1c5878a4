"""Columns of numbers in 16 bits: differences from row to row, in base64."""

from base64 import b64encode

import numpy as np

from optviz.arrays import Array

_MOST, _NONE = 65534, 65535  # the greatest number of a column; what stands for no number
_FAR, _TINY = 1e3, 1e-300  # of the first number, where equal steps lose it; of the greatest


def columns(rows: Array) -> list[tuple[float | str, ...]]:
    """The least and the greatest number of each column of rows (n, columns), and its text.

    Of one that grows far these are asinh(numbers / unit), and its unit is the fourth.
    """
    return [_column(values) for values in rows.T]


def _column(values: Array) -> tuple[float | str, ...]:
    unit = _unit(values[np.isfinite(values)])
    return (*_packed(np.arcsinh(values / unit)), unit) if unit else _packed(values)


def _unit(known: Array) -> float:
    """The first number that is not 0, if another is far greater; else 0."""
    sizes = np.abs(known[known != 0])
    if not len(sizes) or sizes.max() <= _FAR * sizes[0]:
        return 0.0
    return float(max(sizes[0], sizes.max() * _TINY))


def _packed(values: Array) -> tuple[float, float, str]:
    finite = np.isfinite(values)
    known = values[finite] if finite.any() else np.zeros(1)
    low, high = known.min(), known.max()
    unit = (high - low) or 1.0
    whole = np.full(len(values), _NONE)
    whole[finite] = np.rint((values[finite] - low) / unit * _MOST)
    moves = np.diff(whole, prepend=0) & 0xFFFF
    return float(low), float(high), b64encode(moves.astype("<u2").tobytes()).decode()
