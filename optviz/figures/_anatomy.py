"""One step of a trace taken apart: `trace --anatomy N`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from optviz.errors import Unfit
from optviz.figures._contour_options import LEVELS, PLANE, Levels, read_levels, read_plane
from optviz.figures._kind import Idle, Kind
from optviz.figures._trajectory_kind import check_labels
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.optimizers import Optimizer
    from optviz.scene import Look, Scene
    from optviz.studies.anatomy import Anatomy
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory


class StepOfRun(NamedTuple):
    """A run, a batch of one, and one of its steps taken apart."""

    run: Trajectory
    step: Anatomy
    optimizer: Optimizer


@dataclass(frozen=True)
class TraceStep(Kind[StepOfRun]):
    """The step as arrows on the landscape, and its equation with the numbers in it."""

    moves = False
    printed_formats = frozenset({"csv", "md", "latex"})
    data_options = frozenset({"anatomy"})

    anatomy: int = option(0, "take step N apart", value="N")
    levels: str | None = LEVELS
    plane: str | None = PLANE
    of_traces: tuple[tuple[str, Any], ...] = ()  # options of whole traces, which change nothing

    @classmethod
    def word(cls) -> str:
        return "trace"

    @property
    def lines(self) -> Levels:
        """The contour lines of the option `levels`."""
        return read_levels("levels", self.levels) if self.levels else None

    @property
    def axes(self) -> tuple[int | str, int | str] | None:
        """The two coordinates of the plane, None for the extreme eigenvectors."""
        return read_plane("plane", self.plane) if self.plane else None

    def changed(self) -> dict[str, Any]:
        return dict(self.of_traces) | super().changed() | {"anatomy": self.anatomy}

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        yield "label", "the step of one optimizer has no names to replace; leave it out"
        yield "colors", "each arrow of a step has a colour with a meaning; leave it out"
        for name, _ in self.of_traces:
            yield name, "for whole traces, not for one step; leave it out"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        from optviz.figures._plane import numbered
        from optviz.studies import anatomy

        if len(walks) > 1:
            raise Unfit(f"an anatomy is of one optimizer; {len(walks)} given")
        anatomy.check(walks[0], self.anatomy)
        if self.axes:
            numbered(walks[0].objective.names, self.axes)
        check_labels(look, 1)

    def check_scene(self, walks: Sequence[Walk], look: Look) -> None:
        if walks[0].objective.dim < 2:
            raise Unfit(
                "arrows need two coordinates; the table does not: --format md, latex or csv"
            )

    def content(self, walks: Sequence[Walk], workers: Workers) -> StepOfRun:
        from optviz.studies.anatomy import anatomy

        (walk,) = walks
        return StepOfRun(workers.run(walk), anatomy(walk, self.anatomy), walk.optimizer)

    def of_runs(self, runs: list[Trajectory]) -> StepOfRun:
        raise Unfit(
            "an anatomy needs the state of the rule, which no record has; draw it with trace"
        )

    def scene(self, content: StepOfRun, look: Look) -> Scene:
        from optviz.figures import _anatomy_scene

        return _anatomy_scene.scene(content.step, content.run, look, self.axes, self.lines)

    def runs(self, content: StepOfRun) -> list[Trajectory]:
        return [content.run]

    def formats(self) -> Mapping[str, str]:
        from optviz.figures._anatomy_table import SUFFIXES

        return SUFFIXES

    def write(self, content: StepOfRun, form: str, stream: IO[Any]) -> None:
        from optviz.figures import _anatomy_table

        stream.write(_anatomy_table.table(content.step, content.optimizer, form))

    def least_steps(self) -> int:
        return max(2, self.anatomy)
