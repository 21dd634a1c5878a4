"""What `plot loss` and `plot schedule` make of logs of trainings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optviz.figures._kind import Kind
from optviz.figures._training_kind import TrainingKind
from optviz.figures._trajectory_kind import check_log_limits

if TYPE_CHECKING:
    from optviz.figures._training_axis import Axis
    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene


@dataclass(frozen=True)
class TrainingLoss(TrainingKind):
    """The losses that a training logged."""

    base: Kind[Any] | None = None
    xlog: bool = False
    against: str = "step"

    @classmethod
    def word(cls) -> str:
        return "loss"

    def draw(self, logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
        from optviz.figures import _training_single
        from optviz.figures._training_quantities import losses

        quantity = losses(logs)
        if quantity.log:
            check_log_limits(look)
        return _training_single.scene(logs, look, axis, quantity, "loss")

    def columns(self, log: TrainingLog) -> list[dict[str, Any]]:
        from optviz.figures import _training_table

        return [row for one in log.logged for row in _training_table.rows(one, value=one.values)]

    def fact(self, log: TrainingLog) -> dict[str, Any]:
        """The first and the last value of each logged number."""
        from optviz.figures._training_table import ends

        logged = [ends(one.name, one.values) for one in log.logged]
        return {**super().fact(log), "logged": logged}


@dataclass(frozen=True)
class TrainingSchedule(TrainingKind):
    """The learning rate of each group, as the optimizer had it."""

    base: Kind[Any] | None = None
    ylog: bool = False
    xlog: bool = False
    against: str = "step"

    @classmethod
    def word(cls) -> str:
        return "schedule"

    def draw(self, logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
        from optviz.figures import _training_single
        from optviz.figures._training_quantities import schedule

        if self.ylog:
            check_log_limits(look)
        quantity = schedule(log=self.ylog)
        return _training_single.scene(logs, look, axis, quantity, "schedule")

    def columns(self, log: TrainingLog) -> list[dict[str, Any]]:
        from optviz.figures import _training_parts, _training_table

        layers = _training_parts.whole(log)
        return [row for layer in layers for row in _training_table.rows(layer, lr=layer.eta)]

    def fact(self, log: TrainingLog) -> dict[str, Any]:
        """The first and the last rate of each group."""
        from optviz.figures import _training_parts, _training_table

        groups = [
            _training_table.ends(layer.name, layer.eta) for layer in _training_parts.whole(log)
        ]
        return {**super().fact(log), "layers": groups}
