"""A picture held against what its recipe makes today."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optviz import __version__, files, render
from optviz.recipe._bounds import excerpt
from optviz.recipe._found import Found, carriers, drawn


@dataclass(frozen=True)
class Verdict:
    """What became of a picture: `same`, `changed`, `not ours` or `failed`, and where, in words.

    `facts` are the same for programs: pixels and box, numbers, version.
    """

    path: str
    state: str
    where: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{excerpt(self.path, 999)}: {self.state}" + (
            f": {'; '.join(self.where)}" if self.where else ""
        )


def verified(recipe: Found, data: bytes, code: bool = False) -> Verdict:
    """Draws the recipe again in memory and compares: picture, final values, version.

    Raises what `drawn` raises.
    """
    again, done = drawn(recipe, code, signed=True)
    where: list[str] = []
    facts: dict[str, Any] = {}
    if again != data:
        _picture(recipe, data, again, where, facts)
    _numbers(recipe.final, done.final, where, facts)
    if recipe.version != __version__:
        where.append(f"version {excerpt(recipe.version, 20)}, now {__version__}")
        facts["version"] = [recipe.version[:20], __version__]
    return Verdict(recipe.path, "changed" if where else "same", tuple(where), facts)


def pictures(paths: list[str]) -> Iterator[tuple[str, str]]:
    """The files named, and those in the folders named that could carry a recipe, by name.

    Each with the reason why it cannot be looked at, or "". Links to folders are not followed, so
    that none leads in a circle.
    """
    for path in paths:
        if path != "-" and Path(path).is_dir():
            yield from sorted(_inside(path))
        else:
            yield path, ""


def _inside(folder: str) -> list[tuple[str, str]]:
    """The files of a folder and all below it, and the folders that cannot be opened."""
    suffixes, found = carriers(), []

    def refused(error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        found.append((str(Path(error.filename or folder)), f"cannot open the folder: {reason}"))

    for root, _, names in os.walk(folder, onerror=refused):
        for name in names:
            path = Path(root, name)
            if path.suffix.lower() in suffixes:
                regular = files.is_regular(str(path))
                found.append((str(path), "" if regular else "it is no regular file"))
    return found


def _picture(
    recipe: Found, old: bytes, new: bytes, where: list[str], facts: dict[str, Any]
) -> None:
    """Where the pictures differ; the same pixels may be packed differently."""
    if recipe.format in ("svg", "pdf"):
        where.append("the drawing")
        facts["drawing"] = True
        return
    difference = render.difference(old, new)
    if difference is None:
        return
    where.append(str(difference))
    facts["pixels"], facts["box"] = difference.pixels, difference.box


def _numbers(old: Any, new: list[dict[str, Any]], where: list[str], facts: dict[str, Any]) -> None:
    """Which final values differ, the first of them in words."""
    if old == new:
        return
    facts["numbers"] = {"were": old, "are": new}
    if not isinstance(old, list) or len(old) != len(new):
        where.append("numbers: other runs")
        return
    run, (was, now) = next(
        (i, pair) for i, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]
    )
    keys = [key for key in now if not isinstance(was, dict) or was.get(key) != now[key]]
    key = keys[0] if keys else "x"
    shown = was.get(key) if isinstance(was, dict) else was
    where.append(f"numbers: {key} of run {run + 1} was {excerpt(str(shown))}, is {now.get(key)}")
