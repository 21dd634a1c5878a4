"""Frames: a film as numbered PNG files."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from optviz.errors import Unfit
from optviz.film import Film, film
from optviz.render import png
from optviz.render._deflate import Like
from optviz.render._format import Moving, Watch, unwatched
from optviz.scene import Look, Scene

_NUMBER = re.compile(r"%0?\d*d")


class Frames(Moving):
    """One PNG a frame, for other programs; the path is a folder or a pattern, `frame-%03d.png`."""

    suffix = "%03d.png"
    says = "film as PNG files: a folder/, or a pattern such as frame-%03d.png"
    many = True

    @classmethod
    def check(cls, look: Look) -> None:
        super().check(look)
        if look.timing.max_size is not None:
            raise Unfit("max-size is of one file, and frames are many; leave it out")

    def encode(self, made: Film, look: Look, stream: IO[bytes], watch: Watch) -> None:
        raise Unfit("frames are many files: give a folder/ or a pattern such as frame-%03d.png")


def is_meant(path: str) -> bool:
    """Whether a path asks for frames: it has a number in it, or ends as a folder does."""
    return bool(_NUMBER.search(PurePath(path).name)) or path.endswith("/")


def numbered(path: str, index: int) -> str:
    """The path of one frame, counted from 0: in a folder `000.png`, else by the pattern."""
    pattern = path if _NUMBER.search(PurePath(path).name) else str(PurePath(path) / "%03d.png")
    head, name = pattern[: -len(PurePath(pattern).name)], PurePath(pattern).name
    return head + _NUMBER.sub(lambda match: match.group() % index, name, count=1)


def pictures(scene: Scene, look: Look, watch: Watch = unwatched) -> Iterator[bytes]:
    """Each frame of the scene's film as a PNG file."""
    from optviz.render._figure import settings
    from optviz.render._stage import Stage

    with settings():
        made, last = film(scene, look.timing), None
        for index, frame in enumerate(Stage(made, look).frames()):
            watch(index + 1, len(made))
            last = last or Like(frame.pixels.copy(), follows=True)
            yield png.file(frame.pixels, look, scene.alt, "", last)
