"""The logistic loss of two classes: minus the logarithm of the probability of the right one."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array
from optviz.objectives.losses._loss import Loss


@dataclass(frozen=True)
class Logistic(Loss):
    """log(1 + e⁻ᵐ) of the margin m = ±xᵀw, + for class 1.

    With e = e⁻|ᵐ|, which never overflows: log(1 + e), and m below 0 is added.
    """

    says = "minus the log-probability of the right one of two classes"
    source = (
        "Cox, Journal of the Royal Statistical Society B 20 (1958); sklearn's LogisticRegression"
    )
    classes = True
    most_classes = 2
    attained = False

    @property
    def formula(self) -> tuple[str, str]:
        mean = r"\frac{1}{n}\Sigma_i\,\log(1+e^{-y_i x_i^\top w})"
        return mean, "Σ log(1 + e^(−yᵢxᵢᵀw))/n"

    def value(self, z: Array, y: Array) -> Array:
        margin = _sign(y) * z[:, 0]
        return np.log1p(np.exp(-np.abs(margin))) + np.maximum(-margin, 0.0)

    def slope(self, z: Array, y: Array) -> Array:
        sign = _sign(y)[:, None]
        margin = sign * z
        e = np.exp(-np.abs(margin))
        return -sign * np.where(margin > 0, e, 1.0) / (1.0 + e)

    def curvature(self, z: Array, y: Array) -> Array:
        e = np.exp(-np.abs(z))
        return (e / ((1.0 + e) * (1.0 + e)))[:, None]


def _sign(y: Array) -> Array:
    """+1 for class 1, −1 for class 0."""
    return 2.0 * y - 1.0
