"""Half the square of the residual: least squares."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array
from optviz.objectives.losses._loss import Loss


@dataclass(frozen=True)
class Squares(Loss):
    """½z² of the residual z = xᵀw − y. Its mean is a quadratic, of which theory knows all."""

    says = "half the squared residual; the quadratic of least squares"
    source = "d2l 1.0.3, section 3.1"

    @property
    def formula(self) -> tuple[str, str]:
        return r"\frac{1}{2n}\,\Vert Xw-y\Vert^2", "‖Xw − y‖²/2n"

    def value(self, z: Array, y: Array) -> Array:
        return 0.5 * z[:, 0] * z[:, 0]

    def slope(self, z: Array, y: Array) -> Array:
        return z

    def curvature(self, z: Array, y: Array) -> Array:
        return np.ones_like(z)[:, None]
