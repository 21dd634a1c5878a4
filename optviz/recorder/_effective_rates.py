"""The effective rate of each entry, from the state that a step of a PyTorch optimizer left.

The equations are those of `torch/optim/*.py` of PyTorch 2.13 (`_single_tensor_…`; the foreach and
fused forms compute the same): what multiplies the gradient, or its bias-corrected mean, entry by
entry. One more optimizer is one function and its entry in `RATES`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import unwrap
from math import sqrt
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """One parameter after a step: its group's settings, its state, buffers from before the step.

    `sample` returns entries of a tensor of the parameter's shape, (n,): an array, or a tensor.
    """

    group: dict[str, Any]
    state: dict[str, Any]
    overwritten: dict[str, Any]
    sample: Callable[[Any], Any]

    def of(self, name: str) -> Any:
        """The chosen entries of a buffer: (n,)."""
        return self.sample(self.state[name])

    def number(self, name: str) -> float:
        """A setting, which may be a tensor of one number."""
        return float(self.group[name])

    @property
    def t(self) -> float:
        """The step count of the optimizer for this parameter, which may be a tensor."""
        return float(self.state["step"])


Rate = Any  # (n,), an array or a tensor as `Parameter.of`; or one number for all entries


def sgd(s: Parameter) -> Rate:
    """η; with momentum it multiplies the velocity."""
    return s.number("lr")


def adagrad(s: Parameter) -> Rate:
    """η/(1 + (t−1)·lr_decay) / (√G + ε)."""
    eta = s.number("lr") / (1 + (s.t - 1) * s.number("lr_decay"))
    return eta / (s.of("sum") ** 0.5 + s.number("eps"))


def rmsprop(s: Parameter) -> Rate:
    """η/(√v + ε), of the centered form v − m² in place of v."""
    v = s.of("square_avg")
    if s.group["centered"]:
        v = v - s.of("grad_avg") ** 2
    return s.number("lr") / (v**0.5 + s.number("eps"))


def adadelta(s: Parameter) -> Rate:
    """η·√(u + ε)/√(v + ε), u as it was before the step."""
    u, eps = s.overwritten.get("acc_delta", 0.0), s.number("eps")
    return s.number("lr") * ((u + eps) / (s.of("square_avg") + eps)) ** 0.5


def adam(s: Parameter) -> Rate:
    """η/(√v̂ + ε); AMSGrad's v is the largest so far."""
    v = s.of("max_exp_avg_sq" if s.group.get("amsgrad") else "exp_avg_sq")
    beta2 = float(s.group["betas"][1])
    return s.number("lr") / ((v / (1 - beta2**s.t)) ** 0.5 + s.number("eps"))


def radam(s: Parameter) -> Rate:
    """η·r·√(1−β₂ᵗ)/(√v + ε) once ρ > 5, η before."""
    beta2 = float(s.group["betas"][1])
    rest, most = 1 - beta2**s.t, 2 / (1 - beta2) - 1
    rho = most - 2 * s.t * beta2**s.t / rest
    if rho <= 5:
        return s.number("lr")
    r = sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho))
    root = (s.of("exp_avg_sq") / rest) ** 0.5 + s.number("eps") / rest**0.5
    return s.number("lr") * r / root


def adamax(s: Parameter) -> Rate:
    """η/u."""
    return s.number("lr") / s.of("exp_inf")


def asgd(s: Parameter) -> Rate:
    """ηₜ as it was before the step, η at first."""
    return s.overwritten.get("eta", s.number("lr"))


def rprop(s: Parameter) -> Rate:
    """δ, which multiplies the sign of the gradient."""
    return s.of("step_size")


RATES: dict[str, Callable[[Parameter], Rate]] = {
    "SGD": sgd,
    "Adagrad": adagrad,
    "RMSprop": rmsprop,
    "Adadelta": adadelta,
    "Adam": adam,
    "AdamW": adam,
    "NAdam": adam,
    "RAdam": radam,
    "Adamax": adamax,
    "ASGD": asgd,
    "Rprop": rprop,
}
OVERWRITTEN = {"Adadelta": "acc_delta", "ASGD": "eta"}  # but needed for the rate

# The sums or means of squares that stay at their first value until an entry has a gradient, and
# the setting that is this value; 0 without one.
ACCUMULATORS = {
    "Adagrad": ("sum", "initial_accumulator_value"),
    "RMSprop": ("square_avg", ""),
    "Adadelta": ("square_avg", ""),
    "Adam": ("exp_avg_sq", ""),
    "AdamW": ("exp_avg_sq", ""),
    "NAdam": ("exp_avg_sq", ""),
    "RAdam": ("exp_avg_sq", ""),
    "Adamax": ("exp_inf", "eps"),
}


def is_touched(name: str, group: dict[str, Any], state: dict[str, Any]) -> Any:
    """Which entries ever had a gradient, in the shape of the parameter; None if it is not known.

    A rate such as η/ε, of an entry that no step has moved, says nothing of the training.
    """
    if name not in ACCUMULATORS:
        return None
    buffer, first = ACCUMULATORS[name]
    return state[buffer] != (group[first] if first else 0)


def rate_name(kind: Any) -> str:
    """The name in `RATES` of a PyTorch class, or of a subclass with the same step; "" of others."""
    for base in kind.__mro__:
        listed = base.__module__.startswith("torch.optim") and base.__name__ in RATES
        if listed and unwrap(kind.step) is unwrap(base.step):  # PyTorch wraps it for each class
            return str(base.__name__)
    return ""
