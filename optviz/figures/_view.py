"""What every view is: runs in, a scene out."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from optviz.errors import BadValue
from optviz.scene import Look, Scene
from optviz.text import numbers
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory


class View(ABC):
    """A way of looking at trajectories; `says` is its line in `optviz list views`."""

    says: ClassVar[str]

    @abstractmethod
    def scene(self, runs: list[Trajectory], look: Look) -> Scene:
        """The figure of `runs`, each a batch of one. Raises `Unfit` for what cannot be shown."""

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        """Raises what `scene` will raise whatever the walks come to; they have one objective."""
        owners = {walk.optimizer for walk in walks}
        if walks and look.labels:
            labelled(look, len(owners))


def labelled(look: Look, owners: int) -> None:
    """Raises `BadValue` where there are not as many labels as optimizers."""
    if len(look.labels) != owners:
        wanted = f"one label an optimizer is wanted, {owners} here"
        raise BadValue("label", f"{len(look.labels)} of them", wanted)


def above_zero(look: Look) -> None:
    """Raises `BadValue` for limits that a logarithmic axis cannot have."""
    if look.ylim and look.ylim[0] <= 0:
        raise BadValue("ylim", f"{look.ylim[0]:g}", "above 0 is wanted on a logarithmic axis")


def named(runs: list[Trajectory], look: Look) -> list[Trajectory]:
    """The runs under the labels that the person gave, one an optimizer.

    Raises `BadValue` where there are not as many labels as optimizers.
    """
    if not look.labels:
        return runs
    owners = list(dict.fromkeys((run.optimizer, run.label) for run in runs))
    labelled(look, len(owners))
    given = dict(zip(owners, map(numbers.typed, look.labels), strict=True))
    return [replace(run, label=given[run.optimizer, run.label]) for run in runs]


def roles(runs: list[Trajectory]) -> list[int]:
    """The colour of each run: one an optimizer, in order of appearance."""
    owners = list(dict.fromkeys((run.optimizer, run.label) for run in runs))
    return [owners.index((run.optimizer, run.label)) for run in runs]


def counted(runs: list[Trajectory]) -> tuple[float, ...]:
    """The run's f after each step where there is one run to count along, else nothing."""
    return tuple(runs[0].f[:, 0].tolist()) if len(runs) == 1 and runs[0].stride == 1 else ()


def grouped(runs: list[Trajectory]) -> list[list[Trajectory]]:
    """The runs of each optimizer, in order of appearance."""
    found: list[list[Trajectory]] = [[] for _ in range(max(roles(runs), default=-1) + 1)]
    for run, role in zip(runs, roles(runs), strict=True):
        found[role].append(run)
    return found
