"""Gradient descent."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import with_decay
from optviz.optimizers._library_arguments import MOMENTUM_REQUIRED
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class GD(Rule):
    """Gradient descent: one rate for every coordinate.

    Source: d2l, chapter Gradient Descent; `torch.optim.SGD`, `keras.optimizers.SGD`, `optax.sgd`.
    Weight decay in the gradient (PyTorch) and decoupled (Keras) are the same here.
    """

    title = "Gradient descent"
    says = "The plain method: every coordinate gets the same rate η."
    fails = (
        "On an ill-conditioned objective: η must stay below 2/λmax for the steep direction, "
        "and the flat one then needs about κ steps for each factor e."
    )
    equations = ("xₜ = xₜ₋₁ − η gₜ",)
    rate = r"\eta"
    reference = "Cauchy 1847; d2l, chapter Gradient Descent"
    dialects = {
        "d2l": {"eta": 0.4},
        "torch": {"eta": 0.001},
        "keras": {"eta": 0.01},
        "optax": {"eta": 0.01},
    }
    made_by = {
        "torch": "torch.optim.SGD(params, lr=η)",
        "keras": "keras.optimizers.SGD(learning_rate=η)",
        "optax": "optax.sgd(η)",
    }
    spellings = {
        "torch": {"lr": "eta", "weight_decay": "decay"},
        "keras": {"learning_rate": "eta", "weight_decay": "decay"},
        "optax": {"learning_rate": "eta"},
    }
    aliases = ("sgd",)
    becomes = {"momentum": "momentum"}
    arguments = {
        "": {
            "momentum": Argument((None, 0.0), "a number is wanted"),
            "dampening": Argument(None),  # of no momentum
            "nesterov": Argument((None, False), "it needs a momentum, such as momentum=0.9"),
        },
        "torch": {"nesterov": Argument((False,), MOMENTUM_REQUIRED)},
        "keras": {"nesterov": Argument((False, True), "true or false is wanted")},
        "optax": {"nesterov": Argument((False, True), "true or false is wanted")},
    }

    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − ηg."""
        g, _ = with_decay(p, self.decay)
        return Step(g, 1.0), s

    def recurrence(self, eta: Num, curvature: Num) -> tuple[Num, Num] | None:
        """(1−ηλ)eₜ; None with decay, with which it does not end at x*."""
        if np.any(self.decay):
            return None
        return 1 - eta * curvature, 0.0

    def best(self, low: float, high: float) -> dict[str, float] | None:
        """η = 2/(λmax+λmin): both ends shrink by (κ−1)/(κ+1)."""
        if np.any(self.decay):
            return None
        return {"eta": 2 / (low + high)}
