"""`optviz plot`."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optviz import figures, spec
from optviz.cli import _log_watch, _show
from optviz.cli._default_output import refuse_foreign
from optviz.cli._drawing import fitting
from optviz.cli._options import Group, OutSpec, takes
from optviz.cli._output import Output
from optviz.cli._outputs import deliver, outputs
from optviz.cli._values import complete
from optviz.errors import BadFile, BadValue, NoEffect, NothingYet, OptvizError, Unfit, UnknownName
from optviz.spec import FilmSpec, LookSpec
from optviz.spec.figure import Figure
from optviz.spec.given import GivenSpec
from optviz.spec.kind_options import unknown
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.recorder.training_log import TrainingLog


GROUP = "Data"
EXAMPLES = """
What run wrote:
  optviz run --opt adam:eta=0.3 -o adam.jsonl
  optviz plot trace adam.jsonl -o adam.png
The same without a file between:
  optviz run --opt gd,adam --eta 0.3 | optviz plot loss -o losses.png
A table that names neither objective nor optimizer:
  optviz run --opt adagrad --eta 0.4 -o steps.csv
  optviz plot trace steps.csv -f d2l --opt adagrad:eta=0.4 -o table.png
Gradients of your own, and the rates that AdaGrad would give:
  printf 'step,g1,g2\\n1,3,1\\n2,4,0\\n3,0,1\\n' > log.csv
  optviz plot rates log.csv --opt adagrad:eta=1 -o log.png
A training that optviz.record wrote (optviz help training):
  optviz plot edge run.jsonl -o edge.png
Drawn again while it runs:
  optviz plot rates run.jsonl --watch -o live.png
Two files in one figure:
  optviz run --opt gd:eta=0.4 -o gd.jsonl
  optviz plot compare gd.jsonl adam.jsonl -o both.png
"""


def _options_of_plotted() -> Mapping[str, Field[Any]]:
    """The options of all kinds that show trajectories, or trainings."""
    return {n: f for name in figures.plotted() for n, f in figures.registry[name].options().items()}


Kind = Annotated[
    str,
    typer.Argument(
        metavar="FIGURE", help="kind of figure, such as trace", autocompletion=complete("what")
    ),
]
Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="jsonl, csv or npz; - or none for stdin"),
]


@dataclass(frozen=True)
class LiveSpec:
    """Whether it is drawn once."""

    watch: bool = option(False, "draw again when a file grows, until Ctrl-C", group="Output")


@takes(GivenSpec, Group(_options_of_plotted(), dict), LookSpec, FilmSpec, OutSpec, LiveSpec)
def command(
    given: GivenSpec,
    own: dict[str, Any],
    look: LookSpec,
    film: FilmSpec,
    out: OutSpec,
    live: LiveSpec,
    typed: frozenset[str],
    what: Kind,
    files: Files = None,
) -> int:
    """Draw trajectories that `run`, or any other program, wrote.

    FIGURE is a kind of figure, FILEs are jsonl, csv or npz. What `optviz.record` wrote of a
    training is drawn by edge, loss, norms, rates, ratio and schedule, with --watch while it runs.
    """
    figure, out = _figure(what, own, look, film, typed), _show.settled(out, typed)
    given.check()
    found = outputs(
        out, figure.name, figure.kind, inputs=[*(files or ["-"]), *spec.inputs(given.run, look)]
    )
    figure = fitting(figure, found)
    figure.kind.check((), spec.look(look, film))
    draw = partial(_draw, figure, files or ["-"], given, out, found)
    if live.watch:
        _log_watch.watch(draw, files or ["-"], out)
    return draw()


def _draw(
    figure: Figure, paths: list[str], given: GivenSpec, out: OutSpec, found: list[Output]
) -> int:
    """Reads the files and draws them; the exit status. Raises `OptvizError`."""
    from optviz import records
    from optviz.files import reading

    contents = [(path, reading(path)) for path in paths]
    logs = records.trainings_of(contents)
    refuse_foreign(out, found)
    if any(logs):
        return _training(figure, logs, given, out, found)
    if figure.kind.content_is_logs:
        raise _no_log(figure.name, contents[0])
    content = figure.kind.of_runs(given.completed(contents))
    return deliver(out, found, figure.show(content))


def _no_log(kind: str, content: tuple[str, bytes]) -> OptvizError:
    """The error for a file that is no log of training, of a kind that draws these alone."""
    from optviz import files

    name = files.display_name(content[0])
    if not content[1].strip():
        return NothingYet(name, "it is empty")
    return BadFile(name, f"no log of training, which {kind} draws (optviz help training)")


def _figure(
    name: str, own: dict[str, Any], look: LookSpec, film: FilmSpec, typed: frozenset[str]
) -> Figure:
    """The figure of a kind that shows files. Raises `ForeignOption` for others' options."""
    if "." in name or name == "-":
        raise BadValue("figure", name, f"the figure comes first, as in optviz plot trace {name}")
    if name not in figures.plotted():
        from optviz.cli import _elsewhere

        error = UnknownName("figure of trajectories", name, figures.plotted())
        raise _elsewhere.error(error, explained=False)
    fields = figures.registry[name].options()
    for key in own:
        if key not in fields and key in typed:
            raise unknown(key, name)
        if key in figures.registry[name].walk_options and key in typed:
            raise NoEffect(key, "it needs the optimizer at work, and these runs are over")
    walked, usual = figures.registry[name].walk_options, _options_of_plotted()
    values = {  # kinds have options of one name with other defaults
        key: value
        for key, value in own.items()
        if key in fields and key not in walked and (key in typed or value != usual[key].default)
    }
    return Figure(figures.registry[name].read(values), look=look, film=film, typed=typed)


def _training(
    figure: Figure,
    logs: "list[TrainingLog | None]",
    given: GivenSpec,
    out: OutSpec,
    found: list[Output],
) -> int:
    """Draws what `optviz.record` wrote: it says itself which optimizer it is of."""
    known = given.training(logs)
    if out.strict:
        raise Unfit("no run in a log of training is judged; leave --strict out")
    figure = replace(figure, kind=figure.kind.of_training(known))
    for one in found:
        if not (one.picture or one.format in figure.kind.formats()):
            raise BadValue("output", one.path, "a picture or csv is wanted of a log of training")
    return deliver(out, found, figure.show(known))
