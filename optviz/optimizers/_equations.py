"""Parts of equations that several rules share: weight decay, means, ratios, stability ceilings."""

import numpy as np

from optviz.arrays import Array
from optviz.optimizers._rule import Point
from optviz.text.settings import Num, zero


def with_decay(p: Point, decay: Num, decoupled: bool = False) -> tuple[Array, Num]:
    """(gradient, drift) with weight decay λ: (g + λx, 0), or decoupled (g, ηλx).

    Where λ is 0, p.x is not used, so that it may be unknown.
    """
    if zero(decay):
        return p.grad, 0.0
    if decoupled:
        return p.grad, p.eta * decay * p.x
    return p.grad + decay * p.x, 0.0


def reciprocal(root: Array) -> Array:
    """1/root, and 0 where root is 0: with no ε, a coordinate that never had a gradient stays."""
    if np.count_nonzero(root) == root.size:
        return 1.0 / root
    return np.divide(1.0, root, out=np.zeros_like(root), where=root != 0)


def trust_ratio(size: Array, length: Array) -> Array:
    """size/length, and 1 where either is 0."""
    return np.where((size == 0) | (length == 0), 1.0, size * reciprocal(length))


def nesterov_mean(m: Array, g: Array, beta1: Num, b1t: Array) -> Array:
    """Optax's `nesterov`, for mₜ and β₁ᵗ: β₁ mₜ/(1−β₁ᵗ⁺¹) + (1−β₁) gₜ/(1−β₁ᵗ)."""
    return beta1 * (m / (1 - b1t * beta1)) + (1 - beta1) * (g / (1 - b1t))


# Ceilings, as `Rule.ceiling` has them: (C, its LaTeX). In a sweep β may be a column, for which
# nothing better than 2 is given.


def heavy_ball_ceiling(beta: Num, symbol: str = r"\beta") -> tuple[float, str]:
    """2(1+β), where a rate multiplies a velocity."""
    if np.ndim(beta):
        return 2.0, "2"
    return 2 * (1 + float(beta)), rf"2(1+{symbol})"


def nesterov_ceiling(beta: Num) -> tuple[float, str]:
    """2(1+β)/(1+2β), where the velocity is used one step ahead."""
    if np.ndim(beta):
        return 2.0, "2"
    return 2 * (1 + float(beta)) / (1 + 2 * float(beta)), r"\frac{2+2\beta}{1+2\beta}"


def mean_ceiling(beta: Num, symbol: str = r"\beta_1") -> tuple[float, str]:
    """2(1+β)/(1−β), where a rate multiplies a mean."""
    if np.ndim(beta):
        return 2.0, "2"
    return 2 * (1 + float(beta)) / (1 - float(beta)), rf"\frac{{2+2{symbol}}}{{1-{symbol}}}"


def nesterov_mean_ceiling(beta1: Num) -> tuple[float, str]:
    """(2+2β₁)/((1+2β₁)(1−β₁)), where the mean is used one step ahead.

    If a direction alternates, the mean is (1−β₁)/(1+β₁) of the gradient, and β₁ of that with
    1−β₁ of the gradient is (1−β₁)(1+2β₁)/(1+β₁) of it.
    """
    if np.ndim(beta1):
        return 2.0, "2"
    height = 2 * (1 + float(beta1)) / ((1 + 2 * float(beta1)) * (1 - float(beta1)))
    return height, r"\frac{2+2\beta_1}{(1+2\beta_1)(1-\beta_1)}"
