"""The phrases that optviz puts into pictures and their descriptions, one file a language.

A phrase is a template with named places: `say("steps", count=20)` is `20 steps`. One that differs
for one and for many is a pair, and `count` chooses.
"""

from collections.abc import Sequence

from optviz.phrases import en

__all__ = ["PHRASES", "capitalised", "counted", "listed", "say"]

PHRASES = en.PHRASES


def say(key: str, **values: object) -> str:
    """The phrase with its places filled. Raises `KeyError` for a place without a value."""
    template = PHRASES[key]
    if isinstance(template, tuple):
        template = template[0] if str(values["count"]) == "1" else template[1]
    return template.format(**values)


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
