"""‖update‖/‖parameter‖ of each layer of a training: how far a step moves the weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optviz.figures._training_kind import LayerKind

if TYPE_CHECKING:
    from optviz.arrays import Array
    from optviz.figures._training_axis import Axis
    from optviz.recorder.training_log import Layer, TrainingLog
    from optviz.scene import Look, Scene


@dataclass(frozen=True)
class Ratio(LayerKind):
    """log₁₀ ‖update‖/‖parameter‖ against the step, beside −3, a thousandth."""

    says = "size of the updates of a training relative to the weights, by layer"
    does = "Draw log₁₀ ‖update‖/‖parameter‖ of each layer of a training."
    examples = """
How far each step moves the weights of a layer (optviz help training):
  optviz ratio run.jsonl
Two trainings, layer by layer:
  optviz ratio run.jsonl other.jsonl
The first steps spread out:
  optviz ratio run.jsonl --xlog
Against the time that it took:
  optviz ratio run.jsonl --against time
The numbers instead of the picture:
  optviz ratio run.jsonl -o ratio.csv
"""

    def size(self, content: list[TrainingLog]) -> tuple[int, int]:
        return (1120, 760) if len(content) > 1 and len(content[0].layers) > 3 else (960, 720)

    def draw(self, logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
        from optviz.figures import _training_ratio

        return _training_ratio.scene(logs, look, axis)

    def values(self, layer: Layer) -> dict[str, Array]:
        from optviz.figures import _training_ratio

        return {"log10_ratio": _training_ratio.values(layer)}

    def fact(self, log: TrainingLog) -> dict[str, Any]:
        """The first and the last value of each layer."""
        from optviz.figures import _training_ratio, _training_table

        layers = [
            _training_table.ends(layer.name, _training_ratio.values(layer)) for layer in log.layers
        ]
        return {**super().fact(log), "layers": layers}
