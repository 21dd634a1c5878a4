"""The base class of data formats, and what they share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import IO, Any, ClassVar

from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

Run = Walk | Trajectory
PARTS = ("x", "f", "grad", "rate")  # the arrays of a trajectory, in the order they are written


class Format(ABC):
    """A file format of runs and of sweeps; the module's name is the word people type.

    `suffix` is that of its files, with the dot; `binary` says whether its stream takes bytes;
    `says` is its line in `optviz list formats`; `magic` are the bytes that its content may begin
    with, none if its content is any other text; `opening` are those that optviz writes first;
    `holds_steps` says whether it holds each step, so that it can be read back and thinned.
    """

    suffix: ClassVar[str]
    media_type: ClassVar[str]
    binary: ClassVar[bool]
    says: ClassVar[str]
    magic: ClassVar[tuple[bytes, ...]] = ()
    opening: ClassVar[bytes]
    holds_steps: ClassVar[bool] = True

    @abstractmethod
    def write(self, stream: IO[Any], runs: Iterable[Run], every: int = 1) -> None:
        """Writes each row of each run, keeping every n-th step; a walk is walked here."""

    @abstractmethod
    def read(self, data: bytes, name: str) -> list[Trajectory]:
        """The runs in `data`, each a batch of one; `BadFile` calls the file `name`."""

    @classmethod
    def made(cls, data: bytes) -> bool:
        """Whether optviz wrote the file, as far as it shows."""
        return data.startswith(cls.opening)

    @classmethod
    def word(cls) -> str:
        """The name people type."""
        return cls.__module__.rpartition(".")[2]


def rows(runs: Iterable[Run], every: int) -> Iterator[Trajectory]:
    """Each row of each run as a batch of one, as soon as its run is done."""
    for run in runs:
        whole = run.run() if isinstance(run, Walk) else run
        yield from whole.every(every).rows()
