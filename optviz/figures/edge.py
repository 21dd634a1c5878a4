"""λmax(diag(rate)·H) of a training over its ceiling C: how near it is to the edge of stability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optviz.errors import UnknownName
from optviz.figures._training_kind import AGAINST, XLOG, LogKind
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.figures._training_axis import Axis
    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk

ROWS = ("edge", "sharpness", "rates", "schedule", "loss")


def read_rows(name: str, text: str) -> tuple[str, ...]:
    """Names of rows. Raises `UnknownName`."""
    del name
    rows = tuple(part.strip().lower() for part in text.split(","))
    for row in rows:
        if row not in ROWS:
            raise UnknownName("row of edge", row, ROWS)
    return rows


@dataclass(frozen=True)
class Edge(LogKind):
    """λ/C against the step, with the line 1; rates, sharpness and loss below it."""

    says = "preconditioned sharpness of a training over its ceiling, λ/C"
    does = "Draw how near a training is to its edge of stability, λ/C."
    examples = """
The curvature that record measured, over its ceiling (optviz help training):
  optviz edge run.jsonl
Several trainings together:
  optviz edge run.jsonl other.jsonl
With the sharpness of the loss alone, and the loss that was logged:
  optviz edge run.jsonl --rows edge,sharpness,loss
Against the time that it took, in German:
  optviz edge run.jsonl --against time --lang de
The numbers instead of the picture:
  optviz edge run.jsonl -o edge.csv
"""

    rows: str = option(
        "edge,rates", "edge, sharpness, rates, schedule, loss", value="ROWS", read=read_rows
    )
    against: str = AGAINST
    xlog: bool = XLOG

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        super().check(walks, look)
        read_rows("rows", self.rows)

    def size(self, content: list[TrainingLog]) -> tuple[int, int]:
        count = len(read_rows("rows", self.rows))
        return 960, 720 if count == 1 else 560 + 200 * count

    def draw(self, logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
        from optviz.figures import _training_edge

        return _training_edge.scene(logs, look, axis, read_rows("rows", self.rows))

    def columns(self, log: TrainingLog) -> list[dict[str, Any]]:
        from optviz.figures import _training_table

        return [
            row
            for part in log.curvatures
            for row in _training_table.rows(
                part,
                effective=part.effective,
                ceiling=part.ceiling,
                critical=part.critical,
                ratio=part.ratio,
                raw=part.raw,
                error=part.error,
            )
        ]

    def fact(self, log: TrainingLog) -> dict[str, Any]:
        """Where it is: at the edge since a step, below or above it by a factor; its spikes."""
        from optviz.figures import _training_verdict

        verdict = _training_verdict.of(log)
        spikes = [{"step": spike.step, "ratio": spike.ratio} for spike in verdict.spikes]
        return {
            **super().fact(log),
            "edge": verdict.place or None,
            "since": verdict.since,
            "ratio": verdict.ratio,
            "spikes": spikes,
            "lost": verdict.lost,
            "error": max(part.uncertain for part in log.curvatures) or None,
        }
