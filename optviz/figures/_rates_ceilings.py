"""Ceilings of `rates`: C/λ, above which a coordinate grows, and where a curve crosses them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array
from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._rates_curves import groups
from optviz.objectives import Quadratic
from optviz.walks.trajectory import Trajectory

_LINES = 4  # coordinates beyond which only the lowest ceiling is drawn


@dataclass(frozen=True)
class Threshold:
    """The height y = C/λ with C as a formula, and the coordinates that grow above it.

    `index` is that of λ, "" in one dimension. There are no `coordinates` where Q is not diagonal:
    λ is its largest eigenvalue, and below C/λ no direction grows. `owners` are the optimizers that
    it holds for, where the figure has others. `dash` is that of its coordinate's curve.
    """

    y: float
    factor: float
    letters: str
    index: str
    coordinates: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    dash: int = 0

    @property
    def formula(self) -> str:
        """C/λᵢ in LaTeX, a fraction C on one line."""
        index = f"_{{{self.index}}}" if len(self.index) > 1 else f"_{self.index}"
        return over(self.letters, rf"\lambda{index if self.index else ''}")


def over(letters: str, curvature: str) -> str:
    """C over a curvature, in LaTeX between dollars."""
    if fraction := re.fullmatch(r"\\frac\{(.*)\}\{(.*)\}", letters):
        above, below = fraction.groups()
        return f"$({above})/(({below}){curvature})$"
    return f"${letters}/{curvature}$"


def factor(run: Trajectory, quantity: str) -> tuple[float, str] | None:
    """C and its LaTeX; the realised ratio of any rule flips its coordinate at 2/λ."""
    if quantity == "realised":
        return 2.0, "2"
    return run.optimizer.ceiling() if run.optimizer and quantity == "effective" else None


def thresholds(runs: list[Trajectory], quantity: str) -> list[Threshold]:
    """C/λ of each distinct λ > 0 where Q is diagonal; else of λmax alone, which bounds them all.

    None where there is no quadratic, and where more than two values of C would be told apart.
    """
    q = quadratic(runs)
    owners: dict[tuple[float, str], list[str]] = {}
    for run in runs:
        if (constant := factor(run, quantity)) and run.optimizer:
            names = owners.setdefault(constant, [])
            names += [n for n in [optimizer_name(run.optimizer)] if n not in names]
    if q is None or len(owners) > 2:
        return []
    dashes = _dashes(runs)
    return [
        Threshold(
            constant / curvature, constant, letters, index, members,
            tuple(names) if len(owners) > 1 else (), dashes[members[0]] if members else 0,
        )
        for (constant, letters), names in owners.items()
        for curvature, index, members in curvatures(q)
    ]  # fmt: skip


def quadratic(runs: list[Trajectory]) -> Quadratic | None:
    """The quadratic that the runs are on: a rate has a fixed ceiling nowhere else."""
    return runs[0].objective.quadratic if runs[0].objective else None


def curvatures(q: Quadratic) -> list[tuple[float, str, tuple[int, ...]]]:
    """Each curvature that has a ceiling, its index, and its coordinates."""
    if not q.diagonal:
        steepest = float(q.eigenvalues[-1])
        return [(steepest, r"\mathrm{max}", ())] if steepest > 0 else []
    members: dict[float, list[int]] = {}
    for i, curvature in enumerate(np.diag(q.Q).tolist()):
        if curvature > 0:
            members.setdefault(curvature, []).append(i)
    if q.dim > _LINES and members:
        steepest = max(members)
        return [(steepest, r"\mathrm{max}", tuple(members[steepest]))]
    indices = {k: "" if q.dim == 1 else ",".join(str(i + 1) for i in members[k]) for k in members}
    return [(k, indices[k], tuple(members[k])) for k in members]


def _dashes(runs: list[Trajectory]) -> list[int]:
    """The dash of each coordinate: that of its own curve if it has one in any of the runs."""
    own = np.zeros((len(runs), runs[0].dim), dtype=int)
    for row, run in zip(own, runs, strict=True):
        for members, _ in groups(run.rate[:, 0]):
            row[members] = members[0]
    return [int(dash) for dash in own.max(axis=0)]


def first_crossings(run: Trajectory, lines: Sequence[Threshold], quantity: str) -> dict[int, int]:
    """The step at which each coordinate's rate first rises through its own ceiling."""
    constant = factor(run, quantity)
    crossed = {}
    for line in lines:
        for i in line.coordinates if constant and constant[0] == line.factor else ():
            rises = _rises(run.rate[:, 0, i], line.y)
            if rises.any():
                crossed[i] = (int(rises.argmax()) + 2) * run.stride
    return dict(sorted(crossed.items()))


def _rises(rate: Array, height: float) -> Array:
    return np.asarray((rate[1:] > height) & (rate[:-1] <= height))
