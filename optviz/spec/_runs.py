"""Makes objectives, optimizers, gradient sources and walks of options."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from optviz.errors import BadValue, Unfit
from optviz.files import limits
from optviz.spec._fields import COMMON, RunSpec
from optviz.text.options import numbers

if TYPE_CHECKING:
    from optviz.arrays import Array
    from optviz.gradients import Oracle
    from optviz.objectives import Objective
    from optviz.optimizers import Optimizer
    from optviz.walks.engine import Walk

_DEFAULT_OPTIMIZERS = ("adagrad",)
_SEVERAL = re.compile(r"[)\]]\s*+[,;]?\s*+[(\[]")
_GRID_WANTED = "grid(LEFT,RIGHT,BOTTOM,TOP,COLUMNSxROWS) is wanted"
_GRID = re.compile(r"grid\(([^()]+),\s*+(\d++)\s*+[x×]\s*+(\d++)\s*+\)", re.ASCII)


def optimizers(spec: RunSpec, default: Sequence[str] = _DEFAULT_OPTIMIZERS) -> list[Optimizer]:
    """The optimizers of the spec, with the common settings. Raises `OptvizError`."""
    from optviz.optimizers import read_all

    common = {key: value for key in COMMON if (value := getattr(spec, key)) is not None}
    for pair in spec.param:
        key, sign, value = (part.strip() for part in pair.partition("="))
        if not (key and sign and value):
            raise BadValue("param", pair, "KEY=VALUE is wanted")
        if key in common:
            raise BadValue("param", pair, f"but {key} is already set to {common[key]}")
        common[key] = value
    return read_all(list(spec.opt or default), common)


def objective(spec: RunSpec) -> Objective:
    """The objective of the spec, rotated by its option. Raises `OptvizError`."""
    from optviz import objectives

    model = objectives.Model(spec.target, spec.standardize, spec.intercept, spec.l2, spec.loss)
    return objectives.read(spec.objective, rotate=spec.rotate, model=model)


def walks(
    spec: RunSpec, default: Sequence[str] = _DEFAULT_OPTIMIZERS, steps: int | None = None
) -> list[Walk]:
    """The walks of the spec: one for each optimizer, of all starts. Raises `OptvizError`.

    `default` and `steps` are the optimizers and the number of steps if the spec has none.
    """
    from optviz.walks import engine

    q = objective(spec)
    usual_start, usual_steps = _defaults(spec, q)
    count = _steps(spec, steps or usual_steps)
    rows = _starts(spec, q, usual_start)
    q, gradients = q.seen_from(rows), oracle(spec, q, len(rows))
    walks = [
        engine.Walk(q, optimizer, rows, count, gradients, spec.expected)
        for optimizer in optimizers(spec, default)
    ]
    for walk in walks:
        walk.check()
    return walks


def _steps(spec: RunSpec, default: int) -> int:
    steps = default if spec.steps is None else spec.steps
    if steps < 0:
        raise BadValue("steps", steps, "0 or more is wanted")
    if steps > limits.STEP:
        raise BadValue("steps", steps, f"{limits.STEP} or fewer are wanted")
    return steps


def _starts(spec: RunSpec, q: Objective, default: Sequence[float]) -> Array:
    """The starts (batch, dim) of the spec, or the default one, whose coordinates repeat."""
    import numpy as np

    from optviz.walks import engine

    starts = [start for text in spec.start for start in placed(text)]
    starts = starts or [[default[i % len(default)] for i in range(q.dim)]]
    batch = np.array([engine.starts(q, np.array(start))[0] for start in starts])
    with np.errstate(all="ignore"):
        if not np.isfinite(q.value(batch)).all():
            raise BadValue("start", ", ".join(spec.start), "places where f is finite are wanted")
    return batch


def _defaults(spec: RunSpec, q: Objective) -> tuple[tuple[float, ...], int]:
    """The start and the number of steps for an objective if the spec has none."""
    from optviz import objectives
    from optviz.objectives import transforms

    if q.data is not None:
        return (0.0,), 100  # all weights 0, and enough steps to see an epoch or two
    preset = objectives.preset(spec.objective)
    if preset is None:
        return (-5.0, -2.0), 20
    if not q.turned:
        return preset.start, preset.steps
    start = transforms.turned_point(preset.start, q.turned)
    return tuple(round(v, 3) for v in start), preset.steps


def oracle(spec: RunSpec, q: Objective, starts: int = 1) -> Oracle:
    """The gradients of each start with each seed. Raises `OptvizError`."""
    from optviz import gradients

    source = gradients.read(spec.gradient)
    source.fit(q)
    if not 1 <= spec.seeds <= 1_000_000:
        raise BadValue("seeds", spec.seeds, "1 to 1000000 is wanted")
    if not 0 <= spec.seed <= limits.SEED - spec.seeds:
        raise BadValue("seed", spec.seed, "a whole number from 0 up, with 18 digits, is wanted")
    if spec.seeds > 1 and not source.random:
        raise Unfit(f"--seeds is for gradients that are drawn, such as noise(1); {source} is not")
    return gradients.oracle(source, spec.seeds, spec.seed, starts)


def placed(text: str) -> list[list[float]]:
    """The starts of a text: `-5,-2`, or 25 × 25 of them: `grid(-6,6,-3,3,25x25)`.

    Raises `BadValue`.
    """
    match = _GRID.fullmatch(text.strip())
    if _SEVERAL.search(text):
        raise BadValue("start", text, "one place is wanted; write --start for each")
    if not match and text.strip().startswith("grid"):
        raise BadValue("start", text, _GRID_WANTED)
    if not match:
        return [numbers("start", text)]
    ends, (columns, rows) = numbers("start", match[1]), _extent(match)
    if len(ends) != 4 or not (ends[0] < ends[1] and ends[2] < ends[3]):
        raise BadValue("start", text, _GRID_WANTED)
    if not 2 <= min(columns, rows) <= columns * rows <= 40_000:
        raise BadValue("start", text, "2x2 to 40000 starts are wanted")
    across = [ends[0] + (ends[1] - ends[0]) * i / (columns - 1) for i in range(columns)]
    up = [ends[2] + (ends[3] - ends[2]) * j / (rows - 1) for j in range(rows)]
    return [[x, y] for y in up for x in across]


def count_starts(texts: Iterable[str]) -> int:
    """How many starts the texts have, without computing them."""
    grids = (_GRID.fullmatch(text.strip()) for text in texts)
    return sum(math.prod(_extent(match)) if match else 1 for match in grids)


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """Columns and rows, each cut to nine digits, which is too many in any case."""
    columns, rows = (int(match[i][:9]) for i in (2, 3))
    return columns, rows
