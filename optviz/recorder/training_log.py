"""The log of `optviz.record` in memory: rates and norms by layer, curvatures, logged numbers."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from optviz.arrays import Array

_CERTAIN = 0.1  # the relative error up to which a curvature is shown without a word


def _none() -> Array:
    return np.empty(0)


@dataclass(frozen=True, eq=False)
class Layer:
    """The measurements of one layer, or of a whole group, at n recorded steps.

    steps (n,): their numbers. rates (n, q): the quantiles of the rate over its entries, as the log
    lists them. grad, update, parameter (n,): norms of gradient, update and value. eta (n,): the
    learning rate of its group. times (n,): seconds since the training began. touched (n,): the
    share of the entries that ever had a gradient; quantiles are of these. Values that are not
    finite or not in the log are nan. `group` counts from 0; `whole` says whether this is all of its
    group.
    """

    name: str
    group: int
    whole: bool
    steps: Array
    rates: Array
    grad: Array
    update: Array
    parameter: Array
    eta: Array
    times: Array = field(default_factory=_none)
    touched: Array = field(default_factory=_none)


@dataclass(frozen=True, eq=False)
class Logged:
    """Numbers that the training logged under one name, each (n,), nan for what is not finite."""

    name: str
    steps: Array
    values: Array
    times: Array


@dataclass(frozen=True, eq=False)
class Curvature:
    """Curvatures of the loss of one fixed batch, of all parameters or of one group, each (n,).

    effective: λmax(diag(rate)·H) with the rates of a step and the Hessian where it began. raw:
    λmax(H). ceiling: the C at which steps of the class begin to grow. critical: the factor on the
    update from which the loss is higher than before the step, of classes without a known rate. nan
    where the log has none. `by` are the methods that were used; `group` is None for all parameters.
    error: the relative error of measurements by differences of gradients, as far as it is known.
    """

    name: str
    group: int | None
    steps: Array
    effective: Array
    raw: Array
    ceiling: Array
    critical: Array
    times: Array
    by: tuple[str, ...] = ()
    error: Array = field(default_factory=_none)

    @property
    def uncertain(self) -> float:
        """The largest relative error of a measurement, 0 if none is above a tenth."""
        errors = self.error[self.error > _CERTAIN]
        return float(errors.max()) if len(errors) else 0.0

    @property
    def ratio(self) -> Array:
        """λ/C (n,), above 1 where steps grow; 1/critical where the class has no known rate."""
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios: Array = self.effective / self.ceiling
            return np.where(np.isnan(self.critical), ratios, 1 / self.critical)


@dataclass(frozen=True, eq=False)
class TrainingLog:
    """A log of one optimizer: its class, its settings, the quantiles, and the measurements.

    `effective` says whether rates come from the optimizer's state or are realised ratios −Δp/g.
    `median` and `bands` are columns of the layers' `rates`, the outer band first. `settings` are
    the defaults of its groups, which may override them. `file` is its path. Curvatures and logged
    numbers are there if they were recorded.
    """

    optimizer: str
    quantiles: tuple[float, ...]
    layers: tuple[Layer, ...]
    settings: dict[str, Any] = field(default_factory=dict)
    effective: bool = True
    file: str = ""
    curvatures: tuple[Curvature, ...] = ()
    logged: tuple[Logged, ...] = ()

    @property
    def steps(self) -> int:
        """The last step that was recorded."""
        steps = [each.steps for each in self.layers]
        steps += [each.steps for each in self.curvatures] + [each.steps for each in self.logged]
        return max((int(each[-1]) for each in steps), default=0)

    @property
    def median(self) -> int:
        """The column of the median."""
        return self.quantiles.index(0.5)

    @property
    def bands(self) -> list[tuple[int, int]]:
        """Columns between which lies a share of the entries, as many above as below."""
        columns = {round(share, 9): i for i, share in enumerate(self.quantiles)}
        pairs = [(i, columns.get(round(1 - share, 9))) for share, i in columns.items()]
        return [(low, high) for low, high in pairs if high is not None and low < high]

    def share(self, band: tuple[int, int]) -> float:
        """The share of the entries in a band."""
        return self.quantiles[band[1]] - self.quantiles[band[0]]
