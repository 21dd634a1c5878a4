"""Averages of the points of any rule."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._rule import Point, Rule, Step
from optviz.optimizers.gd import GD
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The point θ of the rule within (batch, dim), and its state."""

    theta: Array
    base: Any


@dataclass(frozen=True)
class Averaging(Rule):
    """Polyak–Ruppert averaging: the path is the mean of the points that the rule within visits.

    xₜ is the mean of θ₁ … θₜ, or of those after step t₀; gradients are taken at θ, which the
    average does not move. Source: Polyak & Juditsky 1992; `torch.optim.swa_utils.AveragedModel`,
    updated after each step, has this mean. The effective rate is what a gradient moves the mean
    by: that of the rule within over t. All else is drift.
    """

    title = "Averaging"
    says = (
        "Averages the noise away: points that scatter about the minimum have a mean that comes "
        "ever closer, with a constant rate, and as fast as any estimate can."
    )
    fails = (
        "It remembers the start: without noise the mean comes in as 1/t where the rule within "
        "shrinks by a factor a step. t₀ lets it forget."
    )
    equations = (
        "θₜ = θₜ₋₁ − one step of the rule within, with the gradient at θₜ₋₁",
        "xₜ = xₜ₋₁ + (θₜ − xₜ₋₁)/max(1, t − t₀)",
    )
    rate = r"\eta\cdot\mathrm{scale\ of\ the\ rule\ within}/\max(1,t-t_0)"
    reference = "Polyak & Juditsky 1992, SIAM J. Control Optim. 30; Ruppert 1988"
    dialects = {"paper": {"eta": 0.1}}
    made_by = {}
    aliases = ("polyakruppert", "averaged")

    base: Rule = setting(GD(), "", "", "the rule within, such as momentum(beta=0.9)")
    t0: Num = setting(0, "t₀", "t_0", "steps before the mean begins", "[0, inf)", whole=True)

    def init(self, x: Array) -> State:
        """θ = x."""
        return State(x, self.base.init(x))

    def looks(self, x: Array, s: State) -> Array:
        """θ, or where the rule within looks from there."""
        return self.base.looks(s.theta, s.base)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """θ by the rule within; x by its share of the way to θ."""
        within = p._replace(x=s.theta)
        if self.base.sees_value and p.objective is not None:
            within = within._replace(value=p.objective.value(s.theta))
        step, base = self.base.update(within, s.base)
        theta = s.theta - p.eta * step.scale * step.direction - step.drift
        count = np.maximum(1.0, p.t - self.t0)
        drift = (p.x - s.theta + step.drift) / count
        return Step(step.direction, step.scale / count, drift), State(theta, base)

    @property
    def linear(self) -> bool:
        """As the rule within."""
        return self.base.linear

    def ceiling(self) -> tuple[float, str] | None:
        """None: above the ceiling of the rule within, θ grows, at whatever rate the mean moves."""
        return None

    def asymptotic(self) -> float | None:
        """None: the mean goes at a half of the speed of θ, with an ever smaller rate."""
        return None
