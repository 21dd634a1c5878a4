"""Reads gradients alone: any table of numbers, or what `run` and other programs wrote of paths."""

import json
import re
from typing import Any, NamedTuple

import numpy as np

from optviz import files
from optviz.arrays import Array, Bools
from optviz.errors import BadFile, BadValue
from optviz.files import archive, parse
from optviz.records import _table
from optviz.records._values import numbers
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
    """The runs in the content of the file `name`, one or more; what it is the content tells.

    npz, JSON with `grad` (a list of lists, or a list in each record), or a table, with a header or
    without. Raises `BadFile` with line and column.
    """
    if data.startswith(b"PK"):
        found = _arrays(data, name)
    elif files.decoded(data, name).lstrip()[:1] in ("{", "["):
        found = _objects(data, name)
    else:
        found = _rows(data, name)
    if not found:
        raise BadFile(name, "it holds no gradients")
    return found


def _rows(data: bytes, name: str) -> list[Logged]:
    """A table: with columns g1, g2, … as `run` writes it, else every column is a coordinate."""
    rows = list(_table.rows(files.decoded(data, name), name))
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
            return [_of(run, name) for run in _table.read(files.decoded(data, name), name)]
        if "run" in plain or any(re.fullmatch(r"x\d+|rate\d+", word) for word in plain):
            said = "columns run, x1, …, rate1, … are of paths; those of gradients are g1, g2, …"
            raise BadFile(name, said, line)
        rows = rows[1:]
    used = [i for i, word in enumerate(header) if word.lower() not in _ABOUT]
    names = tuple(header[i] for i in used)
    if not used or len(set(names)) < len(names):
        said = "two columns have one name" if used else "no column is a coordinate"
        raise BadFile(name, said, line)
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
            raise BadFile(
                name, f"step {step:g} follows step {before:g}, every step is wanted", line
            )
        before = step


def _cell(row: list[str], index: int, header: list[str], name: str, line: int) -> float:
    if len(row) != len(header):
        raise BadFile(name, f"{len(row)} cells, but the first line has {len(header)}", line)
    cell = row[index].strip()
    value = float(cell) if is_float(cell) else np.nan
    if not np.isfinite(value):
        given = repr(cell[:40]) if cell else "empty"
        place = f"column {index + 1} ({header[index][:40]})"
        raise BadFile(name, f"{place} is {given}, a finite number is wanted", line)
    return value


def _objects(data: bytes, name: str) -> list[Logged]:
    """Trajectories as `run` writes them, or a record a step."""
    found: list[Array] = []
    for line, known in documents(files.decoded(data, name), name):
        grad = known.get("grad") if isinstance(known, dict) else None
        if not isinstance(grad, list) or not grad or isinstance(grad[0], list):
            return [_of(run, name) for run in Jsonl().read(data, name)]
        try:
            found.append(numbers("grad", grad, 1))
        except BadValue as error:
            raise BadFile(name, str(error), line) from None
        if len(found[-1]) != len(found[0]) or not np.isfinite(found[-1]).all():
            said = f"{len(found[0])} finite numbers are wanted in grad, as before"
            raise BadFile(name, said, line)
    return [_plain(np.array(found))] if found else []


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
        given = f"{word} is an array of {grad.dtype} with {grad.ndim} axes"
        raise BadFile(name, f"{given}; finite numbers (steps, dim) are wanted")
    runs = grad.astype(np.float64) if grad.ndim == 3 else grad.astype(np.float64)[None]
    return [_plain(one) for one in runs if one.size]


def _plain(grad: Array) -> Logged:
    return Logged(tuple(f"g{i + 1}" for i in range(grad.shape[1])), grad)


def _of(run: Trajectory, name: str) -> Logged:
    """The gradients of a trajectory. Raises `BadFile` where it has none, or not those of each step.

    Those of a run that was called off end where it was.
    """
    if run.stride > 1:
        raise BadFile(name, f"it keeps every {run.stride}th step; the gradients of all are wanted")
    grad = run.grad[:, 0]
    known: Bools = np.asarray(np.isfinite(grad).all(axis=1))
    last = int(known.argmin()) if not known.all() else len(known)
    if not last or known[last:].any():
        said = f"step {last + 1} has no gradient" if known.any() else "it holds no gradients"
        raise BadFile(name, said)
    usual = run.coordinates or tuple(f"g{i + 1}" for i in range(run.dim))
    return Logged(run.objective.names if run.objective else usual, grad[:last])


def content(data: bytes, name: str) -> str:
    """The log as one line of JSON, for what must travel without its file. Raises `BadFile`."""
    runs = [{"names": r.names, "grad": r.grad.tolist()} for r in read(data, name)]
    return json.dumps({"name": name, "runs": runs}, allow_nan=False)


def unpacked(text: str) -> list[Logged]:
    """The runs that `content` made text of. Raises `BadFile`."""
    try:
        known = parse.json_value(text)
        found = [
            Logged(tuple(map(str, run["names"])), numbers("grad", run["grad"], 2))
            for run in known["runs"]
        ]
    except (ValueError, KeyError, TypeError, BadValue) as error:
        raise BadFile("the log in the words of the figure", f"cannot be read: {error}") from None
    if not found or any(run.grad.shape[1:] != (len(run.names),) for run in found):
        raise BadFile("the log in the words of the figure", "a name for each column is wanted")
    return found
