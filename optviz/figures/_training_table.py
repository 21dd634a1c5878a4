"""Numbers of logs of training as a table: a row a step and part."""

import csv as writer
import io
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.figures._training_axis import times
from optviz.recorder.training_log import TrainingLog
from optviz.text.numbers import shortest

_FIRST = ("run", "optimizer", "step", "time", "group", "name")


def rows(part: Any, **columns: Array) -> list[dict[str, Any]]:
    """A row for each step of a part, in which each of the `columns` (n,) has its value."""
    group = getattr(part, "group", None)
    fixed = {"group": "" if group is None else group, "name": part.name}
    numbers = {"time": times(part), **columns}
    return [
        {"step": int(step), **fixed, **{key: _cell(numbers[key][i]) for key in numbers}}
        for i, step in enumerate(part.steps)
    ]


def ends(name: str, values: Array) -> dict[str, Any]:
    """The first and the last value (n,) of a part, for JSON."""
    return {"name": name, "first": plain(values[0]), "last": plain(values[-1])}


def plain(value: float) -> float | None:
    """A number of JSON, which has none that is not finite."""
    return float(value) if np.isfinite(value) else None


def csv(logs: list[TrainingLog], tables: list[list[dict[str, Any]]]) -> str:
    """The tables of logs as one: run (from 1), optimizer, step, time, group, name, values."""
    keys = dict.fromkeys([*_FIRST, *(key for table in tables for row in table for key in row)])
    stream = io.StringIO()
    lines = writer.DictWriter(stream, list(keys), restval="", lineterminator="\n")
    lines.writeheader()
    for run, (log, table) in enumerate(zip(logs, tables, strict=True), start=1):
        for row in sorted(table, key=lambda row: row["step"]):
            lines.writerow({"run": run, "optimizer": log.optimizer, **row})
    return stream.getvalue()


def _cell(value: float) -> str:
    """A number; an empty cell for nan."""
    return shortest(value) if np.isfinite(value) else ""
