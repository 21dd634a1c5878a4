"""How a rule's run will go, in a sentence, from what is known before step 1."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array


class Setup(NamedTuple):
    """What is known of a run before step 1, coordinate by coordinate: (dim,) each.

    `eta` is the rate, the largest of a schedule; `away` is x − x*, `grad` is ∇f there. `curvature`
    is the diagonal of Q, which is all of Q if it is `diagonal`. `steps` are those of the run, and
    `tolerance` is the fraction of f − f* at which it counts as done.
    """

    eta: float
    curvature: Array
    away: Array
    grad: Array
    steps: int
    tolerance: float
    diagonal: bool

    @property
    def one_step_rates(self) -> Array:
        """The rates 1/λ that end in one step if Q is diagonal: (dim,); nan if λ is 0."""
        blank = np.full_like(self.curvature, np.nan)
        return np.divide(1.0, self.curvature, out=blank, where=self.curvature != 0)


class Forecast(NamedTuple):
    """A sentence with the names of its `facts` in braces.

    Facts are numbers, or (dim,) arrays of one a coordinate; `steps`, if there, are those needed
    to come to the tolerance.
    """

    sentence: str
    facts: dict[str, float | Array]
