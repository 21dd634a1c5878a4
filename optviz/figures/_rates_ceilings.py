"""Ceilings of `rates`: C/λ, above which a coordinate grows, and where a curve crosses them."""

from dataclasses import replace

import numpy as np

from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._trajectory_kind import roles
from optviz.objectives import Quadratic
from optviz.scene import Ceiling, Crossing
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory


def _factor(run: Trajectory, quantity: str) -> tuple[float, str] | None:
    """The constant of the ceiling: the realised ratio of any rule flips its coordinate at 2/λ."""
    if quantity == "realised":
        return 2.0, "2"
    return run.optimizer.ceiling() if run.optimizer and quantity == "effective" else None


def _quadratic(runs: list[Trajectory]) -> Quadratic | None:
    """The quadratic that the runs are on: a rate has a fixed ceiling nowhere else."""
    return runs[0].objective.quadratic if runs[0].objective else None


def ceilings(runs: list[Trajectory], quantity: str) -> list[Ceiling]:
    """C/λ of each distinct λ > 0 where Q is diagonal; else of λmax alone, which bounds them all.

    Where rules differ in C, each label names its optimizers.
    """
    q = _quadratic(runs)
    owners: dict[tuple[float, str], list[str]] = {}
    for run in runs:
        if (constant := _factor(run, quantity)) and run.optimizer:
            names = owners.setdefault(constant, [])
            names += [n for n in [optimizer_name(run.optimizer)] if n not in names]
    if q is None or len(owners) > 2:  # more lines than can be distinguished
        return []
    return [
        replace(line, label=line.label + (f" {', '.join(names)}" if len(owners) > 1 else ""))
        for (factor, letters), names in owners.items()
        for line in _lines(q, factor, letters)
    ]


def _lines(q: Quadratic, factor: float, letters: str) -> list[Ceiling]:
    """The ceilings of one constant."""
    if not q.diagonal or q.dim > 4:
        steepest = float(q.eigenvalues[-1])
        return [_ceiling(factor, letters, steepest, "max")] if steepest > 0 else []
    indices: dict[float, list[str]] = {}
    for i, curvature in enumerate(np.diag(q.Q).tolist(), start=1):
        if curvature > 0:
            indices.setdefault(curvature, []).append(str(i))
    return [_ceiling(factor, letters, k, ",".join(index)) for k, index in indices.items()]


def _ceiling(factor: float, letters: str, curvature: float, index: str) -> Ceiling:
    slash = r"\,/\," if "frac" in letters else "/"
    height = factor / curvature
    return Ceiling(height, rf"${letters}{slash}\lambda_{{{index}}}={numbers.tex(height)}$")


def crossings(runs: list[Trajectory], lines: list[Ceiling], quantity: str) -> list[Crossing]:
    """Where a coordinate's rate first rises through its own ceiling: diagonal Q, one path each."""
    q = _quadratic(runs)
    if q is None or not lines or not q.diagonal or len(runs) > 4:
        return []
    marks = []
    for run, role in zip(runs, roles(runs), strict=True):
        factor = (_factor(run, quantity) or (np.nan, ""))[0]
        for i, curvature in enumerate(np.diag(q.Q).tolist()):
            rate = run.rate[:, 0, i]
            if curvature <= 0 or len(rate) < 2:
                continue
            rises = (rate[1:] > factor / curvature) & (rate[:-1] <= factor / curvature)
            if rises.any():
                step = (int(rises.argmax()) + 2) * run.stride
                label = f"step {step}"
                marks.append(Crossing(float(step), factor / curvature, label, role))
    return marks
