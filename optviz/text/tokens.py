"""The pieces of a text: numbers, names, signs, for all the little languages."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from optviz.errors import TextError

_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*|[-+*/^(),:=@\[\]])",
    re.ASCII,
)
_SAME = str.maketrans("−–·×⋅", "--***")  # signs that mean the same and are as long


@dataclass(frozen=True)
class Token:
    """A piece of the text: its kind (number, name, sign, end), its letters, its place."""

    kind: str
    text: str
    at: int


def tokens(what: str, text: str, more_signs: str = "") -> Iterator[Token]:
    """The tokens of `text`, closed by one of kind `end`; `TextError` at what is none.

    `more_signs` are further single characters to accept.
    """
    same, at = text.translate(_SAME), 0
    while at < len(text):
        if same[at].isspace():
            at += 1
        elif same[at] in more_signs:
            yield Token("sign", same[at], at)
            at += 1
        elif match := _TOKEN.match(same, at):
            yield Token(str(match.lastgroup), match.group(), at)
            at = match.end()
        else:
            raise TextError(what, text, at, _name_of(text[at]))
    yield Token("end", "", len(text))


def _name_of(ch: str) -> str:
    if ch.isdecimal():
        return f"{ch!r} is the {unicodedata.name(ch, 'foreign digit').lower()}; write {int(ch)}"
    plain = unicodedata.normalize("NFKC", ch)
    if plain != ch and plain.isascii() and plain.isprintable():
        return f"{ch!r} is the {unicodedata.name(ch, 'look-alike').lower()}; write {plain!r}"
    name = unicodedata.name(ch, f"U+{ord(ch):04X}").lower()
    return f"a character that means nothing here ({name})"
