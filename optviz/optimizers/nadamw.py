"""NAdam with decoupled weight decay."""

from dataclasses import dataclass

from optviz.optimizers.nadam import NAdam
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class NAdamW(NAdam):
    """NAdamW: NAdam whose weight decay takes its share off x and keeps out of both means.

    Source: Dozat 2016 with the decay of Loshchilov & Hutter 2019, as `optax.nadamw`; PyTorch has
    it as `NAdam(decoupled_weight_decay=True)`. x loses ηλx in each step.
    """

    title = "NAdamW"
    says = (
        "AdamW with Nesterov's brake: decay is the same for all coordinates, whatever their "
        "gradients, and the mean looks one step ahead."
    )
    fails = (
        "On a quadratic that is all there is to minimise it ends beside the minimum, pulled "
        "towards 0; and in all else it is NAdam."
    )
    equations = (
        "μₜ = β₁ (1 − ½·0.96^(tψ)),  Pₜ = Pₜ₋₁ μₜ",
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ",
        "vₜ = β₂ vₜ₋₁ + (1−β₂) gₜ²,  v̂ₜ = vₜ/(1−β₂ᵗ)",
        "m̃ₜ = μₜ₊₁ mₜ/(1−Pₜ μₜ₊₁) + (1−μₜ) gₜ/(1−Pₜ)",
        "xₜ = xₜ₋₁ − η/(√v̂ₜ+ε) ⊙ m̃ₜ − ηλ xₜ₋₁",
    )
    reference = "Dozat 2016, ICLR workshop; Loshchilov & Hutter 2019, ICLR"
    dialects = {
        "paper": {"eta": 0.002},
        "optax": {"eta": 0.001, "psi": 1e6, "decay": 0.0001},  # Optax leaves η to the user
    }
    made_by = {"optax": "optax.nadamw(η, weight_decay=λ)"}
    spellings = {"optax": {**NAdam.spellings["optax"], "weight_decay": "decay"}}

    arguments = {
        "optax": {"nesterov": Argument((True,), "true is wanted; without it the rule is adamw")}
    }

    decay: Num = setting(0.01, "λ", r"\lambda", "weight decay", "[0, inf)")
    decoupled: bool = setting(True, "", "", "decay off x, not into g", variant=True)
