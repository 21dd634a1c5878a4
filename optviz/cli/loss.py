"""`optviz loss`."""

from optviz.cli._draw import draw
from optviz.cli._options import OutSpec, takes
from optviz.cli._workers import WorkSpec
from optviz.spec import FilmSpec, LookSpec, RunSpec


@takes(RunSpec, LookSpec, FilmSpec, OutSpec, WorkSpec)
def command(run: RunSpec, look: LookSpec, film: FilmSpec, out: OutSpec, who: WorkSpec) -> int:
    """Draw f − f* against the step on a log axis, with the rate that theory foretells."""
    return draw("loss", run, look, film, out, who)
