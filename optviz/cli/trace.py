"""`optviz trace`."""

from optviz.cli._draw import draw
from optviz.cli._options import OutSpec, takes
from optviz.spec import FilmSpec, LookSpec, RunSpec


@takes(RunSpec, LookSpec, FilmSpec, OutSpec)
def command(run: RunSpec, look: LookSpec, film: FilmSpec, out: OutSpec) -> int:
    """Draw the path of each optimizer over the contour lines."""
    return draw("trace", run, look, film, out)
