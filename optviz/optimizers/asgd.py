"""Averaged SGD."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, with_decay
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The average (batch, dim), and the rate of the next step (batch, 1)."""

    a: Array
    eta: Array


@dataclass(frozen=True)
class ASGD(Rule):
    """ASGD: gradient descent with a falling rate, and beside it the average of its points.

    Source: Polyak & Juditsky 1992; the rate Xu 2011; `torch.optim.ASGD`. The path drawn is x; the
    average a, which is the result, moves nothing and is part of the state. λₐ is a decoupled decay
    at the rate of the step; PyTorch's weight decay also enters the gradient. As in PyTorch each
    step sets the rate of the next, so a schedule comes one step late.
    """

    title = "Averaged SGD"
    says = (
        "Mends the noise of stochastic gradients: the average of many points that scatter about "
        "the minimum is much closer to it than any of them."
    )
    fails = (
        "Without noise there is nothing to average away: the path is gradient descent's with a "
        "rate that falls, and an average that remembers the start is behind it."
    )
    equations = (
        "ηₜ = η/(1+λₐη(t−1))^α",
        "xₜ = (1−λₐηₜ) xₜ₋₁ − ηₜ gₜ",
        "aₜ = aₜ₋₁ + (xₜ−aₜ₋₁)/max(1, t−1−t₀)",
    )
    rate = r"\eta/(1+\lambda_a\eta(t-1))^\alpha"
    reference = "Polyak & Juditsky 1992, SIAM J. Control Optim. 30; Xu 2011, arXiv 1107.2490"
    dialects = {"paper": {"eta": 0.1, "t0": 0.0}, "torch": {"eta": 0.01, "t0": 1e6}}
    made_by = {"torch": "torch.optim.ASGD(params, lr=η, lambd=λₐ, alpha=α, t0=t₀)"}
    spellings = {
        "torch": {
            "lr": "eta",
            "lambd": "lambd",
            "alpha": "alpha",
            "t0": "t0",
            "weight_decay": "decay",
        }
    }
    shrinkage = ("lambd", "decay")

    lambd: Num = setting(1e-4, "λₐ", r"\lambda_a", "fall of the rate, and decay", "[0, inf)")
    alpha: Num = setting(0.75, "α", r"\alpha", "power of the fall", "[0, inf)")
    t0: Num = setting(
        0.0, "t₀", "t_0", "averages from the step after next on", "[0, inf)", variant=True
    )
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay, into g", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """Nothing averaged; the first rate is η(1)."""
        return State(np.zeros_like(x), np.zeros_like(x[:, :1]))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; the scale is ηₜ/η(t)."""
        g, _ = with_decay(p, self.decay)
        eta = s.eta + p.eta if p.t == 1 else s.eta
        drift = self.lambd * eta * p.x
        scale = eta * reciprocal(arrays.as_array(p.eta))
        a = s.a + (p.x - eta * g - drift - s.a) / np.maximum(1.0, p.t - 1 - self.t0)
        slower = arrays.power(1 + self.lambd * p.eta * p.t, self.alpha)
        return Step(g, scale, drift), State(a, np.zeros_like(eta) + p.eta / slower)

    def forecast(self, p: Setup) -> Forecast:
        """The rate depends on nothing but the step number."""
        last = p.eta / (1 + float(self.lambd) * p.eta * (p.steps - 1)) ** float(self.alpha)
        facts: dict[str, float | Array] = {
            "eta": p.eta,
            "last": last,
            "within": float(p.steps),
            "ceiling": 2 * p.one_step_rates,
        }
        return Forecast(
            "the rate of gradient descent, falling from {eta} to {last} in {within} steps; it "
            "shrinks a coordinate below {ceiling}",
            facts,
        )
