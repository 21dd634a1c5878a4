"""Symmetric matrices made from their spectrum: the same bits from one seed on every machine."""

from __future__ import annotations  # or np.random, 10 ms of it, is imported for a type

from decimal import Decimal, localcontext

import numpy as np

from optviz.arrays import Array, apply, dot, norm


def spaced(kappa: float, dim: int) -> Array:
    """Eigenvalues in geometric progression from 1/κ up to 1: (dim,), ascending.

    The largest is 1, so that one learning rate suits every κ: gradient descent is stable up to
    η = 2. In decimals, as `power` of the C library differs between systems in its last bit.
    """
    if dim == 1:
        return np.ones(1)
    with localcontext() as context:
        context.prec = 40
        steps = (Decimal(dim - 1 - i) / (dim - 1) for i in range(dim))
        return np.array([float(Decimal(kappa) ** -step) for step in steps])


def turned_at_random(eigenvalues: Array, seed: int) -> Array:
    """A matrix with these eigenvalues in an orthogonal basis drawn uniformly: (dim, dim)."""
    basis = _basis(len(eigenvalues), np.random.Generator(np.random.PCG64(seed)))
    product = apply(basis * eigenvalues, basis)
    return np.asarray((product + product.T) / 2)


def _basis(dim: int, draw: np.random.Generator) -> Array:
    """A product of Householder reflections, one for each coordinate: (dim, dim), one a column.

    Each sends the first unit vector of the last 2, 3, …, dim coordinates in a direction drawn
    anew, which makes the basis uniform (Stewart, SIAM J. Numer. Anal. 17, 1980).
    """
    basis = np.eye(dim)
    for size in range(2, dim + 1):
        normal = _normal(size, draw)
        normal[0] += np.copysign(norm(normal[None])[0], normal[0])
        corner = basis[-size:, -size:]
        along = apply(corner.T, normal[None])[0] * (2 / dot(normal, normal))
        basis[-size:, -size:] = corner - normal[:, None] * along
    return basis


def _normal(size: int, draw: np.random.Generator) -> Array:
    """Numbers all but normal, twelve uniform ones summed: no logarithm, whose last bit differs."""
    total = np.full(size, -6.0)
    for _ in range(12):
        total = total + draw.random(size)
    return total
