"""Each coordinate of the paths against the step, towards the minimiser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optviz.errors import BadValue
from optviz.figures._log_steps import XLOG, check_xlim
from optviz.figures._trajectory_kind import TrajectoryKind
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.trajectory import Trajectory


@dataclass(frozen=True)
class Coordinates(TrajectoryKind):
    """A curve a coordinate and optimizer; the coordinates of the minimiser are lines."""

    says = "each coordinate of the paths against the step"
    does = "Draw each coordinate of the paths against the step."
    examples = """
Each coordinate of AdaGrad's path against the step:
  optviz coordinates --opt adagrad --eta 0.4
Momentum that swings in one coordinate and creeps in the other:
  optviz coordinates --opt momentum:eta=0.4,beta=0.8 -n 60
Three coordinates of an objective with three:
  optviz coordinates -f distill --opt momentum:eta=1,beta=0.9
As distances from the minimum:
  optviz coordinates -f "(x-1)^2 + 4(y+2)^2" --opt gd:eta=0.1 --about minimum
The numbers instead of the picture:
  optviz coordinates --opt adam:eta=0.3 -o adam.csv
"""

    about: str = option(
        "origin", "measure from origin or minimum", value="WHAT", choices=("origin", "minimum")
    )
    xlog: bool = XLOG

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        super().check(walks, look)
        check_xlim(look, self.xlog)
        if self.about == "minimum" and walks and walks[0].objective.minimiser is None:
            raise BadValue("about", "minimum", "origin is wanted: no minimum is known")

    def draw(self, runs: list[Trajectory], look: Look) -> Scene:
        from optviz.figures import _coordinates_scene

        check_xlim(look, self.xlog)
        return _coordinates_scene.scene(runs, look, self.about, xlog=self.xlog)
