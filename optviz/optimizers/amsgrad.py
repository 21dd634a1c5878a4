"""AMSGrad."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._equations import mean_ceiling, reciprocal, with_decay
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._rule import Point, Rule, Step
from optviz.optimizers._spelling import Switch
from optviz.text.arguments import Argument
from optviz.text.settings import Num, setting


class State(NamedTuple):
    """Mean, mean square and its maximum (batch, dim); β₁ᵗ and β₂ᵗ (batch, 1)."""

    m: Array
    v: Array
    V: Array
    b1t: Array
    b2t: Array


@dataclass(frozen=True)
class AMSGrad(Rule):
    """AMSGrad: Adam that divides by the largest mean square so far.

    Source: Reddi, Kale & Kumar 2018, who correct no bias. PyTorch and Keras take the maximum of v
    and correct it afterwards, Optax takes the maximum of v̂, which is large at the start and stays;
    the paths differ widely. Keras's ε is "epsilon hat". Weight decay enters the gradient in PyTorch
    and is decoupled in Keras; with `decoupled` PyTorch's is AdamW(amsgrad=True).
    """

    title = "AMSGrad"
    says = (
        "Mends Adam's non-convergence: a rate that forgot a rare large gradient can grow and lead "
        "astray; one over the maximum cannot."
    )
    fails = (
        "One steep place at the start slows the coordinate for ever: the fault of AdaGrad again, "
        "and here it often is slower than Adam."
    )
    equations = (
        "mₜ = β₁ mₜ₋₁ + (1−β₁) gₜ",
        "vₜ = β₂ vₜ₋₁ + (1−β₂) gₜ²",
        "Vₜ = max(Vₜ₋₁, vₜ)",
        "xₜ = xₜ₋₁ − η/(√Vₜ+ε) ⊙ mₜ",
    )
    rate = r"\eta/(\sqrt{V_t}+\epsilon)"
    reference = "Reddi, Kale & Kumar 2018, ICLR"
    dialects = {
        "paper": {"eta": 0.001, "eps": 1e-8},
        "torch": {"eta": 0.001, "eps": 1e-8, "corrects": "after", "corrects_mean": True},
        "keras": {
            "eta": 0.001, "eps": 1e-7, "corrects": "after", "corrects_mean": True, "eps_at": "hat",
            "decoupled": True,
        },
        "optax": {  # leaves η to the user
            "eta": 0.001, "eps": 1e-8, "corrects": "before", "corrects_mean": True,
        },
    }  # fmt: skip
    made_by = {
        "torch": "torch.optim.Adam(params, lr=η, amsgrad=True)",
        "keras": "keras.optimizers.Adam(learning_rate=η, amsgrad=True)",
        "optax": "optax.amsgrad(η)",
    }
    spellings = {
        "torch": {
            "lr": "eta", "betas": ("beta1", "beta2"), "eps": "eps", "weight_decay": "decay",
            "decoupled_weight_decay": "decoupled",
        },
        "keras": {
            "learning_rate": "eta", "beta_1": "beta1", "beta_2": "beta2", "epsilon": "eps",
            "weight_decay": "decay",
        },
        "optax": {
            "learning_rate": "eta", "b1": "beta1", "b2": "beta2", "eps": "eps",
            "eps_root": "eps_root", "bias_correction_mu": "corrects_mean",
            "bias_correction_nu": Switch("corrects", on="before", off="never"),
        },
    }  # fmt: skip
    arguments = {"": {"amsgrad": Argument((True,), "true is wanted; without it the rule is adam")}}
    momentum = "beta1"

    beta1: Num = setting(0.9, "β₁", r"\beta_1", "share of the mean that is kept", "[0, 1)")
    beta2: Num = setting(0.999, "β₂", r"\beta_2", "share of the mean square kept", "[0, 1)")
    eps: Num = setting(1e-8, "ε", r"\epsilon", "keeps the root from 0; 0 for none", "[0, inf)")
    corrects: str = setting(
        "never",
        "",
        "",
        "the bias of v: not, before the maximum, or after it",
        variant=True,
        choices=("never", "before", "after"),
    )
    corrects_mean: bool = setting(False, "", "", "the bias of m", variant=True)
    eps_at: str = setting(
        "outside",
        "",
        "",
        "√V̂+ε, or epsilon hat: √V+ε under the corrected rate",
        variant=True,
        choices=("outside", "hat"),
    )
    eps_root: Num = setting(0.0, "ε̄", r"\bar\epsilon", "inside the root", "[0, inf)", variant=True)
    decay: Num = setting(0.0, "λ", r"\lambda", "weight decay", "[0, inf)", variant=True)
    decoupled: bool = setting(False, "", "", "decay off x, not into g", variant=True)

    def init(self, x: Array) -> State:
        """m = v = V = 0 and β⁰ = 1."""
        zero, one = np.zeros_like(x), np.ones_like(x[:, :1])
        return State(zero, zero, zero, one, one)

    def update(self, p: Point, s: State) -> tuple[Step, State]:
        """The equations above; m̂ = m/(1−β₁ᵗ), and 1−β₂ᵗ divides v before or V after."""
        g, drift = with_decay(p, self.decay, self.decoupled)
        m = self.beta1 * s.m + (1 - self.beta1) * g
        v = self.beta2 * s.v + (1 - self.beta2) * g * g
        b1t, b2t = s.b1t * self.beta1, s.b2t * self.beta2
        V = np.maximum(s.V, v / (1 - b2t) if self.corrects == "before" else v)
        state = State(m, v, V, b1t, b2t)
        mean = m / (1 - b1t) if self.corrects_mean else m
        late = 1 - b2t if self.corrects == "after" else np.ones_like(b2t)
        if self.eps_at == "hat":
            root = np.sqrt(V + self.eps_root) + self.eps
            return Step(mean, np.sqrt(late) * reciprocal(root), drift), state
        root = np.sqrt(V / late + self.eps_root) + self.eps
        return Step(mean, reciprocal(root), drift), state

    def ceiling(self) -> tuple[float, str]:
        """Adam's."""
        return mean_ceiling(self.beta1)

    def forecast(self, p: Setup) -> Forecast:
        """V never falls, so the steepest place passed decides the rates."""
        return Forecast(
            "its rates keep to what the largest v allows, and no formula tells that", {}
        )
