"""Scenes drawn into files: matplotlib and Pillow live here and nowhere else, one file a format."""

import importlib
from collections.abc import Iterable
from contextlib import AbstractContextManager, chdir, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING

from optviz.registry import Registry
from optviz.render._format import Format, Watch, unwatched
from optviz.scene import Look, Scene

if TYPE_CHECKING:
    from optviz.render._difference import Difference

__all__ = ["Format", "Watch", "check", "difference", "load", "registry", "unwatched", "write"]

registry: Registry[Format] = Registry("picture format", __name__, Format)  # type: ignore[type-abstract]


def load() -> None:
    """Imports matplotlib from a folder of ours: it would read a `matplotlibrc` in the current one.

    For programs; a library does not change folders under its user.
    """
    away: AbstractContextManager[None] = chdir(Path(__file__).parent)
    try:
        Path.cwd()
    except OSError:  # it was deleted: nothing in it can be read, and there is no way back to it
        away = nullcontext()
    with away:
        importlib.import_module("matplotlib")


def check(look: Look, formats: Iterable[str] = ()) -> None:
    """Raises `OptvizError` for what cannot be drawn whatever the scene, in one of the formats."""
    from optviz.render import _check

    _check.check(look, [registry[name] for name in formats])


def difference(old: bytes, new: bytes) -> "Difference | None":
    """Where two pictures or films show something else; None if nowhere."""
    from optviz.render import _difference

    return _difference.difference(old, new)


def write(
    scene: Scene, look: Look, name: str, stream: IO[bytes], watch: Watch = unwatched
) -> str:  # fmt: skip
    """Draws the scene in the format `name` into a binary stream; `watch` is told of each frame.

    Returns a sentence about what a budget cost, or "". Raises `UnknownName` for the format,
    `BadValue` or `Unfit` for what cannot be drawn, `WorldError` where ffmpeg is missing.
    """
    return registry[name]().write(scene, look, stream, watch)
