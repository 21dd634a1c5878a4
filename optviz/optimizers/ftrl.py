"""FTRL: follow the regularized leader."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._rule import Point, Rule, Step
from optviz.optimizers._spelling import Negative
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The sum of squared gradients and the linear term: (batch, dim) each."""

    n: Array
    z: Array


@dataclass(frozen=True)
class FTRL(Rule):
    """FTRL-proximal: x is the minimum of all gradients so far, pulled to where it has been.

    Source: McMahan et al. 2013, as Keras and TensorFlow write it: n starts at `n0` there (0.1) and
    z at 0, so x is first shrunk towards 0 by √n₀/√n₁; with n₀ = ε = 0 and without λ₁, λ₂ it is
    AdaGrad. ε is the paper's β. λ₂ counts twice, as in Keras, whose `learning_rate_power` is −p.
    The effective rate multiplies the gradient; all else is drift. Where η is 0, x does not move.
    """

    title = "FTRL"
    says = (
        "AdaGrad's rates for sparse, on-line learning: λ₁ sets coordinates to exactly 0 that a "
        "gradient method would leave small."
    )
    fails = (
        "Its rates only fall, as AdaGrad's; and it counts from the origin: a start elsewhere is "
        "shrunk unless n₀ and ε are 0."
    )
    equations = (
        "nₜ = nₜ₋₁ + gₜ²,  σₜ = (√nₜ − √nₜ₋₁)/η",
        "zₜ = zₜ₋₁ + gₜ − σₜ xₜ₋₁",
        "xₜ = (clip(zₜ, ±λ₁) − zₜ)/((√nₜ+ε)/η + 2λ₂)",
    )
    rate = r"\eta/(\sqrt{n_t}+\epsilon+2\eta\lambda_2)"
    reference = "McMahan et al. 2013, Ad click prediction: a view from the trenches, KDD"
    dialects = {"paper": {"eta": 0.4}, "keras": {"eta": 0.001, "n0": 0.1}}
    made_by = {"keras": "keras.optimizers.Ftrl(learning_rate=η)"}
    spellings = {
        "keras": {
            "learning_rate": "eta",
            "learning_rate_power": Negative("p"),
            "initial_accumulator_value": "n0",
            "l1_regularization_strength": "l1",
            "l2_regularization_strength": "l2",
            "l2_shrinkage_regularization_strength": "shrink",
            "beta": "eps",
            "weight_decay": "decay",
        }
    }
    sums_gradients = True
    shrinkage = ("decay", "l1", "l2", "shrink", "n0", "eps")

    eps: Num = setting(
        0.0, "ε", r"\epsilon", "keeps the first rates small", "[0, inf)", variant=True
    )
    p: Num = setting(0.5, "p", "p", "nᵖ for √n; ½ is the root", "(0, 1]", variant=True)
    n0: Num = setting(0.0, "n₀", "n_0", "the sum before the first step", "[0, inf)", variant=True)
    l1: Num = setting(0.0, "λ₁", r"\lambda_1", "pulls to exactly 0", "[0, inf)", variant=True)
    l2: Num = setting(0.0, "λ₂", r"\lambda_2", "pulls towards 0", "[0, inf)", variant=True)
    shrink: Num = setting(
        0.0, "λ₃", r"\lambda_3", "2λ₃x joins the gradient in z, not in n", "[0, inf)", variant=True
    )
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay, decoupled", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """n = n₀ and z = 0."""
        return State(np.zeros_like(x) + self.n0, np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """n = n + g²; z = z + g − σx; x = (clip z − z)/((√n+ε)/η + 2λ₂)."""
        x, n = p.x - p.eta * self.decay * p.x, s.n + p.grad * p.grad
        root, before = self._root(n), self._root(s.n)
        still = np.zeros_like(x) + p.eta == 0
        per_eta = np.where(still, 0.0, 1 / np.where(still, 1.0, p.eta))
        z = s.z + p.grad + 2 * self.shrink * x - (root - before) * per_eta * x
        height = (root + self.eps) * per_eta + 2 * self.l2
        end = (np.clip(z, -self.l1, self.l1) - z) * reciprocal(height)
        end = np.where(still | (height == 0), x, end)
        scale = reciprocal(root + self.eps + 2 * p.eta * self.l2)
        state = State(np.where(still, s.n, n), np.where(still, s.z, z))
        return Step(p.grad, scale, drift=p.x - p.eta * scale * p.grad - end), state

    def ceiling(self) -> tuple[float, str] | None:
        """2/λ as AdaGrad, whose steps it makes; None with ε, which also shrinks x."""
        return None if np.any(self.eps) else super().ceiling()

    def asymptotic(self) -> float | None:
        """1, but None if a penalty pulls x back."""
        penalties = (self.l1, self.l2, self.shrink, self.decay)
        return None if any(np.any(penalty) for penalty in penalties) else 1.0

    def _root(self, n: Array) -> Array:
        """nᵖ; for p = ½ by `sqrt`, which is as exact and quicker."""
        if np.ndim(self.p) == 0 and self.p == 0.5:
            return np.sqrt(n)
        return arrays.as_array(arrays.power(n, self.p))
