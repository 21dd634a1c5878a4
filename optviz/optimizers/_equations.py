"""Parts of equations that several rules share: weight decay, means, ratios, stability ceilings."""

import numpy as np

from optviz.arrays import Array, records
from optviz.optimizers._rule import Point
from optviz.text.settings import Num, is_zero, scalar

_TINY = float(np.finfo(float).tiny)


def with_decay(p: Point, decay: Num, decoupled: bool = False) -> tuple[Array, Num]:
    """(gradient, drift) with weight decay λ: (g + λx, 0), or decoupled (g, ηλx).

    Where λ is 0, p.x is not used, so that it may be unknown.
    """
    if is_zero(decay):
        return p.grad, 0.0
    if decoupled:
        return p.grad, p.eta * decay * p.x
    return p.grad + decay * p.x, 0.0


def reciprocal(root: Array) -> Array:
    """1/root, and 0 where root is 0: with no ε, a coordinate that never had a gradient stays.

    So does one whose gradients have become so small that 1/root overflows.
    """
    if not records(root) and root.size and root.min() >= _TINY:
        return 1.0 / root
    return np.divide(1.0, root, out=np.zeros_like(root), where=~(np.abs(root) < _TINY))


def trust_ratio(size: Array, length: Array) -> Array:
    """size/length, and 1 where either is 0."""
    return np.where((size == 0) | (length == 0), 1.0, size * reciprocal(length))


def corrected_mean(m: Array, g: Array, beta1: Num, b1t: Array, nesterov: bool) -> Array:
    """mₜ/(1−β₁ᵗ), or Optax's `nesterov`: β₁ mₜ/(1−β₁ᵗ⁺¹) + (1−β₁) gₜ/(1−β₁ᵗ)."""
    if not nesterov:
        return m / (1 - b1t)
    return beta1 * (m / (1 - b1t * beta1)) + (1 - beta1) * (g / (1 - b1t))


def velocity_ceiling(
    beta: Num, nesterov: bool = False, symbol: str = r"\beta"
) -> tuple[float, str]:
    """The `Rule.ceiling` of a velocity: 2(1+β), and one step ahead 2(1+β)/(1+2β).

    For a column of β nothing better than 2 is given.
    """
    if np.ndim(beta):
        return 2.0, "2"
    height = 2 * (1 + scalar(beta))
    if not nesterov:
        return height, rf"2(1+{symbol})"
    return height / (1 + 2 * scalar(beta)), rf"\frac{{2+2{symbol}}}{{1+2{symbol}}}"


def mean_ceiling(beta: Num, nesterov: bool = False, symbol: str = r"\beta_1") -> tuple[float, str]:
    """The `Rule.ceiling` of a mean: 2(1+β)/(1−β), and one step ahead (2+2β)/((1+2β)(1−β)).

    Of a direction that alternates the mean is (1−β)/(1+β) of the gradient, and β of that with 1−β
    of the gradient is (1−β)(1+2β)/(1+β) of it. For a column of β nothing better than 2 is given.
    """
    if np.ndim(beta):
        return 2.0, "2"
    height, left = 2 * (1 + scalar(beta)), 1 - scalar(beta)
    if not nesterov:
        return height / left, rf"\frac{{2+2{symbol}}}{{1-{symbol}}}"
    latex = rf"\frac{{2+2{symbol}}}{{(1+2{symbol})(1-{symbol})}}"
    return height / ((1 + 2 * scalar(beta)) * left), latex
