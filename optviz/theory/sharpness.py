"""The preconditioned sharpness λmax(diag(rate)·H): above a rule's constant C a step is unstable.

It is what decides where the Hessian is not diagonal: a single coordinate's rate above 2/λmax(H) is
not yet instability. Source: Cohen et al., "Adaptive gradient methods at the edge of stability",
2022.
"""

import numpy as np

from optviz.arrays import Array

_ENTRIES = 2**21  # of the matrices that are in memory at once


def sharpness(rate: Array, H: Array) -> Array:
    """λmax(diag(rate)·H) of each row: (rows, dim), (rows, dim, dim) or (dim, dim) → (rows,).

    It is that of the symmetric √rate·H·√rate, which has the same eigenvalues. nan where a number
    is not finite, and where a rate is below 0: then there is no such matrix.
    """
    found = np.full(len(rate), np.nan)
    known = np.isfinite(rate).all(axis=1) & (rate >= 0).all(axis=1)
    known &= np.isfinite(H).all(axis=(-2, -1))
    rows = np.flatnonzero(known)
    if H.ndim == 2:  # rates that do not change need one decomposition
        distinct, place = np.unique(rate[rows], axis=0, return_inverse=True)
        parts = _in_parts(distinct, np.broadcast_to(H, (len(distinct), *H.shape)))
        found[rows] = parts[place.ravel()]  # (rows, 1) in NumPy 2.0
    else:
        found[rows] = _in_parts(rate[rows], H[rows])
    return found


def largest(H: Array) -> Array:
    """λmax of symmetric matrices (rows, dim, dim): (rows,); nan for one that is not finite."""
    return sharpness(np.ones(H.shape[:2]), H)


def _in_parts(rate: Array, H: Array) -> Array:
    size = max(1, _ENTRIES // max(1, H.shape[-1] ** 2))
    parts = [_largest(rate[i : i + size], H[i : i + size]) for i in range(0, len(rate), size)]
    return np.concatenate(parts) if parts else np.empty(0)


def _largest(rate: Array, H: Array) -> Array:
    """λmax of √rate·H·√rate, whose entries are √(rᵢrⱼ)·Hᵢⱼ: (rows,)."""
    M = np.sqrt(rate[:, :, None] * rate[:, None, :]) * H
    diagonal = np.diagonal(M, axis1=1, axis2=2)
    if M.shape[-1] == 1:
        return np.asarray(diagonal[:, 0])
    found = np.full(len(M), np.nan)
    fits = np.isfinite(M).all(axis=(1, 2))
    straight = fits & (np.abs(M).sum(axis=(1, 2)) == np.abs(diagonal).sum(axis=1))
    found[straight] = diagonal[straight].max(axis=1)
    turned = fits & ~straight
    if turned.any():
        solve = _of_two if M.shape[-1] == 2 else _of_many
        found[turned] = solve(M[turned])
    return found


def _of_two(M: Array) -> Array:
    """(a + c)/2 + √(((a − c)/2)² + b²), scaled by a power of 2 that no square overflows."""
    power = np.frexp(np.abs(M).max(axis=(1, 2)))[1]
    (a, b), (_, c) = np.ldexp(np.moveaxis(M, 0, -1), -power)
    half = (a - c) / 2
    return np.asarray(np.ldexp((a + c) / 2 + np.sqrt(half * half + b * b), power))


def _of_many(M: Array) -> Array:
    return np.asarray(np.linalg.eigvalsh(M)[:, -1])
