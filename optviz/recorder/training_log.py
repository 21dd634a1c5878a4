"""The log of `optviz.record` in memory: quantiles of rates, and norms, by layer."""

from dataclasses import dataclass, field
from typing import Any

from optviz.arrays import Array


@dataclass(frozen=True, eq=False)
class Layer:
    """The measurements of one layer, or of a whole group, at n recorded steps.

    steps (n,): their numbers. rates (n, q): the quantiles of the rate over its entries, as the log
    lists them. grad, update, parameter (n,): norms of gradient, update and value. eta (n,): the
    learning rate of its group. Values that are not finite or not in the log are nan. `group`
    counts from 0; `whole` says whether this is all of its group.
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


@dataclass(frozen=True, eq=False)
class TrainingLog:
    """A log of one optimizer: its class, its settings, the quantiles, and the measurements.

    `effective` says whether rates come from the optimizer's state or are realised ratios −Δp/g.
    `median` and `bands` are columns of the layers' `rates`, the outer band first. `settings` are
    the defaults of its groups, which may override them. `file` is its path.
    """

    optimizer: str
    quantiles: tuple[float, ...]
    layers: tuple[Layer, ...]
    settings: dict[str, Any] = field(default_factory=dict)
    effective: bool = True
    file: str = ""

    @property
    def steps(self) -> int:
        """The last step that was recorded."""
        return max((int(layer.steps[-1]) for layer in self.layers), default=0)

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
