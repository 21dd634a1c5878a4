"""What is minimised: the interface of an objective, and every way of writing a quadratic."""

import math
import re
from functools import lru_cache

import numpy as np

from optviz import notes
from optviz.errors import BadValue, TextError, UnknownName
from optviz.files.suffixes import TABLES
from optviz.objectives import bare_matrix, expression, lexer, matrix, own, quadratic_file
from optviz.objectives.dataset import Dataset, Model
from optviz.objectives.named import PRESETS, known, named, preset
from optviz.objectives.objective import Objective, Quadratic
from optviz.objectives.presets import Preset
from optviz.objectives.region import Box, Region, Stationary
from optviz.objectives.transforms import rotated
from optviz.registry import stems

__all__ = [
    "PRESETS",
    "Box",
    "Dataset",
    "Model",
    "Objective",
    "Preset",
    "Quadratic",
    "Region",
    "Stationary",
    "contents",
    "is_table",
    "preset",
    "read",
]

contents, is_table = quadratic_file.contents, quadratic_file.is_table

_UNREAD = (".yaml", ".yml", ".parquet", ".xls", ".xlsx")  # names of files of which none is read
_SUFFIXES = (*TABLES, *quadratic_file.READERS, *_UNREAD)
_BARE_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,20}(?:-[A-Za-z0-9_]{0,20}){0,3}")


@np.errstate(all="ignore")
def read(text: str, *, rotate: float = 0.0, model: Model = Model()) -> Objective:  # noqa: B008
    """The objective that `text` names: an expression, a preset, `quadratic(…)` or `@file`.

    `rotate` turns it by so many degrees, counter-clockwise about the origin. `model` is what is
    asked of a table, `@data.csv`. Raises `TextError` with the place, `UnknownName` at a word,
    `BadFile` or `WorldError` at a file, `Unfit` where what is not 2-D should be turned, or where
    text and model do not go together.
    """
    if not math.isfinite(rotate):
        raise BadValue("rotate", rotate, "a finite angle in degrees is wanted")
    word = text.strip()
    if function := own.kept(word):
        model.refuse(word)
        return rotated(function, rotate) if rotate else function
    if not word.startswith("@"):
        model.refuse(word)
        objective, noted = _read(text, rotate)
        for sentence in noted:
            notes.note(sentence)
        return objective
    objective = quadratic_file.read(text, model)
    return rotated(objective, rotate) if rotate else objective


@lru_cache(16)  # a figure reads it for its words, its walk and its picture; a batch, for each
def _read(text: str, rotate: float) -> tuple[Objective, tuple[str, ...]]:
    """The objective of a text that is no file, which is all that it depends on; and the notes."""
    with notes.collected() as noted:
        objective = _written(text)
    return rotated(objective, rotate) if rotate else objective, tuple(noted)


def _written(text: str) -> Objective:
    word = text.strip()
    if preset(text):
        return named(word)
    if bare_matrix.is_meant(text):
        return bare_matrix.read(text)
    if re.match(r"quadratic\b", word, re.ASCII):
        return matrix.read(text)
    if len(word) < 256 and word.lower().endswith(_SUFFIXES) and "\n" not in word:
        at = text.index(word)
        message = f"this looks like the name of a file; write @{word}"
        raise TextError(lexer.WHAT, text, at, message, min(len(word), 50))
    if _BARE_WORD.fullmatch(word) and not _is_expression(word):
        if word.lower() in stems("optviz.optimizers"):
            message = f"this is the name of an optimizer; write --opt {word.lower()}"
            raise TextError(lexer.WHAT, text, text.index(word), message, len(word))
        likely = word.lower().replace("1", "l")  # d21 was read off a slide that says d2l
        raise UnknownName(
            "objective", word, [likely] if preset(likely) else (*PRESETS, "quadratic")
        )
    return known(expression.read(text))


def _is_expression(word: str) -> bool:
    """Whether a bare word is x1x2 or x-y, or a mistake that the expressions name better."""
    first = word.split("-", 1)[0]
    reserved = lexer.FUNCTIONS | lexer.CONSTANTS.keys() | lexer.NOT_FINITE.keys()
    return bool(re.match(r"[xyz][xyz_0-9]*$", first.lower())) or first.lower() in reserved
