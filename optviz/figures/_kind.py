"""What every figure kind is: options as fields, and what they make of walks.

Files of kinds import at their top only what costs nothing: their options are flags, and help lists
them all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from optviz.errors import Unfit
from optviz.text.options import changed, options

if TYPE_CHECKING:
    from dataclasses import Field

    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory

C = TypeVar("C")
Idle = Iterator[tuple[str, str]]  # options without effect, and the sentence that refuses each


class Kind(ABC, Generic[C]):
    """A figure kind: a frozen dataclass of its own options, in a file of its name.

    `says` is its line in `optviz list figures`, `does` the help of its command. C is what it
    draws: trajectories, sweeps, a verdict.
    """

    says: ClassVar[str]
    does: ClassVar[str]
    moves: ClassVar[bool] = True  # whether its steps can be a film
    lacks: ClassVar[frozenset[str]] = frozenset()  # options of looks and outputs without a use here
    reports: ClassVar[bool] = False  # whether it is text for people where no output is named
    printed: ClassVar[frozenset[str]] = frozenset()  # data formats that go to standard output then
    of_walks: ClassVar[frozenset[str]] = frozenset()  # its options that need more than runs
    of_data: ClassVar[frozenset[str]] = frozenset()  # its options that decide its data too
    optimizers: ClassVar[tuple[str, ...]] = ("adagrad",)  # where none is named
    steps: ClassVar[int | None] = None  # where neither options nor the objective say so
    takes_logs: ClassVar[bool] = False  # whether logged gradients are enough

    @classmethod
    def word(cls) -> str:
        """What people type."""
        return cls.__name__.lower()

    @classmethod
    def options(cls) -> Mapping[str, Field[Any]]:
        """Its options by name."""
        return options(cls)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Kind[Any]:
        """The kind with these options, of the types of their fields. Raises `Unfit`."""
        return cls(**values)

    def words(self) -> dict[str, Any]:
        """Its options that are not as usual."""
        return changed(self)

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        """Options of its own that change nothing on these walks."""
        del walks, look
        yield from ()

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        """Raises what the walks, on one objective, will be refused for; none come from files."""

    def check_scene(self, walks: Sequence[Walk], look: Look) -> None:
        """Raises what pictures of the walks will be refused for, though their data are not."""

    @abstractmethod
    def content(self, walks: Sequence[Walk], workers: Workers) -> C:
        """What is drawn of the walks. Raises `OptvizError`."""

    def of_runs(self, runs: list[Trajectory]) -> C:
        """What is drawn of runs that were made elsewhere. Raises `Unfit`."""
        raise Unfit(f"{self.word()} is made from settings, not from runs")

    def of_training(self, logs: list[TrainingLog]) -> Kind[list[TrainingLog]]:
        """The kind that draws logs of training. Raises `Unfit` where none does."""
        raise Unfit("a log of training has rates of layers; only plot rates draws it")

    @abstractmethod
    def scene(self, content: C, look: Look) -> Scene:
        """The figure. Raises `Unfit` or `BadValue` for what cannot be drawn."""

    def size(self, content: C) -> tuple[int, int]:
        """Width and height in pixels where none are given."""
        del content
        return 960, 720

    def runs(self, content: C) -> list[Trajectory]:
        """The runs that the figure shows."""
        del content
        return []

    def formats(self) -> Mapping[str, str]:
        """The data formats it has, the usual one first, with their suffixes."""
        from optviz import records

        return {name: records.registry[name].suffix for name in records.registry.names}

    def write(self, content: C, form: str, stream: IO[Any]) -> None:
        """The data behind the figure in one of `formats`, text or bytes."""
        from optviz import records

        records.write(stream, form, self.runs(content))

    def facts(self, content: C) -> dict[str, Any]:
        """The content as plain data, for `--json`."""
        from optviz.walks.seeds import medians

        return {"runs": [row.facts() for row in medians(self.runs(content))]}

    def report(self, content: C) -> str:
        """The content in words, of a kind that `reports`."""
        del content
        return ""

    def diverges(self, content: C) -> bool:
        """Whether a run does."""
        return any(status == "diverged" for run in self.runs(content) for status in run.status)

    def numbers(self, walks: Sequence[Walk]) -> int:
        """How many numbers its data hold, about."""
        return sum(len(w.rows) * (w.steps + 1) * (3 + 3 * w.objective.dim) for w in walks)

    def points(self) -> int:
        """How many runs are made at once of each optimizer and start."""
        return 1

    def trials(self) -> int:
        """How many times each run is made, one after the other."""
        return 1

    def least_steps(self) -> int:
        """The fewest steps that show whether it can be drawn."""
        return 2
