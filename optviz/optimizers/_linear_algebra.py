"""Linear algebra of a batch of small matrices, for the classical methods.

Products, sums and roots in a fixed order, as in `arrays`: a row has the same bits in any batch.
"""

from functools import lru_cache

import numpy as np

from optviz import arrays
from optviz.arrays import Array, Ints
from optviz.arrays.line_search import inverse

_HALF_ULP = float(np.finfo(float).eps) / 2
_SWEEPS = 30  # the angles shrink quadratically: 6 to 10 are enough


def row_norm(x: Array) -> Array:
    """The Euclidean length of each row: (batch, dim) → (batch, 1)."""
    return arrays.norm(x)[:, None]


def row_dot(a: Array, b: Array) -> Array:
    """aᵀb of each row: (batch, dim) → (batch, 1)."""
    return arrays.dot(a, b)[:, None]


def direction_and_ratio(d: Array, g: Array) -> tuple[Array, Array]:
    """(d scaled to the length of g, ‖d‖/‖g‖): a step along d as a rotated gradient and its rate.

    Both are 0 where g is 0, or so small that 1/‖g‖ overflows.
    """
    ratio = row_norm(d) * inverse(row_norm(g))
    return d * inverse(ratio), ratio


def outer_product(a: Array, b: Array) -> Array:
    """abᵀ of each row: (batch, dim, dim)."""
    return a[:, :, None] * b[:, None, :]


def eigen(A: Array) -> tuple[Array, Array]:
    """Eigenvalues (…, dim), in no order, and vectors, one a column, of symmetric A (…, dim, dim).

    Cyclic Jacobi rotations (Jacobi 1846; Golub & Van Loan, section 8.5), dim/2 disjoint ones at a
    time. A matrix whose rotations are done does not change while others of the batch go on. Above
    `EXACT_DIM` dimensions LAPACK is used, which takes a hundredth of the time.
    """
    if A.ndim == 2:
        return _eigen_of_one(A.tobytes(), len(A))
    a = np.array(A)
    a[~np.isfinite(a).all(axis=(1, 2))] = np.nan  # the whole matrix, if an entry is not finite
    dim = a.shape[-1]
    if dim > arrays.EXACT_DIM:
        return arrays.eigen(a)
    V = np.zeros_like(a)
    V[:, range(dim), range(dim)] = 1.0
    for _ in range(_SWEEPS):
        rotated = [_rotate(a, V, p, q) for p, q in _rounds(dim)]
        if not any(rotated):
            break
    return a[:, range(dim), range(dim)], V


@lru_cache(4)
def _eigen_of_one(entries: bytes, dim: int) -> tuple[Array, Array]:
    """`eigen` of one matrix, cached because an objective has the same at every step."""
    A = np.frombuffer(entries).reshape(dim, dim)
    values, V = np.diag(A).copy(), np.eye(dim)
    if not np.array_equal(A, np.diag(values)):
        values, V = (found[0] for found in eigen(A[None]))
    for array in (values, V):
        array.flags.writeable = False
    return values, V


def apply_function(V: Array, values: Array, x: Array) -> Array:
    """V diag(values) Vᵀx of each row of x: a function of a matrix, from its eigenvectors."""
    return arrays.apply(V, values * arrays.apply(np.swapaxes(V, -1, -2), x))


def _rounds(dim: int) -> list[tuple[Ints, Ints]]:
    """Every pair of 0 … dim−1 once, in rounds of disjoint pairs: a round-robin tournament."""
    even = dim + dim % 2
    rounds = []
    for k in range(even - 1):
        seats = [0, *((i + k) % (even - 1) + 1 for i in range(even - 1))]
        pairs = [sorted((seats[i], seats[even - 1 - i])) for i in range(even // 2)]
        p, q = np.array([pair for pair in pairs if pair[1] < dim] or np.zeros((0, 2), int)).T
        rounds.append((p, q))
    return rounds


def _rotate(a: Array, V: Array, p: Ints, q: Ints) -> bool:
    """Rotates the planes (p, q) of a and V so that a[p, q] = 0; returns whether any was not."""
    low, high, off = a[:, p, p], a[:, q, q], a[:, p, q]
    skew = abs(off) > _HALF_ULP * (np.sqrt(abs(low)) * np.sqrt(abs(high)))
    skew &= np.isfinite(off)
    if not skew.any():
        return False
    tau = (high - low) / np.where(skew, 2 * off, 1.0)
    tan = np.where(tau < 0, -1.0, 1.0) / (abs(tau) + np.sqrt(1 + tau * tau))
    tan = np.where(skew, tan, 0.0)
    cos = 1 / np.sqrt(1 + tan * tan)
    sin = tan * cos
    for m in (a, np.swapaxes(a, 1, 2), np.swapaxes(V, 1, 2)):
        mp, mq = m[:, p], m[:, q]
        m[:, p] = cos[:, :, None] * mp - sin[:, :, None] * mq
        m[:, q] = sin[:, :, None] * mp + cos[:, :, None] * mq
    a[:, p, p], a[:, q, q] = low - tan * off, high + tan * off
    a[:, p, q] = a[:, q, p] = np.where(skew, 0.0, a[:, p, q])
    return True
