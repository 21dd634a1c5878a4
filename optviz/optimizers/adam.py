"""Adam."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import mean_ceiling, reciprocal, with_decay
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean and mean square (batch, dim); β₁ᵗ and β₂ᵗ (batch, 1), kept as running products."""

    m: Array
    v: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class Adam(Rule):
    """Adam: RMSProp with momentum, both means corrected for starting at 0.

    Source: Kingma & Ba 2015; d2l, chapter Adam. The effective rate multiplies the corrected mean
    m̂. Keras scales the rate instead of the means, so that its ε ("epsilon hat") is larger by
    1/√(1−β₂ᵗ); Optax can put a second one, `eps_root`, inside the root. Weight decay enters the
    gradient in PyTorch and is decoupled in Keras, where AdamW differs by its default alone.
    """

    title = "Adam"
    says = "Joins momentum with RMSProp's rate per coordinate and corrects the start of both."
    fails = (
        "The rate grows where gradients vanish, so a constant η circles the minimum; and like "
        "every diagonal method it feels rotation."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ,  m̂ₜ = mₜ/(1−β₁ᵗ)",
        "vₜ = β₂ vₜ₋₁ + (1−β₂) gₜ²,  v̂ₜ = vₜ/(1−β₂ᵗ)",
        "xₜ = xₜ₋₁ − η/(√v̂ₜ+ε) ⊙ m̂ₜ",
    )
    rate = r"\eta/(\sqrt{\hat{v}_t}+\epsilon)"
    reference = "Kingma & Ba 2015, ICLR; d2l, chapter Adam"
    dialects = {
        "d2l": {"eta": 0.4, "beta1": 0.9, "beta2": 0.999, "eps": 1e-6},
        "torch": {"eta": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
        "keras": {
            "eta": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-7, "eps_at": "hat",
            "decoupled": True,
        },
        "optax": {"eta": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    }  # fmt: skip
    made_by = {
        "torch": "torch.optim.Adam(params, lr=η, betas=(β₁, β₂))",
        "keras": "keras.optimizers.Adam(learning_rate=η, beta_1=β₁, beta_2=β₂)",
        "optax": "optax.adam(η, b1=β₁, b2=β₂)",
    }
    spellings = {
        "torch": {
            "lr": "eta", "betas": ("beta1", "beta2"), "eps": "eps", "weight_decay": "decay",
            "decoupled_weight_decay": "decoupled",
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
    becomes = {"amsgrad": "amsgrad", "nesterov": "nadam"}
    arguments = {
        "": {"amsgrad": Argument((None, False), "this rule has no such form")},
        "optax": {"nesterov": Argument((False,), "this rule has no such form")},
    }
    momentum = "beta1"

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-6, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    eps_at: str = setting(
        "outside",
        "",
        "",
        "√v̂+ε, or epsilon hat: √v+ε under the corrected rate",
        variant=True,
        choices=("outside", "hat"),
    )
    eps_root: Num = setting(0.0, "ε̄", r"\bar\epsilon", "inside the root", "[0, inf)", variant=True)
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)

    def init(self, x: Array) -> State:
        """m = v = 0 and β⁰ = 1."""
        one = np.ones_like(x[:, :1])
        return State(np.zeros_like(x), np.zeros_like(x), one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; βᵗ as a product, because `power` rounds by processor."""
        (g, drift), b1, b2 = with_decay(p, self.decay, self.decoupled), self.beta1, self.beta2
        m = b1 * s.m + (1 - b1) * g
        v = b2 * s.v + (1 - b2) * g * g
        b1t, b2t = s.b1t * b1, s.b2t * b2
        m_hat = m / (1 - b1t)
        if self.eps_at == "hat":
            scale = np.sqrt(1 - b2t) * reciprocal(np.sqrt(v + self.eps_root) + self.eps)
        else:
            scale = reciprocal(np.sqrt(v / (1 - b2t) + self.eps_root) + self.eps)
        return Step(m_hat, scale, drift), State(m, v, b1t, b2t)

    def ceiling(self) -> tuple[float, str]:
        """2(1+β₁)/((1−β₁)λ): momentum as a mean, Cohen et al. 2022, "Adaptive gradient methods at
        the edge of stability"."""
        return mean_ceiling(self.beta1)

    def forecast(self, p: Setup) -> Forecast:
        """Steps of about η on the way; near the minimum the rate grows until it meets its ceiling.

        v̂ forgets in 1/(1−β₂) steps. Cohen et al. 2022 have the ceiling.
        """
        facts: dict[str, float | Array] = {
            "approach": float(np.ceil(abs(p.away).max() / p.eta)), "eta": p.eta,
            "memory": 1 / (1 - float(self.beta2)), "ceiling": self.ceiling()[0] * p.one_step_rates,
        }  # fmt: skip
        return Forecast(
            "steps about η = {eta} long, so about {approach} of them to come near; then circles "
            "at the scale of η at most: v̂ forgets in {memory} steps, and its rates grow back to "
            "their ceilings {ceiling}",
            facts,
        )
