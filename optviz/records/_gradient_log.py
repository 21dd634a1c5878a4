"""Reads logged gradients: from any table of numbers, from JSON and npz, and from trajectories."""

import json
from typing import Any, NamedTuple

import numpy as np

from optviz import files
from optviz.arrays import Array, Bools
from optviz.errors import BadFile, BadValue
from optviz.files import archive, parse, table
from optviz.files.signatures import refuse_binary, refuse_foreign
from optviz.records import _gradient_table, _step_table
from optviz.records._json_values import numbers
from optviz.records._training_columns import of_training
from optviz.records.jsonl import Jsonl, documents
from optviz.records.npz import Npz
from optviz.walks.trajectory import Trajectory

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
    else:
        refuse_binary(name, data)
        is_json = files.decoded(data, name).lstrip()[:1] in ("{", "[")
        runs = _objects(data, name) if is_json else _rows(data, name)
    if not runs:
        raise BadFile(name, "it holds no gradients")
    return runs


def _rows(data: bytes, name: str) -> list[Logged]:
    """A table: with columns g1, g2, … as `run` writes it, else every column is a coordinate."""
    refuse_foreign(name, data)
    content = files.decoded(data, name)
    opened = table.opened(content, name)
    if not opened.opening:
        return []
    if _gradient_table.is_of_runs(opened):
        return [_of(run, name) for run in _step_table.read(content, name)]
    return [Logged(*_gradient_table.read(opened))]


def _objects(data: bytes, name: str) -> list[Logged]:
    """Trajectories as `run` writes them, or a record a step."""
    steps: list[Array] = []
    for line, fields in documents(files.decoded(data, name), name):
        grad = fields.get("grad") if isinstance(fields, dict) else None
        if grad is None and isinstance(fields, dict) and (met := of_training(fields)):
            raise BadFile(name, _gradient_table.refusal("key", met), line)
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
