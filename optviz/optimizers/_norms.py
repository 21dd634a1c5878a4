"""Steepest descent in a norm: the direction in which f falls fastest for its length in that norm.

Source: Boyd & Vandenberghe 2004, section 9.4. The direction is ‖g‖⁎ argmin {gᵀv : ‖v‖ = 1}, with
‖·‖⁎ the dual norm, and is written here as scale ⊙ g.
"""

import numpy as np

from optviz import arrays
from optviz.arrays import Array
from optviz.optimizers._equations import reciprocal
from optviz.optimizers._rule import Point

NORMS = ("l2", "l1", "linf", "diag")  # diag: that of the diagonal of Q
SAYS = "the norm that a direction is steepest in"


def scale(norm: str, p: Point) -> Array:
    """What a norm other than `l2` makes of each partial derivative: (batch, dim)."""
    size = np.abs(p.grad)
    if norm == "l1":  # the coordinate of the largest derivative alone, the first of equals
        largest = size.argmax(axis=-1)[:, None]
        return np.where(np.arange(size.shape[-1]) == largest, 1.0, 0.0)
    if norm == "linf":  # the same length in each coordinate
        return arrays.dot(size, np.ones_like(size))[:, None] * reciprocal(size)
    diagonal = np.diagonal(p.hessian, axis1=-2, axis2=-1)
    return np.where(diagonal > 0, reciprocal(np.broadcast_to(diagonal, size.shape)), 1.0)
