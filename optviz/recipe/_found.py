"""Recipes found in files, whatever else is in them, and the pictures that they make."""

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from optviz import __version__, optimizers, render, spec
from optviz.drawing import Drawn, Figure, read
from optviz.errors import BadFile, OptvizError, WorldError
from optviz.scene import Recipe
from optviz.spec import LookSpec
from optviz.visible import visible

LONGEST = 2**20  # characters of a recipe
LARGEST = 2**28  # bytes of a picture
MOST = 10**7  # steps: a recipe is a stranger's, and somebody waits


@dataclass(frozen=True)
class Found:
    """A recipe: the file it was in, that file's format, its text, and what the text says."""

    path: str
    format: str
    text: str
    version: str
    figure: Figure
    final: Any

    @property
    def words(self) -> dict[str, Any]:
        """Its words, as a batch file has them."""
        return self.figure.words()


def carriers() -> dict[str, str]:
    """The formats that carry recipes, by suffix."""
    kinds = {name: render.registry[name] for name in render.registry.names}
    return {kind.suffix: name for name, kind in kinds.items() if "recipe" in vars(kind)}


def found(path: str, data: bytes) -> Found | None:
    """The recipe in the bytes of the file `path`; None if it has none, or is no picture of ours.

    Raises `BadFile` for a recipe that cannot be read.
    """
    if len(data) > LARGEST:
        raise BadFile(path, f"larger than {LARGEST >> 20} MB, which no picture with a recipe is")
    for name in carriers().values():
        if text := render.registry[name].recipe(data):
            known = _read(path, text)
            return Found(path, name, text, *known) if known else None
    return None


def _read(path: str, text: str) -> tuple[str, Figure, Any] | None:
    if len(text) > LONGEST:
        raise BadFile(path, f"its recipe is longer than {LONGEST >> 20} MB")
    try:
        words = json.loads(text, parse_constant=_refuse)
        json.dumps(words, ensure_ascii=False).encode("utf-8")  # halves of letters are none
    except (ValueError, RecursionError):
        if '"optviz"' not in text:  # keywords or a source of somebody else's
            return None
        raise BadFile(path, "its recipe is damaged: it is no JSON") from None
    if not isinstance(words, dict) or "optviz" not in words:
        return None
    version, final = words.pop("optviz"), words.pop("final", [])
    if not isinstance(version, str) or not version.isascii() or not text.isascii():
        raise BadFile(path, "its recipe is damaged: it does not say which optviz made it")
    made, wrong = read(words)
    if made is None:
        by = "" if version == __version__ else f", of optviz {printable(version, 20)},"
        said = "; ".join(str(error) for error in wrong[:3])
        raise BadFile(path, f"its recipe{by} cannot be read: {said}")
    return version, made, final


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def foreign(made: Figure) -> list[str]:
    """The optimizers of a figure that run code from outside, as its words spell them."""
    return optimizers.foreign(made.groups[0].opt)


def willing(recipe: Found, code: bool = False) -> None:
    """Raises `BadFile` for a recipe that is not drawn again; `code` from outside may be allowed."""
    run = recipe.figure.groups[0]
    with _named(recipe):
        render.check(spec.look(recipe.figure.of(LookSpec)))
    if (theirs := foreign(recipe.figure)) and not code:
        said = f"its recipe runs code from outside, {printable(theirs[0])}; --allow-code lets it"
        raise BadFile(recipe.path, said)
    if run.objective.strip().startswith("@-"):
        raise BadFile(recipe.path, "its objective came through a pipe and is gone")
    if re.fullmatch(r"""\s*log\s*[(:]\s*["']?-["']?\s*\)?\s*""", run.gradient, re.I):
        raise BadFile(recipe.path, "its gradients came through a pipe and are gone")
    if run.steps is not None and run.steps > MOST:
        raise BadFile(recipe.path, f"its recipe has more than {MOST} steps")


def drawn(
    recipe: Found, code: bool = False, form: str | None = None, signed: bool = False
) -> tuple[bytes, Drawn]:
    """The picture that a recipe makes, in its own format or in `form`, and what was drawn.

    `code` allows it to run code from outside. The picture carries this optviz's recipe, or, where
    it is to be `signed`, the very text that was found. Raises `BadFile` for what cannot be drawn,
    `WorldError` for what the world says.
    """
    willing(recipe, code)
    with _named(recipe):
        done = recipe.figure.draw()
        scene = done.scene
        if signed:
            scene = replace(scene, recipe=Recipe(recipe.text, recipe.text))
        stream = io.BytesIO()
        render.write(scene, done.look, form or recipe.format, stream)
    return stream.getvalue(), done


@contextmanager
def _named(recipe: Found) -> Iterator[None]:
    """Raises a `BadFile` of the picture for what is wrong in its recipe."""
    try:
        yield
    except WorldError:
        raise
    except OptvizError as error:
        said = str(error).splitlines()[0]  # without the place that a caret shows
        raise BadFile(recipe.path, f"cannot be drawn again: {said}") from error
    except MemoryError:
        raise BadFile(recipe.path, "there is not enough memory to draw it again") from None


def printable(text: str, most: int = 60) -> str:
    """A stranger's words for a terminal: not long, each control character one sign."""
    return visible(text[:most])
