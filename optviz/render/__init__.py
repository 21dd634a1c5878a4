"""Scenes drawn into files: matplotlib and Pillow live here and nowhere else, one file a format."""

import importlib
from contextlib import chdir
from pathlib import Path
from typing import IO

from optviz.registry import Registry
from optviz.render._format import Format
from optviz.scene import Look, Scene

__all__ = ["Format", "registry", "write"]

registry: Registry[Format] = Registry("picture format", __name__, Format)  # type: ignore[type-abstract]


def load() -> None:
    """Imports matplotlib from a folder of ours: it would read a `matplotlibrc` in the current one.

    For programs; a library does not change folders under its user.
    """
    with chdir(Path(__file__).parent):
        importlib.import_module("matplotlib")


def write(scene: Scene, look: Look, name: str, stream: IO[bytes]) -> None:
    """Draws the scene in the format `name` into a binary stream.

    Raises `UnknownName` for the format, `BadValue` or `Unfit` for what cannot be drawn.
    """
    registry[name]().write(scene, look, stream)
