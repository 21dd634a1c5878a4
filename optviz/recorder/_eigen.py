"""The largest eigenvalue of a symmetric operator, from products with vectors alone.

Lanczos's iteration with all directions kept orthogonal, which may begin from several vectors: those
of an earlier, similar operator. Each further direction is the residual of the best vector so far,
so that from one vector the spaces are Krylov's (Saad, "Numerical Methods for Large Eigenvalue
Problems", 2011, chapters 6 and 7; thick restarts: Wu and Simon 2000).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

KEPT = 3  # vectors to begin the next measurement with: eigenvalues may change places
GAP = 0.05  # relative distance to the second eigenvalue that the error is told with
MOST = 400  # products
_ROOM, _AFTER_RESTART = 32, 8  # vectors in memory


@dataclass(frozen=True, eq=False)
class Top:
    """The largest eigenvalue, the best vectors (kept or fewer, n), its cost in products."""

    value: float
    vectors: Any
    products: int


def largest(
    product: Callable[[Any], Any],
    start: Any,
    tolerance: float,
    kept: int = KEPT,
    more: int = 1,
    *,
    patience: int = MOST,
) -> Top:
    """The largest eigenvalue of x → product(x), n to n, in spaces that begin with `start` (k, n).

    It is that of the best vector in the space, so never above the true one; nan where a product is
    not finite. With residual norm r the error is at most r²/gap; the iteration ends when that is
    `tolerance` of the value for a gap of `GAP` of the value, but after `more` residuals at the
    least, for what `start` lacks; or when the space is whole, or after `MOST` products. Products
    with noise have residuals that stay: it ends too once the value has risen by less than
    `tolerance` of it within `patience` products.
    """
    space = _Space(start.shape[1], start)
    for vector in start:
        space.add(vector, product)
    found = list[float]()
    while True:
        values, weights = space.ritz()
        if np.isnan(values[-1]):
            return Top(float("nan"), start, space.products)
        residual = space.residual(values[-1], weights[:, -1])
        r, value = float(residual.norm()), float(values[-1])
        good = r * r <= tolerance * GAP * value * value and space.products >= len(start) + more
        found.append(value)
        slow = len(found) > patience and value - found[-1 - patience] <= tolerance * abs(value)
        if good or slow or space.products >= MOST or not space.add(residual, product):
            return Top(value, space.combined(weights[:, ::-1][:, :kept]), space.products)


class _Space:
    """Orthonormal vectors, and the products with them."""

    def __init__(self, n: int, like: Any) -> None:
        self._vectors, self._images = like.new_empty(0, n), like.new_empty(0, n)
        self._matrix, self.products = np.empty((0, 0)), 0

    def add(self, vector: Any, product: Callable[[Any], Any]) -> bool:
        """Adds the part of a vector that is not in the space; False if there is none."""
        if len(self._vectors) == _ROOM:
            self._restart()
        norm = float(vector.norm())
        for _ in range(2):  # twice is enough (Kahan)
            vector = vector - (self._vectors @ vector) @ self._vectors
        rest = float(vector.norm())
        if not rest > 1e-6 * norm or len(self._vectors) == len(vector):
            return False
        vector = vector / rest
        image = product(vector)
        column = np.append(self._numbers(self._vectors @ image), float(vector @ image))
        self._matrix = np.pad(self._matrix, (0, 1))
        self._matrix[-1], self._matrix[:, -1] = column, column
        self._append(vector, image)
        self.products += 1
        return True

    def ritz(self) -> tuple[Any, Any]:
        """The eigenvalues of the operator within the space, rising (k,), and their weights."""
        if not len(self._matrix) or not np.isfinite(self._matrix).all():
            value = np.zeros(1) if not len(self._matrix) else np.full(1, np.nan)
            return value, np.zeros((len(self._matrix), 1))
        values, weights = np.linalg.eigh(self._matrix)
        return values, weights

    def residual(self, value: float, weights: Any) -> Any:
        """product(x) − value·x of the vector x with these weights: (n,)."""
        row = self._vectors.new_tensor(weights)
        return row @ self._images - float(value) * (row @ self._vectors)

    def combined(self, weights: Any) -> Any:
        """The vectors with these weights (k, m): (m, n)."""
        return self._vectors.new_tensor(weights.T.copy()) @ self._vectors

    def _restart(self) -> None:
        """Keeps the best vectors alone."""
        values, weights = self.ritz()
        best = self._vectors.new_tensor(weights[:, -_AFTER_RESTART:].T.copy())
        self._vectors, self._images = best @ self._vectors, best @ self._images
        self._matrix = np.diag(values[-_AFTER_RESTART:])

    def _append(self, vector: Any, image: Any) -> None:
        import torch

        self._vectors = torch.cat((self._vectors, vector[None]))
        self._images = torch.cat((self._images, image[None]))

    def _numbers(self, tensor: Any) -> Any:
        return tensor.double().cpu().numpy()
