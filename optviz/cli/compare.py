"""`optviz compare`."""

from dataclasses import replace
from typing import Annotated

import typer

from optviz import spec
from optviz.cli._draw import draw_runs
from optviz.cli._options import OutSpec, takes
from optviz.spec import FilmSpec, LookSpec, RunSpec

Fair = Annotated[
    str, typer.Option(help="how rates are chosen: as-given, same-eta, same-first-step or tuned",
                      metavar="RULE", envvar="OPTVIZ_FAIR", show_envvar=False)
]  # fmt: skip


@takes(RunSpec, LookSpec, FilmSpec, OutSpec)
def command(
    run: RunSpec, look: LookSpec, film: FilmSpec, out: OutSpec, fair: Fair = "as-given"
) -> int:  # fmt: skip
    """Draw small multiples: a column an optimizer, a row a view, axes and levels shared."""
    walks, remark = spec.compared(run, fair)
    if look.size == LookSpec.size:
        views = look.rows.count(",") + 1
        size = f"{max(290 * len(walks) + 100, 640)}x{310 * views + 110}"
        look = replace(look, size=f"{620 * views}x560" if look.overlay else size)
    return draw_runs("compare", lambda: [w.run() for w in walks], look, film, out, remark)
