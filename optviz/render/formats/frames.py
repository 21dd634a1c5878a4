"""Frames: a film as numbered PNG files."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import IO

from optviz import files
from optviz.errors import BadValue, Unfit
from optviz.render.format import Moving, Watch, unwatched
from optviz.render.formats import png
from optviz.scene import Look, Scene
from optviz.scene.film import Film, film

_NUMBER = re.compile(r"%0?[0-9]{0,2}d")
_MINE = re.compile(r"[0-9]{3,}\.png")  # names of frames in a folder of theirs


class Frames(Moving):
    """One PNG a frame, for other programs; the path is a folder or a pattern, `frame-%03d.png`."""

    suffix = "%03d.png"
    says = "film as PNG files: a folder/, or a pattern such as frame-%03d.png"
    many = True
    idle = frozenset({"loop", "hold"})  # files are not played

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


def _pattern(path: str) -> str:
    return path if _NUMBER.search(PurePath(path).name) else str(PurePath(path) / "%03d.png")


def numbered(path: str, index: int) -> str:
    """The path of one frame, counted from 0: in a folder `000.png`, else by the pattern."""
    pattern = _pattern(path)
    head, name = pattern[: -len(PurePath(pattern).name)], PurePath(pattern).name
    return head + _NUMBER.sub(lambda match: match.group() % index, name, count=1)


def place(path: str) -> str:
    """Where the frames go, by its full name; nothing is touched.

    Raises `BadValue` for a folder that is not theirs alone: the root, a home, or one with other
    files in it. `WorldError` for one that cannot be made.
    """
    if _NUMBER.search(PurePath(path).name):
        return str(Path(path).resolve())
    folder = Path(path).resolve()
    wanted = f"a folder of their own, or a pattern such as {path}frame-%03d.png, is wanted"
    if folder == folder.parent:
        raise BadValue("output", path, f"but frames do not go into the root folder; {wanted}")
    with files.telling("write", path):
        names = sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []
    others = [name for name in names if name[0] != "." and not _MINE.fullmatch(name)]
    if others or _is_home(folder):
        held = f"but it holds {others[0]}" if others else "but it is your home"
        raise BadValue("output", path, f"{held}; {wanted}")
    return str(folder)


def _is_home(folder: Path) -> bool:
    try:
        return folder == Path.home().resolve()
    except RuntimeError:  # nobody knows where it is
        return False


def clear(path: str, count: int) -> list[str]:
    """Removes frames from number `count` on, which a longer film of the same name left behind.

    Only what optviz wrote; returns the names of the others.
    """
    pattern = PurePath(_pattern(path))
    head, tail = _NUMBER.split(pattern.name, maxsplit=1)
    name = re.compile(rf"{re.escape(head)} *([0-9]+){re.escape(tail)}")
    left = []
    for entry in sorted(Path(pattern.parent).iterdir()):
        found = name.fullmatch(entry.name)
        if not found or int(found[1]) < count:
            continue
        if PurePath(numbered(path, int(found[1]))).name != entry.name:
            continue
        if png.ours(entry):
            entry.unlink()
        else:
            left.append(entry.name)
    return left


def write_all(scene: Scene, look: Look, path: str, watch: Watch = unwatched) -> list[str]:
    """Writes each frame into its file, and the names of files of others that stay among them.

    Raises `WorldError` for what the disk says.
    """
    count = 0
    for index, data in enumerate(pictures(scene, look, watch)):
        name = numbered(path, index)
        if index == 0:
            files.folder(name)
        with files.writing(name, binary=True) as stream:
            stream.write(data)
        count = index + 1
    return clear(path, count)


def pictures(scene: Scene, look: Look, watch: Watch = unwatched) -> Iterator[bytes]:
    """Each frame of the scene's film as a PNG file."""
    from optviz.render.draw.figure import settings
    from optviz.render.fast.stage import Stage

    with settings():
        made = film(scene, look.timing)
        for index, frame in enumerate(Stage(made, look).frames()):
            watch(index + 1, len(made))
            yield png.file(frame.pixels, look, scene.alt, "")
