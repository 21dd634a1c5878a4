"""`optviz plot`."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from optviz import spec
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import Output, deliver, drawable, known_view, outputs
from optviz.errors import BadValue, Unfit
from optviz.spec import FilmSpec, LookSpec, RunSpec, option

if TYPE_CHECKING:
    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look


@dataclass(frozen=True)
class GivenSpec:
    """What a log does not say itself."""

    objective: str | None = option(None, "objective of runs that name none", "-f")
    target: str | None = option(None, "of a table: the column that is explained", value="COLUMN")
    standardize: bool = option(False, "of a table: give every feature mean 0 and deviation 1")
    intercept: bool = option(False, "of a table: give it a feature that is 1 in every row")
    l2: float = option(0.0, "of a table: add L2/2 · ‖w‖², the intercept left out", value="L2")
    rotate: float = option(0.0, "turn that objective about the origin", value="DEG")
    opt: tuple[str, ...] = option(
        (), "optimizer of runs that name none, one for all or one each; its rates if they have none"
    )


def _run(given: GivenSpec) -> RunSpec:
    assert given.objective is not None
    return RunSpec(
        opt=given.opt,
        objective=given.objective,
        target=given.target,
        standardize=given.standardize,
        intercept=given.intercept,
        l2=given.l2,
        rotate=given.rotate,
    )


View = Annotated[str, typer.Argument(metavar="VIEW", help="such as trace (optviz list views)")]
Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="jsonl, csv or npz; - or none: stdin"),
]


@takes(GivenSpec, LookSpec, FilmSpec, OutSpec)
def command(
    given: GivenSpec, look: LookSpec, film: FilmSpec, out: OutSpec, what: View, files: Files = None
) -> int:
    """Draw trajectories that `run`, or any other program, wrote; rates of a training too."""
    from optviz import figures, records
    from optviz.files import reading
    from optviz.walks import completion

    view = known_view(what)
    read = spec.inputs(_run(given) if given.objective else RunSpec(opt=given.opt))
    found = outputs(out, view, inputs=[*(files or ["-"]), *read])
    wanted = drawable(found, look, film)
    figures.check(view, (), wanted)
    contents = [(path, reading(path)) for path in files or ["-"]]
    logs = [records.training(data, path) for path, data in contents] if view == "rates" else []
    if any(logs):
        return _trainings([log for log in logs if log], len(logs), given, wanted, out, found)
    walked = [run for path, data in contents for run in records.read(data, path)]
    q = spec.objective(_run(given)) if given.objective else None
    chosen = spec.optimizers(RunSpec(opt=given.opt)) if given.opt else []
    runs = completion.complete(walked, q, chosen)
    return deliver(out, found, runs, drawn=(figures.scene(view, runs, wanted), wanted))


def _trainings(
    logs: "list[TrainingLog]",
    files: int,
    given: GivenSpec,
    look: "Look",
    out: OutSpec,
    found: list[Output],
) -> int:
    """Draws what `optviz.record` wrote: it says itself which optimizer it is of."""
    from optviz.figures import _training

    if len(logs) < files:
        raise Unfit("logs of training and trajectories do not go into one figure")
    if given.objective or given.opt:
        raise Unfit(
            "a log of training has its own optimizer, and no objective; leave out -f, --opt"
        )
    for one in found:
        if not one.picture:
            raise BadValue("output", one.path, "a picture is wanted of a log of training")
    if look.size == (960, 720) and len(logs[0].layers) > 3:
        look = replace(look, size=(1120, 760))  # small panels want room
    return deliver(out, found, [], drawn=(_training.scene(logs, look), look))
