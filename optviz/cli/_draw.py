"""What every drawing command does: outputs, look, runs, scene, files, words."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from optviz import spec
from optviz.cli._options import OutSpec
from optviz.cli._outputs import deliver, outputs
from optviz.spec import FilmSpec, LookSpec, RunSpec

if TYPE_CHECKING:
    from optviz.trajectory import Trajectory


def draw(view: str, run: RunSpec, look: LookSpec, film: FilmSpec, out: OutSpec) -> int:
    """Draws the view of what `run` spells; returns the exit status."""
    return draw_runs(view, lambda: [walk.run() for walk in spec.walks(run)], look, film, out)


def draw_runs(
    view: str, made: "Callable[[], list[Trajectory]]", look: LookSpec, film: FilmSpec, out: OutSpec,
    remark: str = "",
) -> int:  # fmt: skip
    """Draws the view of the runs that `made` gives once outputs and look are known to be good.

    `remark` ends the subtitle.
    """
    from dataclasses import replace

    from optviz import views

    found = outputs(out, view)
    wanted = replace(spec.look(look, film), remark=remark)
    runs = made()
    return deliver(out, found, runs, drawn=(views.scene(view, runs, wanted), wanted))
