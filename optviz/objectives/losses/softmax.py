"""The softmax loss, or cross-entropy, of classes: minus the logarithm of the right probability."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Bools
from optviz.objectives.losses._loss import Loss


@dataclass(frozen=True)
class Softmax(Loss):
    """log Σₖ exp(zₖ) − z_y, with an output zₖ = xᵀwₖ for each class k.

    The largest output is subtracted before the exponentials, so that none overflows, and what
    would be 1 − p is the sum of the other probabilities, so that none is lost.
    """

    says = "minus the log-probability of the right class; a weight for each feature and class"
    source = "d2l 1.0.3, section 4.1; torch.nn.CrossEntropyLoss"
    classes = True
    most_classes = 1000
    attained = False

    @property
    def formula(self) -> tuple[str, str]:
        mean = r"\frac{1}{n}\Sigma_i\,(\log\Sigma_k\,e^{x_i^\top w_k}-x_i^\top w_{y_i})"
        return mean, "Σ (log Σₖ e^(xᵢᵀwₖ) − xᵢᵀw_yᵢ)/n"

    def outputs(self, classes: int) -> int:
        return classes

    def value(self, z: Array, y: Array) -> Array:
        away = z - np.where(_own(z, y), z, 0.0).sum(axis=1, keepdims=True)
        top = away.max(axis=1, keepdims=True)
        first = np.arange(z.shape[1])[:, None] == away.argmax(axis=1)[:, None]
        rest = np.where(first, 0.0, np.exp(away - top)).sum(axis=1)
        return np.asarray(np.log1p(rest) + top[:, 0])

    def slope(self, z: Array, y: Array) -> Array:
        own = _own(z, y)
        others = np.where(own, 0.0, _probabilities(z))
        return np.asarray(others - own * others.sum(axis=1, keepdims=True))

    def curvature(self, z: Array, y: Array) -> Array:
        p, same = _probabilities(z), np.eye(z.shape[1], dtype=bool)[:, :, None]
        apart = np.where(same, 0.0, p[:, None] * p[:, :, None])
        return np.asarray(same * apart.sum(axis=2, keepdims=True) - apart)


def _own(z: Array, y: Array) -> Bools:
    """Whether an output is that of the row's class: (batch or 1, outputs, n)."""
    return np.asarray(y[:, None] == np.arange(z.shape[1])[:, None])


def _probabilities(z: Array) -> Array:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))
