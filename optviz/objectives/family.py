"""A quadratic for each row of a batch: one spectrum turned, or stretched, in many ways."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Ints, apply, dot
from optviz.objectives.quadratic import Quadratic


@dataclass(frozen=True, eq=False)
class Family:
    """Row i stands on its own f: Q (batch, dim, dim), c (batch, dim), b (batch,).

    It walks like a `Quadratic`; `minimiser` is (batch, dim), nan where there is none.
    """

    Q: Array
    c: Array
    b: Array
    minimiser: Array

    @classmethod
    def of(cls, members: list[Quadratic], owner: Ints) -> "Family":
        """Row i on members[owner[i]]: owner (batch,)."""
        nowhere = np.full(members[0].dim, np.nan)
        places = [nowhere if q.minimiser is None else q.minimiser for q in members]
        return cls(
            np.array([q.Q for q in members])[owner],
            np.array([q.c for q in members])[owner],
            np.array([q.b for q in members])[owner],
            np.array(places)[owner],
        )

    @property
    def dim(self) -> int:
        """The number of coordinates."""
        return int(self.c.shape[1])

    def value(self, x: Array) -> Array:
        """f at each row: (batch, dim) → (batch,)."""
        return 0.5 * dot(x, apply(self.Q, x)) + dot(x, self.c) + self.b

    def grad(self, x: Array) -> Array:
        """∇f at each row: (batch, dim) → (batch, dim)."""
        return apply(self.Q, x) + self.c


def stretched(q: Quadratic, kappa: float) -> Quadratic:
    """The objective with another condition number: λmax, directions and minimiser stay.

    The eigenvalues between keep their places on a log scale; all-equal ones are spread evenly.
    """
    values, axes = q.eigenvalues, q.eigenvectors
    assert q.minimiser is not None
    if q.kappa > 1:
        share = np.log(values[-1] / values) / np.log(q.kappa)
    else:
        share = np.linspace(1.0, 0.0, q.dim)
    Q = (axes * (values[-1] * kappa**-share)) @ axes.T
    Q = (Q + Q.T) / 2
    c, lowest = -(Q @ q.minimiser), q.minimum or 0.0
    b = lowest - 0.5 * float(q.minimiser @ c)
    return Quadratic(Q, c + 0.0, b, f"{q.text}, κ = {kappa:g}", q.names)
