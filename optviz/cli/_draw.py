"""What every drawing command does: outputs, look, runs, scene, files, words."""

from typing import Any

from optviz.cli._options import OutSpec
from optviz.cli._outputs import deliver, outputs
from optviz.cli._workers import maker


def draw(view: str, *groups: Any) -> int:
    """Draws the figure of a view whose words are `groups`, the last two outputs and workers."""
    from optviz.drawing import Figure

    *words, out, who = groups
    assert isinstance(out, OutSpec)
    found = outputs(out, view)
    figure, made = Figure(view, tuple(words)), maker(who)
    drawn = figure.draw(made) if made else figure.draw()
    return deliver(out, found, drawn.runs, drawn=(drawn.scene, drawn.look))
