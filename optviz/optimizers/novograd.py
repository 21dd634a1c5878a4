"""NovoGrad."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, velocity_ceiling
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """The momentum (batch, dim) and the mean of ‖g‖² (batch, 1)."""

    m: Array
    v: Array


@dataclass(frozen=True)
class NovoGrad(Rule):
    """NovoGrad: momentum over gradients divided by their length. The whole vector is one layer.

    Source: Ginsburg et al. 2019. v starts as the first ‖g‖² and needs no correction; momentum is
    a sum, without 1−β₁. Weight decay λx enters the momentum undivided: decoupled from v, not from
    m. The effective rate multiplies the gradient on its way into m.
    """

    title = "NovoGrad"
    says = (
        "Adam's memory halved: one mean square a layer in place of one a coordinate, so momentum "
        "of normalized gradients that keep their direction."
    )
    fails = (
        "One rate for all coordinates, so ill-conditioned objectives stay so; and as the gradient "
        "vanishes the rate η/√v grows past its ceiling."
    )
    equations = (
        "v₁ = ‖g₁‖²,  vₜ = β₂ vₜ₋₁ + (1−β₂) ‖gₜ‖²",
        "mₜ = β₁ mₜ₋₁ + gₜ/(√vₜ+ε) + λ xₜ₋₁",
        "xₜ = xₜ₋₁ − η mₜ",
    )
    rate = r"\eta/(\sqrt{v_t}+\epsilon)"
    reference = "Ginsburg et al. 2019, Stochastic gradient methods with layer-wise adaptive moments"
    dialects = {
        "paper": {"eta": 0.02, "beta1": 0.95, "beta2": 0.98, "eps": 1e-8},
        "optax": {"eta": 0.001, "beta1": 0.9, "beta2": 0.25, "eps": 1e-6},  # sets no η itself
    }
    made_by = {"optax": "optax.novograd(η, b1=β₁, b2=β₂)"}
    spellings = {
        "optax": {
            "learning_rate": "eta",
            "b1": "beta1",
            "b2": "beta2",
            "eps": "eps",
            "eps_root": "eps_root",
            "weight_decay": "decay",
        }
    }

    beta1: Num = setting(0.95, "β₁", r"\beta_1", "share of the momentum that is kept", "[0, 1)")
    beta2: Num = setting(0.98, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    eps_root: Num = setting(0.0, "ε̄", r"\bar\epsilon", "inside the root", "[0, inf)", variant=True)
    decay: Num = setting(
        0.0, "λ", r"\lambda", "weight decay, into the momentum", "[0, inf)", variant=True
    )

    def init(self, x: Array) -> State:
        """m = v = 0."""
        return State(np.zeros_like(x), np.zeros_like(x[:, :1]))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """v = β₂v + (1−β₂)‖g‖²; m = β₁m + g/(√v+ε) + λx; x − ηm."""
        square = arrays.dot(p.grad, p.grad)[:, None]
        v = square if p.t == 1 else self.beta2 * s.v + (1 - self.beta2) * square
        scale = reciprocal(np.sqrt(v + self.eps_root) + self.eps)
        inertia = self.beta1 * s.m + self.decay * p.x
        return Step(p.grad, scale, drift=p.eta * inertia), State(inertia + scale * p.grad, v)

    def ceiling(self) -> tuple[float, str]:
        """2(1+β₁)/λ, as the heavy ball."""
        return velocity_ceiling(self.beta1, symbol=r"\beta_1")

    def asymptotic(self) -> float:
        """A constant gradient adds up to this many of itself."""
        return 1 / (1 - scalar(self.beta1))
