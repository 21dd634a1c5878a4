"""The Latin words of a scene that are no names: where figures are in Korean, English left over."""

import importlib
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from optviz import gradients, optimizers, phrases, schedules
from optviz.scene import Scene

FORMULA = re.compile(r"\$[^$]*\$")
WORD = re.compile("[A-Za-z]{2,}")
_NAMED = [optimizers.registry, schedules.registry, gradients.registry]
_TITLES = [optimizers.registry[name].title for name in optimizers.registry.names]
_SETTINGS = [one for kinds in _NAMED for name in kinds.names for one in kinds[name].settings()]
_COORDINATES = ["intercept", "Xw", "Qx", "xy"]  # names and formulas of objectives
NAMES = {
    word
    for text in (*_TITLES, *_SETTINGS, *(name for kinds in _NAMED for name in kinds.names))
    for word in WORD.findall(text)
} | {"eta", "keras", "torch", "SGD", *_COORDINATES}
_TECHNICAL = {"axes", "quantity", "style"}  # fields whose texts are no words of the picture


def texts(part: Any) -> Iterator[str]:
    """Every text in a scene, its panels and its marks, but for the recipe."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Scene):
        yield from _fields(replace(part, recipe=None))
    elif is_dataclass(part) or hasattr(part, "_fields"):
        yield from _fields(part)
    elif isinstance(part, tuple | list):
        for one in part:
            yield from texts(one)


def _fields(part: Any) -> Iterator[str]:
    """The texts in the fields of a dataclass or of a named tuple."""
    names = [field.name for field in fields(part)] if is_dataclass(part) else part._fields
    for name in names:
        if name not in _TECHNICAL:
            yield from texts(getattr(part, name))


def words_of(scene: Scene, known: re.Pattern[str] = FORMULA) -> set[str]:
    """The words of Latin letters in a scene, but for formulas and for what is `known`."""
    return {word for text in texts(scene) for word in latin(known.sub(" ", text))}


def latin(text: str) -> list[str]:
    """The words of Latin letters in a text, but for formulas."""
    return WORD.findall(FORMULA.sub("", text))


@cache
def own_words(code: str) -> frozenset[str]:
    """The Latin words that stand in the phrases of a language on purpose."""
    table = importlib.import_module(f"{phrases.__name__}.{code}")
    own = [*table.NAMES.values(), *table.EQUATIONS.values(), *table.CLAUSES.values()]
    own += [text for each in table.PHRASES.values() for text in _forms(each)]
    own += [phrases.capitalised(text) for text in own]
    own += [word.capitalize() for word in str(table.PHRASES["counts"]).split()]
    return frozenset(word for text in own for word in WORD.findall(re.sub(r"\{\w+\}", "", text)))


def _forms(template: str | tuple[str, str]) -> tuple[str, ...]:
    return (template,) if isinstance(template, str) else template


def left_over(scene: Scene, code: str) -> set[str]:
    """The words of a scene in a language that are neither names nor of that language."""
    return words_of(scene) - NAMES - own_words(code)
