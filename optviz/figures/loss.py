"""f − f* of each optimizer against step, epoch or time, with the factor of theory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optviz.errors import BadValue, Unfit
from optviz.figures._found_minimum import note_found
from optviz.figures._log_steps import PLACES, XLOG, check_xlim
from optviz.figures._trajectory_kind import (
    TrajectoryKind,
    check_log_limits,
    counter_values,
    labelled,
)
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.figures._kind import Kind
    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.trajectory import Trajectory


_OF_MODES = ("modes", "milestones")


@dataclass(frozen=True)
class Loss(TrajectoryKind):
    """Curves on a log axis, where a constant factor a step is a straight line; theory is dotted."""

    says = "f − f*, distance, gradient norm or eigenmodes against the step"
    does = "Draw f − f* against the step, with the rate of theory."
    examples = """
f − f* of three optimizers against the step:
  optviz loss --opt gd:eta=0.4 --opt momentum:eta=0.4,beta=0.5 --opt adagrad
The distance to the minimum instead:
  optviz loss --opt nesterov:eta=0.1,beta=0.7 -n 60 --measure distance
How fast each eigenmode dies out:
  optviz loss --opt gd:eta=0.4 -n 40 --measure modes
And when each has fallen to 10 %, 1 % and 0.1 % of its start:
  optviz loss -f "quadratic(kappa=50,dim=4)" --opt gd:eta=1.9 \\
    --opt momentum:eta=1.9,beta=0.6 -n 120 --measure milestones
Against time, Σ η, where rates differ:
  optviz loss --opt gd:eta=0.05 --opt gd:eta=0.4 -n 60 --against time
Where noise stops the descent, over 30 seeds:
  optviz loss --opt gd:eta=0.1 --gradient "noise(1)" --seeds 30 -n 100
"""

    measure: str = option(
        "gap",
        "gap, distance, gradient, modes or milestones",
        value="WHICH",
        choices=("gap", "distance", "gradient", "modes", "milestones"),
    )
    against: str = PLACES
    xlog: bool = XLOG

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        from optviz.figures import _loss_modes
        from optviz.figures._loss_axes import measurable

        super().check(walks, look)
        self._check(look)
        if not walks:
            return
        q = walks[0].objective
        if self.measure in _OF_MODES:
            many = sum(len(walk.start) for walk in walks)
            single = all(len(w.rows) == len(w.start) and not w.expected for w in walks)
            _loss_modes.check(q, many, single)
        elif self.measure != "gradient":
            measurable(q, self.measure)

    def _check(self, look: Look) -> None:
        """Raises `BadValue` or `Unfit` for options that do not go together."""
        check_xlim(look, self.xlog)
        if self.measure not in _OF_MODES:
            check_log_limits(look)
        elif self.against != "step":
            raise BadValue("against", self.against, "step is wanted where modes are measured")
        elif self.xlog:
            raise Unfit("modes lie in layers over steps, from the start on; leave --xlog out")

    def of_training(self, logs: list[TrainingLog]) -> Kind[list[TrainingLog]]:
        from optviz.figures._training_kind import against_of
        from optviz.figures._training_loss import TrainingLoss

        if self.measure != "gap":
            raise Unfit(f"a log of training has losses, and no {self.measure}; leave it out")
        return TrainingLoss(self, self.xlog, against_of(self.against))

    def panels(self) -> int:
        return 2 if self.measure == "milestones" else 1

    def draw(self, runs: list[Trajectory], look: Look) -> Scene:
        from optviz.figures import _loss_curves, _loss_milestones, _loss_modes, _titles
        from optviz.scene import Scene

        self._check(look)
        runs, claim = labelled(runs, look), ""
        if self.measure == "modes":
            panels, alt = _loss_modes.panels(runs, look)
        elif self.measure == "milestones":
            panels, alt = _loss_milestones.panels(runs, look)
        else:
            panels, alt, claim = _loss_curves.panels(
                runs, look, self.measure, self.against, xlog=self.xlog
            )
            if self.measure != "gradient":
                note_found(runs[0].objective, "begin and end")
        alt = f"{_titles.sentence(runs)}. {alt}."
        rows = 2 if self.measure == "milestones" else 1
        columns = min(len(panels) // rows, _loss_modes.COLUMNS)
        marks = [mark for panel in panels for mark in panel.marks]
        title, subtitle = _titles.heading(look, runs, marks, claim)
        return Scene(title, subtitle, panels, alt, counter_values(runs), columns, columns > 1)
