"""Huber's loss: squares near 0, straight lines beyond a threshold."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array
from optviz.objectives.losses._loss import Loss
from optviz.text.numbers import shortest
from optviz.text.settings import setting

_STAGES = 60  # of which each halves the threshold


@dataclass(frozen=True)
class Huber(Loss):
    """½z² where |z| ≤ δ, else δ(|z| − ½δ), of the residual z = xᵀw − y: outliers pull less."""

    says = "half the squared residual up to delta, straight beyond: outliers pull less"
    source = "Huber, Annals of Mathematical Statistics 35 (1964); torch.nn.HuberLoss"

    delta: float = setting(1.0, "δ", r"\delta", "residual from which it is straight", "(0, inf)")

    @property
    def formula(self) -> tuple[str, str]:
        delta = shortest(self.delta)
        mean = rf"\frac{{1}}{{n}}\Sigma_i\,H(x_i^\top w-y_i;\,{delta})"
        return mean, f"Σ H(xᵢᵀw − yᵢ; {delta})/n"

    def value(self, z: Array, y: Array) -> Array:
        size = np.abs(z[:, 0])
        near = np.minimum(size, self.delta)
        return near * (size - 0.5 * near)

    def slope(self, z: Array, y: Array) -> Array:
        return np.clip(z, -self.delta, self.delta)

    def curvature(self, z: Array, y: Array) -> Array:
        return (np.abs(z) <= self.delta).astype(np.float64)[:, None]

    def stages(self, largest: float) -> Iterator[Loss]:
        count = int(np.clip(np.ceil(np.log2(max(largest / self.delta, 1.0))), 0, _STAGES))
        for k in range(count, 0, -1):
            yield Huber(self.delta * 2.0**k)
        yield self
