"""Tables for powers and cosines, computed at first use in some milliseconds."""

from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from optviz.arrays.elementary._doubles import Array
from optviz.arrays.elementary._exact import LN2, PI, digits, logarithm

Table = tuple[list[Array], list[tuple[float, ...]]]  # columns for arrays, rows for single numbers

ROWS, CELLS, DEGREES = 256, 128, 90 / 128  # to 1 in m, to an octave in 2^x, of an angle


def of_array(table: Table, rows: Array) -> list[Array]:
    """The columns of a table at rows given by whole numbers."""
    index = rows.astype(np.int64)
    return [column.take(index) for column in table[0]]


def of_number(table: Table, row: float) -> tuple[float, ...]:
    """One row of a table."""
    return table[1][int(row)]


def short(value: Decimal, bits: int) -> tuple[float, float]:
    """A number as the sum of two, the first with only so many bits after the point."""
    high = float(round(Fraction(value) * 2**bits)) / 2.0**bits
    return high, float(Fraction(value) - Fraction(high))


@cache
def logarithms() -> Table:
    """By the row of m, c near 1/m with 11 bits after the point, and −ln c as `short`."""
    rows = []
    with localcontext(Context(prec=50)):
        for row in range(ROWS * 3 // 2):
            c = round(2048 * ROWS / max(row, ROWS // 2)) / 2048
            rows.append((c, *short(-logarithm(Decimal(c)), 42)))
    return _table(rows)


@cache
def octave() -> Table:
    """2^(j/128) for j from 0 to 127, as sums of two doubles."""
    with localcontext(Context(prec=60)):
        step = (LN2 / CELLS).exp()
        return _table([_pair(step**j) for j in range(CELLS)])


@cache
def quarter() -> Table:
    """Cosine and sine of each angle of the table up to 90°, as sums of two doubles."""
    with localcontext(Context(prec=60)):
        cos, sin = digits(Fraction(DEGREES))
        angles = [(Decimal(1), Decimal(0))]
        for _ in range(127):
            c, s = angles[-1]
            angles.append((c * cos - s * sin, s * cos + c * sin))
        return _table([(*_pair(c), *_pair(s)) for c, s in [*angles, (Decimal(0), Decimal(1))]])


def _pair(value: Decimal) -> tuple[float, float]:
    high = float(value)
    return high, float(value - Decimal(high))


def _table(rows: list[Any]) -> Table:
    return [np.array(column) for column in zip(*rows, strict=True)], rows


LN2_PARTS = short(LN2, 42)
CELL_PARTS = short(LN2 / CELLS, 42)
DEGREE_PARTS = short(PI / 180, 60)
