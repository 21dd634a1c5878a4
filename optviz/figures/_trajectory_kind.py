"""Figure kinds of trajectories, and what these share: labels, colours, groups."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from optviz.errors import BadValue, Unfit
from optviz.figures._kind import Kind

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory


class View(Kind["list[Trajectory]"]):
    """A figure kind that shows trajectories as they are."""

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        owners = {walk.optimizer for walk in walks}
        if walks and look.labels:
            check_labels(look, len(owners))

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[Trajectory]:
        return [workers.run(walk) for walk in walks]

    def of_runs(self, runs: list[Trajectory]) -> list[Trajectory]:
        return runs

    def runs(self, content: list[Trajectory]) -> list[Trajectory]:
        return content

    def scene(self, content: list[Trajectory], look: Look) -> Scene:
        """The figure of the runs; rows of a batch are runs of their own.

        Rows that differ in their seed alone are one, their median.
        """
        import numpy as np

        with np.errstate(all="ignore"):
            return self.draw(rows_of(content), look)

    @abstractmethod
    def draw(self, runs: list[Trajectory], look: Look) -> Scene:
        """The figure of `runs`, each a batch of one. Raises `Unfit` for what cannot be shown."""


def rows_of(runs: list[Trajectory]) -> list[Trajectory]:
    """Every row as a run of its own, seeds as their median. Raises `Unfit` for two objectives."""
    from optviz.walks.seeds import medians

    rows = [_on_one_line(row) for row in medians(runs)]
    if len({row.objective for row in rows if row.objective}) > 1:
        raise Unfit("these runs are on different objectives; draw them one at a time")
    return rows


def _on_one_line(run: Trajectory) -> Trajectory:
    """The run with a label that can stand beside a path: a log may have tabs and breaks in it."""
    label = re.sub(r"[\t\r\n]", " ", run.label)
    return run if label == run.label else replace(run, label=label)


def check_labels(look: Look, owners: int) -> None:
    """Raises `BadValue` where there are not as many labels as optimizers."""
    if len(look.labels) != owners:
        wanted = f"one label an optimizer is wanted, {owners} here"
        raise BadValue("label", f"{len(look.labels)} of them", wanted)


def above_zero(look: Look) -> None:
    """Raises `BadValue` for limits that a logarithmic axis cannot have."""
    if look.ylim and look.ylim[0] <= 0:
        raise BadValue("ylim", f"{look.ylim[0]:g}", "above 0 is wanted on a logarithmic axis")


def named(runs: list[Trajectory], look: Look) -> list[Trajectory]:
    """The runs under the labels that were given, one an optimizer.

    Raises `BadValue` where there are not as many labels as optimizers.
    """
    from optviz.text import numbers

    if not look.labels:
        return runs
    owners = list(dict.fromkeys((run.optimizer, run.label) for run in runs))
    check_labels(look, len(owners))
    labels = dict(zip(owners, map(numbers.typed, look.labels), strict=True))
    return [replace(run, label=labels[run.optimizer, run.label]) for run in runs]


def roles(runs: list[Trajectory]) -> list[int]:
    """The colour of each run: one an optimizer, in order of appearance."""
    owners = list(dict.fromkeys((run.optimizer, run.label) for run in runs))
    return [owners.index((run.optimizer, run.label)) for run in runs]


def counted(runs: list[Trajectory]) -> tuple[float, ...]:
    """The run's f after each step where there is one run to count along, else nothing."""
    return tuple(runs[0].f[:, 0].tolist()) if len(runs) == 1 and runs[0].stride == 1 else ()


def grouped(runs: list[Trajectory]) -> list[list[Trajectory]]:
    """The runs of each optimizer, in order of appearance."""
    groups: list[list[Trajectory]] = [[] for _ in range(max(roles(runs), default=-1) + 1)]
    for run, role in zip(runs, roles(runs), strict=True):
        groups[role].append(run)
    return groups
