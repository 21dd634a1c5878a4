"""One run as plain data and back: what JSON holds of a trajectory besides its four arrays."""

from typing import Any

import numpy as np

from optviz import objectives, optimizers
from optviz.arrays import Array, Ints
from optviz.errors import BadValue, OptvizError
from optviz.files import limits
from optviz.objectives import Objective, Quadratic
from optviz.optimizers import Optimizer
from optviz.records._values import listed, numbers, refuse, text, whole
from optviz.walks import status
from optviz.walks.trajectory import Trajectory

VERSION = 1


def describe(run: Trajectory) -> dict[str, Any]:
    """What is known of a batch of one but its x, f, grad and rate, in the order it is written."""
    known: dict[str, Any] = {
        "optviz": VERSION,
        "objective": _plain(run.objective) if run.objective else None,
        "optimizer": str(run.optimizer) if run.optimizer else None,
        "gradient": run.gradient,
        "seed": run.seeds[0],
        "start": listed(run.x[0, 0]),
        "steps": run.steps,
        "status": run.status[0],
        "status_step": int(run.status_step[0]),
    }
    if run.label:
        known["label"] = run.label
    if run.coordinates and run.objective is None:
        known["names"] = list(run.coordinates)
    if run.stride != 1:
        known["every"] = run.stride
    return known


def rebuild(
    known: dict[str, Any], x: Array | None, f: Array | None, grad: Array | None, rate: Array | None
) -> Trajectory:
    """The batch of one that `describe` and the arrays tell of; missing parts are nan or None.

    x (steps+1, dim), f (steps+1,), grad and rate (steps, dim). Raises `BadValue`.
    """
    if known.get("optviz") not in (None, VERSION):
        said = f"this program reads version {VERSION}; a newer one may have written this"
        raise BadValue("optviz", known["optviz"], said)
    points, dim = _extent(x, grad)
    stride = whole(known, "every", 1, least=1)
    steps = (points - 1) * stride
    if steps > limits.STEP:
        raise BadValue("every", stride, f"the last step is {steps}, beyond {limits.STEP}")
    if whole(known, "steps", steps) != steps:
        raise BadValue("steps", known["steps"], f"but the arrays end with step {steps}")
    objective, (optimizer, label) = _objective(known.get("objective"), dim), _optimizer(known)
    if f is None and x is not None and x.shape[1] == dim and objective is not None:
        with np.errstate(all="ignore"):
            f = objective.value(x)
    x, f = _part("x", x, (points, dim)), _part("f", f, (points,))
    grad, rate = (_part(k, a, (points - 1, dim)) for k, a in (("grad", grad), ("rate", rate)))
    status, since = _ending(known, objective, x, rate, stride)
    seed = whole(known, "seed", 0, most=limits.SEED)
    return Trajectory(
        objective, optimizer, x, f, grad, rate, status, since,
        text(known, "gradient") or "exact", (seed,), label, stride,
        coordinates=_named(known, "names", dim) if objective is None else (),
    )  # fmt: skip


def _extent(x: Array | None, grad: Array | None) -> tuple[int, int]:
    """The number of points and of coordinates."""
    what, main = ("grad", grad) if x is None else ("x", x)
    if main is None:
        raise BadValue("x", "nothing", "positions x or gradients grad are wanted")
    if main.ndim != 2 or main.size == 0:
        raise BadValue(what, "an empty list", "a list of lists of numbers is wanted")
    return len(main) + (x is None), main.shape[1]


def _part(what: str, values: Array | None, shape: tuple[int, ...]) -> Array:
    """One array of the run with its batch axis; nan for what is missing or not finite."""
    if values is None:
        values = np.full(shape, np.nan)
    elif values.shape != shape and not (values.size == 0 and 0 in shape):  # [] has no dim
        has, wanted = (" × ".join(map(str, size)) for size in (values.shape, shape))
        raise BadValue(what, f"{has} numbers", f"{wanted} are wanted to go with the others")
    values = values.reshape(shape)
    return np.where(np.isfinite(values), values, np.nan)[:, None]


def _ending(
    known: dict[str, Any], objective: Objective | None, x: Array, rate: Array, stride: int
) -> tuple[tuple[str, ...], Ints]:
    """The status told, or else judged where there are positions on an objective to judge."""
    told = text(known, "status", status.STATUSES)
    if told or objective is None or np.isnan(x).all():
        since = whole(known, "status_step", len(rate) * stride)
        return (told or "running",), np.array([since], dtype=np.int64)
    judged, entry = status.judge(objective, x, rate)
    return judged, entry * stride


def _plain(objective: Objective) -> dict[str, Any]:
    plain = objective.as_dict()
    usual = tuple(f"x{i + 1}" for i in range(objective.dim))
    return plain if objective.names == usual else plain | {"names": list(objective.names)}


def _objective(plain: Any, dim: int) -> Objective | None:
    if plain is None:
        return None
    if not isinstance(plain, dict) or not {"Q", "text"} & plain.keys():
        refuse("objective", [plain], "an object with Q, c and b, or with a text")
    if plain.get("Q") is None:
        return _typed(text(plain, "text"), dim)
    Q, b = numbers("objective: Q", plain["Q"], 2), numbers("objective: b", plain.get("b", 0.0), 0)
    c = numbers("objective: c", plain.get("c", [0.0] * dim), 1)
    if Q.shape != (dim, dim):
        raise BadValue("objective: Q", f"a shape of {Q.shape}", f"{(dim, dim)} is wanted as x has")
    return Quadratic(Q, c, float(b), text(plain, "text"), _named(plain, "objective: names", dim))


def _typed(formula: str, dim: int) -> Objective:
    """The objective of a text alone; a file is not opened because a record names it."""
    try:
        objective = None if formula.strip().startswith("@") else objectives.read(formula)
    except OptvizError:
        objective = None
    if objective is None or objective.dim != dim:
        wanted = f"a formula or a preset of {dim} coordinates"
        refuse("objective: text", [formula], wanted)
        raise AssertionError
    return objective


def _named(known: dict[str, Any], what: str, dim: int) -> tuple[str, ...]:
    """The names of coordinates, () if there are none. Raises `BadValue`."""
    names = known.get("names") or []
    if names and not (
        isinstance(names, list) and len(names) == dim and all(isinstance(n, str) for n in names)
    ):
        refuse(what, [names], f"a list of {dim} names")
    return tuple(names)


def _optimizer(known: dict[str, Any]) -> tuple[Optimizer | None, str]:
    """The optimizer if it is one of ours, and the label; that of others is their own text."""
    typed, label = text(known, "optimizer"), text(known, "label")
    try:
        return (optimizers.read(typed) if typed else None), label
    except (OptvizError, RecursionError):  # anybody's text, brackets in brackets too
        return None, label or typed
