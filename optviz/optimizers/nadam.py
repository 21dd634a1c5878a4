"""NAdam."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import mean_ceiling, reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean and mean square (batch, dim); the product of all μ and β₂ᵗ (batch, 1)."""

    m: Array
    v: Array
    P: Array
    b2t: Array


@dataclass(frozen=True)
class NAdam(Rule):
    """NAdam: Adam that looks ahead as Nesterov's momentum does, with a momentum that warms up.

    Source: Dozat 2016. The effective rate multiplies m̃. PyTorch lets μ rise over 1/(0.04ψ) steps
    with ψ = 0.004, Keras with ψ = 1 at once, Optax not at all (here: ψ = 10⁶, where 0.96^(tψ) is
    0). Weight decay enters the gradient in PyTorch, unless `decoupled`; it is decoupled in Keras
    and Optax, whose nadam is NAdamW with a decay of 0.
    """

    title = "NAdam"
    says = (
        "Adam with Nesterov's brake: this step's gradient counts at once, not through the mean "
        "alone, and so it overshoots less."
    )
    fails = (
        "As Adam: a constant η circles the minimum; and ψ = 0.004 keeps the momentum below β₁ for "
        "hundreds of steps."
    )
    equations = (
        "μₜ = β₁ (1 − ½·0.96^(tψ)),  Pₜ = Pₜ₋₁ μₜ",
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ",
        "vₜ = β₂ vₜ₋₁ + (1−β₂) gₜ²,  v̂ₜ = vₜ/(1−β₂ᵗ)",
        "m̃ₜ = μₜ₊₁ mₜ/(1−Pₜ μₜ₊₁) + (1−μₜ) gₜ/(1−Pₜ)",
        "xₜ = xₜ₋₁ − η/(√v̂ₜ+ε) ⊙ m̃ₜ",
    )
    rate = r"\eta/(\sqrt{\hat{v}_t}+\epsilon)"
    reference = "Dozat 2016, ICLR workshop"
    dialects = {
        "paper": {"eta": 0.002, "eps": 1e-8, "psi": 0.004},
        "torch": {"eta": 0.002, "eps": 1e-8, "psi": 0.004},
        "keras": {"eta": 0.001, "eps": 1e-7, "psi": 1.0, "decoupled": True},
        "optax": {"eta": 0.002, "eps": 1e-8, "psi": 1e6, "decoupled": True},  # η is the user's
    }
    made_by = {
        "torch": "torch.optim.NAdam(params, lr=η, momentum_decay=ψ)",
        "keras": "keras.optimizers.Nadam(learning_rate=η)",
        "optax": "optax.nadam(η)",
    }
    spellings = {
        "torch": {
            "lr": "eta", "betas": ("beta1", "beta2"), "eps": "eps", "momentum_decay": "psi",
            "weight_decay": "decay", "decoupled_weight_decay": "decoupled",
        },
        "keras": {
            "learning_rate": "eta", "beta_1": "beta1", "beta_2": "beta2", "epsilon": "eps",
            "weight_decay": "decay",
        },
        "optax": {
            "learning_rate": "eta", "b1": "beta1", "b2": "beta2", "eps": "eps",
            "eps_root": "eps_root",
        },
    }  # fmt: skip

    arguments = {
        "optax": {"nesterov": Argument((True,), "true is wanted; without it the rule is adam")}
    }
    momentum = "beta1"

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    psi: Num = setting(0.004, "ψ", r"\psi", "pace of μ from β₁/2 to β₁", "[0, inf)", variant=True)
    eps_root: Num = setting(0.0, "ε̄", r"\bar\epsilon", "inside the root", "[0, inf)", variant=True)
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)

    def init(self, x: Array) -> State:
        """m = v = 0 and P₀ = β₂⁰ = 1."""
        one = np.ones_like(x[:, :1])
        return State(np.zeros_like(x), np.zeros_like(x), one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above."""
        g, drift = with_decay(p, self.decay, self.decoupled)
        mu, mu_next = self._mu(p.t), self._mu(p.t + 1)
        P = s.P * mu
        m = self.beta1 * s.m + (1 - self.beta1) * g
        v = self.beta2 * s.v + (1 - self.beta2) * g * g
        b2t = s.b2t * self.beta2
        m_tilde = mu_next * m / (1 - P * mu_next) + (1 - mu) * g / (1 - P)
        scale = reciprocal(np.sqrt(v / (1 - b2t) + self.eps_root) + self.eps)
        return Step(m_tilde, scale, drift), State(m, v, P, b2t)

    def _mu(self, t: int) -> Num:
        return self.beta1 * (1 - arrays.power(0.96, t * self.psi) / 2)

    def ceiling(self) -> tuple[float, str]:
        """Nesterov's as a mean, (2+2β₁)/((1+2β₁)(1−β₁)λ), where μ has reached β₁.

        Below that it is (2+2β₁)/((1+β₁−2β₁μ)λ), the least at t = 0 where μ = β₁/2.
        """
        return mean_ceiling(self.beta1, nesterov=True)
