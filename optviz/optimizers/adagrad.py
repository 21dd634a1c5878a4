"""AdaGrad, diagonal form."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._rule import Point, Rule, Step, reciprocal
from optviz.settings import Num, setting


class State(NamedTuple):
    """The sum of squared gradients: (batch, dim)."""

    G: Array


@dataclass(frozen=True)
class AdaGrad(Rule):
    """AdaGrad: a rate per coordinate, η over the root of the sum of its squared gradients.

    Source: Duchi, Hazan & Singer 2011; d2l, chapter AdaGrad. ε stands inside the root in the
    book, Keras and Optax, outside in PyTorch; Keras and Optax start G at 0.1.
    """

    title = "AdaGrad"
    says = (
        "Gives each coordinate its own rate: small where gradients were large, large for rare "
        "features, with no knob but η."
    )
    fails = (
        "G only grows, so with a small η the path stalls on the way; and it scales the axes, so "
        "an objective turned against them gains nothing."
    )
    equations = ("Gₜ = Gₜ₋₁ + gₜ²", "xₜ = xₜ₋₁ − η/√(Gₜ+ε) ⊙ gₜ")
    rate = r"\eta/\sqrt{G_t+\epsilon}"
    reference = "Duchi, Hazan & Singer 2011, JMLR 12; d2l, chapter AdaGrad"
    dialects = {
        "d2l": {"eta": 0.4, "eps": 1e-6},
        "torch": {"eta": 0.01, "eps": 1e-10, "eps_at": "outside"},
        "keras": {"eta": 0.001, "eps": 1e-7, "G0": 0.1},
        "optax": {"eta": 0.001, "eps": 1e-7, "G0": 0.1},
    }
    made_by = {
        "torch": "torch.optim.Adagrad(params, lr=η)",
        "keras": "keras.optimizers.Adagrad(learning_rate=η)",
        "optax": "optax.adagrad(η)",
    }
    sums_gradients = True

    eps: Num = setting(1e-6, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    eps_at: str = setting(
        "inside", "", "", "√(G+ε) or √G+ε", variant=True, choices=("inside", "outside")
    )
    G0: Num = setting(0.0, "G₀", "G_0", "the sum before the first step", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """G = G₀."""
        return State(np.zeros_like(x) + self.G0)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """G = G + g²; x − η/√(G+ε) ⊙ g."""
        G = s.G + p.grad * p.grad
        root = np.sqrt(G + self.eps) if self.eps_at == "inside" else np.sqrt(G) + self.eps
        return Step(p.grad, reciprocal(root)), State(G)
