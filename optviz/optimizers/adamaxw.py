"""Adamax with decoupled weight decay."""

from dataclasses import dataclass

from optviz.optimizers.adamax import Adamax
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class AdamaxW(Adamax):
    """AdamaxW: Adamax whose weight decay takes its share off x and keeps out of mean and maximum.

    Source: Kingma & Ba 2015, section 7.1, with the decay of Loshchilov & Hutter 2019, as
    `optax.adamaxw`. x loses ηλx in each step.
    """

    title = "AdamaxW"
    says = (
        "AdamW with a leaky maximum in place of the root of the mean square: decay is the same for "
        "all coordinates, whatever their gradients."
    )
    fails = (
        "On a quadratic that is all there is to minimise it ends beside the minimum, pulled "
        "towards 0; and in all else it is Adamax."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ,  m̂ₜ = mₜ/(1−β₁ᵗ)",
        "uₜ = max(β₂ uₜ₋₁, |gₜ|)",
        "xₜ = xₜ₋₁ − η/uₜ ⊙ m̂ₜ − ηλ xₜ₋₁",
    )
    reference = "Kingma & Ba 2015, ICLR, section 7.1; Loshchilov & Hutter 2019, ICLR"
    dialects = {
        "paper": {"eta": 0.002},
        "optax": {  # leaves η to the user
            "eta": 0.002,
            "eps": 1e-8,
            "eps_at": "inside",
            "decay": 0.0001,
        },
    }
    made_by = {"optax": "optax.adamaxw(η, weight_decay=λ)"}
    spellings = {"optax": {**Adamax.spellings["optax"], "weight_decay": "decay"}}

    decay: Num = setting(0.01, "λ", r"\lambda", "weight decay", "[0, inf)")
    decoupled: bool = setting(True, "", "", "decay off x, not into g", variant=True)
