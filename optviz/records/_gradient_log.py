"""Reads logged gradients: from any table of numbers, from JSON and npz, and from trajectories."""

import json
import re
from typing import Any, NamedTuple

import numpy as np

from optviz import files
from optviz.arrays import Array, Bools
from optviz.errors import BadFile, BadValue
from optviz.files import archive, parse
from optviz.records import _step_table
from optviz.records._json_values import numbers
from optviz.records.jsonl import Jsonl, documents
from optviz.records.npz import Npz
from optviz.text.decimals import is_float
from optviz.walks.trajectory import Trajectory

_ABOUT = ("", "step", "f")  # columns of a table that are no coordinates: an index has no name
_ARRAYS = ("grad", "grads", "gradient", "gradients", "g")


class Logged(NamedTuple):
    """The gradients of one run: grad (steps, dim), and the coordinates' names."""

    names: tuple[str, ...]
    grad: Array


def read(data: bytes, name: str) -> list[Logged]:
    """The runs in the content of the file `name`, one or more; the content decides the format.

    npz, JSON with `grad` (a list of lists, or a list in each record), or a table, with a header or
    without. Raises `BadFile` with line and column.
    """
    if data.startswith(b"PK"):
        runs = _arrays(data, name)
    elif files.decoded(data, name).lstrip()[:1] in ("{", "["):
        runs = _objects(data, name)
    else:
        runs = _rows(data, name)
    if not runs:
        raise BadFile(name, "it holds no gradients")
    return runs


def _rows(data: bytes, name: str) -> list[Logged]:
    """A table: with columns g1, g2, … as `run` writes it, else every column is a coordinate."""
    rows = list(_step_table.rows(files.decoded(data, name), name))
    if not rows:
        return []
    line, first = rows[0]
    header = [cell.strip() for cell in first]
    if all(map(is_float, header)):
        header = [f"g{i + 1}" for i in range(len(first))]
        rows = [(line, first), *rows[1:]]
    else:
        plain = [cell.lower() for cell in header]
        if "g1" in plain and ({"run", "x1", "rate1"} & set(plain)):
            return [_of(run, name) for run in _step_table.read(files.decoded(data, name), name)]
        if "run" in plain or any(re.fullmatch(r"x\d+|rate\d+", word) for word in plain):
            message = "columns run, x1, …, rate1, … are of paths; those of gradients are g1, g2, …"
            raise BadFile(name, message, line)
        rows = rows[1:]
    used = [i for i, word in enumerate(header) if word.lower() not in _ABOUT]
    names = tuple(header[i] for i in used)
    if not used or len(set(names)) < len(names):
        message = "two columns have one name" if used else "no column is a coordinate"
        raise BadFile(name, message, line)
    cells = [[_cell(row, i, header, name, at) for i in used] for at, row in rows]
    if "step" in header:
        _refuse_gaps(rows, header, name)
    return [Logged(names, np.array(cells))] if cells else []


def _refuse_gaps(rows: list[tuple[int, list[str]]], header: list[str], name: str) -> None:
    """Raises `BadFile` unless the column `step` rises by one."""
    place, before = header.index("step"), np.nan
    for line, row in rows:
        step = _cell(row, place, header, name, line)
        if not np.isnan(before) and step != before + 1:
            message = f"step {step:g} follows step {before:g}, every step is wanted"
            raise BadFile(name, message, line)
        before = step


def _cell(row: list[str], index: int, header: list[str], name: str, line: int) -> float:
    if len(row) != len(header):
        raise BadFile(name, f"{len(row)} cells, but the first line has {len(header)}", line)
    cell = row[index].strip()
    value = float(cell) if is_float(cell) else np.nan
    if not np.isfinite(value):
        shown = repr(cell[:40]) if cell else "empty"
        column = f"column {index + 1} ({header[index][:40]})"
        raise BadFile(name, f"{column} is {shown}, a finite number is wanted", line)
    return value


def _objects(data: bytes, name: str) -> list[Logged]:
    """Trajectories as `run` writes them, or a record a step."""
    steps: list[Array] = []
    for line, fields in documents(files.decoded(data, name), name):
        grad = fields.get("grad") if isinstance(fields, dict) else None
        if not isinstance(grad, list) or not grad or isinstance(grad[0], list):
            return [_of(run, name) for run in Jsonl().read(data, name)]
        try:
            steps.append(numbers("grad", grad, 1))
        except BadValue as error:
            raise BadFile(name, str(error), line) from None
        if len(steps[-1]) != len(steps[0]) or not np.isfinite(steps[-1]).all():
            message = f"{len(steps[0])} finite numbers are wanted in grad, as before"
            raise BadFile(name, message, line)
    return [_unnamed(np.array(steps))] if steps else []


def _arrays(data: bytes, name: str) -> list[Logged]:
    """The array of gradients, (steps, dim), or those of runs, (runs, steps, dim)."""
    members = archive.names(data, name)
    if "x" in members:
        return [_of(run, name) for run in Npz().read(data, name)]
    word = next((m for m in _ARRAYS if m in members), "")
    word = word or (members[0] if len(members) == 1 else "")
    grad: Any = archive.arrays(data, name, [word]).get(word)
    if grad is None:
        raise BadFile(name, f"an array grad is wanted; there are {', '.join(members)[:200]}")
    if grad.ndim not in (2, 3) or grad.dtype.kind not in "fiu" or not np.isfinite(grad).all():
        shown = f"{word} is an array of {grad.dtype} with {grad.ndim} axes"
        raise BadFile(name, f"{shown}; finite numbers (steps, dim) are wanted")
    runs = grad.astype(np.float64) if grad.ndim == 3 else grad.astype(np.float64)[None]
    return [_unnamed(run) for run in runs if run.size]


def _unnamed(grad: Array) -> Logged:
    return Logged(tuple(f"g{i + 1}" for i in range(grad.shape[1])), grad)


def _of(run: Trajectory, name: str) -> Logged:
    """The gradients of a trajectory. Raises `BadFile` where it has none, or not those of each step.

    Those of a run that was stopped early end where it was.
    """
    if run.stride > 1:
        raise BadFile(name, f"it keeps every {run.stride}th step; the gradients of all are wanted")
    grad = run.grad[:, 0]
    finite: Bools = np.asarray(np.isfinite(grad).all(axis=1))
    last = int(finite.argmin()) if not finite.all() else len(finite)
    if not last or finite[last:].any():
        message = f"step {last + 1} has no gradient" if finite.any() else "it holds no gradients"
        raise BadFile(name, message)
    usual = run.coordinates or tuple(f"g{i + 1}" for i in range(run.dim))
    return Logged(run.objective.names if run.objective else usual, grad[:last])


def as_json(data: bytes, name: str) -> str:
    """The log as one line of JSON, for what must travel without its file. Raises `BadFile`."""
    runs = [{"names": r.names, "grad": r.grad.tolist()} for r in read(data, name)]
    return json.dumps({"name": name, "runs": runs}, allow_nan=False)


def parsed(text: str) -> list[Logged]:
    """The runs in a text that `as_json` made. Raises `BadFile`."""
    try:
        runs = [
            Logged(tuple(map(str, run["names"])), numbers("grad", run["grad"], 2))
            for run in parse.json_value(text)["runs"]
        ]
    except (ValueError, KeyError, TypeError, BadValue) as error:
        raise BadFile("the log in the words of the figure", f"cannot be read: {error}") from None
    if not runs or any(run.grad.shape[1:] != (len(run.names),) for run in runs):
        raise BadFile("the log in the words of the figure", "a name for each column is wanted")
    return runs
