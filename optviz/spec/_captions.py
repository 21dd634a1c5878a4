"""Reads titles, labels and names of axes."""

import re

from optviz.errors import BadValue
from optviz.errors.printable import first_unprintable
from optviz.files import limits


def caption(name: str, text: str, lines: bool = False) -> str:
    """The text with a space for each tab, and with line breaks if `lines`.

    Line breaks at the end are removed, because multi-line strings of TOML end in one. Raises
    `BadValue` for any other control character, and for braces that are nested too deep.
    """
    if _braces(text) > limits.BRACES:
        expected = f"braces nested at most {limits.BRACES} deep are wanted"
        raise BadValue(name, text, expected)
    printed = text.replace("\r\n", "\n").rstrip("\n").replace("\t", " ")
    one_line = printed.replace("\n", "")
    if odd := first_unprintable(one_line) or ("" if lines else first_unprintable(printed)):
        where = "" if lines else ", in one line,"
        expected = f"a text{where} without control characters such as U+{ord(odd):04X} is wanted"
        raise BadValue(name, repr(text), expected)
    return printed


def _braces(text: str) -> int:
    """How deep braces are nested; the parser of formulas recurses that deep."""
    depth = deepest = 0
    for sign in re.findall(r"[{}]", text):
        depth = max(depth + (1 if sign == "{" else -1), 0)
        deepest = max(deepest, depth)
    return deepest
