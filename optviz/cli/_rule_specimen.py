"""The rule that `optviz new rule.py` writes."""

SPECIMEN = '''\
"""A rule of your own: AdaGrad with a sum of squared gradients that fades.

    optviz trace --opt "FILE:MyRule" --opt adagrad
    optviz rates --opt "FILE:MyRule(eta=0.4,keep=0.5)"
    optviz explain "FILE:MyRule"

Change it as you like; rename the class, and its name on the command line changes too.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.optimizers import Point, Rule, Step
from optviz.text.settings import setting


class State(NamedTuple):
    """What the rule remembers between steps: arrays (batch, dim), one row a run."""

    G: np.ndarray


@dataclass(frozen=True)
class MyRule(Rule):
    """The card below is what `optviz explain` prints; labels in pictures have its title."""

    title = "My rule"
    says = "AdaGrad whose rates can rise again, because old gradients are forgotten."
    fails = "Near a minimum the rates keep rising until the path is thrown out."
    equations = ("Gₜ = ρ Gₜ₋₁ + gₜ²", "xₜ = xₜ₋₁ − η/√(Gₜ+ε) ⊙ gₜ")
    rate = r"\\eta/\\sqrt{G_t+\\epsilon}"  # the effective rate in LaTeX, without dollars
    reference = "you, today"
    dialects = {"mine": {"eta": 0.4}}  # the learning rate if none is given
    made_by = {}  # the calls of libraries that do the same

    # Settings, --opt "…:MyRule(keep=0.5)": default, symbol, symbol in LaTeX, meaning, range.
    keep: float = setting(0.9, "ρ", r"\\rho", "how much of the sum is kept", "[0, 1]")
    eps: float = setting(1e-6, "ε", r"\\epsilon", "keeps the root from 0", "[0, inf)")

    def init(self, x):
        """The state before step 1, where x (batch, dim) is the start."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State):
        """The step from p, which has t, eta, x, value and grad; and the next state. Pure.

        A step moves x to x − η·scale·direction − drift. `optviz rates` draws η·scale.
        """
        G = self.keep * s.G + p.grad**2
        return Step(direction=p.grad, scale=1 / np.sqrt(G + self.eps)), State(G)
'''
