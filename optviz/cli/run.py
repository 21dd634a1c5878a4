"""`optviz run`.

csv alone is written as the run goes on and nothing of it is kept, so it has no summary of final
values; `--json` and `--strict` want those, and with them the run is kept whole first.
"""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from optviz import spec
from optviz.cli import _console
from optviz.cli._options import OutSpec, takes
from optviz.cli._output import Output
from optviz.cli._outputs import outputs, summed_up, written
from optviz.cli._progress import progress
from optviz.errors import BadValue, NoEffect
from optviz.spec import RunSpec
from optviz.spec.figure import Figure

if TYPE_CHECKING:
    from optviz.walks.engine import Walk
    from optviz.walks.trajectory import Trajectory

GROUP = "Data"
WRITES: tuple[str, ...] = ("output",)  # options with which it prints no text
EXAMPLES = """
The path of Adam as JSON, a trajectory a line:
  optviz run --opt adam:eta=0.3 -n 40
As a table, a row a step:
  optviz run --opt adagrad --eta 0.4 -o adagrad.csv
Straight into a figure:
  optviz run --opt adagrad --eta 0.4 | optviz plot rates -o rates.png
NumPy arrays of fifty noisy runs:
  optviz run --opt gd:eta=0.1 --gradient "noise(1)" --seeds 50 -o noisy.npz
Every tenth step of a long one:
  optviz run --opt gd:eta=0.01 -n 5000 --every 10 -o long.csv
"""

Every = Annotated[
    int,
    typer.Option(
        help="keep every Kth step",
        metavar="K",
        envvar="OPTVIZ_EVERY",
        show_envvar=False,
        rich_help_panel="Output",
    ),
]


@takes(RunSpec, OutSpec, without=frozenset({"show", "log"}), argument="opt")
def command(run: RunSpec, out: OutSpec, typed: frozenset[str], every: Every = 1) -> int:
    """Write trajectories as data, or a table of final values.

    Trajectories are jsonl, csv or npz, final values md or latex. jsonl has one trajectory a line;
    csv one step a row, written as the run goes on.
    """
    from optviz import records
    from optviz.figures.rates import Rates

    if every < 1:
        raise BadValue("every", every, "1 or more is wanted")
    if not out.output:
        out = replace(out, output=("-",), format=out.format or "jsonl")
    figure = Figure(Rates(), run, typed=typed)
    found = outputs(out, "run", figure.kind, inputs=spec.inputs(run), pictures=False)
    if every > 1 and not any(records.registry[one.format].holds_steps for one in found):
        raise NoEffect("every", "of steps, and a table of final values has none; leave it out")
    shown = out.output == ("-",) and sys.stdout.isatty()  # a bar among the lines would spoil both
    with progress("run", out.quiet or shown) as watch:
        if figure.is_logged:
            from optviz.spec import replay

            return _write(out, found, replay.runs(run), every)
        walks = [replace(walk, watch=watch) for walk in figure.settled()[1]]
        if all(o.format == "csv" for o in found) and not (out.json or out.strict):
            return _write(out, found, walks, every)
        return _write(out, found, [walk.run() for walk in walks], every)


def _write(
    out: OutSpec, found: list[Output], runs: "list[Walk] | list[Trajectory]", every: int
) -> int:
    from optviz import records
    from optviz.walks.seeds import medians
    from optviz.walks.trajectory import Trajectory

    written(found, lambda form, stream: records.write(stream, form, runs, every))
    whole = [run for run in runs if isinstance(run, Trajectory)]
    if out.json:
        facts = [row.facts() for row in medians(whole)]
        _console.document({"outputs": [one.path for one in found], "runs": facts})
    return summed_up(out, found, whole)
