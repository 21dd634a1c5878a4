"""`optviz run`.

csv alone is written as the run goes on and nothing of it is kept, so it has no summary of final
values; `--json` and `--strict` want those, and with them the run is kept whole first.
"""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from optviz import spec
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import Output, deliver, outputs
from optviz.cli._progress import progress
from optviz.errors import BadValue
from optviz.spec import RunSpec

if TYPE_CHECKING:
    from optviz.walks.engine import Walk

Every = Annotated[
    int,
    typer.Option(help="keep every Kth step", metavar="K", envvar="OPTVIZ_EVERY", show_envvar=False),
]


@takes(RunSpec, OutSpec)
def command(run: RunSpec, out: OutSpec, every: Every = 1) -> int:
    """Write trajectories as data: jsonl, csv or npz.

    jsonl has one trajectory a line; csv one step a row, written as the run goes on.
    """
    if every < 1:
        raise BadValue("every", every, "1 or more is wanted")
    if not out.output:
        out = replace(out, output=("-",), format=out.format or "jsonl")
    found = outputs(out, "run", pictures=False, inputs=spec.inputs(run))
    from optviz.spec import replay

    if replay.is_meant(run):
        return deliver(out, found, replay.runs(run), every)
    shown = out.output == ("-",) and sys.stdout.isatty()  # a bar among the lines would spoil both
    with progress("run", out.quiet or shown) as watch:
        walks = [replace(walk, watch=watch) for walk in spec.walks(run)]
        return _written(walks, out, found, every)


def _written(walks: "list[Walk]", out: OutSpec, found: list[Output], every: int) -> int:
    if all(o.format == "csv" for o in found) and not (out.json or out.strict):
        return deliver(out, found, walks, every)
    return deliver(out, found, [walk.run() for walk in walks], every)
