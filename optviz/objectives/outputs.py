"""The outputs of a linear model for rows of a table, and sums over these rows.

Column by column, and each sum in an order that does not depend on the batch: a row of it has the
same bits alone and among others.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from optviz.arrays import Array

_BLOCK_SIZE = 2**15  # numbers that are computed at a time, which stay in the cache


def outputs(columns: Sequence[Array], w: Array, start: Array) -> Array:
    """z = start + Σⱼ xⱼwⱼ for each row of w.

    columns (batch or 1, n) each, w (batch, features·outputs), start (batch or 1, 1, n);
    (batch, outputs, n).
    """
    weights, z = w.reshape(len(w), len(columns), -1), start
    for j, column in enumerate(columns):
        z = z + column[..., None, :] * weights[:, j, :, None]
    return z


def pulled_back(columns: Sequence[Array], slopes: Array) -> Array:
    """The mean over the rows of xⱼ·slope, for each column j and output.

    slopes (batch, outputs, n); (batch, features·outputs).
    """
    products = (column[..., None, :] * slopes for column in columns)
    sums = [np.ascontiguousarray(product).sum(axis=-1) for product in products]
    return np.asarray(np.stack(sums, axis=1).reshape(len(slopes), -1) / slopes.shape[-1])


def curved_back(X: Array, curvature: Array) -> Array:
    """The mean over the rows of xᵢxⱼ·curvature: (batch, dim, dim), dim = features·outputs.

    X (n, features), curvature (batch, outputs, outputs, n).
    """
    batch, many, _, n = curvature.shape
    features = X.shape[1]
    H = np.empty((batch, features, many, features, many))
    for row, k, m in np.ndindex(batch, many, many):
        if m <= k:
            block = (X.T * curvature[row, k, m]) @ X / n
            H[row, :, k, :, m] = H[row, :, m, :, k] = (block + block.T) / 2
    return H.reshape(batch, features * many, features * many)


def blocks(batch: int, numbers: int) -> Iterator[slice]:
    """Slices of a batch, each of as many rows as are computed at a time."""
    step = max(_BLOCK_SIZE // max(numbers, 1), 1)
    return (slice(at, at + step) for at in range(0, batch, step))
