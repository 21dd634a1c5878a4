"""Gradient clipping: a gradient that is too long, or whose parts are, before a rule has it.

By norm, g ← k g with k = min(1, clip/‖g‖) (Pascanu, Mikolov & Bengio 2013); here x is one tensor,
so that the norm of a tensor and the global norm are the same. By value, each part of g is cut to
±clip_value. PyTorch's `clip_grad_norm_` adds 10⁻⁶ to the norm; Keras and Optax do not.
"""

from typing import NamedTuple

import numpy as np

from optviz.arrays import Array, norm
from optviz.optimizers._rule import Rule

MARGINS = {"torch": 1e-6}  # what a library adds to the norm, by dialect


class Clipped(NamedTuple):
    """A gradient (batch, dim) after clipping, and the k that multiplied it.

    k broadcasts against it: (batch, 1) by norm, (batch, dim) by value.
    """

    grad: Array
    factor: Array


def clipped(rule: Rule, dialect: str, grad: Array) -> Clipped:
    """The gradient as a rule that `clips` has it."""
    if rule.clip is not None:
        length = norm(grad)[:, None] + MARGINS.get(dialect, 0.0)
        factor = rule.clip / np.maximum(length, rule.clip)
        return Clipped(grad * factor, factor)
    highest = rule.clip_value
    assert highest is not None
    factor = highest / np.maximum(np.abs(grad), highest)
    return Clipped(np.minimum(np.maximum(grad, -highest), highest), factor)


def equation(rule: Rule) -> str:
    """What clipping does, as the equations of rules are written."""
    if rule.clip is not None:
        return "kₜ = min(1, clip/‖gₜ‖),  gₜ ← kₜ gₜ"
    return "kₜ = min(1, clip/|gₜ|),  gₜ ← kₜ ⊙ gₜ"
