"""An objective on a plane, or along a line, of its coordinates."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from optviz.arrays import Array
from optviz.objectives import coarse_grid
from optviz.objectives.objective import Objective, Style
from optviz.objectives.region import Box, Region


class Restriction(Objective):
    """f(origin + axes·z) as a function of z: origin (dim,), axes (dim, k).

    `cost` is how many numbers a value takes to compute.
    """

    def __init__(self, whole: Objective, origin: Array, axes: Array, cost: int = 1) -> None:
        self.whole, self.origin, self.axes, self.cost = whole, origin, axes, cost
        self.text, self.names = "", tuple(f"x{i + 1}" for i in range(axes.shape[1]))
        self.data = whole.data

    @property
    def dim(self) -> int:
        """The number of axes."""
        return int(self.axes.shape[1])

    def value(self, x: Array) -> Array:
        """f at each row: (…, k) → (…,)."""
        return self.whole.value(self._placed(x))

    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        """f and axesᵀ∇f at each row."""
        f, g = self.whole.value_and_grad(self._placed(x))
        return f, g @ self.axes

    def hessian(self, x: Array) -> Array:
        """axesᵀ∇²f·axes at each row, (…, k, k)."""
        H = self.axes.T @ self.whole.hessian(self._placed(x)) @ self.axes
        return np.asarray((H + np.swapaxes(H, -1, -2)) / 2)

    @property
    def minimiser(self) -> Array | None:
        """That of the whole, if it lies in the plane."""
        lowest = self.whole.minimiser
        if lowest is None:
            return None
        z = np.asarray(np.linalg.lstsq(self.axes, lowest - self.origin, rcond=None)[0], dtype=float)
        size = np.abs(lowest).max(initial=0.0) + np.abs(self.origin).max(initial=0.0)
        off = np.abs(self._placed(z) - lowest).max(initial=0.0)
        return z if off <= 1e-12 * size else None

    def restricted(self, origin: Array, axes: Array) -> Objective:
        """The whole on the axes of axes."""
        return Restriction(self.whole, self._placed(origin), self.axes @ axes, self.cost)

    def bands(self, box: Box, levels: Array) -> tuple[Region, ...]:
        """Polygons with holes, traced on a grid."""
        from optviz.objectives import traced_bands  # imports contourpy, which only pictures need

        return traced_bands.bands(coarse_grid.Surface(self, self.cost), box, levels)

    def formula(self, style: Style) -> str:
        """That of the whole."""
        return self.whole.formula(style)

    @property
    def key(self) -> Hashable:
        """The whole, and where the plane lies."""
        return self.whole.key, self.origin.tobytes(), self.axes.tobytes()

    def _placed(self, z: Array) -> Array:
        return np.asarray(self.origin + z @ self.axes.T)
