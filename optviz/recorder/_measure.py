"""Measurements of parameters over a step: rates of sampled entries, norms of all entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.recorder._effective_rates import OVERWRITTEN, RATES, Parameter

MOST = 4096  # sampled entries of a tensor, evenly spread: this bounds the costs


@dataclass(frozen=True, eq=False)
class Before:
    """A parameter before a step: a copy, the norm and sampled entries of its gradient, buffers."""

    value: Any
    norm: float
    grad: Array
    buffers: dict[str, Array]


@dataclass(frozen=True, eq=False)
class After:
    """The effect of a step on a parameter: rates (n,), norms of gradient, update and value."""

    entries: int
    rate: Array
    norms: tuple[float, float, float]


def sampler(parameter: Any) -> Callable[[Any], Array]:
    """A function from tensors of the parameter's shape to at most `MOST` of their entries, float64.

    It also takes a tensor of one number, which stands for all entries.
    """
    stride = -(-parameter.numel() // MOST)

    def sample(tensor: Any) -> Array:
        flat = tensor.detach().reshape(-1)
        return np.array(flat[::stride].cpu().double().numpy())  # a copy: buffers are overwritten

    return sample


def before(parameter: Any, optimizer: Any, name: str) -> Before:
    """The values that a step overwrites; `name` is the optimizer's in `RATES`, or ""."""
    sample, grad = sampler(parameter), parameter.grad.detach()
    if grad.layout != parameter.layout:  # sparse, as embeddings may have it
        grad = grad.to_dense()
    buffer, state = OVERWRITTEN.get(name, ""), optimizer.state.get(parameter, {})
    buffers = {buffer: sample(state[buffer])} if buffer in state else {}
    entries = np.empty(0) if name else sample(grad)
    return Before(parameter.detach().clone(), float(grad.norm()), entries, buffers)


def after(parameter: Any, old: Before, group: dict[str, Any], state: Any, name: str) -> After:
    """The effect of the step. Without a `name` in `RATES` the rate is the ratio −Δp/g."""
    sample, value = sampler(parameter), parameter.detach()
    update = value - old.value
    if name:
        rate = RATES[name](Parameter(group, state, old.buffers, sample))
    else:
        with np.errstate(all="ignore"):
            rate = sample(update) / (old.grad if group.get("maximize") else -old.grad)
    norms = old.norm, float(update.norm()), float(value.norm())
    return After(value.numel(), np.broadcast_to(rate, sample(value).shape), norms)


def eta(group: dict[str, Any]) -> float | None:
    """The learning rate of a group, which may be a tensor of one number; None if it has none."""
    return _rounded(float(group["lr"])) if "lr" in group else None


def line(effects: Sequence[After], quantiles: Sequence[float]) -> dict[str, Any]:
    """The measurements of one line of the log; None for what is not finite."""
    rate = np.concatenate([each.rate for each in effects])
    rate = rate[np.isfinite(rate)]
    values = np.quantile(rate, quantiles).tolist() if rate.size else [None] * len(quantiles)
    columns = zip(*(effect.norms for effect in effects), strict=True)
    norms = (sqrt(sum(norm * norm for norm in column)) for column in columns)
    rounded = [_rounded(norm) for norm in norms]
    rates = [value if value is None else _rounded(value) for value in values]
    return {
        "entries": sum(each.entries for each in effects),
        "rate": rates,
        **dict(zip(("grad", "update", "parameter"), rounded, strict=True)),
    }


def _rounded(value: float) -> float | None:
    """Nine digits, all that float32 has."""
    return float(f"{value:.9g}") if np.isfinite(value) else None
