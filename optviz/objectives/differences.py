"""Central differences, for functions that are called and have no derivative of their own."""

from collections.abc import Callable
from typing import Any

import numpy as np

from optviz.arrays import Array

_STEP = float(np.finfo(float).eps) ** (1 / 3)  # of |x|: errors of cutting and rounding are alike


def gradient(f: Callable[[Array], float]) -> Callable[[Array], Array]:
    """∇f by central differences, to about 10⁻¹⁰ of f: (dim,) → (dim,)."""
    return lambda x: np.array([_slope(f, x, i) for i in range(len(x))], dtype=np.float64)


def jacobian(grad: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """The Hessian by central differences of the gradient, symmetric: (dim,) → (dim, dim)."""

    def hessian(x: Array) -> Array:
        H = np.array([_slope(grad, x, i) for i in range(len(x))])
        return np.asarray((H + H.T) / 2)

    return hessian


def _slope(f: Callable[[Array], Any], x: Array, i: int) -> Any:
    """∂f/∂xᵢ."""
    step = _STEP * max(1.0, abs(float(x[i])))
    above, below = x.copy(), x.copy()
    above[i], below[i] = x[i] + step, x[i] - step
    return (f(above) - f(below)) / (above[i] - below[i])
