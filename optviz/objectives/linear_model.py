"""The mean loss of a linear model over the rows of a table, where that is no quadratic."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from optviz.arrays import Array, norm
from optviz.errors import BadFile
from optviz.objectives import coarse_grid, convex_minimum, typeset
from optviz.objectives.dataset import Dataset
from optviz.objectives.objective import Objective, Style
from optviz.objectives.outputs import blocks, curved_back, outputs, pulled_back
from optviz.objectives.region import Box, Region
from optviz.objectives.restriction import Restriction

_MOST_NUMBERS = 2**16  # of a table in a record, each line of which carries it

_NEAR = 1e-9  # of f*: a smaller gap has lost half the digits of f − f*
_PLACES = (0.5 - 0.15**0.5, 0.5, 0.5 + 0.15**0.5)  # of three on a line from 0 to 1
_WEIGHTS = (5 / 18, 8 / 18, 5 / 18)


class LinearModel(Objective):
    """f(w) = Σᵢ φ(xᵢᵀw, yᵢ)/n + l2·‖w‖²/2 with the loss φ of the data.

    Value, gradient and Hessian are exact. The coordinates are features, or of each feature one for
    each class.
    """

    data: Dataset

    def __init__(self, data: Dataset, text: str = "") -> None:
        self.data, self.text, self.names = data, text, data.names

    @property
    def dim(self) -> int:
        """The number of weights."""
        return len(self.data.names)

    def value(self, x: Array) -> Array:
        """f at each row: (…, dim) → (…,)."""
        w = x.reshape(-1, self.dim)
        f = np.empty(len(w))
        for part in self._blocks(len(w)):
            f[part] = self._mean(self._outputs(w[part]))
        return (f + self._penalties(w)).reshape(x.shape[:-1])

    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        """f and ∇f at each row: (…, dim) → (…,), (…, dim)."""
        w, data = x.reshape(-1, self.dim), self.data
        f, g = np.empty(len(w)), np.empty(w.shape)
        for part in self._blocks(len(w)):
            z = self._outputs(w[part])
            f[part], g[part] = (
                self._mean(z),
                pulled_back(data.columns, data.loss.slope(z, data.targets)),
            )
        f, g = f + self._penalties(w), g + self._penalty * w
        return f.reshape(x.shape[:-1]), g.reshape(x.shape)

    def hessian(self, x: Array) -> Array:
        """∇²f at each row: (…, dim) → (…, dim, dim)."""
        w, data = x.reshape(-1, self.dim), self.data
        H = np.empty((len(w), self.dim, self.dim))
        for part in self._blocks(len(w)):
            curvature = data.loss.curvature(self._outputs(w[part]), data.targets)
            H[part] = curved_back(data.X, curvature)
        return (H + np.diag(self._penalty)).reshape(*x.shape, self.dim)

    def rounding(self, x: Array) -> Array:
        """A bound for ∇f, whose terms and outputs are sums: (batch, dim) → (batch,)."""
        data, sizes = self.data, [np.abs(column) for column in self.data.columns]
        bound = np.empty(x.shape)
        for part in self._blocks(len(x)):
            z = self._outputs(x[part])
            error = outputs(sizes, np.abs(x[part]), np.abs(data.start))[:, None]
            bent = (np.abs(data.loss.curvature(z, data.targets)) * error).sum(axis=2)
            bound[part] = pulled_back(sizes, np.abs(data.loss.slope(z, data.targets)) + bent)
        terms = bound + self._penalty * np.abs(x)
        return np.asarray(4 * np.finfo(float).eps * norm(terms))

    @cached_property
    def minimiser(self) -> Array | None:
        """Where f is least, by Newton's method; None where f falls without end.

        Of the weights with the same outputs these are the least; a loss that is not smooth may have
        others.
        """
        with np.errstate(all="ignore"):
            x = self._least()
        if x is not None:
            x.flags.writeable = False
        return x

    def _least(self) -> Array | None:
        data = self.data
        begin = np.zeros(self.dim) if data.loss.classes else data.solution()
        largest = float(np.abs(self._outputs(begin[None])).max())
        stages = [LinearModel(replace(data, loss=loss)) for loss in data.loss.stages(largest)]
        attained = data.loss.attained or data.l2 > 0
        # a mean below log 2/n has no row above log 2: each is on its own side, so f falls to 0
        floor = None if attained else float(np.log(2)) / data.n
        return convex_minimum.found(stages, data.directions(), begin, floor)

    def gap(self, x: Array) -> Array:
        """f(x) − f* at each row; near the minimum along the gradient, which keeps its digits.

        That is ∫ (x−x*)ᵀ∇f ds on the line from x* to x, by Gauss and Legendre. Raises `Unfit` where
        there is no minimum.
        """
        gap = np.array(super().gap(x))
        assert self.minimiser is not None
        assert self.minimum is not None
        near = gap <= _NEAR * self.minimum
        if near.any():
            away = x[near] - self.minimiser
            grads = [self.grad(self.minimiser + s * away) for s in _PLACES]
            parts = [w * (away * g).sum(axis=-1) for w, g in zip(_WEIGHTS, grads, strict=True)]
            gap[near] = np.maximum(sum(parts), 0.0)
        return gap

    @property
    def lacks_minimum(self) -> str:
        """Why there is no minimum."""
        if self.data.loss.attained:
            return super().lacks_minimum
        return "the classes can be told apart, so that without --l2 the loss has no minimum"

    def restricted(self, origin: Array, axes: Array) -> Objective:
        """f(origin + axes·z) as a function of z."""
        return Restriction(self, origin, axes, self._cost)

    def bands(self, box: Box, levels: Array) -> tuple[Region, ...]:
        """Polygons with holes, traced on a grid."""
        from optviz.objectives import traced_bands  # imports contourpy, which only pictures need

        return traced_bands.bands(coarse_grid.Surface(self, self._cost), box, levels)

    def formula(self, style: Style) -> str:
        """The loss, the penalty and the size of the table."""
        latex, plain = typeset.mean_loss(self.data)
        size = rf",\ n = {self.data.n}" if style == "latex" else f", n = {self.data.n}"
        return (latex if style == "latex" else plain) + size

    @cached_property
    def key(self) -> Hashable:
        """A digest of the table, with the loss and the penalty."""
        data = self.data
        digest = hashlib.sha256(data.X.tobytes() + data.y.tobytes()).digest()
        return str(data.loss), digest, data.X.shape, data.outputs, data.l2, data.intercept

    def as_dict(self) -> dict[str, Any]:
        """Plain data as `run` writes it: text, loss, l2, and X and y where they are not large."""
        data = self.data
        facts = {"text": self.text, "loss": str(data.loss), "l2": data.l2, "target": data.target}
        facts |= {"intercept": data.intercept, "classes": list(data.classes)}
        if data.X.size <= _MOST_NUMBERS:
            facts |= {"X": data.X.tolist(), "y": data.y.tolist()}
        return facts

    @property
    def _cost(self) -> int:
        return self.data.n * self.data.outputs

    @cached_property
    def _penalty(self) -> Array:
        return self.data.penalty

    def _penalties(self, w: Array) -> Array:
        return np.asarray(0.5 * (self._penalty * w * w).sum(axis=-1))

    def _outputs(self, w: Array) -> Array:
        return outputs(self.data.columns, w, self.data.start)

    def _mean(self, z: Array) -> Array:
        return np.asarray(self.data.loss.value(z, self.data.targets).sum(axis=-1) / self.data.n)

    def _blocks(self, batch: int) -> Any:
        return blocks(batch, self.data.n * self.data.outputs**2)


def read(data: Dataset, path: str, text: str) -> LinearModel:
    """The objective of a table. Raises `BadFile` where its numbers overflow."""
    with np.errstate(over="ignore", invalid="ignore"):
        model = LinearModel(data, text)
        zero = np.zeros((1, model.dim))
        f, g = model.value_and_grad(zero)
        if not np.isfinite(f.sum() + np.abs(g).sum() + np.abs(model.hessian(zero)).sum()):
            raise BadFile(path, "its numbers have squares beyond floating point; scale them down")
    return model
