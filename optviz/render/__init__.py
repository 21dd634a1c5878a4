"""Scenes drawn into files: matplotlib and Pillow live here and nowhere else, one file a format."""

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from optviz.registry import Registry
from optviz.render.draw import backend
from optviz.render.format import Format, Watch, unwatched
from optviz.scene import Look, Scene

if TYPE_CHECKING:
    from optviz.render._difference import Difference

__all__ = ["Format", "Watch", "check", "difference", "load", "registry", "unwatched", "write"]

registry: Registry[Format] = Registry("picture format", f"{__name__}.formats", Format)  # type: ignore[type-abstract]


def load() -> None:
    """Imports matplotlib for a program; a library does not change folders under its user.

    Raises `WorldError` where matplotlib finds no folder for its cache.
    """
    backend.load()


def check(look: Look, formats: Iterable[str] = ()) -> None:
    """Raises `OptvizError` for what cannot be drawn whatever the scene, in one of the formats."""
    from optviz.render import _check

    _check.check(look, [registry[name] for name in formats])


def difference(old: bytes, new: bytes) -> "Difference | None":
    """Where two pictures or films show something else; None if nowhere."""
    from optviz.render import _difference

    return _difference.difference(old, new)


def write(scene: Scene, look: Look, name: str, stream: IO[bytes], watch: Watch = unwatched) -> str:
    """Draws the scene in the format `name` into a binary stream; `watch` is told of each frame.

    Returns a sentence about what a budget cost, or "". Raises `UnknownName` for the format,
    `BadValue` or `Unfit` for what cannot be drawn, `WorldError` where ffmpeg is missing.
    """
    kind = registry[name]
    kind.check(look)
    backend.ready()
    return kind().write(scene, look, stream, watch)
