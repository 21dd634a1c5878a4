"""`optviz run`."""

from typing import Annotated

import typer

from optviz import spec
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import outputs, tell, write
from optviz.errors import BadValue
from optviz.spec import RunSpec

Every = Annotated[int, typer.Option(help="keep every Kth step", metavar="K")]


@takes(RunSpec, OutSpec)
def command(run: RunSpec, out: OutSpec, every: Every = 1) -> int:
    """Write trajectories as data: jsonl, csv or npz.

    jsonl has one trajectory a line; csv one step a row, written as the run goes on.
    """
    if every < 1:
        raise BadValue("every", every, "1 or more is wanted")
    if not out.output and not out.format:
        out = OutSpec(("-",), "jsonl", False, out.quiet, out.strict, out.color)
    found = outputs(out, "-", pictures=False)
    walks = spec.walks(run)
    if all(o.format == "csv" for o in found) and not (out.json or out.strict):
        write(
            out, found, walks, every
        )  # as the runs go on: nothing is kept, so nothing is summed up
        return 0
    runs = [walk.run() for walk in walks]
    write(out, found, runs, every)
    return tell(out, found, runs)
