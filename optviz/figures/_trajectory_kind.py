"""Figure kinds that show trajectories as they are, and the labels, colours and groups of runs."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from optviz.errors import BadValue, Unfit
from optviz.figures._kind import Kind

if TYPE_CHECKING:
    from optviz.arrays import Array
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory


class TrajectoryKind(Kind["list[Trajectory]"]):
    """A figure kind whose content is a list of trajectories; a subclass writes `draw`."""

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        if walks:
            count = len({walk.optimizer for walk in walks})
            check_labels(look, count)
            check_colors(look, count)

    def panels(self) -> int:
        """How many panels a single run has."""
        return 1

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[Trajectory]:
        return [workers.run(walk) for walk in walks]

    def of_runs(self, runs: list[Trajectory]) -> list[Trajectory]:
        return runs

    def runs(self, content: list[Trajectory]) -> list[Trajectory]:
        return content

    def scene(self, content: list[Trajectory], look: Look) -> Scene:
        """The figure of the rows of the runs; rows that differ in their seed alone are one."""
        import numpy as np

        with np.errstate(all="ignore"):
            return self.draw(rows_of(content), look)

    @abstractmethod
    def draw(self, runs: list[Trajectory], look: Look) -> Scene:
        """The figure of `runs`, each a batch of one. Raises `Unfit` for what cannot be shown."""


def rows_of(runs: list[Trajectory]) -> list[Trajectory]:
    """Every row as a run of its own, seeds as their median. Raises `Unfit` for two objectives."""
    from optviz.walks.seeds import medians

    rows = [_with_label(row, re.sub(r"[\t\r\n]", " ", row.label)) for row in medians(runs)]
    if len({row.objective for row in rows if row.objective}) > 1:
        raise Unfit("these runs are on different objectives; draw them one at a time")
    return _on_one_objective(rows)


def _on_one_objective(runs: list[Trajectory]) -> list[Trajectory]:
    """The runs, whose objective looks for its minima from where they begin and end."""
    import numpy as np

    f = next((run.objective for run in runs if run.objective), None)
    if f is None or f.quadratic is not None:
        return runs
    ends = [run.x[np.isfinite(run.x).all(axis=2)][[0, -1]] for run in runs if _has_places(run)]
    f = f.seen_from(np.concatenate([np.empty((0, f.dim)), *ends]))
    return [replace(run, objective=f) for run in runs]


def last_place(run: Trajectory) -> Array:
    """The last position of the run that is finite: (dim,)."""
    import numpy as np

    finite = np.isfinite(run.x[:, 0]).all(axis=1)
    return np.asarray(run.x[finite, 0][-1] if finite.any() else run.x[-1, 0])


def _has_places(run: Trajectory) -> bool:
    import numpy as np

    return bool(np.isfinite(run.x).all(axis=2).any())


def _with_label(run: Trajectory, label: str) -> Trajectory:
    return run if label == run.label else replace(run, label=label)


def check_labels(look: Look, count: int, owner: str = "optimizer") -> None:
    """Raises `BadValue` if the look has labels, but not `count`, one for each owner."""
    if look.labels and len(apart(look.labels, count)) != count:
        expected = f"one label for each {owner} is wanted, {count} here"
        alone = len(look.labels) == 1 and "," in look.labels[0]
        typed = look.labels[0] if alone else f"{len(look.labels)} of them"
        raise BadValue("label", typed, expected)


def apart(labels: tuple[str, ...], count: int) -> tuple[str, ...]:
    """The labels, of a single one `A,B` its parts if these are as many as are wanted."""
    parts = [part.strip() for part in labels[0].split(",")] if len(labels) == 1 else []
    return tuple(parts) if len(parts) == count and all(parts) else labels


def check_colors(look: Look, count: int, owner: str = "optimizer") -> None:
    """Raises `BadValue` if the look has colours of curves, but not `count`, one for each owner."""
    if look.colors and len(look.colors) != count:
        expected = f"one colour for each {owner} is wanted, {count} here"
        raise BadValue("colors", f"{len(look.colors)} of them", expected)


def check_log_limits(look: Look) -> None:
    """Raises `BadValue` for limits that a logarithmic axis cannot have."""
    if look.ylim and look.ylim[0] <= 0:
        raise BadValue("ylim", f"{look.ylim[0]:g}", "above 0 is wanted on a logarithmic axis")


def labelled(runs: list[Trajectory], look: Look) -> list[Trajectory]:
    """The runs with the labels of the look, if it has any.

    Raises as `check_labels` and `check_colors`.
    """
    from optviz.text import numbers

    owners = list(dict.fromkeys(map(_owner, runs)))
    check_colors(look, len(owners))
    if not look.labels:
        return runs
    check_labels(look, len(owners))
    texts = map(numbers.typed, apart(look.labels, len(owners)))
    labels = dict(zip(owners, texts, strict=True))
    return [replace(run, label=labels[_owner(run)]) for run in runs]


def _owner(run: Trajectory) -> tuple[object, str]:
    """What runs of one optimizer have in common."""
    return run.optimizer, run.label


def roles(runs: list[Trajectory]) -> list[int]:
    """The index of each run's colour: one an optimizer, in order of appearance."""
    owners = list(dict.fromkeys(map(_owner, runs)))
    return [owners.index(_owner(run)) for run in runs]


def counter_values(runs: list[Trajectory]) -> tuple[float, ...]:
    """f after each step, for the counter of a film of a single run; else ()."""
    return tuple(runs[0].f[:, 0].tolist()) if len(runs) == 1 and runs[0].stride == 1 else ()


def grouped(runs: list[Trajectory]) -> list[list[Trajectory]]:
    """The runs of each optimizer, in order of appearance."""
    groups: dict[int, list[Trajectory]] = {}
    for run, role in zip(runs, roles(runs), strict=True):
        groups.setdefault(role, []).append(run)
    return list(groups.values())
