"""Refuses recipes that open files elsewhere, or ask for too much work.

A picture may come from anybody. Its recipe opens only regular files beside the picture, runs no
code unless that is allowed, and is drawn only if that takes at most about a minute.
"""

import math
import re
from pathlib import Path, PurePath, PureWindowsPath

from optviz import files, objectives, optimizers, spec
from optviz.errors import BadFile, TooMuch
from optviz.errors.printable import printable
from optviz.files import limits
from optviz.spec.figure import Figure

_STANDARD_INPUT = re.compile(r"""["']?-["']?""")
_VERBS = {"gradients": "are"}


def code(figure: Figure) -> list[str]:
    """The optimizers of a figure that run code from outside, as its options have them."""
    return optimizers.foreign(figure.run.opt)


def refuse_files(path: str, figure: Figure) -> None:
    """Raises `BadFile` unless every file of the recipe lies beside the picture `path`.

    Raises `TextError` for a log of gradients that is no text of one.
    """
    for what, name in _files(figure).items():
        verb = _VERBS.get(what, "is")
        if _STANDARD_INPUT.fullmatch(name):
            raise BadFile(path, f"its {what} came through a pipe and {verb} gone")
        if reason := _misplaced(folder(path), name):
            raise BadFile(path, f"its {what} {verb} in {excerpt(name)}, {reason}")


def needs_folder(figure: Figure) -> bool:
    """Whether the recipe reads files, which are in the folder of its picture."""
    return bool(_files(figure) or code(figure))


def _files(figure: Figure) -> dict[str, str]:
    """The paths of its data and of its theme, where that is a file."""
    theme = spec.theme_file(figure.look)
    return spec.data_files(figure.run) | ({"theme": theme} if theme else {})


def folder(path: str) -> Path:
    """The folder of a picture, the current one for standard input."""
    return Path(path).parent if path != "-" else Path()


def refuse_work(path: str, figure: Figure) -> None:
    """Raises `TooMuch` for more steps, numbers or pixels than the limits.

    Opens the files of the recipe, and raises `OptvizError` for options that cannot be read.
    """
    run = figure.run
    points = figure.kind.points()
    steps = _steps(figure) * max(len(optimizers.apart(run.opt)), 1) * figure.kind.trials()
    if steps > limits.RECIPE_STEPS:
        raise _too_much(path, f"{steps:.3g} steps", limits.RECIPE_STEPS, "steps")
    dim = spec.objective(run).dim
    runs = points * max(spec.count_starts(run.start), 1) * max(run.seeds, 1)
    numbers = steps * runs * dim * (dim if run.expected else 1)
    most = limits.RECIPE_SWEEP if points > 1 else limits.RECIPE_NUMBERS
    if numbers > most:
        asked = f"{steps:.3g} steps of {runs:.3g} runs in {dim} dimensions"
        raise _too_much(path, asked, most, "numbers")
    _refuse_pixels(path, figure)


def _refuse_pixels(path: str, figure: Figure) -> None:
    """Raises `TooMuch` for a picture or a film of more pixels than the limits."""
    look = spec.look(figure.look)
    pixels, frames = math.prod(look.size), _frames(figure)
    asked = f"{frames:.3g} frames of {look.size[0]}x{look.size[1]}"
    if pixels > limits.RECIPE_PICTURE:
        raise _too_much(path, f"{pixels:.3g} pixels", limits.RECIPE_PICTURE, "pixels")
    if pixels * frames > limits.RECIPE_FILM:
        raise _too_much(path, asked, limits.RECIPE_FILM, "pixels")


def _too_much(path: str, asked: str, most: int, unit: str) -> TooMuch:
    instead = "print the recipe and give it to batch, which draws whatever is asked"
    return TooMuch(path, asked, f"{most:.0e} {unit}", instead)


def _misplaced(home: Path, name: str) -> str:
    """Why a name is not one of a regular file beside a picture, "" if it is."""
    path = PurePath(name)
    windows = PureWindowsPath(name)
    if path.is_absolute() or windows.drive or windows.root or name.startswith("~"):
        return "which is no path beside the picture"
    if ".." in windows.parts:
        return "which leads out of the picture's folder"
    try:
        inside = files.resolved(home) in files.resolved(home / name).parents
    except OSError:  # links in a circle, a NUL
        inside = False
    if not inside:
        return "but a link leads out of the picture's folder"
    if not files.is_regular(str(home / name)):
        return "but no such file lies beside the picture"
    return ""


def excerpt(text: str, most: int = 60) -> str:
    """A text from outside for a terminal: shortened, each control character as one sign."""
    return printable(text if len(text) <= most else f"{text[:most]}…")


def _steps(figure: Figure) -> int:
    if figure.run.steps is not None:
        return max(figure.run.steps, 1)
    preset = objectives.preset(figure.run.objective)
    return figure.kind.steps or (preset.steps if preset else 100)


def _frames(figure: Figure) -> int:
    """An upper bound: a run of few steps has fewer."""
    if not figure.kind.moves:
        return 1
    timing = spec.timing(figure.film)
    seconds = timing.duration if timing.duration is not None else 8.0
    return round(seconds * timing.fps) + 1
