"""`optviz plot`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from optviz import spec
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import deliver, known_view, outputs
from optviz.spec import FilmSpec, LookSpec, RunSpec, option

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class GivenSpec:
    """What a log does not say itself."""

    objective: str | None = option(None, "objective of runs that name none", "-f")
    rotate: float = option(0.0, "turn that objective about the origin", value="DEG")
    opt: tuple[str, ...] = option(
        (), "optimizer of runs that name none, one for all or one each; its rates if they have none"
    )


View = Annotated[str, typer.Argument(metavar="VIEW", help="such as trace (optviz list views)")]
Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="jsonl, csv or npz; - or none: stdin"),
]


@takes(GivenSpec, LookSpec, FilmSpec, OutSpec)
def command(
    given: GivenSpec, look: LookSpec, film: FilmSpec, out: OutSpec, what: View, files: Files = None
) -> int:  # fmt: skip
    """Draw trajectories that `run`, or any other program, wrote."""
    from optviz import engine, records, views
    from optviz.files import reading

    view = known_view(what)
    found, wanted = outputs(out, view), spec.look(look, film)
    read = [run for path in files or ["-"] for run in records.read(reading(path), path)]
    q = spec.objective(RunSpec(given.objective, given.rotate)) if given.objective else None
    chosen = spec.optimizers(RunSpec(opt=given.opt)) if given.opt else []
    runs = engine.completed(read, q, chosen)
    return deliver(out, found, runs, drawn=(views.scene(view, runs, wanted), wanted))
