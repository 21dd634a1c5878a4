"""`optviz plot`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from optviz import spec
from optviz.cli._draw import draw_runs
from optviz.cli._options import OutSpec, takes
from optviz.cli._outputs import known_view
from optviz.spec import FilmSpec, LookSpec, RunSpec, option

if TYPE_CHECKING:
    from optviz.trajectory import Trajectory


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
    from optviz import engine, record
    from optviz.files import reading

    def runs() -> "list[Trajectory]":
        read = [run for path in files or ["-"] for run in record.read(reading(path), path)]
        q = spec.objective(RunSpec(given.objective, given.rotate)) if given.objective else None
        chosen = spec.optimizers(RunSpec(opt=given.opt)) if given.opt else []
        return engine.completed(read, q, chosen)

    return draw_runs(known_view(what), runs, look, film, out)
