"""The metadata of one run, as JSON holds it beside the four arrays: written and read back."""

from dataclasses import replace
from typing import Any

import numpy as np

from optviz import objectives, optimizers
from optviz.arrays import Array, Ints
from optviz.errors import BadValue, OptvizError
from optviz.files import limits
from optviz.objectives import Objective, Quadratic
from optviz.optimizers import Optimizer
from optviz.records import _data_objective
from optviz.records._json_values import integer, nested_lists, numbers, refuse, text
from optviz.text.schema import SCHEMA
from optviz.walks import status
from optviz.walks.trajectory import Trajectory


def describe(run: Trajectory) -> dict[str, Any]:
    """All of a batch of one but its x, f, grad and rate, in the order it is written."""
    fields: dict[str, Any] = {
        "optviz": SCHEMA,
        "objective": _described(run.objective) if run.objective else None,
        "optimizer": str(run.optimizer) if run.optimizer else None,
        "gradient": run.gradient,
        "seed": run.seeds[0],
        "start": nested_lists(run.x[0, 0]),
        "steps": run.steps,
        "status": run.status[0],
        "status_step": int(run.status_step[0]),
    }
    if run.label:
        fields["label"] = run.label
    if run.coordinates and run.objective is None:
        fields["names"] = list(run.coordinates)
    if run.stride != 1:
        fields["every"] = run.stride
    return fields


def rebuild(
    fields: dict[str, Any], x: Array | None, f: Array | None, grad: Array | None, rate: Array | None
) -> Trajectory:
    """The batch of one with this metadata and these arrays; missing parts are nan or None.

    x (steps+1, dim), f (steps+1,), grad and rate (steps, dim). Raises `BadValue`.
    """
    if fields.get("optviz") not in (None, SCHEMA):
        message = f"this program reads version {SCHEMA}; a newer one may have written this"
        raise BadValue("optviz", fields["optviz"], message)
    points, dim = _extent(x, grad)
    stride = integer(fields, "every", 1, least=1)
    steps = (points - 1) * stride
    if steps > limits.STEP:
        raise BadValue("every", stride, f"the last step is {steps}, beyond {limits.STEP}")
    if integer(fields, "steps", steps) != steps:
        raise BadValue("steps", fields["steps"], f"but the arrays end with step {steps}")
    objective, (optimizer, label) = _objective(fields.get("objective"), dim), _optimizer(fields)
    if f is None and x is not None and x.shape[1] == dim and objective is not None:
        with np.errstate(all="ignore"):
            f = objective.value(x)
    x, f = _part("x", x, (points, dim)), _part("f", f, (points,))
    grad, rate = (_part(k, a, (points - 1, dim)) for k, a in (("grad", grad), ("rate", rate)))
    status, status_step = _ending(fields, objective, x, rate, stride)
    seed = integer(fields, "seed", 0, most=limits.SEED)
    gradient = text(fields, "gradient") or "exact"
    run = Trajectory(objective, optimizer, x, f, grad, rate, status, status_step)
    about = fields.get("objective")
    about = about if isinstance(about, dict) else {}  # of a table that the record does not carry
    names = _names({**about, **fields}, "names", dim) if objective is None else ()
    return replace(
        run, gradient=gradient, seeds=(seed,), label=label, stride=stride, coordinates=names
    )


def _extent(x: Array | None, grad: Array | None) -> tuple[int, int]:
    """The number of points and of coordinates."""
    what, array = ("grad", grad) if x is None else ("x", x)
    if array is None:
        raise BadValue("x", "nothing", "positions x or gradients grad are wanted")
    if array.ndim != 2 or array.size == 0:
        raise BadValue(what, "an empty list", "a list of lists of numbers is wanted")
    return len(array) + (x is None), array.shape[1]


def _part(what: str, values: Array | None, shape: tuple[int, ...]) -> Array:
    """One array of the run with its batch axis; nan for what is missing or not finite."""
    if values is None:
        values = np.full(shape, np.nan)
    elif values.shape != shape and not (values.size == 0 and 0 in shape):  # [] has no dim
        actual, expected = (" × ".join(map(str, size)) for size in (values.shape, shape))
        raise BadValue(what, f"{actual} numbers", f"{expected} are wanted to go with the others")
    values = values.reshape(shape)
    return np.where(np.isfinite(values), values, np.nan)[:, None]


def _ending(
    fields: dict[str, Any], objective: Objective | None, x: Array, rate: Array, stride: int
) -> tuple[tuple[str, ...], Ints]:
    """The status in the file, or else judged by the positions on the objective."""
    word = text(fields, "status", status.STATUSES)
    if word or objective is None or np.isnan(x).all():
        step = integer(fields, "status_step", len(rate) * stride)
        return (word or "running",), np.array([step], dtype=np.int64)
    statuses, entries = status.judge(objective, x, rate)
    return statuses, entries * stride


def _described(objective: Objective) -> dict[str, Any]:
    plain = objective.as_dict()
    usual = tuple(f"x{i + 1}" for i in range(objective.dim))
    return plain if objective.names == usual else plain | {"names": list(objective.names)}


def _objective(plain: Any, dim: int) -> Objective | None:
    if plain is None:
        return None
    if isinstance(plain, dict) and plain.get("loss") is not None:
        return _data_objective.read(plain, dim, _names(plain, "objective: names", dim))
    if not isinstance(plain, dict) or not {"Q", "text"} & plain.keys():
        refuse("objective", plain, "an object with Q, c and b, or with a text")
    if plain.get("Q") is None:
        return _typed(
            text(plain, "text"), dim, float(numbers("rotate", plain.get("rotate", 0.0), 0))
        )
    Q, b = numbers("objective: Q", plain["Q"], 2), numbers("objective: b", plain.get("b", 0.0), 0)
    c = numbers("objective: c", plain.get("c", [0.0] * dim), 1)
    if Q.shape != (dim, dim):
        raise BadValue("objective: Q", f"a shape of {Q.shape}", f"{(dim, dim)} is wanted as x has")
    return Quadratic(Q, c, float(b), text(plain, "text"), _names(plain, "objective: names", dim))


def _typed(formula: str, dim: int, rotate: float) -> Objective:
    """The objective of a text alone; a file is not opened because a record names it."""
    try:
        is_file = formula.strip().startswith("@")
        objective = None if is_file else objectives.read(formula, rotate=rotate)
    except OptvizError:
        objective = None
    if objective is None or objective.dim != dim:
        wanted = f"a formula or a preset of {dim} coordinates"
        refuse("objective: text", formula, wanted)
    return objective


def _names(fields: dict[str, Any], what: str, dim: int) -> tuple[str, ...]:
    """The names of coordinates, () if there are none. Raises `BadValue`."""
    names = fields.get("names") or []
    if names and not (
        isinstance(names, list) and len(names) == dim and all(isinstance(n, str) for n in names)
    ):
        refuse(what, names, f"a list of {dim} names")
    return tuple(names)


def _optimizer(fields: dict[str, Any]) -> tuple[Optimizer | None, str]:
    """The optimizer if it is known here, and the label, which is the text of an unknown one."""
    typed, label = text(fields, "optimizer"), text(fields, "label")
    try:
        return (optimizers.read(typed) if typed else None), label
    except (OptvizError, RecursionError):  # any text, brackets in brackets too
        return None, label or typed
