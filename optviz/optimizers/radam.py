"""RAdam."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import corrected_mean, mean_ceiling, reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean and mean square (batch, dim); β₁ᵗ and β₂ᵗ (batch, 1)."""

    m: Array
    v: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class RAdam(Rule):
    """RAdam: Adam that trusts its mean square only as far as enough gradients have gone into it.

    Source: Liu et al. 2020, without ε and with the condition ρₜ > 4; PyTorch and Optax ask for 5.
    PyTorch's ε is "epsilon hat", √v+ε under the corrected rate; Optax's √v̂+ε. Optax can look ahead
    as its NAdam does (`nesterov`). Weight decay enters the gradient, or is decoupled in PyTorch on
    request.
    """

    title = "RAdam"
    says = (
        "Makes Adam's warm-up by itself: v̂ of a few gradients varies wildly, so the first steps go "
        "without it and the next are held back by r, which grows to 1."
    )
    fails = (
        "The un-adapted first steps are momentum at the rate η, which is too long in a steep "
        "direction if η is; and after the start it is Adam."
    )
    equations = (
        "m̂ₜ and v̂ₜ as Adam's;  ρ∞ = 2/(1−β₂) − 1,  ρₜ = ρ∞ − 2tβ₂ᵗ/(1−β₂ᵗ)",
        "rₜ = √((ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ))",
        "xₜ = xₜ₋₁ − η rₜ/(√v̂ₜ+ε) ⊙ m̂ₜ  if ρₜ > 4,  else  xₜ₋₁ − η m̂ₜ",
    )
    rate = r"\eta\,r_t/(\sqrt{\hat{v}_t}+\epsilon)"
    reference = "Liu, Jiang, He, Chen, Liu, Gao & Han 2020, ICLR"
    dialects = {
        "paper": {"eta": 0.001, "eps": 0.0, "threshold": 4.0},
        "torch": {"eta": 0.001, "eps": 1e-8, "threshold": 5.0, "eps_at": "hat"},
        "optax": {"eta": 0.001, "eps": 1e-8, "threshold": 5.0},  # Optax leaves η to the user
    }
    made_by = {"torch": "torch.optim.RAdam(params, lr=η)", "optax": "optax.radam(η)"}
    spellings = {
        "torch": {
            "lr": "eta",
            "betas": ("beta1", "beta2"),
            "eps": "eps",
            "weight_decay": "decay",
            "decoupled_weight_decay": "decoupled",
        },
        "optax": {
            "learning_rate": "eta",
            "b1": "beta1",
            "b2": "beta2",
            "eps": "eps",
            "eps_root": "eps_root",
            "threshold": "threshold",
            "nesterov": "nesterov",
        },
    }
    momentum = "beta1"

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(0.0, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    threshold: Num = setting(4.0, "ρ*", r"\rho^*", "v̂ counts from ρₜ > ρ* on", "[4, inf)")
    eps_at: str = setting(
        "outside",
        "",
        "",
        "√v̂+ε, or epsilon hat: √v+ε under the corrected rate",
        variant=True,
        choices=("outside", "hat"),
    )
    eps_root: Num = setting(0.0, "ε̄", r"\bar\epsilon", "inside the root", "[0, inf)", variant=True)
    nesterov: bool = setting(False, "", "", "the mean is used one step ahead", variant=True)
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)

    def init(self, x: Array) -> State:
        """m = v = 0 and β⁰ = 1."""
        one = np.ones_like(x[:, :1])
        return State(np.zeros_like(x), np.zeros_like(x), one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above."""
        g, drift = with_decay(p, self.decay, self.decoupled)
        m = self.beta1 * s.m + (1 - self.beta1) * g
        v = self.beta2 * s.v + (1 - self.beta2) * g * g
        b1t, b2t = s.b1t * self.beta1, s.b2t * self.beta2
        rho, r = self._rectified(p.t, b2t)
        if self.eps_at == "hat":
            scale = np.sqrt(1 - b2t) * reciprocal(np.sqrt(v + self.eps_root) + self.eps)
        else:
            scale = reciprocal(np.sqrt(v / (1 - b2t) + self.eps_root) + self.eps)
        scale = np.where(rho > self.threshold, r * scale, 1.0)
        mean = corrected_mean(m, g, self.beta1, b1t, self.nesterov)
        return Step(mean, scale, drift), State(m, v, b1t, b2t)

    def _rectified(self, t: int, b2t: Array) -> tuple[Array, Array]:
        """(ρₜ, rₜ), rₜ = 0 up to ρₜ = 4: (batch, 1) each."""
        top = 2 / (1 - self.beta2) - 1
        rho = top - 2 * t * b2t / (1 - b2t)
        below = (top - 4) * (top - 2) * rho
        square = (rho - 4) * (rho - 2) * top * reciprocal(below)
        return rho, np.sqrt(np.where(rho > 4, square, 0.0))

    def ceiling(self) -> tuple[float, str]:
        """Adam's; looking ahead, NAdam's."""
        return mean_ceiling(self.beta1, self.nesterov)
