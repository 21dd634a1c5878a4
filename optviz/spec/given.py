"""What files of trajectories do not say themselves: their objective, their optimizers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from optviz.errors import Unfit
from optviz.spec._fields import RunSpec
from optviz.text.options import changed, option, options

if TYPE_CHECKING:
    from optviz.recorder.training_log import TrainingLog
    from optviz.walks.trajectory import Trajectory

_given = partial(option, group="What the files do not say")


@dataclass(frozen=True)
class GivenSpec:
    """What a log does not say itself."""

    objective: str | None = _given(None, "objective of runs that name none", "-f")
    target: str | None = _given(
        None, "column of -f @data.csv that the others explain", value="COLUMN"
    )
    loss: str = _given("squares", "loss of a row: optviz list losses")
    standardize: bool = _given(False, "scale every feature to mean 0 and deviation 1")
    intercept: bool = _given(False, "add a feature that is 1 in every row")
    l2: float = _given(0.0, "add L2/2 · ‖w‖², the intercept left out", value="L2")
    rotate: float = _given(0.0, "turn that objective about the origin", value="DEG")
    opt: tuple[str, ...] = _given((), "optimizer of runs that name none, for all or each")

    @property
    def run(self) -> RunSpec:
        """The objective as what runs has it."""
        values = {name: getattr(self, name) for name in options(GivenSpec)}
        return RunSpec(**{**values, "objective": self.objective or RunSpec.objective})

    def check(self) -> None:
        """Raises `Unfit` for what is of an objective, where none is given."""
        for name, value in changed(self).items():
            if self.objective is None and name != "opt":
                raise Unfit(f"{name} {value} is of an objective; give that with -f")

    def completed(self, contents: Sequence[tuple[str, bytes]]) -> list[Trajectory]:
        """The runs of files, by path and content, with what they lack. Raises `OptvizError`."""
        from optviz import records, spec
        from optviz.walks import completion

        walked = [run for path, data in contents for run in records.read(data, path)]
        q = spec.objective(self.run) if self.objective else None
        return completion.complete(walked, q, spec.optimizers(self.run) if self.opt else [])

    def training(self, logs: Sequence[TrainingLog | None]) -> list[TrainingLog]:
        """The logs of training, which say themselves what they are of. Raises `Unfit`."""
        known = [log for log in logs if log]
        if len(known) < len(logs):
            raise Unfit("logs of training and trajectories do not go into one figure")
        if self.objective or self.opt:
            raise Unfit(
                "a log of training has its own optimizer, and no objective; leave out -f, --opt"
            )
        return known
