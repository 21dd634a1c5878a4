"""What every drawing command does: outputs, look, runs, scene, files, words."""

from dataclasses import replace
from typing import Any

from optviz import spec
from optviz.cli._options import OutSpec
from optviz.cli._outputs import deliver, drawable, outputs
from optviz.cli._progress import progress
from optviz.cli._workers import shared
from optviz.spec import FilmSpec, LookSpec, RunSpec


def draw(view: str, *groups: Any) -> int:
    """Draws the figure of a view whose words are `groups`, the last two outputs and workers."""
    from optviz.spec.figure import Figure

    *words, out, who = groups
    assert isinstance(out, OutSpec)
    figure = Figure(view, tuple(words))
    found = outputs(out, view, inputs=spec.inputs(figure.of(RunSpec)))
    drawable(found, figure.of(LookSpec), figure.of(FilmSpec))
    workers = shared(who)
    with progress(view, out.quiet) as watch:
        drawn = figure.draw(replace(workers, watch=watch).run)
    return deliver(out, found, drawn.runs, drawn=(drawn.scene, drawn.look))
