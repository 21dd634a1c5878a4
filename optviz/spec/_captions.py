"""Reads titles and labels."""

from optviz.errors import BadValue
from optviz.errors.printable import first_unprintable


def caption(name: str, text: str, lines: bool = False) -> str:
    """The text with a space for each tab, and with line breaks if `lines`.

    Line breaks at the end are removed, because multi-line strings of TOML end in one. Raises
    `BadValue` for any other control character.
    """
    printed = text.replace("\r\n", "\n").rstrip("\n").replace("\t", " ")
    one_line = printed.replace("\n", "")
    if odd := first_unprintable(one_line) or ("" if lines else first_unprintable(printed)):
        where = "" if lines else ", in one line,"
        expected = f"a text{where} without control characters such as U+{ord(odd):04X} is wanted"
        raise BadValue(name, repr(text), expected)
    return printed
