"""A sweep as data: csv, one point a row; jsonl, one sweep a line; npz, arrays."""

import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.studies.sweep import Sweep
from optviz.text import numbers
from optviz.text.schema import SCHEMA
from optviz.walks.status import STATUSES


def _csv(sweeps: list[Sweep]) -> str:
    """One point a row: optimizer, the axes, the quantity, diverged; unknown ones are empty."""
    axes = [axis.name for axis in sweeps[0].axes]
    lines = [",".join(["optimizer", *axes, sweeps[0].of, "diverged"])]
    for sweep in sweeps:
        mesh = [part.ravel() for part in np.meshgrid(*(axis.values for axis in sweep.axes))]
        optimizer = sweep.held().replace('"', '""')
        points = zip(*mesh, sweep.values.ravel(), sweep.diverged.ravel(), strict=True)
        for *place, value, diverged in points:
            cells = [*(repr(float(v)) for v in place), _quantity(sweep, float(value))]
            lines.append(f'"{optimizer}",{",".join(cells)},{int(diverged)}')
    return "\n".join(lines) + "\n"


def _quantity(sweep: Sweep, value: float) -> str:
    if not np.isfinite(value):
        return ""
    return STATUSES[int(value)] if sweep.of == "status" else numbers.shortest(value)


def _jsonl(sweeps: list[Sweep]) -> str:
    return "".join(json.dumps(facts(sweep), allow_nan=False) + "\n" for sweep in sweeps)


def facts(sweep: Sweep) -> dict[str, Any]:
    """A sweep as plain data, its values as nested lists."""
    return _settings(sweep) | {
        "axes": {axis.name: axis.values.tolist() for axis in sweep.axes},
        "values": _quantities(sweep.values, sweep.of),
        "diverged": sweep.diverged.tolist(),
    }


def _quantities(values: Array, of: str) -> Any:
    """Nested lists, None for what is not there, names of statuses."""
    if values.ndim > 1:
        return [_quantities(row, of) for row in values]
    finite = [float(value) if np.isfinite(value) else None for value in values]
    return [None if v is None else STATUSES[int(v)] for v in finite] if of == "status" else finite


def _settings(sweep: Sweep) -> dict[str, Any]:
    """What a sweep is of: all but its axes and values."""
    return {
        "optviz": SCHEMA,
        "objective": sweep.objective.as_dict(),
        "optimizer": sweep.held(),
        "start": sweep.start.tolist(),
        "steps": sweep.steps,
        "tolerance": sweep.tolerance,
        "of": sweep.of,
    }


def _npz(sweeps: list[Sweep]) -> bytes:
    """Arrays `values`, `diverged` (sweeps, n2, n1), one named by each axis, `meta` (JSON)."""
    arrays: dict[str, Any] = {axis.name: axis.values for axis in sweeps[0].axes}
    arrays["values"] = np.array([sweep.values for sweep in sweeps])
    arrays["diverged"] = np.array([sweep.diverged for sweep in sweeps])
    arrays["meta"] = np.array(json.dumps([_settings(sweep) for sweep in sweeps]))
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


WRITERS: dict[str, Callable[[list[Sweep]], str | bytes]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "npz": _npz,
}
