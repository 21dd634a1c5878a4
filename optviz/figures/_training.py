"""The figure kind of `plot rates` for logs of trainings that `optviz.record` wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from optviz.errors import Unfit
from optviz.figures._kind import Kind
from optviz.figures._log_steps import logarithmic
from optviz.figures._training_kind import TrainingKind
from optviz.figures._trajectory_kind import check_log_limits

if TYPE_CHECKING:
    from optviz.figures._training_axis import Axis
    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene


@dataclass(frozen=True)
class TrainingRates(TrainingKind):
    """Medians and bands of the effective rates of each layer."""

    base: Kind[Any] | None = None
    rate: str = "effective"
    xlog: bool = False
    against: str = "step"

    @classmethod
    def word(cls) -> str:
        return "rates"

    def size(self, content: list[TrainingLog]) -> tuple[int, int]:
        return (1120, 760) if len(content[0].layers) > 3 else (960, 720)  # small panels want room

    def draw(self, logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
        from optviz.figures import _training_scene

        check_log_limits(look)
        ratios = self.rate == "realised" and any(log.effective for log in logs)
        if self.rate == "asymptotic" or ratios:
            raise Unfit(f"a log of training has no {self.rate} rates; it has what record wrote")
        if not any((layer.rates > 0).any() for log in logs for layer in log.layers):
            raise Unfit("no effective rates to draw: a step, with a rate above 0, is wanted")
        scene = _training_scene.scene(logs, look, axis)
        if not self.xlog:
            return scene
        places = [place for log in logs for part in log.layers for place in axis.places(part)]
        first = float(min((place for place in places if place > 0), default=0.0))
        if not first:
            raise Unfit("nothing after step 0 to draw on a log axis; leave --xlog out")
        return replace(scene, panels=tuple(logarithmic(panel, first) for panel in scene.panels))

    def columns(self, log: TrainingLog) -> list[dict[str, Any]]:
        from optviz.figures import _training_table

        return [
            row
            for layer in log.layers
            for row in _training_table.rows(
                layer,
                lr=layer.eta,
                **{f"rate{share:g}": layer.rates[:, i] for i, share in enumerate(log.quantiles)},
            )
        ]

    def fact(self, log: TrainingLog) -> dict[str, Any]:
        """The median rate of each layer at its first and its last recorded step."""
        from optviz.figures._training_table import ends

        layers = [ends(layer.name, layer.rates[:, log.median]) for layer in log.layers]
        kind = "effective" if log.effective else "realised"
        return {**super().fact(log), "rate": kind, "layers": layers}
