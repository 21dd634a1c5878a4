"""The Polyak step."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._library_arguments import UNNAMED
from optviz.optimizers._rule import Point, Rule, Step
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Nothing is remembered."""


@dataclass(frozen=True)
class Polyak(Rule):
    """Gradient descent with Polyak's step: as far as f would have to fall, were it linear.

    Source: Polyak 1969; Loizou et al. 2021 for the bounded form (SPS_max). f* is the objective's
    own minimum (Optax asks for it, `f_min`). Optax bounds the rate by 1 before η, and stands still
    where ‖g‖² is 2⁻⁵² or less. Without a minimum f* is −∞ and only the bound counts. Optax 0.2.8
    multiplies g by η before it takes ‖g‖², and so divides the step by η, a fault that is not
    imitated; at η = 1 they agree.
    """

    title = "Polyak step"
    says = (
        "Needs no tuning of η where f* is known: the step solves f(x) − η‖g‖² = f*, and so grows "
        "along flat valleys and shrinks on walls."
    )
    fails = (
        "f* is seldom known, and a wrong one stalls it or throws it about; it is one rate for all "
        "coordinates, and pays κ as gradient descent does."
    )
    equations = ("γₜ = min((f(xₜ₋₁) − f*)/(‖gₜ‖²+ε), γmax)", "xₜ = xₜ₋₁ − η γₜ gₜ")
    rate = r"\eta\,\frac{f(x_{t-1})-f^*}{\|g_t\|^2+\epsilon}"
    reference = "Polyak 1969; Loizou, Vaswani, Laradji & Lacoste-Julien 2021, AISTATS"
    dialects = {
        "paper": {"eta": 1.0},
        "optax": {"eta": 1.0, "cap": 1.0, "floor": 2.220446049250313e-16},
    }
    requires_rate = ()
    made_by = {"optax": "optax.polyak_sgd(max_learning_rate=γmax, scaling=η, f_min=f*)"}
    aliases = ("polyak_sgd", "sps")
    spellings = {"optax": {"scaling": "eta", "max_learning_rate": "cap", "eps": "eps"}}
    arguments = {
        "optax": {
            UNNAMED: Argument((), "Optax's first is max_learning_rate; write that, or scaling="),
            "f_min": Argument((), "f* is that of the objective; leave it out"),
            "variant": Argument(("sps", "sps+"), "sps or sps+ is wanted"),  # as f is above f*
        }
    }
    uses_value = True
    rates_need = "f"

    eps: Num = setting(0.0, "ε", r"\epsilon", "added to ‖g‖²", "[0, inf)", variant=True)
    cap: Num = setting(
        np.inf,
        "γmax",
        r"\gamma_{\max}",
        "the rate before η is never more",
        "(0, inf]",
        variant=True,
    )
    floor: Num = setting(
        0.0, "φ", r"\varphi", "no step where ‖g‖²+ε is not above this", "[0, inf)", variant=True
    )

    def init(self, x: Array) -> State:
        """Nothing."""
        return State()

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """x − ηγg with γ = (f − f*)/(‖g‖²+ε), no more than the cap."""
        gap = (p.value - (-np.inf if p.lowest is None else p.lowest))[:, None]
        square = arrays.dot(p.grad, p.grad)[:, None] + self.eps
        step = np.minimum(np.maximum(gap, 0.0) * reciprocal(square), self.cap)
        no_step = 0 * np.minimum(gap, 0.0)  # nan where f is unknown
        return Step(p.grad, np.where(square > self.floor, step, no_step)), s

    def ceiling(self) -> tuple[float, str] | None:
        """2/λ; with ε the rate falls to 0 near the minimum, whatever η is."""
        return None if np.any(self.eps) else super().ceiling()

    def asymptotic(self) -> float | None:
        """None: a slope has no minimum, so only the cap bounds its rate."""
        return None
