"""A quadratic for each row of a batch: one spectrum turned, or stretched, in many ways."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optviz.arrays import Array, Ints, apply, dot, line_search
from optviz.objectives.objective import Quadratic


@dataclass(frozen=True, eq=False)
class Family:
    """Row i has its own f: Q (batch, dim, dim), c (batch, dim), b (batch,).

    An optimizer steps on it as on an `Objective`; `minimiser` is (batch, dim), nan where there is
    none.
    """

    Q: Array
    c: Array
    b: Array
    minimiser: Array
    data: ClassVar[None] = None

    @property
    def quadratic(self) -> "Family":
        """Itself, as every row is one."""
        return self

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

    def hessian(self, x: Array) -> Array:
        """Q of each row: (batch, dim, dim)."""
        return self.Q

    def along(self, x: Array, grad: Array, d: Array) -> Array:
        """The s ≥ 0 at which f(x − s·d) is least, in closed form: (batch, 1)."""
        return line_search.lowest(grad, d, line_search.curvature(self.Q, d))
