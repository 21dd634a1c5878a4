"""`optviz trace`."""

from typing import Annotated

import typer

from optviz.cli._draw import draw
from optviz.cli._options import OutSpec, takes
from optviz.spec import FilmSpec, LookSpec, RunSpec

Anatomy = Annotated[
    int | None,
    typer.Option(
        help="take step N apart: arrows and the equation in numbers; md, latex, csv as a table",
        metavar="N", envvar="OPTVIZ_ANATOMY", show_envvar=False,
    ),
]  # fmt: skip


@takes(RunSpec, LookSpec, FilmSpec, OutSpec)
def command(
    run: RunSpec, look: LookSpec, film: FilmSpec, out: OutSpec, anatomy: Anatomy = None
) -> int:  # fmt: skip
    """Draw the path of each optimizer over the contour lines."""
    if anatomy is not None:
        from optviz.cli._anatomy import dissect

        return dissect(anatomy, run, look, film, out)
    return draw("trace", run, look, film, out)
