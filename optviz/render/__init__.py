"""Scenes drawn into files: matplotlib and Pillow live here and nowhere else, one file a format."""

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from optviz import phrases
from optviz.registry import Registry
from optviz.render.draw import backend
from optviz.render.format import Format, Watch, unwatched
from optviz.scene import Look, Scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes
    from matplotlib.figure import Figure

    from optviz.render._difference import Difference

    Canvas = Figure  # as optviz has a Figure of its own

__all__ = [
    "ANNOTATED",
    "Format",
    "Watch",
    "annotated",
    "are_frames",
    "check",
    "difference",
    "figure",
    "figure_of",
    "film_still",
    "is_axes",
    "is_dark",
    "load",
    "onto",
    "registry",
    "unwatched",
    "write",
    "write_frames",
]
ANNOTATED = ("png", "svg", "pdf")  # formats that matplotlib writes of an annotated figure

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


def film_still(film: bytes) -> bytes | None:
    """The last frame of a GIF, an animated PNG or a WebP as PNG, None where there is none."""
    from optviz.render import _film_still

    return _film_still.film_still(film)


def write(scene: Scene, look: Look, name: str, stream: IO[bytes], watch: Watch = unwatched) -> str:
    """Draws the scene in the format `name` into a binary stream; `watch` is told of each frame.

    Returns a sentence about what a budget cost, or "". Raises `UnknownName` for the format,
    `BadValue` or `Unfit` for what cannot be drawn, `WorldError` where ffmpeg is missing.
    """
    kind = registry[name]
    kind.check(look)
    backend.ready()
    with phrases.language(look.lang):
        return kind().write(scene, look, stream, watch)


def are_frames(path: str) -> bool:
    """Whether a path asks for a file a frame: a folder/, or a name with a number, %03d, in it.

    Raises `BadValue` for a folder that is not theirs alone, `WorldError` for one that cannot be.
    """
    from optviz.render.formats import frames

    return frames.is_meant(path) and bool(frames.place(path))


def write_frames(scene: Scene, look: Look, path: str, watch: Watch = unwatched) -> str:
    """Draws a film as numbered files; a sentence about files of others among them, or "".

    Raises what `write` does, and `WorldError` for what the disk says.
    """
    from optviz.render.formats import frames

    frames.Frames.check(look)
    backend.ready()
    with phrases.language(look.lang):
        left = frames.write_all(scene, look, path, watch)
    more = f" and {len(left) - 1} more" if len(left) > 1 else ""
    return f"{left[0]}{more} stay, which optviz did not write" if left else ""


def figure(scene: Scene, look: Look) -> "Canvas":
    """The scene as a figure of matplotlib, to annotate. Raises what `write` raises of a scene."""
    backend.ready()
    from optviz.render.draw import embedded

    with phrases.language(look.lang):
        return embedded.figure(scene, look)


def annotated(drawn: "Canvas", scene: Scene, name: str, sharp: int, *, own: bool) -> bytes:
    """What a figure of matplotlib shows now, in one of the formats `ANNOTATED`.

    It has `sharp` times its dots an inch, and our settings if it is our `own`, not the user's.
    """
    from optviz.render.draw import embedded

    return embedded.annotated(drawn, scene, name, sharp, own=own)


def is_axes(value: Any) -> bool:
    """Whether a value is axes of matplotlib."""
    from optviz.render.draw import embedded

    return embedded.is_axes(value)


def is_dark(ax: "Axes") -> bool:
    """Whether the ground of axes of matplotlib is dark."""
    from optviz.render.draw import own_axes

    return own_axes.is_dark(ax)


def figure_of(ax: "Axes") -> "Canvas":
    """The figure that axes are in. Raises `Unfit` if they are in none."""
    from optviz.render.draw import embedded

    return embedded.figure_of(ax)


def onto(ax: "Axes", scene: Scene, look: Look, typed: Iterable[str]) -> None:
    """Draws a scene of one panel into axes of the user's. Raises `Unfit` or `NoEffect`."""
    from optviz.render.draw import embedded

    with phrases.language(look.lang):
        embedded.onto(ax, scene, look, tuple(typed))
