"""What every drawing command does: outputs, look, runs, scene, files, words."""

from typing import Any

from optviz.cli._options import OutSpec
from optviz.cli._outputs import deliver, drawable, outputs
from optviz.cli._workers import maker
from optviz.spec import FilmSpec, LookSpec


def draw(view: str, *groups: Any) -> int:
    """Draws the figure of a view whose words are `groups`, the last two outputs and workers."""
    from optviz.drawing import Figure

    *words, out, who = groups
    assert isinstance(out, OutSpec)
    found, figure = outputs(out, view), Figure(view, tuple(words))
    drawable(found, figure.of(LookSpec), figure.of(FilmSpec))
    made = maker(who)
    drawn = figure.draw(made) if made else figure.draw()
    return deliver(out, found, drawn.runs, drawn=(drawn.scene, drawn.look))
