"""`optviz explain`."""

import sys
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from optviz import spec
from optviz.cli import _console, _show
from optviz.cli._default_output import refuse_foreign
from optviz.cli._drawing import fitting
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import deliver, outputs
from optviz.cli._values import complete
from optviz.errors import Unfit, UnknownName
from optviz.figures.trace import Trace
from optviz.spec import LookSpec, RunSpec
from optviz.spec.figure import Figure

GROUP = "Learn"
WRITES: tuple[str, ...] = ("output", "format", "show")  # options with which it prints no text
EXAMPLES = """
What AdaGrad does, what its settings are, where it fails:
  optviz explain adagrad
Keras's own form of it:
  optviz explain adagrad@keras
What bias correction does to a path, step by step:
  optviz explain --diff adam rmsprop --eta 0.3
AdaGrad in two libraries, as a picture of both paths:
  optviz explain --diff adagrad@keras adagrad@torch --eta 0.4 -o two.png
The same difference on another objective:
  optviz explain --diff momentum nesterov -f scratch --eta 0.1
"""

Names = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME...",
        help="optimizer or schedule; with --diff two optimizers",
        autocompletion=complete("names"),
    ),
]
Diff = Annotated[
    bool, typer.Option("--diff", help="show what the difference of two does to the path")
]
_OF_CARDS = {"names", "diff", "color", "quiet"}


@takes(RunSpec, LookSpec, OutSpec, without=frozenset({"opt", "log"}))
def command(
    run: RunSpec,
    look: LookSpec,
    out: OutSpec,
    typed: frozenset[str],
    names: Names,
    diff: Diff = False,
) -> int:
    """Print the card of an optimizer or a schedule.

    Two optimizers are compared with --diff, which says what tells them apart; they take the steps
    that the other options say, and -o draws both paths.
    """
    if diff:
        figure = Figure(Trace(), replace(run, opt=tuple(names)), look, typed=typed)
        return _difference(figure, out)
    if len(names) > 1:
        raise Unfit(f"one optimizer is explained at a time, {len(names)} given; --diff takes two")
    for name in sorted(typed - _OF_CARDS):
        raise Unfit(f"{name} is for --diff, which takes two optimizers; a card has no use for it")
    from optviz import catalog

    bold = _console.coloured(out.color, sys.stdout)
    try:
        card = catalog.card(names[0])
    except UnknownName as error:
        from optviz.cli import _elsewhere

        raise _elsewhere.error(error) from None
    for line, differs in card:
        _console.show(line, _console.BOLD if differs and bold else None)
    return 0


def _difference(figure: Figure, out: OutSpec) -> int:
    from optviz.studies.difference import report

    if len(figure.run.opt) != 2:
        raise Unfit(f"--diff wants two optimizers, {len(figure.run.opt)} given")
    found, out = [], _show.settled(out, figure.typed)
    if out.output or out.format or out.show:
        found = outputs(out, "explain", figure.kind, inputs=spec.inputs(figure.run))
    figure = fitting(figure, found)
    drawn = figure.draw(
        pictures=any(output.picture for output in found), ready=partial(refuse_foreign, out, found)
    )
    streamed = any(output.path == "-" for output in found)
    if streamed:  # the report would stand in the output
        _console.say(report(*drawn.runs))
    elif not out.json:
        _console.show(report(*drawn.runs))
    return deliver(replace(out, quiet=True), found, drawn)
