"""PyTorch's CosineAnnealingLR: down along a cosine wave, and up again."""

from dataclasses import dataclass

from optviz.schedules._curves import half_cosine
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class CosineAnnealingLR(LibrarySchedule):
    """η = eta_min + (lr−eta_min)/2·(1 + cos(πk/T_max)), as in `torch.optim.lr_scheduler`.

    The wave goes on: after T_max steps the rate rises again, where that of `cosine`, of Keras and
    of Optax stays.
    """

    says = "down along a cosine wave, and up again"
    formula = "eta_min + (lr−eta_min)/2·(1 + cos(π(t−1)/T_max))"
    source = "PyTorch 2.13"

    lr: Num = setting(..., "η₀", r"\eta_0", "highest rate", "[0, inf)")
    T_max: Num = setting(..., "T", "T", "steps from top to bottom", "[1, inf)", whole=True)
    eta_min: Num = setting(0.0, "η_min", r"\eta_{min}", "lowest rate", "[0, inf)")

    def __call__(self, t: int) -> Num:
        return half_cosine(self.lr, self.eta_min, (t - 1.0) % (2 * self.T_max) / self.T_max)

    @property
    def multiplies(self) -> bool:
        """The distance from eta_min is what it multiplies, and what it raises after the wave."""
        return False

    def after(self, t: int, rate: Num) -> Num:
        """PyTorch's recursion: after the lowest rate it adds, else it scales the distance."""
        k, half = t - 1, self.T_max
        if k == 0:
            return rate
        if (k - 1 - half) % (2 * half) == 0:
            return rate + half_cosine(0.0, self.lr - self.eta_min, 1 / half)
        ratio = half_cosine(1.0, 0.0, k / half) / half_cosine(1.0, 0.0, (k - 1) / half)
        return ratio * (rate - self.eta_min) + self.eta_min
