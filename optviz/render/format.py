"""What every picture format is, still or moving."""

import io
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import IO, ClassVar

from optviz.errors import BadValue, Unfit
from optviz.scene import Look, Scene
from optviz.scene.film import Film, film

Watch = Callable[[int, int], None]  # told of each frame: its number and how many there are


AUTO = "auto"  # the theme that is light or dark as the reader's device is
SCHEMES = "light", "dark"  # its two themes
KNOWS_BOTH = "@supports(color:light-dark(red,red))"  # browsers from 2024 on


def unwatched(_number: int, _total: int) -> None:
    """Nobody is told."""


def plain(text: str) -> str:
    """A title on one line, its formulas as they are spelled."""
    return re.sub(r"(?<!\\)\$", "", " ".join(text.split())).replace(r"\$", "$")


class Format(ABC):
    """A file format for scenes; `suffix` picks it, `says` is its line in `optviz list formats`."""

    suffix: ClassVar[str]
    says: ClassVar[str]
    moves: ClassVar[bool] = False  # shows step by step
    many: ClassVar[bool] = False  # a file for each frame
    vector: ClassVar[bool] = False  # a drawing, which has no pixels
    resolution: ClassVar[bool] = True  # whether its files say how many dots an inch has
    adapts: ClassVar[bool] = False  # takes the theme `auto`
    idle: ClassVar[frozenset[str]] = frozenset()  # options of films without a use here
    options: ClassVar[frozenset[str]] = frozenset()  # options that have a use here alone
    longest: ClassVar[int] = 20_000  # pixels of a side

    @classmethod
    def check(cls, look: Look) -> None:
        """Raises what `write` would raise of a look, before there is a scene."""
        if max(look.size) > cls.longest:
            wanted = f"at most {cls.longest} pixels a side are wanted in {cls.suffix[1:]}"
            raise BadValue("size", f"{look.size[0]}x{look.size[1]}", wanted)
        if look.theme == AUTO and not cls.adapts:
            name = cls.suffix[1:] if not cls.many else "a frame"
            wanted = f"{name} cannot follow the reader's device; light, dark or print is wanted"
            raise BadValue("theme", AUTO, wanted)

    @abstractmethod
    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        """The scene, drawn, into a binary stream. The same scene gives the same bytes.

        Returns a sentence for the person where something was done that was not asked for, or "".
        """

    @classmethod
    def recipe(cls, data: bytes) -> str | None:
        """The recipe in a file of this format, "" if it has none; None for any other file.

        Whatever the bytes are, nothing is raised and nothing unpacked.
        """
        del data
        return None


class Moving(Format):
    """A format that shows the scene step by step, timed by `look.timing`."""

    moves = True

    @abstractmethod
    def encode(self, made: Film, look: Look, stream: IO[bytes], watch: Watch) -> None:
        """The film, drawn frame by frame, into a binary stream, in constant memory."""

    def write(self, scene: Scene, look: Look, stream: IO[bytes], watch: Watch = unwatched) -> str:
        made = film(scene, look.timing)
        budget = look.timing.max_size
        if budget is None:
            self.encode(made, look, stream, watch)
            return ""
        for colours, thin, scale in _EFFORTS:
            packed = io.BytesIO()
            width, height = (max(80, round(side * scale)) for side in look.size)
            smaller = replace(
                look, size=(width, height), dpi=max(10, round(look.dpi * scale)), colours=colours
            )
            self.encode(made.thinned(thin), smaller, packed, watch)
            if len(packed.getvalue()) <= budget:
                stream.write(packed.getvalue())
                return _said(len(made.thinned(thin)), len(made), colours, look, smaller)
        smallest = len(packed.getvalue())
        raise Unfit(f"max-size {budget} bytes cannot be kept: the least is {smallest}")


# From the least loss to the most: colours, every how manieth frame, scale of the picture.
# One colour less than a power of two: a GIF numbers what is as before too.
_EFFORTS = (
    (255, 1, 1.0), (127, 1, 1.0), (63, 1, 1.0), (63, 2, 1.0), (63, 2, 0.8), (31, 3, 0.7),
    (31, 4, 0.6), (31, 6, 0.5), (15, 10, 0.4), (15, 20, 0.3), (15, 50, 0.25), (7, 100, 0.18),
)  # fmt: skip


def _said(frames: int, of: int, colours: int, look: Look, used: Look) -> str:
    """What a budget cost, or "" if nothing."""
    parts = [f"{colours} colours"] if colours < 255 else []
    parts += [f"{frames} of {of} frames"] if frames < of else []
    parts += [f"{used.size[0]}x{used.size[1]} pixels"] if used.size != look.size else []
    return f"to keep within max-size: {', '.join(parts)}" if parts else ""
