"""The path of one or many optimizers over the contour lines of the objective."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optviz.errors import BadValue, Unfit
from optviz.figures._contour_options import LEVELS, PLANE, Levels, read_levels, read_plane
from optviz.figures._kind import Idle, Kind
from optviz.figures._trajectory_kind import TrajectoryKind, counter_values, labelled
from optviz.text.options import changed, numbers, option

if TYPE_CHECKING:
    from optviz.objectives import Objective
    from optviz.scene import Look, Panel, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.trajectory import Trajectory


def read_steps(name: str, text: str) -> tuple[int, ...]:
    """Sorted steps, each at least 1. Raises `BadValue`."""
    steps = numbers(name, text)
    if any(step < 1 or step != int(step) for step in steps):
        raise BadValue(name, text, "steps such as 5,20,50 are wanted")
    return tuple(sorted({int(step) for step in steps}))


@dataclass(frozen=True)
class Trace(TrajectoryKind):
    """Contours with paths in 2-D, the curve of f in 1-D, a plane through the minimiser in n-D."""

    says = "contour lines with the path of each optimizer"
    does = "Draw the path of each optimizer over the contour lines."
    examples = """
The path of AdaGrad in the book's valley, as trace.png:
  optviz trace --opt adagrad --eta 0.4
Three optimizers, each with settings of its own:
  optviz trace --opt gd:eta=0.4 --opt momentum:eta=0.1,beta=0.9 --opt adam
An objective and a start of your own, for a dark slide:
  optviz trace -f "x^2/20 + y^2" --start -7,2 --theme dark -o valley.svg
The same path as a film:
  optviz trace --opt adagrad --eta 0.4 -o adagrad.gif
Backtracking with the points that it tried, and exact line search:
  optviz trace --opt armijo:trial=2 --opt steepest --tried
A turned valley beside its own axes, the eigenvectors:
  optviz trace -f d2l --rotate 30 --opt gd:eta=0.4 --axes both
Fifty noisy runs as their median in a band:
  optviz trace --opt gd --eta 0.1 --gradient "noise(1)" --seeds 50
"""
    walk_options = frozenset({"anatomy"})

    frame: str | None = option(
        None,
        "fit (paths), lock (start, minimum), equal (units)",
        value="HOW",
        choices=("fit", "lock", "equal"),
    )
    starts: str = option(
        "paths",
        "a grid as paths, moves, steps, status or basin",
        value="HOW",
        choices=("paths", "moves", "steps", "status", "basin"),
    )
    levels: str | None = LEVELS
    plane: str | None = PLANE
    axes: str = option(
        "coordinates",
        "coordinates, eigen(vectors) or both",
        value="WHICH",
        choices=("coordinates", "eigen", "both"),
    )
    eigenvectors: bool = option(False, "eigenvectors as arrows from the minimum")
    tried: bool = option(False, "points that a line search tried and left, as crosses")
    ellipses: str | None = option(
        None, "steps with ellipses at 1σ and 2σ, with --expected", value="N,N,…", read=read_steps
    )
    anatomy: int | None = option(None, "take step N apart: arrows, and the equation", value="N")

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Kind[Any]:
        if values.get("anatomy") is None:
            return _of_basins(values) if values.get("starts") == "basin" else cls(**values)
        from optviz.figures._anatomy import TraceStep

        own = {name: value for name, value in values.items() if name in TraceStep.options()}
        idle = changed(cls(**{name: v for name, v in values.items() if name not in own}))
        return TraceStep(**own, of_traces=tuple(idle.items()))

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        if self.starts != "paths":
            for name in (
                "plane",
                "axes",
                "eigenvectors",
                "tried",
                "ellipses",
                *(["frame"] if self.frame == "lock" else []),
            ):
                yield name, "a map of starts has none; leave it out"
        if self.starts in ("steps", "status"):
            yield "levels", f"a map of {self.starts} has no contour lines; leave it out"
        if walks and walks[0].objective.dim == 1 and self.frame == "equal":
            yield "frame", "the axes of a 1-D objective have different units; leave it out"
        if walks and walks[0].objective.dim == 1:
            yield "levels", "a 1-D objective has no contour lines; leave it out"
            yield "tried", "points are tried in the plane of a 2-D objective; leave it out"
        if walks and not any(walk.expected for walk in walks):
            yield "ellipses", "those of the exact law: add --expected"
        if look.xlim and look.ylim and self.frame == "lock":
            yield "frame", "xlim and ylim are the frame already; leave it out"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        from optviz.figures import _trace_distribution, _trace_trials
        from optviz.figures._plane import numbered

        super().check(walks, look)
        if not walks:
            return
        q = walks[0].objective
        if self.starts != "paths":
            from optviz.figures import _trace_grid

            _trace_grid.check(q, walks[0].start)
        if self.tried:
            _trace_trials.check([walk.optimizer for walk in walks])
        self._check_axes(q)
        if self.plane and q.dim < 2:
            raise Unfit("a 1-D objective has no plane; leave --plane out")
        if self.plane:
            numbered(q.names, read_plane("plane", self.plane))
        for walk in walks:
            if walk.expected:
                _trace_distribution.recorded_steps(self.steps_of_ellipses, walk.steps)

    def _check_axes(self, q: Objective | None) -> None:
        """Raises `Unfit` for eigenvectors that the objective does not have."""
        if self.axes == "coordinates" and not self.eigenvectors:
            return
        option = "--eigenvectors" if self.eigenvectors else f"--axes {self.axes}"
        if q is None:
            raise Unfit("eigenvectors are those of an objective: give it with -f")
        if q.dim < 2:
            raise Unfit(f"a 1-D objective has no eigenvectors to turn to; leave {option} out")
        if self.plane:
            raise Unfit(f"{option} has the plane of two eigenvectors; leave --plane out")
        values = q.quadratic_for("one set of eigenvectors").eigenvalues
        if values[0] == values[-1]:
            raise Unfit(f"all directions are equal here, Q = {values[0]:g} I; leave {option} out")
        if q.dim > 2 and self.axes != "coordinates":
            raise Unfit(
                "of more than two dimensions a trace shows the plane of the extreme eigenvectors "
                f"already; leave {option} out"
            )

    @property
    def lines(self) -> Levels:
        """The contour lines of the option `levels`."""
        return read_levels("levels", self.levels) if self.levels else None

    @property
    def steps_of_ellipses(self) -> tuple[int, ...]:
        """The steps of the option `ellipses`, () to choose them from the path."""
        return read_steps("ellipses", self.ellipses) if self.ellipses else ()

    @property
    def pair(self) -> tuple[int | str, int | str] | None:
        """The two coordinates of the plane, None for the extreme eigenvectors."""
        return read_plane("plane", self.plane) if self.plane else None

    def of_runs(self, runs: list[Trajectory]) -> list[Trajectory]:
        from optviz.figures import _trace_trials

        if self.tried:
            _trace_trials.check([run.optimizer for run in runs])
        return runs

    def panels(self) -> int:
        return 2 if self.axes == "both" else 1

    def least_steps(self) -> int:
        return max(2, *self.steps_of_ellipses, 0)

    def draw(self, runs: list[Trajectory], look: Look) -> Scene:
        import numpy as np

        from optviz.figures import _titles, _trace_panel
        from optviz.phrases import say
        from optviz.scene import Scene

        if not runs or all(np.isnan(run.x).all() for run in runs):
            raise Unfit("no positions to draw: a trace needs x1, x2, … of each step")
        if any(np.isnan(run.x[0]).any() for run in runs):
            raise Unfit("a run without a start cannot be drawn: its first x is missing")
        if len({run.dim for run in runs}) > 1:
            raise Unfit("these runs have different numbers of coordinates")
        if self.ellipses and all(run.law is None for run in runs):
            raise Unfit("ellipses are those of the exact law of a noisy run; leave --ellipses out")
        if self.levels and runs[0].objective is None:
            raise Unfit("contour lines need the objective: give it with -f")
        runs = labelled(runs, look)
        if self.starts != "paths":
            from optviz.figures import _trace_starts

            maps = _trace_starts.MapOptions(self.starts, self.lines, self.frame == "equal")
            return _trace_starts.scene(runs, look, maps)
        self._check_axes(runs[0].objective)
        paths = _trace_panel.PathOptions(
            self.frame, self.lines, self.pair, self.steps_of_ellipses, self.eigenvectors, self.tried
        )
        bases = {"coordinates": (False,), "eigen": (True,), "both": (False, True)}[self.axes]
        drawn = [
            _trace_panel.panel(runs, look, paths, eigen=eigen, of=len(bases)) for eigen in bases
        ]
        panels, note = tuple(panel for panel, _ in drawn), drawn[-1][1]
        title, subtitle = _titles.heading(look, runs, panels[0].marks)
        subtitle = say("walk in plane", walk=subtitle, plane=note) if note else subtitle
        alt = " ".join(filter(None, [_titles.description(runs), _in_view(runs, panels[0])]))
        return Scene(title, subtitle, panels, alt, counter_values(runs))


def _in_view(runs: list[Trajectory], panel: Panel) -> str:
    """A sentence on the stationary points that are seen; "" where they are those of a plane."""
    from optviz.figures import _stationary_marks

    f = runs[0].objective
    if f is None or f.quadratic is not None or f.dim > 2:
        return ""
    return _stationary_marks.in_view(f, (*panel.xlim, *panel.ylim)[: 2 * f.dim])


def _of_basins(values: Mapping[str, Any]) -> Kind[Any]:
    from optviz.figures._basins import TraceBasins

    own = {name: value for name, value in values.items() if name in TraceBasins.options()}
    idle = changed(Trace(**{name: v for name, v in values.items() if name not in own}))
    return TraceBasins(**own, of_traces=tuple(idle.items()))
