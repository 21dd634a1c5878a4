"""What is measured of parameters over a step: rates entry by entry, norms of all entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.recorder import _rates

MOST = 4096  # entries of a tensor whose rates are looked at, evenly spread: costs are bounded


@dataclass(frozen=True, eq=False)
class Before:
    """A parameter as it was before a step: a copy, its gradient's norm and looked-at entries."""

    value: Any
    norm: float
    grad: Array
    kept: dict[str, Array]


@dataclass(frozen=True, eq=False)
class After:
    """What a step did to a parameter: rates (n,), and the norms of gradient, move and value."""

    entries: int
    rate: Array
    norms: tuple[float, float, float]


def picker(parameter: Any) -> Callable[[Any], Array]:
    """Makes a tensor of the parameter's shape into at most `MOST` of its entries, in float64.

    A tensor of one number is all entries alike.
    """
    stride = -(-parameter.numel() // MOST)

    def pick(tensor: Any) -> Array:
        flat = tensor.detach().reshape(-1)
        return np.array(flat[::stride].cpu().double().numpy())  # a copy: buffers are overwritten

    return pick


def before(parameter: Any, optimizer: Any, name: str) -> Before:
    """What a step will overwrite; `name` is the optimizer's in `RATES`, or ""."""
    pick, grad = picker(parameter), parameter.grad.detach()
    if grad.layout != parameter.layout:  # sparse, as embeddings may have it
        grad = grad.to_dense()
    buffer, state = _rates.KEPT.get(name, ""), optimizer.state.get(parameter, {})
    kept = {buffer: pick(state[buffer])} if buffer in state else {}
    entries = np.empty(0) if name else pick(grad)
    return Before(parameter.detach().clone(), float(grad.norm()), entries, kept)


def after(parameter: Any, old: Before, group: dict[str, Any], state: Any, name: str) -> After:
    """What the step did. Without a `name` in `RATES` the rate is the realised ratio −Δp/g."""
    pick, value = picker(parameter), parameter.detach()
    moved = value - old.value
    if name:
        rate = _rates.RATES[name](_rates.Seen(group, state, old.kept, pick))
    else:
        with np.errstate(all="ignore"):
            rate = pick(moved) / (old.grad if group.get("maximize") else -old.grad)
    norms = old.norm, float(moved.norm()), float(value.norm())
    return After(value.numel(), np.broadcast_to(rate, pick(value).shape), norms)


def eta(group: dict[str, Any]) -> float | None:
    """The learning rate of a group, which may be a tensor of one number; None if it has none."""
    return _short(float(group["lr"])) if "lr" in group else None


def line(done: Sequence[After], quantiles: Sequence[float]) -> dict[str, Any]:
    """The measurements of one line of the log; None for what is not finite."""
    rate = np.concatenate([each.rate for each in done])
    rate = rate[np.isfinite(rate)]
    found = np.quantile(rate, quantiles).tolist() if rate.size else [None] * len(quantiles)
    norms = (sqrt(sum(n * n for n in norm)) for norm in zip(*(d.norms for d in done), strict=True))
    plain = [_short(norm) for norm in norms]
    rates = [value if value is None else _short(value) for value in found]
    return {
        "entries": sum(each.entries for each in done),
        "rate": rates,
        **dict(zip(("grad", "update", "parameter"), plain, strict=True)),
    }


def _short(value: float) -> float | None:
    """Nine digits, all that float32 has."""
    return float(f"{value:.9g}") if np.isfinite(value) else None
