"""The base class of figure kinds.

A new kind is one file in this folder with one subclass of `Kind`, or of `TrajectoryKind` if it
shows runs as they are. The file is found by its name, which is the name of the class in lower case.
It imports at its top only what costs nothing, because help lists the options of all kinds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from optviz.errors import Unfit
from optviz.text import options

if TYPE_CHECKING:
    from dataclasses import Field

    from optviz.recorder.training_log import TrainingLog
    from optviz.scene import Look, Scene
    from optviz.walks.engine import Walk
    from optviz.walks.parallel import Workers
    from optviz.walks.trajectory import Trajectory

Content = TypeVar("Content")
Idle = Iterator[tuple[str, str]]  # options without effect, and the sentence that refuses each


class Kind(ABC, Generic[Content]):
    """A figure kind: a frozen dataclass whose fields made by `option` are its options.

    Its command, its flags, its words in spec files and recipes, and their help come from here. A
    kind must have `says`, `does`, `content` and `scene`; all else has a default. `content` makes
    of the walks what is drawn, such as trajectories, sweeps or a verdict; `scene` makes marks of
    that, and `write`, `facts` and `report` make data and text of it.
    """

    says: ClassVar[str]  # its line in `optviz list figures`
    does: ClassVar[str]  # the help of its command
    examples: ClassVar[str] = ""  # at the end of that help: sentences, and lines that can be typed
    group: ClassVar[str] = "Draw"  # where its command stands among the others
    optimizers: ClassVar[tuple[str, ...]] = ("adagrad",)  # if none is named
    steps: ClassVar[int | None] = None  # if neither options nor the objective have a number
    moves: ClassVar[bool] = True  # whether its steps can be a film
    reports: ClassVar[bool] = False  # whether it prints its `report` if no output is named
    content_is_logs: ClassVar[bool] = False  # whether it is drawn of logs of training alone
    takes_logs: ClassVar[bool] = False  # whether it can be drawn from logged gradients
    lacks: ClassVar[frozenset[str]] = frozenset()  # options of runs, looks and outputs: not here
    walk_options: ClassVar[frozenset[str]] = frozenset()  # its options that `plot` cannot have
    data_options: ClassVar[frozenset[str]] = frozenset()  # its options that change its data too
    argument: ClassVar[str] = ""  # its repeatable option whose values may stand without its flag
    printed_formats: ClassVar[frozenset[str]] = frozenset()  # data for standard output by default

    @classmethod
    def word(cls) -> str:
        """The name of its command, and of the kind in spec files."""
        return cls.__name__.lower()

    @classmethod
    def options(cls) -> Mapping[str, Field[Any]]:
        """Its options by name."""
        return options.options(cls)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Kind[Any]:
        """The kind with these options, of the types of their fields. Raises `Unfit`."""
        return cls(**values)

    def changed(self) -> dict[str, Any]:
        """Its options that differ from their defaults."""
        return options.changed(self)

    def idle(self, walks: Sequence[Walk], look: Look) -> Idle:
        """Options of its own that change nothing on these walks."""
        del walks, look
        yield from ()

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        """Raises, before the first step, what `content` or `scene` would raise of these walks.

        The walks are on one objective; there are none if the runs come from files.
        """

    def check_scene(self, walks: Sequence[Walk], look: Look) -> None:
        """Raises, before the first step, what only `scene` would raise of these walks."""

    @abstractmethod
    def content(self, walks: Sequence[Walk], workers: Workers) -> Content:
        """The content that the walks give. Raises `OptvizError`."""

    def of_runs(self, runs: list[Trajectory]) -> Content:
        """The content of runs from files or from Python. Raises `Unfit` if the kind needs walks."""
        if self.content_is_logs:
            raise Unfit(f"{self.word()} draws logs of optviz.record, and no trajectories")
        raise Unfit(f"{self.word()} is made from settings, not from runs")

    def of_training(self, logs: list[TrainingLog]) -> Kind[list[TrainingLog]]:
        """The kind that draws logs of training with these options. Raises `Unfit` if none does."""
        word = self.word()
        raise Unfit(
            f"a log of training has no path for {word}; optviz help training has its figures"
        )

    @classmethod
    def draws_training(cls) -> bool:
        """Whether it draws logs of training."""
        return cls.of_training is not Kind.of_training

    @abstractmethod
    def scene(self, content: Content, look: Look) -> Scene:
        """The figure as marks. Raises `Unfit` or `BadValue` for what cannot be drawn."""

    def size(self, content: Content) -> tuple[int, int]:
        """Width and height in pixels if the look has no size."""
        del content
        return 960, 720

    def runs(self, content: Content) -> list[Trajectory]:
        """The runs of the content, for summaries, recipes and data."""
        del content
        return []

    def formats(self) -> Mapping[str, str]:
        """The suffix of each of its data formats, the default format first."""
        from optviz import records

        return {name: records.registry[name].suffix for name in records.registry.names}

    def write(self, content: Content, form: str, stream: IO[Any]) -> None:
        """Writes the content in one of `formats`, as text or bytes."""
        from optviz import records

        records.write(stream, form, self.runs(content))

    def facts(self, content: Content) -> dict[str, Any]:
        """The content as plain data, for `--json`."""
        from optviz.walks.seeds import medians

        return {"runs": [row.facts() for row in medians(self.runs(content))]}

    def report(self, content: Content) -> str:
        """The content as text for people, if the kind `reports`."""
        del content
        return ""

    def diverges(self, content: Content) -> bool:
        """Whether a run diverges, for `--strict`."""
        return any(status == "diverged" for run in self.runs(content) for status in run.status)

    def numbers(self, walks: Sequence[Walk]) -> int:
        """About how many numbers its data hold, as a limit of the gallery page."""
        return sum(len(w.rows) * (w.steps + 1) * (3 + 3 * w.objective.dim) for w in walks)

    def points(self) -> int:
        """The number of runs at once of each optimizer and start, as a limit of recipes."""
        return 1

    def trials(self) -> int:
        """The number of runs one after the other of each optimizer, as a limit of recipes."""
        return 1

    def least_steps(self) -> int:
        """The fewest steps of a trial run that show whether it can be drawn, for `--check`."""
        return 2
