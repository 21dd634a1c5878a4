"""Array types and the few sums that decide a trajectory, done elementwise in a fixed order.

BLAS, `exp` and `power` round differently from one processor to the next; products and sums of
single numbers do not. Up to `EXACT_DIM` dimensions everything a path depends on is made of those,
so that one spec gives the same bits everywhere. Above it BLAS takes over, for speed.
"""

from decimal import Context, Decimal, localcontext
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

EXACT_DIM = 48
_MANY = 256  # rows from which a loop over columns is worth its start


def dot(a: Array, b: Array) -> Array:
    """Σᵢ aᵢ bᵢ over the last axis, added from the left: (batch, dim), (batch, dim) → (batch,)."""
    dim = max(a.shape[-1], b.shape[-1])
    if dim > EXACT_DIM:
        return np.asarray(np.einsum("...i,...i->...", a, b), dtype=np.float64)
    total = a[..., 0] * b[..., 0]
    for i in range(1, dim):
        total += a[..., i] * b[..., i]
    return np.asarray(total, dtype=np.float64)


def apply(matrix: Array, x: Array) -> Array:
    """The rows of x, each multiplied by the matrix: (dim, dim), (batch, dim) → (batch, dim).

    A matrix (batch, dim, dim) has one for each row.
    """
    dim = matrix.shape[-1]
    if dim > EXACT_DIM:
        return x @ matrix.T if matrix.ndim == 2 else np.einsum("bij,bj->bi", matrix, x)
    if x.ndim == 2 and len(x) >= _MANY:
        return _apply_by_column(matrix, x)
    total = x[..., :1] * matrix[..., 0]
    for j in range(1, dim):
        total = total + x[..., j : j + 1] * matrix[..., j]
    return total


def _apply_by_column(matrix: Array, x: Array) -> Array:
    """The same sums in the same order, a column of many rows at a time."""
    found = np.empty_like(x)
    for i in range(x.shape[1]):
        column = found[:, i]
        np.multiply(x[:, 0], matrix[..., i, 0], out=column)
        for j in range(1, x.shape[1]):
            column += x[:, j] * matrix[..., i, j]
    return found


def norm(x: Array) -> Array:
    """The Euclidean length of each row: (batch, dim) → (batch,). Safe from overflow."""
    largest = np.max(np.abs(x), axis=-1)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    unit = x / scale[..., None]
    return np.asarray(scale * np.sqrt(dot(unit, unit)), dtype=np.float64)


def power(base: float | Array, exponent: float | Array) -> float | Array:
    """base to the exponent, element by element, correctly rounded: the same bits everywhere."""
    return np.asarray(_POWERS(base, exponent), dtype=np.float64)[()]


def _power(base: float, exponent: float) -> float:
    with localcontext(Context(prec=40, traps=[])):
        return float(Decimal(base) ** Decimal(exponent))


_POWERS = np.frompyfunc(_power, 2, 1)


def cosine(degrees: float | Array) -> float | Array:
    """The cosine of angles in degrees, element by element, as `cos_sin`."""
    return np.asarray(_COSINES(degrees), dtype=np.float64)[()]


def cos_sin(degrees: float) -> tuple[float, float]:
    """Cosine and sine of an angle in degrees, correctly rounded: exact at 0, 60, 90, …

    The C library's differ in the last bit between systems; 40 decimal digits do not.
    """
    turn = Fraction(degrees) % 360
    quarter, rest = divmod(turn, 90)
    with localcontext() as context:
        context.prec = 40
        angle = Decimal(rest.numerator) / Decimal(rest.denominator) * _PI / 180
        cos = sum(_series(angle, first=0), Decimal(0))
        sin = sum(_series(angle, first=1), Decimal(0))
        cos, sin = ((cos, sin), (-sin, cos), (-cos, -sin), (sin, -cos))[int(quarter)]
        return float(cos) + 0.0, float(sin) + 0.0  # not -0.0


_COSINES = np.frompyfunc(lambda degrees: cos_sin(degrees)[0], 1, 1)
_PI = Decimal("3.141592653589793238462643383279502884197169399375")


def _series(angle: Decimal, first: int) -> list[Decimal]:
    """The terms of the Taylor series of cosine (first = 0) or sine (first = 1)."""
    term, terms = angle if first else Decimal(1), []
    for n in range(first, first + 60, 2):
        terms.append(term)
        term = -term * angle * angle / ((n + 1) * (n + 2))
    return terms
