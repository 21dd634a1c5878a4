"""A trajectory: what an optimizer's steps leave behind, from one or many starts."""

from collections import Counter
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from optviz.arrays import Array, Ints
from optviz.files import dataframe
from optviz.objectives import Objective
from optviz.optimizers import Optimizer

STEP_FIELDS = ("x", "f", "grad", "rate")  # (steps, batch, …)
ROW_FIELDS = ("status", "status_step", "seeds")  # (batch,), but `seeds` may have one for all


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Positions, values, gradients and effective rates of a run, and how each row ended.

    x (steps+1, batch, dim): entry t is the point after step t. f (steps+1, batch): its value.
    grad, rate (steps, batch, dim): entry t−1 belongs to step t, the gradient it used and the
    effective learning rate η(t)·scale it applied to each coordinate. Beyond the step where
    a row overflowed all is nan.
    status (batch,): `converged`, `stalled`, `cycling`, `diverged` or `running`, since status_step.

    A walk read from elsewhere may lack the objective or the optimizer (None) and name itself by
    `label`, its coordinates by `coordinates`; its missing parts are nan. Where only every
    `stride`-th step was kept, entry i of x and f is the point after step i·stride, and entry i−1 of
    grad and rate belongs to that step.

    `gradient` is the text of the gradient source; each row has its own of the `seeds`, or all the
    only one. A batch of one may be the median of many runs: then `spread` are those runs. Where x
    is the mean of a noisy run, `law` (steps+1, dim, dim) is its covariance, f its expected value.
    """

    objective: Objective | None
    optimizer: Optimizer | None
    x: Array
    f: Array
    grad: Array
    rate: Array
    status: tuple[str, ...]
    status_step: Ints
    gradient: str = "exact"
    seeds: tuple[int, ...] = (0,)
    label: str = ""
    stride: int = 1
    spread: "Trajectory | None" = None
    law: Array | None = None
    coordinates: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """The number of the last step."""
        return (len(self.x) - 1) * self.stride

    @property
    def batch(self) -> int:
        """The number of rows: starts, seeds, points of a sweep."""
        return int(self.x.shape[1])

    @property
    def dim(self) -> int:
        """The number of coordinates."""
        return int(self.x.shape[2])

    @property
    def names(self) -> tuple[str, ...]:
        """The coordinates' names: the objective's, or else its own."""
        usual = self.coordinates or tuple(f"x{i + 1}" for i in range(self.dim))
        return self.objective.names if self.objective else usual

    def row(self, index: int) -> "Trajectory":
        """One row of the batch, as a batch of one."""
        return self.take([index])

    def take(self, rows: list[int]) -> "Trajectory":
        """Some rows of the batch."""
        values = {name: getattr(self, name)[:, rows] for name in STEP_FIELDS}
        for name in ROW_FIELDS if len(self.seeds) > 1 else ROW_FIELDS[:-1]:
            values[name] = _taken(getattr(self, name), rows)
        return replace(self, **values)

    def rows(self) -> "list[Trajectory]":
        """Every row as a batch of one, in order."""
        return [self.row(index) for index in range(self.batch)]

    def to_frame(self, library: str | None = None) -> Any:
        """A DataFrame of pandas or polars, one row a step, in the columns of the csv of runs.

        run, step, f, x1, …, g1, …, rate1, …; step 0 has no gradient and no rate: nan. Raises
        `Unfit` where neither library is installed, or not the one that is named.
        """
        return dataframe.frame(self.columns(), library)

    def columns(self) -> dict[str, Array | Ints]:
        """The columns of `to_frame` as arrays (batch · (steps+1),), run after run."""
        count = len(self.x)
        known: dict[str, Any] = {
            "run": np.repeat(np.arange(self.batch) + 1, count),
            "step": np.tile(np.arange(count) * self.stride, self.batch),
            "f": self.f.T.ravel(),
        }
        for name, values in (("x", self.x), ("g", self.grad), ("rate", self.rate)):
            first = np.full((count - len(values), self.batch, self.dim), np.nan)
            whole = np.concatenate([first, values])
            for i in range(self.dim):
                known[f"{name}{i + 1}"] = whole[:, :, i].T.ravel()
        return known

    def __repr__(self) -> str:
        name = str(self.optimizer) if self.optimizer else self.label
        q = self.objective
        place = f" on {(q.text or q.formula('plain'))[:40]}" if q else ""
        counts = Counter(self.status).items()
        words = ", ".join(f"{n} {status}" if self.batch > 1 else status for status, n in counts)
        return f"<Trajectory of {name}{place}: {self.steps} steps, {words}>"

    def facts(self) -> dict[str, Any]:
        """How a batch of one ended, as plain data; what is not finite is None."""
        return {
            "optimizer": str(self.optimizer) if self.optimizer else self.label,
            "start": [_plain(v) for v in self.x[0, 0].tolist()],
            "steps": self.steps,
            "x": [_plain(v) for v in self.x[-1, 0].tolist()],
            "f": _plain(float(self.f[-1, 0])),
            "status": self.status[0],
            "status_step": int(self.status_step[0]),
            **({"lost": self.lost[0], "lost_step": self.lost[1]} if self.lost else {}),
            **self._sampling(),
        }

    @property
    def lost(self) -> tuple[str, int] | None:
        """Of a batch of one that went where f has no `value` or no `gradient`: which, and the step.

        None where it did not; a run that overflows goes nowhere.
        """
        last = np.flatnonzero(np.isfinite(self.x[:, 0]).all(axis=-1))
        ends_early = last.size and (last[-1] < len(self.x) - 1 or np.isnan(self.f[last[-1], 0]))
        if not ends_early or self.objective is None or self.objective.quadratic is not None:
            return None
        step = int(last[-1])
        f, g = self.objective.value_and_grad(self.x[step])
        if np.isnan(f[0]):
            return "value", step * self.stride
        return ("gradient", step * self.stride) if np.isnan(g).any() else None

    @property
    def statistic(self) -> str:
        """What the run is of many: `expected` or `median of 200`; "" for a single run."""
        if self.law is not None:
            return "expected"
        return f"median of {self.spread.batch}" if self.spread else ""

    def _sampling(self) -> dict[str, Any]:
        """Gradient source, seeds and statistic as plain data; nothing for an exact gradient."""
        if self.gradient == "exact":
            return {}
        seeds = {"seeds": self.spread.batch} if self.spread else {"seed": self.seeds[0]}
        statistic = {"stands_for": self.statistic} if self.statistic else {}
        return {"gradient": self.gradient} | seeds | statistic

    def every(self, stride: int) -> "Trajectory":
        """Only the points after each `stride`-th step, and what those steps used."""
        keep = slice(stride - 1, None, stride)
        return replace(
            self,
            x=self.x[::stride],
            f=self.f[::stride],
            grad=self.grad[keep],
            rate=self.rate[keep],
            stride=self.stride * stride,
            law=None if self.law is None else self.law[::stride],
            spread=self.spread and self.spread.every(stride),
        )


def _taken(values: Any, rows: list[int]) -> Any:
    return tuple(values[i] for i in rows) if isinstance(values, tuple) else values[rows]


def _plain(value: float) -> float | None:
    return value if isfinite(value) else None
