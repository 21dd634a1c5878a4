"""Reads recipes from pictures, and draws the pictures of recipes."""

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, chdir, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from optviz import __version__, figures, render, spec
from optviz.errors import BadFile, OptvizError, TooMuch, WorldError
from optviz.files import limits, parse
from optviz.recipe import _safety
from optviz.recipe._safety import excerpt
from optviz.scene import Recipe
from optviz.spec import kind_options
from optviz.spec.drawing import Drawing
from optviz.spec.figure import Figure


@dataclass(frozen=True)
class PictureRecipe:
    """A recipe: the picture's path and format, the text of the recipe, and what it describes."""

    path: str
    format: str
    text: str
    version: str
    figure: Figure
    final: Any

    @property
    def options(self) -> dict[str, Any]:
        """Its options, as a batch file has them."""
        return self.figure.options()


def carriers() -> dict[str, str]:
    """The formats that carry recipes, by suffix."""
    formats = {name: render.registry[name] for name in render.registry.names}
    return {form.suffix: name for name, form in formats.items() if "recipe" in vars(form)}


def read(path: str, data: bytes) -> PictureRecipe | None:
    """The recipe in the bytes of the file `path`, None if there is none of optviz.

    Raises `BadFile` for a recipe that cannot be read.
    """
    for name in carriers().values():
        if text := render.registry[name].recipe(data):
            parts = _parsed(path, text)
            return PictureRecipe(path, name, text, *parts) if parts else None
    return None


def _parsed(path: str, text: str) -> tuple[str, Figure, Any] | None:
    """The version, the figure and the final values in a recipe's text."""
    if len(text) > limits.RECIPE:
        raise BadFile(path, f"its recipe is longer than {limits.RECIPE >> 20} MB")
    try:
        table = parse.json_value(text)
    except parse.Malformed:
        if '"optviz"' not in text:  # keywords or a source from another program
            return None
        raise BadFile(path, "its recipe is damaged: it is no JSON") from None
    if not isinstance(table, dict) or "optviz" not in table:
        return None
    version, final = table.pop("optviz"), table.pop("final", [])
    if not isinstance(version, str) or not version.isascii() or not text.isascii():
        raise BadFile(path, "its recipe is damaged: it does not say which optviz made it")
    figure, errors = spec.figure.read(_with_effect(table))
    if figure is None:
        by = "" if version == __version__ else f", of optviz {excerpt(version, 20)},"
        message = "; ".join(str(error) for error in errors[:3])
        raise BadFile(path, f"its recipe{by} cannot be read: {message}")
    return version, replace(figure, typed=frozenset()), final


def _with_effect(table: dict[str, Any]) -> dict[str, Any]:
    """The options without those of other kinds, which older versions kept without effect."""
    kind, values = kind_options.split(table)
    if (kind or "trace") not in figures.registry.names:
        return table
    own = kind_options.options_of(figures.registry[kind or "trace"])
    others = kind_options.all_keys() - own.keys() - {*kind_options.KIND}
    return {"figure": kind or "trace", **{k: v for k, v in values.items() if k not in others}}


def check(recipe: PictureRecipe, code: bool = False) -> None:
    """Raises `BadFile` for a recipe that must not be drawn; `code` allows code from outside."""
    if (external := _safety.code(recipe.figure)) and not code:
        message = f"its recipe runs code from outside, {excerpt(external[0])}; --allow-code lets it"
        raise BadFile(recipe.path, message)
    _safety.refuse_files(recipe.path, recipe.figure)
    with _named(recipe), _beside(recipe):
        render.check(spec.look(recipe.figure.look, recipe.figure.film))


def _beside(recipe: PictureRecipe) -> AbstractContextManager[None]:
    """The folder of the picture as the current one, if the recipe reads files."""
    if _safety.needs_folder(recipe.figure):
        return chdir(_safety.folder(recipe.path))
    return nullcontext()


def redraw(
    recipe: PictureRecipe, code: bool = False, form: str | None = None, signed: bool = False
) -> tuple[bytes, Drawing]:
    """Draws the picture of a recipe, in its own format or in `form`: its bytes and the drawing.

    `code` allows it to run code from outside. Its files are those beside the picture, whose folder
    is the current one of the process meanwhile, so this is for programs of one thread. The picture
    carries the recipe that this version writes, or the text of the old one if `signed`. Raises
    `BadFile` if it cannot be drawn or asks for too much, `WorldError` if a file cannot be read.
    """
    check(recipe, code)
    with _named(recipe):
        with _beside(recipe):
            _safety.refuse_work(recipe.path, recipe.figure)
            drawing = recipe.figure.draw()
        scene = drawing.scene
        if signed:
            scene = replace(scene, recipe=Recipe(*3 * (recipe.text,)))
        stream = io.BytesIO()
        render.write(scene, drawing.look, form or recipe.format, stream)
    return stream.getvalue(), drawing


@contextmanager
def _named(recipe: PictureRecipe) -> Iterator[None]:
    """Turns an error in the recipe into a `BadFile` of the picture."""
    try:
        yield
    except (WorldError, TooMuch):
        raise
    except OptvizError as error:
        message = str(error).splitlines()[0]  # without the lines with the caret
        raise BadFile(recipe.path, f"cannot be drawn again: {message}") from error
    except MemoryError:
        raise BadFile(recipe.path, "there is not enough memory to draw it again") from None
