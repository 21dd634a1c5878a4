"""The sharpness of runs against the constant C of each rule, as numbers: `rates --of sharpness`."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any

import numpy as np

from optviz.arrays import Array, Ints
from optviz.errors import Unfit
from optviz.objectives import Objective
from optviz.text.schema import numbered
from optviz.theory.sharpness import sharpness
from optviz.walks.seeds import quantiles
from optviz.walks.trajectory import Trajectory

FORMATS = {"csv": ".csv", "jsonl": ".jsonl"}
_ENTRIES = 2**22  # of the Hessians that are in memory at once


@dataclass(frozen=True, eq=False)
class Measured:
    """A run, a batch of one, and its sharpness at each step, `seeds` those of the runs it is of.

    values (steps,) belong to steps 1, 2, …: entry t−1 is that of the rate of step t and of the
    Hessian where that step begins. nan where there is none. seeds (steps, batch), or None.
    `ceiling` is C, in LaTeX `letters`; None and "" where the rule has none.
    """

    run: Trajectory
    values: Array
    ceiling: float | None
    letters: str
    seeds: Array | None = None

    @property
    def above(self) -> Ints:
        """The steps at which the sharpness is above C: the linearised step grows."""
        if self.ceiling is None:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(self.values > self.ceiling) + 1

    @property
    def crossings(self) -> Ints:
        """The steps at which it rises through C, from a step before that is at or below it."""
        if self.ceiling is None:
            return np.empty(0, dtype=np.int64)
        below, above = self.values[:-1] <= self.ceiling, self.values[1:] > self.ceiling
        return np.flatnonzero(below & above) + 2


def check(f: Objective | None, start: Array | None = None) -> None:
    """Raises `Unfit` without an objective, and for one whose Hessian cannot be had."""
    if f is None:
        raise Unfit("the sharpness is that of an objective: give it with -f")
    f.hessian(np.zeros((1, f.dim)) if start is None else start)


def measured(run: Trajectory) -> Measured:
    """The sharpness of a batch of one; of many seeds, their median. Raises `Unfit`."""
    check(run.objective)
    if run.stride > 1:
        raise Unfit("the sharpness needs every step; these runs keep every Kth")
    ceiling = run.optimizer.ceiling() if run.optimizer else None
    constant, letters = ceiling or (None, "")
    if run.spread is not None and run.law is None:
        seeds = _of(run.spread)
        return Measured(run, quantiles(seeds, 0.5), constant, letters, seeds)
    return Measured(run, _of(run)[:, 0], constant, letters)


def _of(run: Trajectory) -> Array:
    """The sharpness of each step and row: (steps, batch)."""
    assert run.objective
    before, rate = run.x[:-1], run.rate
    found = np.empty(rate.shape[:2])
    size = max(1, _ENTRIES // (run.batch * run.dim**2))
    with np.errstate(all="ignore"):
        for i in range(0, len(rate), size):
            x, rates = (part[i : i + size].reshape(-1, run.dim) for part in (before, rate))
            found[i : i + size] = sharpness(rates, run.objective.hessian(x)).reshape(-1, run.batch)
    return found


def facts(one: Measured) -> dict[str, Any]:
    """C, the largest sharpness and its step, and the steps above C, as plain data."""
    known = np.flatnonzero(np.isfinite(one.values))
    top = known[one.values[known].argmax()] if known.size else None
    return {
        "ceiling": one.ceiling,
        "largest": None if top is None else float(one.values[top]),
        "largest_step": None if top is None else int(top) + 1,
        "above": one.above.tolist(),
        "crossings": one.crossings.tolist(),
    }


def _csv(every: Sequence[Measured], stream: IO[Any]) -> None:
    """Rows `run,step,sharpness,ceiling,above`; `above` is 0 or 1."""
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(["run", "step", "sharpness", "ceiling", "above"])
    for number, one in enumerate(every, start=1):
        ceiling = "" if one.ceiling is None else repr(one.ceiling)
        above = np.isin(np.arange(1, len(one.values) + 1), one.above).astype(int).tolist()
        for step, value in enumerate(one.values.tolist(), start=1):
            text = repr(value) if np.isfinite(value) else ""
            rows.writerow([number, step, text, ceiling, above[step - 1]])


def _jsonl(every: Sequence[Measured], stream: IO[Any]) -> None:
    """A run a line, with its sharpness at each step; null where there is none."""
    for one in every:
        f = one.run.objective
        line = {"objective": f.as_dict() if f else None, **one.run.facts(), **facts(one)}
        line["sharpness"] = [v if np.isfinite(v) else None for v in one.values.tolist()]
        stream.write(json.dumps(numbered(line), ensure_ascii=False) + "\n")


WRITERS: dict[str, Callable[[Sequence[Measured], IO[Any]], None]] = {"csv": _csv, "jsonl": _jsonl}
