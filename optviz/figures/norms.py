"""The norms of gradient, update and parameters of a training, by layer."""

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
class Norms(LayerKind):
    """‖gradient‖, ‖update‖ and ‖parameter‖ against the step, one below the other."""

    lacks = LayerKind.lacks | {"ylabel"}  # each panel has its own
    says = "norms of gradient, update and parameters of a training, by layer"
    does = "Draw the norms of gradient, update and parameters of a training."
    examples = """
Where gradients vanish or explode (optviz help training):
  optviz norms run.jsonl
Two trainings, all parameters of each group:
  optviz norms run.jsonl other.jsonl
The first steps spread out:
  optviz norms run.jsonl --xlog
Against the time that it took:
  optviz norms run.jsonl --against time
The numbers instead of the picture:
  optviz norms run.jsonl -o norms.csv
"""

    def size(self, content: list[TrainingLog]) -> tuple[int, int]:
        return 960, 1080

    def draw(self, logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
        from optviz.figures import _training_norms

        return _training_norms.scene(logs, look, axis)

    def values(self, layer: Layer) -> dict[str, Array]:
        from optviz.figures._training_norms import QUANTITIES

        return {name: getattr(layer, name) for name in QUANTITIES}

    def fact(self, log: TrainingLog) -> dict[str, Any]:
        """The norms of each layer at its last recorded step."""
        from optviz.figures._training_table import plain

        layers = [
            {"name": layer.name, **{key: plain(v[-1]) for key, v in self.values(layer).items()}}
            for layer in log.layers
        ]
        return {**super().fact(log), "layers": layers}
