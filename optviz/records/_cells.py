"""A sweep as data: csv, one point a row; jsonl, one sweep a line; npz, arrays."""

import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.studies.sweep import Sweep
from optviz.text import numbers
from optviz.walks.status import STATUSES


def _csv(sweeps: list[Sweep]) -> str:
    """Columns optimizer, the axes, the quantity, diverged; an empty cell for what is not there."""
    names = [axis.name for axis in sweeps[0].axes]
    lines = [",".join(["optimizer", *names, sweeps[0].of, "diverged"])]
    for one in sweeps:
        mesh = [part.ravel() for part in np.meshgrid(*(axis.values for axis in one.axes))]
        word = one.held().replace('"', '""')
        for *place, value, lost in zip(*mesh, one.values.ravel(), one.lost.ravel(), strict=True):
            cell = _word(one, float(value))
            where = ",".join(repr(float(v)) for v in place)
            lines.append(f'"{word}",{where},{cell},{int(lost)}')
    return "\n".join(lines) + "\n"


def _word(one: Sweep, value: float) -> str:
    if not np.isfinite(value):
        return ""
    return STATUSES[int(value)] if one.of == "status" else numbers.shortest(value)


def _jsonl(sweeps: list[Sweep]) -> str:
    lines = [
        json.dumps(
            _described(one)
            | {
                "axes": {axis.name: axis.values.tolist() for axis in one.axes},
                "values": _plain(one.values, one.of),
                "diverged": one.lost.tolist(),
            },
            allow_nan=False,
        )
        for one in sweeps
    ]
    return "\n".join(lines) + "\n"


def _plain(values: Array, of: str) -> Any:
    """Nested lists, null for what is not there, words for statuses."""
    if values.ndim > 1:
        return [_plain(row, of) for row in values]
    found = [float(value) if np.isfinite(value) else None for value in values]
    return [STATUSES[int(v)] if v is not None else None for v in found] if of == "status" else found


def _described(one: Sweep) -> dict[str, Any]:
    return {
        "optviz": 1,
        "objective": one.objective.as_dict(),
        "optimizer": one.held(),
        "start": one.start.tolist(),
        "steps": one.steps,
        "tolerance": one.tolerance,
        "of": one.of,
    }


def _npz(sweeps: list[Sweep]) -> bytes:
    """Arrays `values` and `diverged` (sweeps, n2, n1), one named by each axis, `meta` (JSON)."""
    arrays: dict[str, Any] = {axis.name: axis.values for axis in sweeps[0].axes}
    arrays["values"] = np.array([one.values for one in sweeps])
    arrays["diverged"] = np.array([one.lost for one in sweeps])
    arrays["meta"] = np.array(json.dumps([_described(one) for one in sweeps]))
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


MAKERS: dict[str, Callable[[list[Sweep]], str | bytes]]
MAKERS = {"csv": _csv, "jsonl": _jsonl, "npz": _npz}
