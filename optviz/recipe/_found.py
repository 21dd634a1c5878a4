"""Recipes found in files, whatever else is in them, and the pictures that they make."""

import io
from collections.abc import Iterator
from contextlib import chdir, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from optviz import __version__, render, spec
from optviz.errors import BadFile, OptvizError, TooMuch, WorldError
from optviz.files import limits, parse
from optviz.recipe import _bounds
from optviz.recipe._bounds import excerpt
from optviz.scene import Recipe
from optviz.spec.figure import Drawing, Figure, read


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
        return self.figure.options()


def carriers() -> dict[str, str]:
    """The formats that carry recipes, by suffix."""
    kinds = {name: render.registry[name] for name in render.registry.names}
    return {kind.suffix: name for name, kind in kinds.items() if "recipe" in vars(kind)}


def found(path: str, data: bytes) -> Found | None:
    """The recipe in the bytes of the file `path`; None if it has none, or is no picture of ours.

    Raises `BadFile` for a recipe that cannot be read.
    """
    for name in carriers().values():
        if text := render.registry[name].recipe(data):
            known = _read(path, text)
            return Found(path, name, text, *known) if known else None
    return None


def _read(path: str, text: str) -> tuple[str, Figure, Any] | None:
    if len(text) > limits.RECIPE:
        raise BadFile(path, f"its recipe is longer than {limits.RECIPE >> 20} MB")
    try:
        words = parse.json_value(text)
    except parse.Malformed:
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
        by = "" if version == __version__ else f", of optviz {excerpt(version, 20)},"
        said = "; ".join(str(error) for error in wrong[:3])
        raise BadFile(path, f"its recipe{by} cannot be read: {said}")
    return version, made, final


def willing(recipe: Found, code: bool = False) -> None:
    """Raises `BadFile` for a recipe that is not drawn again; `code` from outside may be allowed."""
    with _named(recipe):
        render.check(spec.look(recipe.figure.look, recipe.figure.film))
    if (theirs := _bounds.code(recipe.figure)) and not code:
        said = f"its recipe runs code from outside, {excerpt(theirs[0])}; --allow-code lets it"
        raise BadFile(recipe.path, said)
    _bounds.refuse_files(recipe.path, recipe.figure)


def drawn(
    recipe: Found, code: bool = False, form: str | None = None, signed: bool = False
) -> tuple[bytes, Drawing]:
    """The picture that a recipe makes, in its own format or in `form`, and what was drawn.

    `code` allows it to run code from outside. Its files are those beside the picture, whose folder
    is the current one meanwhile: for programs of one thread. The picture carries this optviz's
    recipe, or, where it is to be `signed`, the very text that was found. Raises `BadFile` for what
    cannot be drawn or is too much, `WorldError` for what the world says.
    """
    willing(recipe, code)
    beside = _bounds.needs_folder(recipe.figure)
    with _named(recipe):
        with chdir(_bounds.folder(recipe.path)) if beside else nullcontext():
            _bounds.refuse_work(recipe.path, recipe.figure)
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
    except (WorldError, TooMuch):
        raise
    except OptvizError as error:
        said = str(error).splitlines()[0]  # without the place that a caret shows
        raise BadFile(recipe.path, f"cannot be drawn again: {said}") from error
    except MemoryError:
        raise BadFile(recipe.path, "there is not enough memory to draw it again") from None
