"""`optviz recipe`."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from optviz.cli import _console
from optviz.cli._options import takes
from optviz.cli._outputs import refuse_inputs
from optviz.errors import BadFile, BadValue, NoEffect, OptvizError, Unfit, hints
from optviz.text.options import option
from optviz.text.schema import numbered

if TYPE_CHECKING:
    from optviz.recipe import PictureRecipe, Verdict

GROUP = "Files and batches"
WRITES: tuple[str, ...] = ("output", "redraw", "out_dir")  # options with which it prints no text
EXAMPLES = """
The spec inside a picture:
  optviz trace --opt adagrad --eta 0.4 -o adagrad.png
  optviz recipe adagrad.png
The same picture as a vector drawing:
  optviz recipe adagrad.png --redraw -o adagrad.svg
Are these pictures what this version draws?
  optviz recipe adagrad.png --verify
The recipe as a batch file, to change and draw again:
  optviz recipe adagrad.png -o again.toml
  optviz batch again.toml --check
As JSON:
  optviz recipe adagrad.png --json
"""

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True)
class RecipeSpec:
    """What to do with recipes."""

    redraw: bool = option(False, "draw the picture again, in its place or into -o")
    verify: bool = option(False, "redraw in memory; report same, changed or not ours")
    allow_code: bool = option(False, "draw recipes that run code from outside too")
    output: str | None = option(
        None, "file for the recipes, or for the picture drawn again", "-o", "PATH"
    )
    out_dir: str | None = option(None, "folder for the pictures drawn again", value="DIR")
    json: bool = option(False, "print JSON instead of TOML, or of lines")


Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="pictures; with --verify folders too")
]


@takes(RecipeSpec)
def command(given: RecipeSpec, paths: Files, typed: frozenset[str]) -> int:
    """Print the spec inside a picture, draw it again, or verify it.

    The spec is printed as TOML for a batch file. A recipe opens files beside its picture only.
    --verify exits with 3 unless all pictures are the same; so does a round of several of which one
    cannot be read.
    """
    if given.redraw and given.verify:
        raise Unfit("--redraw changes pictures and --verify only looks; give one of them")
    if given.out_dir is not None and (given.output is not None or not given.redraw):
        raise Unfit("--out-dir is for pictures drawn again: with --redraw and without -o")
    if given.redraw and "json" in typed:
        raise NoEffect("json", "--redraw prints paths; it is for recipes and for --verify")
    if given.verify and given.output is not None:
        raise NoEffect("output", "--verify writes nothing; leave it out")
    if "allow_code" in typed and not (given.redraw or given.verify):
        raise NoEffect("allow_code", "a recipe that is printed runs nothing; leave it out")
    if given.verify:
        return _verify(given, paths)
    if given.redraw and given.output is not None and len(paths) > 1:
        raise BadValue("output", given.output, "one picture, or --out-dir for many, is wanted")
    round_ = _Round(len(paths))
    recipes = round_.done(paths, _recipe)
    if not recipes:
        return round_.status
    draw = _redraw if given.redraw else _print
    draw(given, recipes, round_)
    return round_.status


class _Round:
    """One after the other: what fails is one line, and the rest is done. A single one raises."""

    def __init__(self, many: int) -> None:
        self.many, self.status = many, 0

    def done(self, items: Iterable[T], work: Callable[[T], S]) -> list[S]:
        """What comes of the items, without those that fail. Raises `OptvizError` for a single."""
        found = []
        for item in items:
            try:
                found.append(work(item))
            except OptvizError as error:
                if self.many == 1:
                    raise
                _console.say(f"optviz: {error}")
                self.status = 3
        return found


def _read(path: str) -> "tuple[PictureRecipe | None, bytes]":
    """The recipe in a file, and the file. Raises `WorldError`, `BadFile`."""
    from optviz import files, recipe
    from optviz.files import limits

    data = files.reading(path, limits.PICTURE)
    return recipe.read(path, data), data


def _recipe(path: str) -> "PictureRecipe":
    """The recipe in a file. Raises `WorldError`, and `BadFile` where there is none."""
    found = _read(path)[0]
    if found is None:
        raise BadFile(path, "not ours: it carries no recipe")
    return found


def _print(given: RecipeSpec, recipes: "list[PictureRecipe]", _round: _Round) -> None:
    from optviz import files, recipe

    if PurePath(given.output or "-").suffix.lower() in recipe.carriers():
        raise BadValue("output", given.output, "with --redraw a picture, else a spec, is wanted")
    refuse_inputs("output", [given.output or "-"], [one.path for one in recipes])
    as_json = given.json or PurePath(given.output or "-").suffix.lower() == ".json"
    tables = recipe.tables(recipes, ("optviz",) if as_json else ())
    if as_json:
        facts = [{"optviz": one.version, "final": one.final} for one in recipes]
        whole = {n: tables[n] | more for n, more in zip(tables, facts, strict=True)}
        text = json.dumps(numbered(whole), indent=2) + "\n"
    else:
        text = "\n".join(recipe.table(name, words) for name, words in tables.items())
    with files.writing(given.output or "-", binary=False) as stream:
        stream.write(text)
    if given.output not in (None, "-"):
        _console.path(given.output)


def _redraw(given: RecipeSpec, recipes: "list[PictureRecipe]", round_: _Round) -> None:
    """Draws each recipe into its place, all places checked before."""
    from optviz import files, recipe, render

    targets = [(one, *_target(given, one)) for one in recipes]
    seen = set()
    for _, path, _ in targets:
        place = files.full(path) if given.out_dir else files.place(path, binary=True)
        if place in seen:
            raise BadValue("out-dir", path, "each file once is wanted")
        seen.add(place)
    render.load()

    def draw(target: "tuple[PictureRecipe, str, str]") -> None:
        one, path, form = target
        picture, _ = recipe.redraw(one, given.allow_code, form)
        if given.out_dir:
            files.folder(path)
        with files.writing(path, binary=True) as stream:
            stream.write(picture)
        if path != "-":
            _console.path(path)

    round_.done(targets, draw)


def _target(given: RecipeSpec, one: "PictureRecipe") -> tuple[str, str]:
    """Where a picture goes, and in which format."""
    from optviz import render

    if given.output is None:
        if given.out_dir is None:
            return one.path, one.format
        return str(Path(given.out_dir) / PurePath(one.path).name), one.format
    kinds = {render.registry[n].suffix: n for n in render.registry.names}
    suffix = PurePath(given.output).suffix.lower()
    if suffix not in kinds and given.output != "-":
        raise BadValue("output", given.output, hints.suffix(given.output, [s[1:] for s in kinds]))
    return given.output, kinds.get(suffix, one.format)


def _verify(given: RecipeSpec, paths: list[str]) -> int:
    """One line, or JSON object, a picture; 3 unless all are the same."""
    from optviz import recipe, render

    render.load()
    verdicts = []
    for path, reason in recipe.pictures(paths):
        failed = recipe.Verdict(path, "failed", (reason,))
        alone = [path] == paths
        verdicts.append(failed if reason else _verdict(path, given.allow_code, alone))
        if not given.json:
            _console.show(str(verdicts[-1]))
            sys.stdout.flush()
    if given.json:
        shown = [{"path": v.path, "state": v.state, "where": v.where, **v.facts} for v in verdicts]
        _console.document(shown)
    return 0 if all(verdict.state == "same" for verdict in verdicts) else 3


def _verdict(path: str, code: bool, alone: bool) -> "Verdict":
    """What becomes of one picture; nothing ends the round. Raises `WorldError` for none at all."""
    from optviz import recipe

    try:
        one, data = _read(path)
        if one is None:
            return recipe.Verdict(path, "not ours")
        return recipe.verify(one, data, code)
    except OptvizError as error:
        if alone and error.exit_code == 1 and not Path(path).exists():
            raise
        reason = str(error).removeprefix(f"{path}: ")
    except MemoryError:
        reason = "there is not enough memory"
    except Exception as error:
        reason = f"a fault of optviz: {type(error).__name__}: {error}"
    return recipe.Verdict(path, "failed", (" ".join(reason.split()),))
