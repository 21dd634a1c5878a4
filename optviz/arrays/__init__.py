"""Array types, and sums and products with the same bits on every processor.

BLAS, `exp` and `power` round differently from one processor to the next; products and sums of
single numbers do not. Up to `EXACT_DIM` dimensions a trajectory depends on those alone,
added in a fixed order, so that a spec gives the same bits everywhere. Above it BLAS is used, for
speed.
"""

from math import inf, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optviz.arrays.elementary import cos_sin, cosine, power
from optviz.arrays.recording import records

__all__ = [
    "EXACT_DIM",
    "Array",
    "Bools",
    "Ints",
    "apply",
    "as_array",
    "cos_sin",
    "cosine",
    "dot",
    "eigen",
    "norm",
    "power",
    "records",
]

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

EXACT_DIM = 48
_FEW = 6  # numbers that plain Python adds faster than NumPy
_MANY = 256  # rows from which a loop over columns is faster


def as_array(value: Any) -> Array:
    """A number or an array as an array; what `records` is left as it is."""
    return value if records(value) else np.asarray(value, dtype=np.float64)


def dot(a: Array, b: Array) -> Array:
    """Σᵢ aᵢ bᵢ over the last axis, added from the left: (batch, dim), (batch, dim) → (batch,)."""
    dim = max(a.shape[-1], b.shape[-1])
    if a.size <= _FEW and a.shape == b.shape == (1, dim):
        return np.array([_dot(a.tolist()[0], b.tolist()[0])])
    if dim > EXACT_DIM:
        return np.asarray(np.einsum("...i,...i->...", a, b), dtype=np.float64)
    total = a[..., 0] * b[..., 0]
    for i in range(1, dim):
        total += a[..., i] * b[..., i]
    return as_array(total)


def _dot(a: list[float], b: list[float]) -> float:
    """The same sum of a few plain numbers, faster than a call of NumPy."""
    total = a[0] * b[0]
    for x, y in zip(a[1:], b[1:], strict=True):
        total += x * y
    return total


def apply(matrix: Array, x: Array) -> Array:
    """The rows of x, each multiplied by the matrix: (dim, dim), (batch, dim) → (batch, dim).

    A matrix (batch, dim, dim) has one for each row.
    """
    dim = matrix.shape[-1]
    if dim <= _FEW and x.shape == (1, dim):
        row, rows = x.tolist()[0], matrix.reshape(-1, dim).tolist()
        return np.array([[_dot(row, column) for column in rows]])
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
    product = np.empty_like(x)
    for i in range(x.shape[1]):
        column = product[:, i]
        np.multiply(x[:, 0], matrix[..., i, 0], out=column)
        for j in range(1, x.shape[1]):
            column += x[:, j] * matrix[..., i, j]
    return product


def norm(x: Array) -> Array:
    """The Euclidean length of each row: (batch, dim) → (batch,). Safe from overflow."""
    if x.size <= _FEW and x.ndim == 2 and len(x) == 1:
        return np.array([_norm(x.tolist()[0])])
    largest = np.max(np.abs(x), axis=-1)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    unit = x / scale[..., None]
    return as_array(scale * np.sqrt(dot(unit, unit)))


def eigen(matrices: Array) -> tuple[Array, Array]:
    """Eigenvalues (batch, dim) and vectors, one a column, of symmetric matrices, by LAPACK.

    For more than `EXACT_DIM` dimensions. nan for a matrix with numbers that are not finite.
    """
    finite = np.isfinite(matrices).all(axis=(1, 2))
    values, vectors = np.full(matrices.shape[:2], np.nan), np.full_like(matrices, np.nan)
    if np.any(finite):
        values[finite], vectors[finite] = np.linalg.eigh(matrices[finite])
    return values, vectors


def _norm(row: list[float]) -> float:
    """The same of a few plain numbers."""
    largest = max(map(abs, row))
    scale = largest if 0 < largest < inf else 1.0
    unit = [value / scale for value in row]
    return scale * sqrt(_dot(unit, unit))
