"""What a rule is asked before any step, and what it foretells."""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array


class Prospect(NamedTuple):
    """What is known before step 1, coordinate by coordinate: (dim,) each.

    `eta` is the rate, the largest of a schedule; `away` is x − x*, `grad` is ∇f there. `curvature`
    is the diagonal of Q, all there is to know where Q is `diagonal` and a stand-in where it is not.
    `steps` is how many are meant to be made, `share` the part of f − f* that is to be left.
    """

    eta: float
    curvature: Array
    away: Array
    grad: Array
    steps: int
    share: float
    diagonal: bool

    @property
    def needed(self) -> Array:
        """The rates 1/λ that end in one step, were Q diagonal: (dim,); nan where nothing curves."""
        blank = np.full_like(self.curvature, np.nan)
        return np.divide(1.0, self.curvature, out=blank, where=self.curvature != 0)


class Outlook(NamedTuple):
    """What a rule foretells: a sentence with the names of its `facts` in braces.

    Facts are numbers, or (dim,) arrays of one a coordinate; `steps`, if there, is how many are
    needed to leave only `share`.
    """

    says: str
    facts: dict[str, float | Array]
