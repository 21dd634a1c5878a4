"""`optviz rates`."""

from optviz.cli._draw import draw
from optviz.cli._options import OutSpec, takes
from optviz.cli._workers import WorkSpec
from optviz.spec import FilmSpec, LookSpec, RunSpec


@takes(RunSpec, LookSpec, FilmSpec, OutSpec, WorkSpec)
def command(run: RunSpec, look: LookSpec, film: FilmSpec, out: OutSpec, who: WorkSpec) -> int:
    """Draw the effective learning rate of each coordinate, with the ceilings 2/λ."""
    return draw("rates", run, look, film, out, who)
