"""What every picture format is."""

from abc import ABC, abstractmethod
from typing import IO, ClassVar

from optviz.scene import Look, Scene


class Format(ABC):
    """A file format for scenes; `suffix` picks it, `says` is its line in `optviz list formats`."""

    suffix: ClassVar[str]
    says: ClassVar[str]

    @abstractmethod
    def write(self, scene: Scene, look: Look, stream: IO[bytes]) -> None:
        """The scene, drawn, into a binary stream. The same scene gives the same bytes."""
