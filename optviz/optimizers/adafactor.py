"""Adafactor on a vector."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.optimizers._spelling import Negative
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """The mean square, (batch, dim): of a vector Adafactor keeps all of it."""

    v: Array


@dataclass(frozen=True)
class Adafactor(Rule):
    """Adafactor: RMSProp with a memory that lengthens, steps in proportion to x, and a clip.

    Source: Shazeer & Stern 2018, algorithms 4 and 5. It factors the mean square of a matrix; x is
    a vector here, of which no library factors it. PyTorch bounds v below by ε₁² instead of adding
    ε₁ to g²; Optax does not cap η by 1/√t. Keras takes the mean in RMS, and Optax t^(−c), in single
    precision, which is not imitated (10⁻⁷ in the path). Weight decay is decoupled, x loses ηλx:
    beside the step in PyTorch, and before it in Keras, so that RMS(x) is that of x without it.
    """

    title = "Adafactor"
    says = (
        "Adam for large models: no momentum, a mean square that a matrix can store by rows and "
        "columns, and steps relative to the size of x, so that η has no unit."
    )
    fails = (
        "Near x = 0 steps shrink with x, down to ε₂η, so the way through 0 is slow; and the scale "
        "of x has nothing to do with the distance to the minimum."
    )
    equations = (
        "vₜ = (1−t⁻ᶜ) vₜ₋₁ + t⁻ᶜ (gₜ²+ε₁),  uₜ = gₜ/√vₜ",
        "ρₜ = min(η, 1/√t),  αₜ = max(ε₂, RMS(xₜ₋₁)) ρₜ",
        "xₜ = xₜ₋₁ − αₜ uₜ/max(1, RMS(uₜ)/d)",
    )
    rate = r"\alpha_t/(\sqrt{v_t}\,\max(1,\mathrm{RMS}(u_t)/d))"
    reference = "Shazeer & Stern 2018, ICML"
    dialects = {
        "paper": {"eta": 0.01, "eps1": 1e-30},
        "torch": {"eta": 0.01, "eps1": float(np.finfo(np.float64).eps), "eps1_at": "floor"},
        "keras": {"eta": 0.001, "eps1": 1e-30, "decay_at": "before"},
        "optax": {"eta": 1.0, "eps1": 1e-30, "capped": False},  # its learning_rate=None is 1
    }
    requires_rate = ()
    made_by = {
        "torch": "torch.optim.Adafactor(params, lr=η)",
        "keras": "keras.optimizers.Adafactor(learning_rate=η)",
        "optax": "optax.adafactor(η)",
    }
    spellings = {
        "torch": {
            "lr": "eta", "beta2_decay": Negative("decay_rate"), "eps": ("eps1", "eps2"), "d": "d",
            "weight_decay": "decay",
        },
        "keras": {
            "learning_rate": "eta", "beta_2_decay": Negative("decay_rate"), "epsilon_1": "eps1",
            "epsilon_2": "eps2", "clip_threshold": "d", "weight_decay": "decay",
        },
        "optax": {
            "learning_rate": "eta", "decay_rate": "decay_rate", "eps": "eps1",
            "clipping_threshold": "d", "multiply_by_parameter_scale": "relative",
        },
    }  # fmt: skip
    arguments = {
        "torch": {"eps[0]": Argument((None,))},
        "keras": {
            "relative_step": Argument((False, True), "true or false is wanted"),  # Keras caps η
            "weight_decay": Argument((None,)),
        },
        "optax": {
            "learning_rate": Argument((None,)),  # the step as it is, as of a rate of 1
            "clipping_threshold": Argument(
                reason="write clipping_threshold=1e300 for no clipping", forbidden=(None,)
            ),
            "min_dim_size_to_factor": Argument(None),  # of matrices, as the next
            "factored": Argument((False, True), "true or false is wanted"),
            "decay_offset": Argument((0.0,), "the count of steps begins at 1 here"),
            "momentum": Argument((None,), "momentum on top of Adafactor is not drawn"),
            "dtype_momentum": Argument(None),
            "weight_decay_rate": Argument(
                (None,), "it takes λx off x, whatever the rate; weight_decay=λ takes ηλx"
            ),
        },
    }
    rates_need = "x"

    d: Num = setting(1.0, "d", "d", "the RMS of u is clipped to this", "(0, inf)")
    decay_rate: Num = setting(0.8, "c", "c", "g² enters by t⁻ᶜ", "[0, 1]", variant=True)
    eps1: Num = setting(1e-30, "ε₁", r"\epsilon_1", "keeps v from 0", "[0, inf)", variant=True)
    eps2: Num = setting(
        1e-3, "ε₂", r"\epsilon_2", "the least RMS of x that counts", "(0, inf)", variant=True
    )
    eps1_at: str = setting(
        "square",
        "",
        "",
        "g²+ε₁ in the mean, or v at least ε₁²",
        variant=True,
        choices=("square", "floor"),
    )
    capped: bool = setting(True, "", "", "η at most 1/√t", variant=True)
    relative: bool = setting(True, "", "", "steps in proportion to RMS(x)", variant=True)
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay off x", "[0, inf)", variant=True)
    decay_at: str = setting(
        "beside",
        "",
        "",
        "ηλx beside the step, or x shrunk before it",
        variant=True,
        choices=("beside", "before"),
    )

    def init(self, x: Array) -> State:
        """v = 0."""
        return State(np.zeros_like(x))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; the scale has αₜ/η."""
        g, b = p.grad, arrays.power(p.t, -self.decay_rate)
        if self.eps1_at == "square":
            v = held = (1 - b) * s.v + b * (g * g + self.eps1)
        else:
            v = (1 - b) * s.v + b * g * g
            held = np.maximum(v, self.eps1 * self.eps1)
        scale = reciprocal(np.sqrt(held))
        scale = scale / np.maximum(1.0, _rms(g * scale) / self.d)
        drift = p.eta * self.decay * p.x
        if self.relative:
            x = p.x - drift if self.decay_at == "before" else p.x
            scale = scale * np.maximum(self.eps2, _rms(x))
        if self.capped:
            longest = arrays.as_array(p.eta * np.sqrt(p.t))
            scale = scale * np.minimum(1.0, reciprocal(longest))
        return Step(g, scale, drift), State(v)

    def ceiling(self) -> tuple[float, str] | None:
        """None: the clip and the size of x change the rate with every step."""
        return None

    def forecast(self, p: Setup) -> Forecast:
        """A step is at most d·η·RMS(x) long on average."""
        sentence = (
            "steps of at most {d}·η = {eta} times the size of x, and shorter as 1/√t falls below "
            "η: no formula tells where it ends"
        )
        return Forecast(sentence, {"d": float(self.d), "eta": float(self.d) * p.eta})


def _rms(x: Array) -> Array:
    """The root mean square of each row: (batch, 1)."""
    return arrays.as_array(np.sqrt(arrays.dot(x, x) / x.shape[-1]))[:, None]
