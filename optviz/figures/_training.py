"""The figure kind of `plot rates` for logs of trainings that `optviz.record` wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from optviz.errors import Unfit
from optviz.figures._kind import Kind
from optviz.figures._log_steps import check_xlim, logarithmic
from optviz.figures._trajectory_kind import check_log_limits

if TYPE_CHECKING:
    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers


@dataclass(frozen=True)
class TrainingRates(Kind["list[TrainingLog]"]):
    """Medians and bands of the effective rates of each layer."""

    rate: str = "effective"
    xlog: bool = False

    @classmethod
    def word(cls) -> str:
        return "rates"

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[TrainingLog]:
        raise Unfit("a log of training is read from its file")

    def size(self, content: list[TrainingLog]) -> tuple[int, int]:
        return (1120, 760) if len(content[0].layers) > 3 else (960, 720)  # small panels want room

    def scene(self, content: list[TrainingLog], look: Look) -> Scene:
        from optviz.figures import _training_names, _training_scene

        _training_names.names(content, look, latex=True)
        check_log_limits(look)
        check_xlim(look, self.xlog)
        ratios = self.rate == "realised" and any(log.effective for log in content)
        if self.rate == "asymptotic" or ratios:
            raise Unfit(f"a log of training has no {self.rate} rates; it has what record wrote")
        if not any((layer.rates > 0).any() for log in content for layer in log.layers):
            raise Unfit("no effective rates to draw: a step, with a rate above 0, is wanted")
        scene = _training_scene.scene(content, look)
        if not self.xlog:
            return scene
        first = float(
            min(s for log in content for layer in log.layers for s in layer.steps if s > 0)
        )
        return replace(scene, panels=tuple(logarithmic(panel, first) for panel in scene.panels))

    def formats(self) -> dict[str, str]:
        return {}

    def facts(self, content: list[TrainingLog]) -> dict[str, Any]:
        return {"trainings": [_facts(log) for log in content]}


def _facts(log: TrainingLog) -> dict[str, Any]:
    """The median rate of each layer at its first and its last recorded step."""
    layers = [
        {"name": layer.name, "first": medians[0], "last": medians[-1]}
        for layer in log.layers
        for medians in [layer.rates[:, log.median].tolist()]
    ]
    kind = "effective" if log.effective else "realised"
    return {"optimizer": log.optimizer, "steps": log.steps, "rate": kind, "layers": layers}
