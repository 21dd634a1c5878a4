"""Scenes drawn into files: matplotlib and Pillow live here and nowhere else, one file a format."""

from typing import IO

from optviz.registry import Registry
from optviz.render._format import Format
from optviz.scene import Look, Scene

__all__ = ["Format", "registry", "write"]

registry: Registry[Format] = Registry("picture format", __name__, Format)  # type: ignore[type-abstract]


def write(scene: Scene, look: Look, name: str, stream: IO[bytes]) -> None:
    """Draws the scene in the format `name` into a binary stream.

    Raises `UnknownName` for the format, `BadValue` or `Unfit` for what cannot be drawn.
    """
    registry[name]().write(scene, look, stream)
