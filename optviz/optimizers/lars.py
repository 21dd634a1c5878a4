"""LARS."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, norm
from optviz.optimizers._equations import reciprocal, velocity_ceiling
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The velocity, rate and trust inside: (batch, dim)."""

    v: Array


@dataclass(frozen=True)
class LARS(Rule):
    """LARS: momentum on gradients made as long as a share of x. The whole vector is one layer.

    Source: You, Gitman & Ginsburg 2017. Weight decay is coupled (L2): λx joins the gradient. The
    paper's trust divides by ‖g‖ + λ‖x‖, Optax's by ‖g+λx‖ + ε. Trust is 1 where a length is 0. Rate
    and trust are inside the velocity; the effective rate multiplies g + λx on its way into it.
    """

    title = "LARS"
    says = (
        "Momentum with a trust ratio: a step is a fixed share of ‖x‖, so a layer with small "
        "weights and large gradients does not blow up in large batches."
    )
    fails = (
        "One rate for all coordinates of a layer, so it mends no ill condition; and near the "
        "minimum the rate c‖x‖/‖g‖ grows without bound unless x* = 0."
    )
    equations = (
        "γₜ = c ‖xₜ₋₁‖/(‖gₜ‖ + λ ‖xₜ₋₁‖)",
        "vₜ = β vₜ₋₁ + η γₜ (gₜ + λ xₜ₋₁)",
        "xₜ = xₜ₋₁ − vₜ",
    )
    rate = r"\eta\,\frac{c\|x_{t-1}\|}{\|g_t\|+\lambda\|x_{t-1}\|}"
    reference = "You, Gitman & Ginsburg 2017, Large batch training of convolutional networks"
    dialects = {
        "paper": {"eta": 30.0, "beta": 0.9, "trust": 0.001, "norm_of": "parts"},
        "optax": {"eta": 30.0, "beta": 0.9, "trust": 0.001},  # Optax sets no η itself
    }
    made_by = {"optax": "optax.lars(η, momentum=β, trust_coefficient=c)"}
    spellings = {
        "optax": {
            "learning_rate": "eta",
            "weight_decay": "decay",
            "trust_coefficient": "trust",
            "eps": "eps",
            "momentum": "beta",
            "nesterov": "nesterov",
        }
    }
    arguments = {
        "optax": {
            "trust_ratio_mask": Argument((None, True), "trust ratios of some alone are not drawn")
        }
    }
    rates_need = "x"

    beta: Num = setting(0.9, "β", r"\beta", "share of the velocity that is kept", "[0, 1)")
    trust: Num = setting(0.001, "c", "c", "a step as a share of ‖x‖, before η", "(0, inf)")
    decay: Num = setting(
        0.0, "λ", r"\lambda", "weight decay, coupled (L2)", "[0, inf)", variant=True
    )
    eps: Num = setting(0.0, "ε", r"\epsilon", "added to the length below", "[0, inf)", variant=True)
    norm_of: str = setting(
        "sum", "", "", "‖g+λx‖ or ‖g‖+λ‖x‖", variant=True, choices=("sum", "parts")
    )
    nesterov: bool = setting(False, "", "", "the velocity is used one step ahead", variant=True)

    def init(self, x: Array) -> State:
        """At rest."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """v = βv + ηγ(g+λx); x − v; with Nesterov x − (ηγ(g+λx) + βv)."""
        g = p.grad + self.decay * p.x
        size, length = norm(p.x)[:, None], norm(g)[:, None]
        if self.norm_of == "parts":
            length = norm(p.grad)[:, None] + self.decay * size
        gamma = self.trust * size * reciprocal(length + self.eps)
        gamma = np.where((size == 0) | (length == 0), 1.0, gamma)
        v = self.beta * s.v + p.eta * gamma * g
        return Step(g, gamma, drift=self.beta * (v if self.nesterov else s.v)), State(v)

    def ceiling(self) -> tuple[float, str] | None:
        """2(1+β)/λ as the heavy ball, (2+2β)/((1+2β)λ) as Nesterov's; with ε none is known."""
        if np.any(self.eps):
            return None
        return velocity_ceiling(self.beta, self.nesterov)

    def asymptotic(self) -> float | None:
        """None: on a slope ‖x‖ grows, and the rate with it."""
        return None
