"""Paths of outputs: below one folder, valid and distinct on every file system."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from optviz import files
from optviz.errors import BadValue

_RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}
_FORBIDDEN = set('<>:"|?*\\')


def target(root: Path, text: str) -> Path:
    """The path of the output `text` below `root`.

    Raises `BadValue` if it leads out of `root`, or is not valid on every system.
    """
    if text == "-" or not text.strip() or text.endswith("/"):
        raise BadValue("output", text, "the name of a file is wanted")
    if PureWindowsPath(text).is_absolute() or PureWindowsPath(text).drive or text[:1] in "/\\~":
        raise BadValue("output", text, "a path under the folder of the outputs is wanted")
    for part in text.split("/"):
        if part == "..":
            raise BadValue("output", text, "a path without .. is wanted")
        if message := _invalid(part):
            raise BadValue("output", text, message)
    return inside(root, text)


def inside(root: Path, text: str) -> Path:
    """The path below `root`. Raises `BadValue` if a link leads out of it."""
    path = root / text
    try:
        within = files.resolved(root) in files.resolved(path).parents
    except OSError:
        raise BadValue("output", text, "but its links lead round in a circle") from None
    if not within:
        raise BadValue("output", text, f"but a link leads out of {root}")
    return path


def make_folders(root: Path, outputs: Iterable[tuple[str, str]], folders: set[Path]) -> None:
    """Makes those folders of outputs below `root` that are not in `folders`, and adds them.

    Raises `OptvizError` for an output that cannot be written.
    """
    for output, _ in outputs:
        path = inside(root, output)
        if path.parent not in folders:
            files.folder(str(path))
            folders.add(path.parent)
        files.place(str(path), binary=True)


def _invalid(part: str) -> str:
    """What is wanted of a part of a path that is no valid file name, or ""."""
    if len(part.encode(errors="surrogateescape")) > 250:
        return "names of at most 250 bytes are wanted"
    if not part.isprintable() or _FORBIDDEN & set(part):
        return 'names without control characters and without any of <>:"|?*\\ are wanted'
    if part != "." and part.endswith((".", " ")):
        return "names that end in a letter or figure are wanted"
    if part.partition(".")[0].lower() in _RESERVED:
        return "a name that is no device's on any system is wanted"
    return ""


class Claims:
    """The files that are taken, by figure; paths that a file system may not distinguish are one."""

    def __init__(self) -> None:
        self._taken: dict[str, tuple[str, Path]] = {}
        self._folders: dict[str, str] = {}

    def claim(self, path: Path, owner: str) -> str:
        """Takes the path for `owner`; returns "", or a sentence if the path is taken."""
        parts = tuple(_folded(part) for part in Path(files.full(str(path))).parts)
        full = "/".join(parts)
        above = ["/".join(parts[:n]) for n in range(1, len(parts))]
        other = self._taken.get(full)
        if other is not None:
            spelled = "" if other[1] == path else f", spelled {other[1]}"
            return f"but {other[0]} has that file{spelled}; another name is wanted"
        if full in self._folders:
            return f"but {self._folders[full]} has a folder of that name"
        for folder in above:
            if folder in self._taken:
                return f"but {self._taken[folder][1]} is a file of {self._taken[folder][0]}"
        self._taken[full] = owner, path
        self._folders |= dict.fromkeys(above, owner)
        return ""


def _folded(part: str) -> str:
    """One spelling for names that differ by case or by Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", part).casefold())
