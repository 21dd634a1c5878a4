"""Columns of numbers in 16 bits: differences from row to row, in base64."""

from base64 import b64encode

import numpy as np

from optviz.arrays import Array

_MOST, _NONE = 65534, 65535  # the greatest number of a column; what stands for no number


def columns(rows: Array) -> list[tuple[float, float, str]]:
    """The least and the greatest number of each column of rows (n, columns), and its text."""
    return [_column(values) for values in rows.T]


def _column(values: Array) -> tuple[float, float, str]:
    finite = np.isfinite(values)
    known = values[finite] if finite.any() else np.zeros(1)
    low, high = known.min(), known.max()
    unit = (high - low) or 1.0
    whole = np.full(len(values), _NONE)
    whole[finite] = np.rint((values[finite] - low) / unit * _MOST)
    moves = np.diff(whole, prepend=0) & 0xFFFF
    return float(low), float(high), b64encode(moves.astype("<u2").tobytes()).decode()
