"""Compares a picture with the one that its recipe makes now."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optviz import __version__, files, render
from optviz.recipe._picture_recipe import PictureRecipe, carriers, redraw
from optviz.recipe._safety import excerpt


@dataclass(frozen=True)
class Verdict:
    """The state of a picture: `same`, `changed`, `not ours` or `failed`, and `where`, as text.

    `facts` have the same as data: pixels and box, numbers, version.
    """

    path: str
    state: str
    where: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{excerpt(self.path, 999)}: {self.state}" + (
            f": {'; '.join(self.where)}" if self.where else ""
        )


def verify(recipe: PictureRecipe, data: bytes, code: bool = False) -> Verdict:
    """Draws the recipe again in memory and compares picture, final values and version.

    Raises as `redraw`.
    """
    again, drawing = redraw(recipe, code, signed=True)
    where: list[str] = []
    facts: dict[str, Any] = {}
    if again != data:
        _picture(recipe, data, again, where, facts)
    _numbers(recipe.final, drawing.final, where, facts)
    if recipe.version != __version__:
        where.append(f"version {excerpt(recipe.version, 20)}, now {__version__}")
        facts["version"] = [recipe.version[:20], __version__]
    return Verdict(recipe.path, "changed" if where else "same", tuple(where), facts)


def pictures(paths: list[str]) -> Iterator[tuple[str, str]]:
    """The files `paths`, and those in the folders `paths` with the suffix of a picture, sorted.

    Each with the reason why it cannot be read, or "". Links to folders are not followed, because
    they may form a circle.
    """
    for path in paths:
        if path != "-" and Path(path).is_dir():
            yield from sorted(_inside(path))
        else:
            yield path, ""


def _inside(folder: str) -> list[tuple[str, str]]:
    """The files of a folder and all below it, and the folders that cannot be opened."""
    suffixes, pairs = carriers(), []

    def refused(error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        pairs.append((str(Path(error.filename or folder)), f"cannot open the folder: {reason}"))

    for root, _, names in os.walk(folder, onerror=refused):
        for name in names:
            path = Path(root, name)
            if path.suffix.lower() in suffixes:
                regular = files.is_regular(str(path))
                pairs.append((str(path), "" if regular else "it is no regular file"))
    return pairs


def _picture(
    recipe: PictureRecipe, old: bytes, new: bytes, where: list[str], facts: dict[str, Any]
) -> None:
    """Where the pictures differ; the same pixels may be packed differently."""
    if render.registry[recipe.format].vector:
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
    value = was.get(key) if isinstance(was, dict) else was
    where.append(f"numbers: {key} of run {run + 1} was {excerpt(str(value))}, is {now.get(key)}")
