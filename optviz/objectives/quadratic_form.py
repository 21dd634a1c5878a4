"""The numbers of a quadratic, Q, c and b: its values, its spectrum, its stationary point."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from optviz.arrays import Array, apply, dot
from optviz.errors import BadValue, Unfit
from optviz.objectives.dataset import Dataset

_EQUAL = 1e-9  # of an eigenvalue: one that is no further from it is the same


@dataclass(frozen=True, eq=False)
class Form:
    """½ xᵀQx + cᵀx + b with symmetric Q (dim, dim), c (dim,), b a float.

    `text` is what the user typed. `names` are the coordinates' names, `x1`, `x2`, … by default.
    `data` are the rows that a least-squares problem is the mean over, where there are such.
    Raises `BadValue` where shapes disagree, entries are not finite, or Q is not symmetric.
    """

    Q: Array
    c: Array
    b: float = 0.0
    text: str = ""
    names: tuple[str, ...] = field(default=())
    data: Dataset | None = None

    def __post_init__(self) -> None:
        Q, c = np.array(self.Q, dtype=np.float64), np.array(self.c, dtype=np.float64)
        if Q.ndim != 2 or Q.shape[0] != Q.shape[1] or Q.shape[0] == 0:
            raise BadValue("Q", f"a shape of {Q.shape}", "a square matrix is wanted")
        if c.shape != Q.shape[:1]:
            raise BadValue("c", f"a shape of {c.shape}", f"{len(Q)} numbers are wanted, as Q has")
        if not (np.isfinite(Q).all() and np.isfinite(c).all() and np.isfinite(self.b)):
            raise BadValue("objective", "a number that is not finite", "finite numbers are wanted")
        with np.errstate(over="ignore"):
            if not np.isfinite(np.abs(Q).sum(axis=1)).all():  # no eigenvalue is larger than that
                raise BadValue("Q", "a sum beyond floating point in a row", "less is wanted")
        if not np.array_equal(Q, Q.T):
            i, j = (int(k[0]) for k in np.nonzero(Q != Q.T))
            raise BadValue(
                "Q",
                f"Q{i + 1}{j + 1} = {Q[i, j]:g} but Q{j + 1}{i + 1} = {Q[j, i]:g}",
                "a symmetric matrix is wanted",
            )
        names = self.names or tuple(f"x{i + 1}" for i in range(len(c)))
        for name, value in (("Q", Q), ("c", c), ("b", float(self.b)), ("names", names)):
            object.__setattr__(self, name, value)
        _fixed(Q)
        _fixed(c)

    @property
    def dim(self) -> int:
        """The number of coordinates."""
        return len(self.c)

    def value(self, x: Array) -> Array:
        """f at each row: (…, dim) → (…,)."""
        return self.value_and_grad(x)[0]

    def grad(self, x: Array) -> Array:
        """∇f = Qx + c at each row: (…, dim) → (…, dim)."""
        return self._applied(x) + self.c if self._linear else self._applied(x)

    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        """f and ∇f at each row, with Qx computed once: (…, dim) → (…,), (…, dim)."""
        Qx = self._applied(x)
        f = 0.5 * dot(x, Qx) + dot(x, self.c) + self.b
        return f, Qx + self.c if self._linear else Qx

    def hessian(self, x: Array) -> Array:
        """Q, the same at every x."""
        return self.Q

    def _applied(self, x: Array) -> Array:
        """Qx at each row; a diagonal Q needs no sum."""
        return apply(self.Q, x) if self._diagonal is None else x * self._diagonal

    @property
    def diagonal(self) -> bool:
        """Whether Q is diagonal: the coordinates are then eigenvectors."""
        return self._diagonal is not None

    @cached_property
    def _diagonal(self) -> Array | None:
        diagonal = np.diag(self.Q)
        return diagonal.copy() if np.array_equal(self.Q, np.diag(diagonal)) else None

    @cached_property
    def _linear(self) -> bool:
        return bool(self.c.any())

    @cached_property
    def _eigen(self) -> tuple[Array, Array]:
        values, vectors = self._of_matrix() if self._diagonal is None else self._of_diagonal()
        if self.data is not None:
            values = np.maximum(values, 0.0)  # a mean of squares curves nowhere down
        noise = len(values) * np.finfo(float).eps * np.abs(values).max(initial=0.0)
        return _fixed(np.where(np.abs(values) <= 4 * noise, 0.0, values)), _fixed(vectors)

    def _of_diagonal(self) -> tuple[Array, Array]:
        diagonal = np.diag(self.Q)
        order = np.argsort(diagonal, kind="stable")
        return diagonal[order], np.eye(self.dim)[:, order]

    def _of_matrix(self) -> tuple[Array, Array]:
        scale = np.ldexp(0.5, np.frexp(np.abs(self.Q).max())[1])  # LAPACK gives up near 1e308
        values, vectors = np.linalg.eigh(self.Q / scale)
        return values * scale, vectors

    @property
    def eigenvalues(self) -> Array:
        """λ, ascending: (dim,). What is only rounding is 0."""
        return self._eigen[0]

    @property
    def eigenvectors(self) -> Array:
        """The matching unit vectors, one a column: (dim, dim)."""
        return self._eigen[1]

    @cached_property
    def modes(self) -> list[list[int]]:
        """The eigenvalues above 0, ascending: of each the indices of those equal to it.

        Eigenvectors of equal eigenvalues have no meaning apart.
        """
        groups: list[list[int]] = []
        for i, value in enumerate(self.eigenvalues.tolist()):
            first = float(self.eigenvalues[groups[-1][0]]) if groups else 0.0
            if value > 0 and value - first <= _EQUAL * first:
                groups[-1].append(i)
            elif value > 0:
                groups.append([i])
        return groups

    @property
    def curvatures(self) -> Array:
        """The distinct eigenvalues above 0, ascending: (modes,)."""
        return self.eigenvalues[[members[0] for members in self.modes]]

    @property
    def kappa(self) -> float:
        """The condition number |λ|max / |λ|min: infinite for a singular Q, nan for Q = 0."""
        sizes = np.abs(self.eigenvalues)
        if sizes.max() == 0:
            return float("nan")
        return float(sizes.max() / sizes.min()) if sizes.min() > 0 else float("inf")

    @property
    def definite(self) -> str:
        """`positive`, `negative`, `indefinite`, `positive semi`, `negative semi` or `zero`."""
        low, high = self.eigenvalues[0], self.eigenvalues[-1]
        if low == high == 0:
            return "zero"
        if low < 0 < high:
            return "indefinite"
        return ("positive" if high > 0 else "negative") + (" semi" if low == 0 or high == 0 else "")

    @cached_property
    def stationary(self) -> Array | None:
        """Where ∇f = 0: x* = −Q⁻¹c (dim,), the one nearest the origin if Q is singular.

        None where there is no such point, or none that floats can reach.
        """
        if not self.c.any():
            return _fixed(np.zeros(self.dim))  # not -0.0, and no rounding
        if self.data is not None:
            return _fixed(self.data.solution())
        with np.errstate(over="ignore", invalid="ignore"):
            point = self._solved()
        return _fixed(point) if point is not None and np.isfinite(point).all() else None

    def _solved(self) -> Array | None:
        values, vectors = self._eigen
        parts = vectors.T @ self.c
        flat = values == 0
        if np.abs(parts[flat]).max(initial=0.0) > 1e-12 * np.abs(self.c).max():
            return None
        if flat.any():
            return np.asarray(-(vectors[:, ~flat] @ (parts[~flat] / values[~flat])) + 0.0)
        return np.asarray(np.linalg.solve(self.Q, -self.c) + 0.0)

    @property
    def minimiser(self) -> Array | None:
        """The stationary point if it is a minimum, else None: (dim,)."""
        return self.stationary if self.eigenvalues[0] >= 0 else None

    @property
    def minimum(self) -> float | None:
        """f* = f(x*), or None where f has no minimum, or one beyond floating point."""
        if self.minimiser is None:
            return None
        if self.data is not None:
            return self.data.squares(self.minimiser)
        with np.errstate(over="ignore", invalid="ignore"):
            lowest = float(self.value(self.minimiser))
        return lowest if np.isfinite(lowest) else None

    def gap(self, x: Array) -> Array:
        """f(x) − f* as ½(x−x*)ᵀQ(x−x*), which keeps its digits near the minimum: (…,).

        Raises `Unfit` where there is no minimum.
        """
        if self.minimiser is None:
            raise Unfit("this objective has no minimum, so f − f* says nothing")
        away = x - self.minimiser
        return 0.5 * dot(away, self._applied(away))


def _fixed(array: Array) -> Array:
    """The array, never to be changed: an objective is shared by all that read its text."""
    array.flags.writeable = False
    return array
