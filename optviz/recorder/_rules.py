"""What a rate of an optimizer is made of, where its state is none of PyTorch's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array, Bools


@dataclass(frozen=True)
class Leaf:
    """One array of parameters after step t: the settings, and sampled entries of buffers.

    buffers (n,) each: those that the rule names, as the step left them.
    """

    settings: dict[str, Any]
    t: float
    buffers: dict[str, Array]

    @property
    def eta(self) -> float:
        """The learning rate of the step."""
        return self.number("learning_rate")

    def number(self, name: str) -> float:
        """A setting."""
        return float(self.settings[name])

    def hat(self, moment: Array, beta: str) -> Array:
        """The moment with its bias corrected."""
        corrected: Array = moment / (1 - self.number(beta) ** self.t)
        return corrected


Rate = Array | float  # (n,), or one number for all entries


@dataclass(frozen=True)
class Rule:
    """The rate of an optimizer, the buffers of its state that the rate is made of.

    `squares` is the buffer that stays at `first`, a setting, or 0, until an entry has a gradient.
    """

    rate: Callable[[Leaf], Rate]
    buffers: tuple[str, ...] = ()
    squares: str = ""
    first: str = ""

    def touched(self, s: Leaf) -> Bools | None:
        """Which entries ever had a gradient: (n,); None if it is not known."""
        if not self.squares:
            return None
        first = s.number(self.first) if self.first else 0.0
        return ~np.isclose(s.buffers[self.squares], first, rtol=1e-6, atol=0)
