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

KEPT = 2  # vectors to begin the next measurement with: eigenvalues may change places
GAP = 0.05  # relative distance to the second eigenvalue that the error is told with
MOST = 400  # products
_FIRST, _ROOM, _AFTER_RESTART = 8, 32, 8  # vectors in memory


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
    """Orthonormal vectors, and the products with them: rows of memory that grows by doubling."""

    def __init__(self, n: int, like: Any) -> None:
        self._rows = like.new_empty(2, min(_FIRST, _ROOM), n)
        self._all = np.empty((_ROOM, _ROOM))  # the operator within the space
        self._count = self.products = 0

    @property
    def _vectors(self) -> Any:
        return self._rows[0, : self._count]

    @property
    def _images(self) -> Any:
        return self._rows[1, : self._count]

    @property
    def _matrix(self) -> Any:
        return self._all[: self._count, : self._count]

    def add(self, vector: Any, product: Callable[[Any], Any]) -> bool:
        """Adds the part of a vector that is not in the space; False if there is none."""
        if self._count == _ROOM:
            self._restart()
        vectors, norm = self._vectors, float(vector.norm())
        rest = 0.0
        for _ in range(2):  # twice is enough, once if little is lost (Kahan)
            vector = vector - (vectors @ vector) @ vectors
            before, rest = rest or norm, float(vector.norm())
            if rest > 0.7 * before:
                break
        if not rest > 1e-6 * norm or self._count == len(vector):
            return False
        vector = vector / rest
        self._append(vector, product(vector))
        self.products += 1
        return True

    def ritz(self) -> tuple[Any, Any]:
        """The eigenvalues of the operator within the space, rising (k,), and their weights."""
        if not self._count or not np.isfinite(self._matrix).all():
            value = np.full(1, np.nan) if self._count else np.zeros(1)
            return value, np.zeros((self._count, 1))
        values, weights = np.linalg.eigh(self._matrix)
        return values, weights

    def residual(self, value: float, weights: Any) -> Any:
        """product(x) − value·x of the vector x with these weights: (n,)."""
        row = self._rows.new_tensor(weights)
        return row @ self._images - float(value) * (row @ self._vectors)

    def combined(self, weights: Any) -> Any:
        """The vectors with these weights (k, m): (m, n)."""
        return self._rows.new_tensor(weights.T.copy()) @ self._vectors

    def _restart(self) -> None:
        """Keeps the best vectors alone."""
        values, weights = self.ritz()
        best = self._rows.new_tensor(weights[:, -_AFTER_RESTART:].T.copy())
        self._rows[:, :_AFTER_RESTART] = best @ self._rows[:, : self._count]
        self._count = _AFTER_RESTART
        self._matrix[...] = np.diag(values[-_AFTER_RESTART:])

    def _append(self, vector: Any, image: Any) -> None:
        k = self._count
        if k == self._rows.shape[1]:
            rows = self._rows.new_empty(2, min(2 * k, _ROOM), len(vector))
            rows[:, :k] = self._rows
            self._rows = rows
        self._rows[0, k], self._rows[1, k], self._count = vector, image, k + 1
        column = (self._vectors @ image).double().cpu().numpy()
        self._all[k, : k + 1] = self._all[: k + 1, k] = column
