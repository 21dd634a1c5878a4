"""Momentum as a corrected mean, as Adam and its relatives have it: looking ahead, and ceilings."""

import numpy as np

from optviz.arrays import Array
from optviz.text.settings import Num


def ahead(m: Array, g: Array, beta1: Num, b1t: Array) -> Array:
    """Optax's `nesterov`, for mₜ and β₁ᵗ: β₁ mₜ/(1−β₁ᵗ⁺¹) + (1−β₁) gₜ/(1−β₁ᵗ)."""
    return beta1 * (m / (1 - b1t * beta1)) + (1 - beta1) * (g / (1 - b1t))


def ceiling_of_mean(beta1: Num) -> tuple[float, str]:
    """2(1+β₁)/(1−β₁) where a rate multiplies a mean; of a column of β₁ nothing better than 2."""
    if np.ndim(beta1):
        return 2.0, "2"
    return 2 * (1 + float(beta1)) / (1 - float(beta1)), r"\frac{2+2\beta_1}{1-\beta_1}"


def ceiling_ahead(beta1: Num) -> tuple[float, str]:
    """Nesterov's momentum as a mean, (2+2β₁)/((1+2β₁)(1−β₁)); of a column nothing better than 2.

    Where a direction alternates the mean is (1−β₁)/(1+β₁) of the gradient, and β₁ of that with
    1−β₁ of the gradient is (1−β₁)(1+2β₁)/(1+β₁) of it.
    """
    if np.ndim(beta1):
        return 2.0, "2"
    height = 2 * (1 + float(beta1)) / ((1 + 2 * float(beta1)) * (1 - float(beta1)))
    return height, r"\frac{2+2\beta_1}{(1+2\beta_1)(1-\beta_1)}"
