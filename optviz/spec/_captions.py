"""Words that a person gives to be set in a picture: titles and labels."""

from optviz.errors import BadValue
from optviz.errors.printable import first_unprintable


def caption(name: str, text: str, lines: bool = False) -> str:
    """The text as it is set: a tab is a blank, and with `lines` a line break is one.

    A line break at the end is none: TOML's texts of several lines end in one. Raises `BadValue` for
    any other control character.
    """
    found = text.replace("\r\n", "\n").rstrip("\n").replace("\t", " ")
    if odd := first_unprintable(found.replace("\n", "")) or (
        "" if lines else first_unprintable(found)
    ):
        many = "" if lines else ", in one line,"
        said = f"a text{many} without control characters such as U+{ord(odd):04X} is wanted"
        raise BadValue(name, repr(text), said)
    return found
