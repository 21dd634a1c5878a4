"""A parameter of PyTorch before and after a step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.recorder import sampling
from optviz.recorder._effective_rates import OVERWRITTEN, RATES, Parameter, is_touched
from optviz.recorder.measures import Measures, rounded


@dataclass(frozen=True, eq=False)
class Before:
    """A parameter before a step: a copy, the norm and sampled entries of its gradient, buffers."""

    value: Any
    norm: float
    grad: Array
    buffers: dict[str, Any]


def sampler(parameter: Any) -> Callable[[Any], Array]:
    """A function from tensors of the parameter's shape to some of their entries, float64.

    It also takes a tensor of one number, which stands for all entries.
    """
    chosen = sampling.entries(parameter.numel())

    def sample(tensor: Any) -> Array:
        flat = tensor.detach().reshape(-1)
        return np.array(flat[chosen].cpu().double().numpy())  # a copy: buffers are overwritten

    return sample


def dense(grad: Any, parameter: Any) -> Any:
    """A gradient in the layout of its parameter; that of an embedding may be sparse."""
    return grad if grad.layout == parameter.layout else grad.to_dense()


def before(parameter: Any, optimizer: Any, name: str) -> Before:
    """The values that a step overwrites; `name` is the optimizer's in `RATES`, or ""."""
    grad = dense(parameter.grad.detach(), parameter)
    if (scale := getattr(optimizer, "grad_scale", None)) is not None:
        grad = grad / scale  # of a GradScaler: fused steps divide within
    buffer, state = OVERWRITTEN.get(name, ""), optimizer.state.get(parameter, {})
    buffers = {buffer: state[buffer].detach().clone()} if buffer in state else {}
    entries = np.empty(0) if name else sampler(parameter)(grad)
    return Before(parameter.detach().clone(), float(grad.norm()), entries, buffers)


def after(parameter: Any, old: Before, group: dict[str, Any], state: Any, name: str) -> Measures:
    """The effect of the step. Without a `name` in `RATES` the rate is the ratio −Δp/g."""
    sample, value = sampler(parameter), parameter.detach()
    update, touched = value - old.value, None
    if name:
        buffers = {key: sample(buffer) for key, buffer in old.buffers.items()}
        rate = RATES[name](Parameter(group, state, buffers, sample))
        mask = is_touched(name, group, state)
        touched = None if mask is None or mask.all() else sample(mask) > 0
    else:
        with np.errstate(all="ignore"):
            rate = sample(update) / (old.grad if group.get("maximize") else -old.grad)
    norms = old.norm, float(update.norm()), float(value.norm())
    if np.ndim(rate) == 0:
        rate = np.full(len(range(value.numel())[sampling.entries(value.numel())]), rate)
    return Measures(value.numel(), rate, norms, touched)


def eta(group: dict[str, Any]) -> float | None:
    """The learning rate of a group, which may be a tensor of one number; None if it has none."""
    return rounded(float(group["lr"])) if "lr" in group else None
