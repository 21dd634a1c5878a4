"""`optviz rates`."""

from optviz.cli._draw import draw
from optviz.cli._options import OutSpec, takes
from optviz.spec import LookSpec, RunSpec


@takes(RunSpec, LookSpec, OutSpec)
def command(run: RunSpec, look: LookSpec, out: OutSpec) -> int:
    """Draw the effective learning rate of each coordinate, with the ceilings 2/λ."""
    return draw("rates", run, look, out)
