"""Optax's piecewise_constant_schedule: multiplied by given factors at given steps."""

from dataclasses import dataclass

from optviz.schedules._library_schedule import LibrarySchedule
from optviz.text.settings import Num, setting


@dataclass(frozen=True)
class PiecewiseConstantSchedule(LibrarySchedule):
    """η = init_value·the scales whose boundary is at most k, of `optax`."""

    says = "times given factors at given steps"
    formula = "init_value·∏ scales of the boundaries ≤ t−1"
    source = "Optax 0.2.8"

    init_value: Num = setting(..., "η₀", r"\eta_0", "first rate", "[0, inf)")
    boundaries_and_scales: tuple[tuple[float, float], ...] | None = setting(
        None, "b", "b", "step before each change and its factor", "[0, inf)", listed="pairs"
    )

    def __call__(self, t: int) -> Num:
        rate = self.init_value
        for boundary, scale in sorted(self.boundaries_and_scales or ()):
            rate = rate * scale if boundary <= t - 1 else rate
        return rate
