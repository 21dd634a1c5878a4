"""`optviz trace`."""

from optviz.cli._draw import draw
from optviz.cli._options import OutSpec, takes
from optviz.cli._workers import WorkSpec
from optviz.spec import FilmSpec, LookSpec, RunSpec, StepSpec


@takes(RunSpec, StepSpec, LookSpec, FilmSpec, OutSpec, WorkSpec)
def command(
    run: RunSpec, step: StepSpec, look: LookSpec, film: FilmSpec, out: OutSpec, who: WorkSpec
) -> int:
    """Draw the path of each optimizer over the contour lines, or one step of it taken apart."""
    if step.anatomy is not None:
        from optviz.cli._anatomy import dissect

        return dissect(run, step, look, film, out)
    return draw("trace", run, step, look, film, out, who)
