"""`optviz compare`."""

from optviz.cli._draw import draw
from optviz.cli._options import OutSpec, takes
from optviz.cli._workers import WorkSpec
from optviz.spec import CompareSpec, FilmSpec, LookSpec, RunSpec


@takes(RunSpec, CompareSpec, LookSpec, FilmSpec, OutSpec, WorkSpec)
def command(
    run: RunSpec, rule: CompareSpec, look: LookSpec, film: FilmSpec, out: OutSpec, who: WorkSpec
) -> int:
    """Draw small multiples: a column an optimizer, a row a view, axes and levels shared."""
    return draw("compare", run, rule, look, film, out, who)
