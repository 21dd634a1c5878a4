"""What every drawing command does: outputs, look, runs, scene, files, words."""

from typing import Any

from optviz.cli._options import OutSpec
from optviz.cli._outputs import deliver, outputs


def draw(view: str, *groups: Any) -> int:
    """Draws the figure of a view whose words are `groups`, the last of them the outputs."""
    from optviz.drawing import Figure

    *words, out = groups
    assert isinstance(out, OutSpec)
    found = outputs(out, view)
    figure = Figure(view, tuple(words))
    drawn = figure.draw()
    return deliver(out, found, drawn.runs, drawn=(drawn.scene, drawn.look))
