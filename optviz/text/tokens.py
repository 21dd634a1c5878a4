"""The tokens of a text: numbers, names and signs, for settings and for formulas."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from optviz.errors import TextError
from optviz.text.letters import GREEK

_GREEK = "".join(GREEK)  # letters of names
_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    rf"|(?P<name>[A-Za-z_{_GREEK}][\w{_GREEK}]*)"
    r"|(?P<sign>\*\*|[-+*/^(),:=@\[\]])",
    re.ASCII,
)
_ASCII = str.maketrans("−–·×⋅", "--***")  # typographic signs, each as one ASCII character


@dataclass(frozen=True)
class Token:
    """A token: its kind (number, name, sign, end), its characters, its place."""

    kind: str
    text: str
    at: int


def tokens(
    what: str, text: str, more_signs: str = "", skipped: re.Pattern[str] | None = None
) -> Iterator[Token]:
    """The tokens of `text`, the last of kind `end`. Raises `TextError` at any other character.

    `more_signs` are further single characters to accept; a token is passed over where `skipped`
    matches.
    """
    plain, at = text.translate(_ASCII), 0
    while at < len(text):
        if plain[at].isspace():
            at += 1
        elif plain[at] in more_signs:
            yield Token("sign", plain[at], at)
            at += 1
        elif skipped and (match := skipped.match(plain, at)):
            at = match.end()
        elif match := _TOKEN.match(plain, at):
            yield Token(str(match.lastgroup), match.group(), at)
            at = match.end()
        else:
            raise TextError(what, text, at, _description(text[at]))
    yield Token("end", "", len(text))


def _description(ch: str) -> str:
    """What an unknown character is, and what to write instead."""
    if ch == "%":
        return "a percent sign; write a number such as 0.1 or 1/10"
    if ch == ";":
        return "a semicolon; write a comma"
    if ch.isdecimal():
        return f"{ch!r} is the {unicodedata.name(ch, 'foreign digit').lower()}; write {int(ch)}"
    plain = unicodedata.normalize("NFKC", ch)
    if plain != ch and plain.isascii() and plain.isprintable():
        return f"{ch!r} is the {unicodedata.name(ch, 'look-alike').lower()}; write {plain!r}"
    name = unicodedata.name(ch, f"U+{ord(ch):04X}").lower()
    advice = "; write the value of a variable" if ch == "." else ""
    return f"a character that means nothing here ({name}){advice}"
