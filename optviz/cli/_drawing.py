"""The commands of figure kinds: a figure read from the options, drawn, written, summed up."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from optviz import spec
from optviz.cli import _console, _show
from optviz.cli._default_output import refuse_foreign
from optviz.cli._options import Group, OutSpec, takes
from optviz.cli._output import Output
from optviz.cli._outputs import deliver, drawable, outputs
from optviz.cli._progress import progress
from optviz.cli._workers import WorkSpec, shared
from optviz.spec.figure import Figure, from_options
from optviz.spec.kind_options import options_of
from optviz.text.options import check

if TYPE_CHECKING:
    from optviz.figures import Kind


def command(
    kind: "type[Kind[Any]]", act: "Callable[[Figure, OutSpec, WorkSpec], Any] | None" = None
) -> Callable[..., Any]:
    """The command of a kind: its options, outputs, and who does the work; `draw`, or `act`."""
    own = Group(options_of(kind), partial(from_options, kind.word()))

    argument = kind.argument or ("" if "opt" in kind.lacks else "opt")

    @takes(own, OutSpec, WorkSpec, without=kind.lacks, argument=argument)
    def run(figure: Figure, out: OutSpec, who: WorkSpec, typed: frozenset[str]) -> Any:
        return (act or draw)(replace(figure, typed=typed), out, who)

    run.__doc__ = kind.does
    return run


def draw(figure: Figure, out: OutSpec, who: WorkSpec) -> int:
    """Draws a figure into its outputs, or reports it; the exit status. Raises `OptvizError`."""
    kind, out = figure.kind, _show.settled(out, figure.typed)
    asked = bool(out.output or out.format or out.show) or not kind.reports
    inputs = spec.inputs(figure.run, figure.look)
    found = outputs(out, figure.name, kind, inputs) if asked else []
    figure = fitting(figure, found)
    workers = shared(who)
    with progress(figure.name, out.quiet) as watch:
        drawn = figure.draw(
            replace(workers, watch=watch),
            pictures=any(output.picture for output in found),
            ready=partial(refuse_foreign, out, found),
        )
    if not kind.reports:
        return deliver(out, found, drawn)
    if found or out.json:
        deliver(replace(out, quiet=True), found, drawn)
    report = kind.report(drawn.content)
    if not found and not out.json:
        _console.show(report)
    elif found and not out.quiet and not out.json:
        _console.say(report)
    return 4 if out.strict and kind.diverges(drawn.content) else 0


def fitting(figure: Figure, found: list[Output]) -> Figure:
    """The figure for these outputs, if they can be drawn so. Raises `OptvizError`."""
    from optviz import render

    check(figure.kind)
    pictures = [output for output in found if output.picture]
    films = [render.registry[output.format] for output in pictures if output.moves]
    idle = (
        frozenset[str].intersection(*(film.idle for film in films)) if films else frozenset[str]()
    )
    resolution = not pictures or any(render.registry[o.format].resolution for o in pictures)
    used = frozenset[str]().union(*(render.registry[o.format].options for o in pictures))
    figure = figure.fit(bool(pictures), bool(films), resolution, idle, used)
    drawable(figure.look, figure.film, pictures)
    return figure
