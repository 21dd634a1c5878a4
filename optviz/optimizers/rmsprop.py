"""RMSProp."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal, velocity_ceiling, with_decay
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.optimizers._spelling import Switch
from optviz.text.arguments import Argument
from optviz.text.settings import Num, is_zero, scalar, setting


class State(NamedTuple):
    """Mean square, mean (used where centered), momentum buffer: (batch, dim); ρᵗ (batch, 1)."""

    v: Array
    m: Array
    b: Array
    rt: Array


@dataclass(frozen=True)
class RMSProp(Rule):
    """RMSProp: AdaGrad with an exponential mean of squared gradients in place of the sum.

    Source: Tieleman & Hinton 2012; d2l, chapter RMSProp. No form corrects the bias of the mean,
    except Optax's on request, so the first step is η/√(1−ρ) long. PyTorch puts ε outside the root,
    the others inside; its momentum buffer leaves the rate outside, Keras's and Optax's include it,
    and Optax's can look ahead (`nesterov`). Weight decay enters the gradient in PyTorch and is
    decoupled in Keras.
    """

    title = "RMSProp"
    says = "Mends AdaGrad's stall: old gradients are forgotten, so the rate can rise again."
    fails = (
        "As the gradient vanishes the rate η/√v grows past 2/λ, and the path ends in a two-cycle "
        "of half-width η/2 about the minimum instead of at it."
    )
    equations = ("vₜ = ρ vₜ₋₁ + (1−ρ) gₜ²", "xₜ = xₜ₋₁ − η/√(vₜ+ε) ⊙ gₜ")
    rate = r"\eta/\sqrt{v_t+\epsilon}"
    reference = "Tieleman & Hinton 2012, Coursera lecture 6.5; d2l, chapter RMSProp"
    dialects = {
        "d2l": {"eta": 0.4, "rho": 0.9, "eps": 1e-6},
        "torch": {"eta": 0.01, "rho": 0.99, "eps": 1e-8, "eps_at": "outside"},
        "keras": {
            "eta": 0.001, "rho": 0.9, "eps": 1e-7, "rate_at": "inside", "decoupled": True,
        },
        "optax": {"eta": 0.01, "rho": 0.9, "eps": 1e-8, "rate_at": "inside"},
    }  # fmt: skip
    made_by = {
        "torch": "torch.optim.RMSprop(params, lr=η, alpha=ρ)",
        "keras": "keras.optimizers.RMSprop(learning_rate=η, rho=ρ)",
        "optax": "optax.rmsprop(η, decay=ρ)",
    }
    spellings = {
        "torch": {
            "lr": "eta", "alpha": "rho", "eps": "eps", "momentum": "beta", "centered": "centered",
            "weight_decay": "decay",
        },
        "keras": {
            "learning_rate": "eta", "rho": "rho", "epsilon": "eps", "momentum": "beta",
            "centered": "centered", "weight_decay": "decay",
        },
        "optax": {
            "learning_rate": "eta", "decay": "rho", "eps": "eps", "initial_scale": "v0",
            "eps_in_sqrt": Switch("eps_at", on="inside", off="outside"), "centered": "centered",
            "momentum": "beta", "nesterov": "nesterov", "bias_correction": "corrected",
        },
    }  # fmt: skip
    arguments = {"optax": {"momentum": Argument((None,))}}
    momentum = "beta"

    rho: Num = setting(0.9, "ρ", r"\rho", "share of the mean square that is kept", "[0, 1)")
    eps: Num = setting(1e-6, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    beta: Num = setting(0.0, "β", r"\beta", "momentum", "[0, 1)", variant=True)
    centered: bool = setting(False, "", "", "the variance instead of the mean square", variant=True)
    eps_at: str = setting(
        "inside", "", "", "√(v+ε) or √v+ε", variant=True, choices=("inside", "outside")
    )
    rate_at: str = setting(
        "outside",
        "",
        "",
        "η outside the momentum buffer or inside",
        variant=True,
        choices=("outside", "inside"),
    )
    nesterov: bool = setting(False, "", "", "the buffer is used one step ahead", variant=True)
    corrected: bool = setting(False, "", "", "v/(1−ρᵗ) for v, and so for the mean", variant=True)
    v0: Num = setting(0.0, "v₀", "v_0", "the mean square before step 1", "[0, inf)", variant=True)
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)

    def init(self, x: Array) -> State:
        """v = v₀, m = b = 0 and ρ⁰ = 1."""
        zero = np.zeros_like(x)
        return State(zero + self.v0, zero, zero, np.ones_like(x[:, :1]))

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """v = ρv + (1−ρ)g²; x − η/√(v+ε) ⊙ g; with momentum b = βb + g/√(v+ε) in place of it."""
        (g, drift), rho = with_decay(p, self.decay, self.decoupled), self.rho
        v = rho * s.v + (1 - rho) * g * g
        m = rho * s.m + (1 - rho) * g
        rt = s.rt * rho
        scale = reciprocal(self._root(v, m, rt))
        inside = self.rate_at == "inside"
        b = self.beta * s.b + (p.eta * scale * g if inside else scale * g)
        inertia = (self.beta if inside else p.eta * self.beta) * (b if self.nesterov else s.b)
        return Step(g, scale, inertia + drift), State(v, m, b, rt)

    def _root(self, v: Array, m: Array, rt: Array) -> Array:
        """What the gradient is divided by."""
        if self.corrected:
            v, m = v / (1 - rt), m / (1 - rt)
        spread = np.maximum(v - m * m, 0.0) if self.centered else v
        if self.eps_at == "inside":
            return arrays.as_array(np.sqrt(spread + self.eps))
        return arrays.as_array(np.sqrt(spread) + self.eps)

    def ceiling(self) -> tuple[float, str] | None:
        """2/λ; with momentum 2(1+β)/λ, as the heavy ball, or Nesterov's (2+2β)/((1+2β)λ)."""
        if is_zero(self.beta):
            return super().ceiling()
        return velocity_ceiling(self.beta, self.nesterov)

    def asymptotic(self) -> float:
        """A constant gradient adds up to this many of itself."""
        return 1 / (1 - scalar(self.beta))

    def forecast(self, p: Setup) -> Forecast:
        """Where it ends at a constant rate: in the two-cycle x = ±a with η/√(λ²a²+ε) = 2/λ.

        So a = ½√(η² − 4ε/λ²), or η/2 − ε/λ with ε outside; where that is not above 0 the rate
        ends under 2/λ at its largest, which ε sets, and the coordinate comes to rest.
        """
        if self.beta or self.centered or self.decay or not self.rho:
            sentence = (
                "comes near, then goes on about the minimum at the scale of η = {eta}: only a "
                "falling rate ends that"
            )
            return Forecast(sentence, {"eta": p.eta})
        flat = p.curvature == 0
        width = np.where(flat, 1.0, p.curvature)
        if self.eps_at == "inside":
            half = np.sqrt(np.maximum(p.eta * p.eta - 4 * self.eps / width**2, 0.0)) / 2
        else:
            half = np.maximum(p.eta / 2 - self.eps / width, 0.0)
        half = np.where(flat, 0.0, half)
        if not half.any():
            largest = p.eta / (np.sqrt(self.eps) if self.eps_at == "inside" else self.eps)
            return Forecast(
                "converges: ε lets no rate above {largest}, and 2/λ is {ceiling}",
                {"largest": float(largest), "ceiling": 2 * p.one_step_rates},
            )
        if not p.diagonal:
            sentence = (
                "comes near, then ends in a cycle of about {cycle} a coordinate: only a falling "
                "rate ends that"
            )
            return Forecast(sentence, {"cycle": p.eta / 2})
        rest = float((p.curvature * half * half).sum() / (p.curvature * p.away * p.away).sum())
        sentence = (
            "comes near, then ends in a two-cycle of half-width {cycle} about the minimum (η/2 is "
            "{half}), where f − f* is {rest} of the start's: only a falling rate ends that"
        )
        return Forecast(sentence, {"cycle": half, "half": p.eta / 2, "rest": rest})
