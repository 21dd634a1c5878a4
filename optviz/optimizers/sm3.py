"""SM3."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import mean_ceiling, reciprocal
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The accumulators and the mean of scaled gradients: (batch, dim) each."""

    G: Array
    m: Array


@dataclass(frozen=True)
class SM3(Rule):
    """SM3 for a vector, where each coordinate has its own accumulator: AdaGrad, and a mean.

    Source: Anil et al. 2019. For a matrix it keeps one accumulator a row and one a column; a
    vector has nothing to share. Optax smooths the scaled gradient by β; the effective rate
    multiplies the gradient on its way into that mean, which has 1−β of it.
    """

    title = "SM3"
    says = (
        "AdaGrad for models too large for its sums: rows and columns of a matrix share them. On "
        "a vector, as here, it is AdaGrad with momentum."
    )
    fails = "As AdaGrad: the sums only grow, so with a small η the path stalls on the way."
    equations = ("Gₜ = Gₜ₋₁ + gₜ²", "mₜ = β mₜ₋₁ + (1−β) gₜ/√(Gₜ+ε)", "xₜ = xₜ₋₁ − η mₜ")
    rate = r"\eta/\sqrt{G_t+\epsilon}"
    reference = "Anil, Gupta, Koren & Singer 2019, Memory-efficient adaptive optimization, NeurIPS"
    dialects = {
        "paper": {"eta": 0.4, "beta": 0.9, "eps": 0.0},
        "optax": {"eta": 0.001, "beta": 0.9, "eps": 1e-8},  # Optax sets no η itself
    }
    made_by = {"optax": "optax.sm3(η, momentum=β)"}
    spellings = {"optax": {"learning_rate": "eta", "momentum": "beta"}}
    sums_gradients = True

    beta: Num = setting(0.9, "β", r"\beta", "share of the mean that is kept", "[0, 1)")
    eps: Num = setting(0.0, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")

    def init(self, x: Array) -> State:
        """G = m = 0."""
        return State(np.zeros_like(x), np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """G = G + g²; m = βm + (1−β)g/√(G+ε); x − ηm."""
        G = s.G + p.grad * p.grad
        scale = np.where(G > 0, reciprocal(np.sqrt(G + self.eps)), 0.0)
        fresh, inertia = (1 - self.beta) * p.grad, self.beta * s.m
        return Step(fresh, scale, drift=p.eta * inertia), State(G, inertia + scale * fresh)

    def ceiling(self) -> tuple[float, str]:
        """2(1+β)/((1−β)λ): momentum as a mean."""
        return mean_ceiling(self.beta, symbol=r"\beta")
