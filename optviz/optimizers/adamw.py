"""Adam with decoupled weight decay."""

from dataclasses import dataclass

from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers.adam import Adam
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class AdamW(Adam):
    """AdamW: Adam whose weight decay takes its share off x and keeps out of both means.

    Source: Loshchilov & Hutter 2019. Decay is decoupled here (`decoupled=false` is Adam with L2):
    x loses ηλx in each step. The paper multiplies λ by the schedule alone, not by the whole rate
    as all libraries do and this rule does: its λ is our ηλ.
    """

    title = "AdamW"
    says = (
        "Mends Adam's weight decay: an L2 term in the gradient is divided by √v̂ like the rest, so "
        "that coordinates with large gradients hardly decay; off x itself it is the same for all."
    )
    fails = (
        "On a quadratic that is all there is to minimise it ends beside the minimum, pulled "
        "towards 0; and in all else it is Adam."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ,  m̂ₜ = mₜ/(1−β₁ᵗ)",
        "vₜ = β₂ vₜ₋₁ + (1−β₂) gₜ²,  v̂ₜ = vₜ/(1−β₂ᵗ)",
        "xₜ = xₜ₋₁ − η/(√v̂ₜ+ε) ⊙ m̂ₜ − ηλ xₜ₋₁",
    )
    reference = "Loshchilov & Hutter 2019, ICLR"
    dialects = {
        "paper": {"eta": 0.001, "eps": 1e-8, "decay": 0.01},
        "torch": {"eta": 0.001, "eps": 1e-8, "decay": 0.01},
        "keras": {"eta": 0.001, "eps": 1e-7, "decay": 0.004, "eps_at": "hat"},
        "optax": {"eta": 0.001, "eps": 1e-8, "decay": 0.0001},  # Optax leaves η to the user
    }
    made_by = {
        "torch": "torch.optim.AdamW(params, lr=η, weight_decay=λ)",
        "keras": "keras.optimizers.AdamW(learning_rate=η, weight_decay=λ)",
        "optax": "optax.adamw(η, weight_decay=λ)",
    }
    spellings = {
        "torch": {"lr": "eta", "betas": ("beta1", "beta2"), "eps": "eps", "weight_decay": "decay"},
        "keras": Adam.spellings["keras"],
        "optax": {**Adam.spellings["optax"], "weight_decay": "decay"},
    }
    arguments = {
        **Adam.arguments,
        "keras": {"weight_decay": Argument()},  # None is none to Keras
        "torch": {  # printed, though it cannot be set
            "decoupled_weight_decay": Argument((True,), "without it this is Adam; write that")
        },
    }
    becomes = {"amsgrad": "amsgrad", "nesterov": "nadamw"}

    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    decay: Num = setting(0.01, "λ", r"\lambda", "weight decay", "[0, inf)")
    decoupled: bool = setting(True, "", "", "decay off x, not into g", variant=True)

    def forecast(self, p: Setup) -> Forecast:
        """Adam's, and that the minimum is not where it ends."""
        sentence, facts = super().forecast(p)
        facts = {**facts, "decay": float(self.decay)}
        return Forecast(sentence + "; λ = {decay} pulls it off the minimum, towards 0", facts)
