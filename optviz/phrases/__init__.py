"""The phrases that optviz puts into pictures, descriptions and verdicts, one file a language.

A phrase is a template with named places: `say("steps", count=20)` is `20 steps`. One that differs
for one and for many is a pair, and `count` chooses. What the terminal prints is English.
"""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Protocol

from optviz.phrases import en

__all__ = [
    "ENGLISH",
    "PHRASES",
    "capitalised",
    "counted",
    "equation",
    "language",
    "languages",
    "listed",
    "named",
    "say",
    "translated",
]

ENGLISH = "en"
PHRASES = en.PHRASES
_LANGUAGE = ContextVar("language", default=ENGLISH)


class _File(Protocol):
    """What the file of a language has."""

    NAMES: Mapping[str, str]  # of optimizers, by their titles
    EQUATIONS: Mapping[str, str]  # those with words, by the English ones
    CLAUSES: Mapping[str, str]  # of the optimizers' forecasts, by the English ones
    PHRASES: Mapping[str, str | tuple[str, str]]


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages, English first; each is a file in this folder."""
    others = (file.stem for file in Path(__file__).parent.glob("[!_]*.py"))
    return ENGLISH, *sorted(set(others) - {ENGLISH})


@contextmanager
def language(code: str) -> Iterator[None]:
    """Lets `say` and the functions beside it speak one of the `languages` in a `with`."""
    token = _LANGUAGE.set(code)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def say(key: str, **values: object) -> str:
    """The phrase with its places filled. Raises `KeyError` for a place without a value."""
    template = _phrases()[key]
    if isinstance(template, tuple):
        template = template[0] if str(values["count"]) == "1" else template[1]
    return template.format(**values)


def named(title: str) -> str:
    """The title of an optimizer, by the name that the language has for it."""
    return title if _is_english() else _file().NAMES.get(title, title)


def equation(text: str) -> str:
    """An equation of an optimizer's card, its words in the language."""
    return text if _is_english() else _file().EQUATIONS.get(text, text)


def translated(sentence: str) -> str:
    """The sentence of an optimizer's forecast, each clause between semicolons in the language."""
    if _is_english():
        return sentence
    clauses = _file().CLAUSES
    return "; ".join(clauses.get(clause, clause) for clause in sentence.split("; "))


def counted(number: int) -> str:
    """A number from 0 up as a word if the language has one for it here, else in digits."""
    words = say("counts").split()
    return words[number] if number < len(words) else str(number)


def listed(names: Sequence[str]) -> str:
    """Names in a row: `a, b and c`."""
    *most, last = names
    return say("and", first=", ".join(most), last=last) if most else last


def capitalised(text: str) -> str:
    """The text as it opens a line, with a capital."""
    return text[:1].upper() + text[1:]


def _is_english() -> bool:
    return _LANGUAGE.get() == ENGLISH


def _phrases() -> Mapping[str, str | tuple[str, str]]:
    return PHRASES if _is_english() else _file().PHRASES


def _file() -> "_File":
    """The module of the language, imported when it is first used."""
    return importlib.import_module(f"{__name__}.{_LANGUAGE.get()}")
