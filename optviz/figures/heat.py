"""Distance, rate or gradient of many coordinates as colour, against the step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optviz.errors import BadValue, Unfit
from optviz.figures._kind import Kind
from optviz.figures._trajectory_kind import check_labels
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.objectives import Objective
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory

_MANY = 16  # runs beyond which no panel is large enough to be read


@dataclass(frozen=True)
class Heat(Kind["list[Trajectory]"]):
    """A row a coordinate, in the order of the curvatures λ, and a column a step."""

    says = "distance, rate or gradient of many coordinates as colour"
    does = "Draw the distance of many coordinates as colour."
    examples = """
Which directions gradient descent is slow in:
  optviz heat -f "quadratic(kappa=1000,dim=60)" --axes eigen \\
    --opt gd:eta=1.9 -n 300
Beside momentum:
  optviz heat -f "quadratic(kappa=1000,dim=60)" -n 300 --axes eigen \\
    --opt gd:eta=1.9 --opt momentum:eta=1.9,beta=0.9
Coordinates, in the order of their curvatures:
  optviz heat -f "x^2 + 4y^2 + 9z^2" --start -5,-2,3 --opt adagrad -n 50
The effective rate of each coordinate:
  optviz heat -f "quadratic(kappa=1000,dim=60)" --of rate -n 100
The numbers instead of the picture:
  optviz heat -f "quadratic(kappa=9,dim=8)" -n 30 -o heat.csv
"""
    moves = False
    lacks = frozenset({"legend", "colors", "ylim", "expected", "tail"})

    of: str = option(
        "distance",
        "distance |x − x*|, rate or gradient",
        value="WHAT",
        choices=("distance", "rate", "gradient"),
    )
    axes: str = option(
        "coordinates",
        "rows: coordinates, or eigen(vectors)",
        value="WHICH",
        choices=("coordinates", "eigen"),
    )

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        self._check()
        if walks:
            check_labels(look, len({walk.optimizer for walk in walks}))
            _check_count(sum(len(walk.start) for walk in walks))
            self._check_objective(walks[0].objective)

    def _check(self) -> None:
        """Raises `BadValue` for options that do not go together."""
        if self.of == "rate" and self.axes == "eigen":
            raise BadValue("axes", "eigen", "coordinates is wanted: an eigenvector has no rate")

    def _check_objective(self, f: Objective | None) -> None:
        """Raises `Unfit` for an objective without the minimum or the eigenvectors wanted."""
        if self.axes == "eigen":
            if f is None:
                raise Unfit("eigenvectors are those of an objective: give it with -f")
            f.quadratic_for("one set of eigenvectors")
        if self.of == "distance" and (f is None or f.minimiser is None):
            known = f.lacks_minimum if f else "without an objective, -f, no minimum is known"
            raise Unfit(f"{known} to measure the distance from; --of gradient needs none")

    def content(self, walks: Sequence[Walk], workers: Workers) -> list[Trajectory]:
        return [workers.run(walk) for walk in walks]

    def of_runs(self, runs: list[Trajectory]) -> list[Trajectory]:
        return runs

    def runs(self, content: list[Trajectory]) -> list[Trajectory]:
        return content

    def scene(self, content: list[Trajectory], look: Look) -> Scene:
        from optviz.figures import _heat_scene
        from optviz.figures._found_minimum import note_found
        from optviz.figures._trajectory_kind import labelled, rows_of

        self._check()
        runs = labelled(rows_of(content), look)
        _check_count(len(runs))
        self._check_objective(runs[0].objective)
        if self.of == "distance":
            note_found(runs[0].objective, "begin and end")
        return _heat_scene.scene(runs, look, self.of, eigen=self.axes == "eigen")


def _check_count(runs: int) -> None:
    """Raises `Unfit` for too many runs."""
    if runs > _MANY:
        raise Unfit(f"{runs} runs are too many for a map each; {_MANY} can be drawn")
