"""Schedule-free gradient descent."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, with_decay
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, scalar, setting


class State(NamedTuple):
    """z − a (batch, dim); the largest rate and the sum of its squares (batch, 1)."""

    u: Array
    most: Array
    weight: Array


@dataclass(frozen=True)
class ScheduleFree(Rule):
    """Schedule-free gradient descent: gradients taken between a plain walk z and its average a.

    Source: Defazio et al. 2024; `schedulefree.SGDScheduleFree` and Optax agree without warm-up.
    x is y = (1−β)z + βa, where the gradient is taken; the average, which the paper evaluates, is
    a = y − (1−β)u with u = z − a. Averages weigh by the square of the largest rate so far. The
    effective rate multiplies the gradient on its way into z. Weight decay is coupled (L2).
    """

    title = "Schedule-free"
    says = (
        "Does without a falling rate: the average of all steps takes its place, and gradients are "
        "taken near that average."
    )
    fails = (
        "Without noise an average lags: on a quadratic it comes in as 1/t where gradient descent "
        "shrinks by a factor a step."
    )
    equations = (
        "zₜ = zₜ₋₁ − η gₜ,  cₜ = ηₜ²/Σηᵢ²",
        "aₜ = (1−cₜ) aₜ₋₁ + cₜ zₜ",
        "xₜ = (1−β) zₜ + β aₜ",
    )
    rate = r"\eta"
    reference = "Defazio et al. 2024, The road less scheduled, NeurIPS"
    dialects = {"paper": {"eta": 1.0, "beta": 0.9}, "optax": {"eta": 1.0, "beta": 0.9}}
    requires_rate = ()
    made_by = {"optax": "optax.contrib.schedule_free_sgd(η, b1=β)"}
    aliases = ("schedule_free", "schedule_free_sgd")
    spellings = {"optax": {"learning_rate": "eta", "b1": "beta", "weight_decay": "decay"}}
    arguments = {
        "optax": {
            "weight_decay": Argument((None,)),
            "warmup_steps": Argument(
                (None, 0.0), "its warm-up differs between the step and its weight; leave it out"
            ),
            "weight_lr_power": Argument((2.0,), "steps weigh by the square of the rate here"),
        }
    }

    beta: Num = setting(0.9, "β", r"\beta", "share of the average where g is taken", "[0, 1)")
    decay: Num = setting(
        0.0, "λ", r"\lambda", "weight decay, coupled (L2)", "[0, inf)", variant=True
    )

    def init(self, x: Array) -> State:
        """z = a = x."""
        zero = np.zeros_like(x[:, :1])
        return State(np.zeros_like(x), zero, zero)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x moves by β(1−c)(ηg) + βcu less than z does by −ηg; u = (1−c)(u − ηg)."""
        g, _ = with_decay(p, self.decay)
        most = np.maximum(s.most, p.eta)
        weight = s.weight + most * most
        c = most * most * reciprocal(weight)
        drift = -self.beta * ((1 - c) * p.eta * g + c * s.u)
        return Step(g, 1.0, drift), State((1 - c) * (s.u - p.eta * g), most, weight)

    def ceiling(self) -> tuple[float, str] | None:
        """2/((1−β)λ): in the end the average stands still, and z reaches x by 1−β."""
        if np.ndim(self.beta):
            return super().ceiling()
        return 2 / (1 - scalar(self.beta)), r"\frac{2}{1-\beta}"

    def asymptotic(self) -> float:
        """On a constant slope z goes on at η and the average at half of it."""
        return 1 - scalar(self.beta) / 2
