"""Fromage."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, norm
from optviz.optimizers._equations import trust_ratio
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class Fromage(Rule):
    """Fromage: a step of η times the length of x, then x shrunk by √(1+η²).

    Source: Bernstein et al. 2020, "Frobenius matched gradient descent"; the whole vector is one
    layer. The shrinking keeps x from growing if g is orthogonal to it. In Optax no length counts as
    less than `min_norm`. Without that the ratio is 1 where a length is 0.
    """

    title = "Fromage"
    says = (
        "The trust ratio without momentum and derived from a bound on deep networks: η is the "
        "relative change of a layer, and hardly needs tuning there."
    )
    fails = (
        "On a quadratic: its step is η‖x‖ long wherever it stands and it shrinks towards the "
        "origin, so it rests at a minimum only if that is the origin."
    )
    equations = ("xₜ = (xₜ₋₁ − η ‖xₜ₋₁‖/‖gₜ‖ gₜ)/√(1+η²)",)
    rate = r"\frac{\eta}{\sqrt{1+\eta^2}}\,\frac{\|x_{t-1}\|}{\|g_t\|}"
    reference = "Bernstein, Vahdat, Yue & Liu 2020, On the distance between two networks, NeurIPS"
    dialects = {
        "paper": {"eta": 0.1},
        "optax": {"eta": 0.01, "min_norm": 1e-6},  # Optax sets no η itself
    }
    made_by = {"optax": "optax.fromage(η)"}
    spellings = {"optax": {"learning_rate": "eta", "min_norm": "min_norm"}}
    shrinkage = ("shrink",)
    rates_need = "x"

    shrink: Num = setting(1.0, "s", "s", "share of the shrinking, √(1+sη²)", "[0, 1]", variant=True)
    min_norm: Num = setting(
        0.0, "δ", r"\delta", "no length counts as less", "[0, inf)", variant=True
    )

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """(x − η‖x‖/‖g‖g)/√(1+η²)."""
        size = np.maximum(norm(p.x)[:, None], self.min_norm)
        length = np.maximum(norm(p.grad)[:, None], self.min_norm)
        shrunk = 1 / np.sqrt(1 + self.shrink * p.eta * p.eta)
        return Step(p.grad, shrunk * trust_ratio(size, length), drift=(1 - shrunk) * p.x), s

    def ceiling(self) -> tuple[float, str] | None:
        """None: the rate follows ‖x‖ and ‖g‖, and is not in proportion to η."""
        return None

    def asymptotic(self) -> float | None:
        """None: x also shrinks."""
        return None
