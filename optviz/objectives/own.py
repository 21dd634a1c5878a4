"""Objectives of the Python program that is running, by a text: `python(NAME)` or `python(NAME,2)`.

The text stands for the function as long as the program runs. Another program, that reads it in a
recipe or a record, is told so.
"""

import re

from optviz.errors import Unfit
from optviz.objectives.objective import Objective

_TEXT = re.compile(r"python\((\w+)(?:,\d+)?\)")
_KEPT: dict[str, Objective] = {}


def keep(f: Objective) -> str:
    """The text that `kept` finds this objective by: its own, or with a number where that is taken.

    A text that reads back by itself needs no keeping.
    """
    if not _TEXT.fullmatch(f.text):
        return f.text
    name, number = f.text[:-1], 1
    text = f.text
    while text in _KEPT and _KEPT[text].key != f.key:
        number += 1
        text = f"{name},{number})"
    f.text = text
    _KEPT.setdefault(text, f)
    return text


def kept(text: str) -> Objective | None:
    """The objective that was kept by a text, None for a text of another form.

    Raises `Unfit` where no such function is known to this program.
    """
    match = _TEXT.fullmatch(text.strip())
    if not match:
        return None
    if found := _KEPT.get(match[0]):
        return found
    raise Unfit(f"{match[0]} is a function of a Python program, which alone can draw it")
