"""Figure kinds of what `optviz.record` wrote, and what those of other kinds make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, ClassVar

from optviz.errors import BadValue, Unfit
from optviz.figures._kind import Kind
from optviz.figures._log_steps import XLOG, check_xlim
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.arrays import Array
    from optviz.figures._training_axis import Axis
    from optviz.recorder.training_log import Layer, TrainingLog
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers

__all__ = ["AGAINST", "XLOG", "LayerKind", "LogKind", "TrainingKind", "against_of"]

AGAINST: Any = option(
    "step", "step, or time, in which it ran", value="WHAT", choices=("step", "time")
)
_WALKED = frozenset(
    {
        "objective",
        "target",
        "standardize",
        "intercept",
        "l2",
        "loss",
        "rotate",
        "opt",
        "eta",
        "beta",
    }
    | {"rho", "beta1", "beta2", "eps", "clip", "param", "start", "steps", "gradient", "seed"}
    | {"seeds", "expected", "strict", "color", "jobs", "executor", "scheduler"}
    | {"fragment", "slider", "pace"}  # no walk to move by hand, nor a path to dwell on
)


class TrainingKind(Kind["list[TrainingLog]"]):
    """A kind whose content is logs of training; a subclass writes `draw` and `columns`.

    `base` is the kind whose options it has, if that is another one.
    """

    base: Kind[Any] | None
    against: str
    xlog: bool

    def changed(self) -> dict[str, Any]:
        return self.base.changed() if self.base else super().changed()

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[TrainingLog]:
        raise Unfit("a log of training is read from its file")

    def scene(self, content: list[TrainingLog], look: Look) -> Scene:
        import numpy as np

        from optviz.figures import _training_names
        from optviz.figures._training_axis import Axis

        _training_names.names(content, look, latex=True)  # refuses labels that are too many
        check_xlim(look, self.xlog)
        with np.errstate(all="ignore"):
            return self.draw(content, look, Axis.of(content, self.against, xlog=self.xlog))

    def draw(self, logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
        """The figure of the logs. Raises `Unfit` for what they do not hold."""
        raise NotImplementedError

    def columns(self, log: TrainingLog) -> list[dict[str, Any]]:
        """Its numbers, a dictionary a row of the table: step, time, group, name, values."""
        raise NotImplementedError

    def formats(self) -> Mapping[str, str]:
        return {"csv": ".csv"}

    def write(self, content: list[TrainingLog], form: str, stream: IO[Any]) -> None:
        from optviz.figures import _training_table

        stream.write(_training_table.csv(content, [self.columns(log) for log in content]))

    def facts(self, content: list[TrainingLog]) -> dict[str, Any]:
        return {"trainings": [self.fact(log) for log in content]}

    def fact(self, log: TrainingLog) -> dict[str, Any]:
        """What `--json` says of one log."""
        return {"optimizer": log.optimizer, "steps": log.steps}


class LogKind(TrainingKind):
    """A registered kind that draws logs of training alone: `optviz edge run.jsonl`."""

    content_is_logs = True
    argument = "log"
    data_options = frozenset({"log"})
    printed_formats = frozenset({"csv"})
    lacks: ClassVar[frozenset[str]] = _WALKED
    base = None

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        if walks:  # of the default objective: no log was named
            word = self.word()
            message = f"a log is wanted, as in optviz {word} run.jsonl (optviz help training)"
            raise BadValue("log", "nothing", message)
        check_xlim(look, self.xlog)

    def of_training(self, logs: list[TrainingLog]) -> Kind[list[TrainingLog]]:
        return self

    def numbers(self, walks: Sequence[Walk]) -> int:
        return 0


@dataclass(frozen=True)
class LayerKind(LogKind):
    """A kind that draws quantities of layers; a subclass writes `draw` and `values`."""

    against: str = AGAINST
    xlog: bool = XLOG

    def values(self, layer: Layer) -> dict[str, Array]:
        """Its quantities of a layer (n,), by their names in the table."""
        raise NotImplementedError

    def columns(self, log: TrainingLog) -> list[dict[str, Any]]:
        from optviz.figures import _training_table

        return [
            row for layer in log.layers for row in _training_table.rows(layer, **self.values(layer))
        ]


def against_of(text: str) -> str:
    """The axis of a log of training. Raises `BadValue` for one that it does not have."""
    if text not in ("step", "time"):
        raise BadValue("against", text, "step or time is wanted of a log of training")
    return text
