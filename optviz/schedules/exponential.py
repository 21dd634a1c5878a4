"""The rate falling by the same factor at every step."""

from dataclasses import dataclass

from optviz.schedules._curves import geometric
from optviz.schedules._schedule import Schedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class Exponential(Schedule):
    """η(t) = η₀ γᵗ⁻¹: step 1 has η₀, as `torch.optim.lr_scheduler.ExponentialLR`."""

    says = "down by the same factor at every step"
    formula = "η₀ γᵗ⁻¹"
    source = "PyTorch ExponentialLR, Optax exponential_decay, Keras ExponentialDecay"

    eta0: Num = setting(..., "η₀", r"\eta_0", "rate of the first step", "[0, inf)")
    gamma: Num = setting(..., "γ", r"\gamma", "factor a step", "(0, inf)")

    def __call__(self, t: int) -> Num:
        return geometric(self.eta0, self.gamma, t - 1.0)
