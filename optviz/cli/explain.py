"""`optviz explain`."""

import sys
from dataclasses import replace
from typing import Annotated

import typer

from optviz.cli import _console
from optviz.cli._options import OutSpec, takes
from optviz.errors import Unfit
from optviz.spec import LookSpec, RunSpec

Names = Annotated[
    list[str], typer.Argument(metavar="NAME...", help="an optimizer; two with --diff")
]
Diff = Annotated[bool, typer.Option("--diff", help="what the difference of two does to the path")]


@takes(RunSpec, LookSpec, OutSpec)
def command(run: RunSpec, look: LookSpec, out: OutSpec, names: Names, diff: Diff = False) -> int:
    """Print an optimizer's card, or with --diff what tells two apart; -o draws both paths."""
    if diff:
        return _difference(replace(run, opt=tuple(names)), look, out)
    if len(names) > 1:
        raise Unfit(f"one optimizer is explained at a time, {len(names)} given; --diff takes two")
    from optviz import catalog

    bold = _console.coloured(out.color, sys.stdout)
    for line, differs in catalog.card(names[0]):
        _console.show(line, _console.BOLD if differs and bold else None)
    return 0


def _difference(run: RunSpec, look: LookSpec, out: OutSpec) -> int:
    from optviz import figures, spec
    from optviz.cli._outputs import deliver, drawable, outputs
    from optviz.studies.difference import report

    if len(run.opt) != 2:
        raise Unfit(f"--diff wants two optimizers, {len(run.opt)} given")
    found = outputs(out, "explain", inputs=spec.inputs(run)) if out.output else []
    wanted, walks = drawable(found, look), spec.walks(run)
    if found:
        figures.check("trace", walks, wanted)
    one, other = (walk.run() for walk in walks)
    _console.show(report(one, other))
    if not found:
        return 0
    drawn = figures.scene("trace", [one, other], wanted), wanted
    return deliver(replace(out, quiet=True), found, [one, other], drawn=drawn)
