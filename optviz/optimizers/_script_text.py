"""The parts of a Python text, by its brackets, without running or understanding more of it.

Every function keeps the length of the text, so that a place in it stays the place of an error.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_QUOTED = re.compile(
    r"'[^'\n]*+'|\"[^\"\n]*+\"|#[^\n]*+|\\\r?\n|>>>|^[ \t]*+\.\.\.(?= )", re.MULTILINE
)
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"[A-Za-z]\w*+", re.ASCII)
_HEAD = re.compile(
    r"\s*+(?:return\s++)?+(?:[\w.]++\s*+(?::\s*+[\w.]++\s*+)?+=(?!=)\s*+)?+"
    r"((?:[^\W\d]\w*+\.)*+)([^\W\d]\w*+)\s*+\("
)
_BRACKETS = re.compile(r"[()\[\]{}]|[;,\n]")

Span = tuple[int, int]


class Call(NamedTuple):
    """`path.name(…)`: where the name begins, the spans of its arguments, where the call ends."""

    path: str
    name: str
    at: int
    arguments: tuple[Span, ...]
    end: int


def neutral(text: str) -> str:
    """The text without comments and prompts, and with a word in every pair of quotes."""
    return _QUOTED.sub(lambda match: _harmless(match[0]), text)


def _harmless(part: str) -> str:
    if part[0] not in "'\"" or _WORD.fullmatch(part[1:-1]):
        return part if part[0] in "'\"" else " " * len(part)
    return part[0] + "x" * (len(part) - 2) + part[0]


def one_line(text: str) -> str:
    """The text with a blank for each line's end, for messages."""
    return _SPACE.sub(" ", text)


def statements(text: str) -> Iterator[Span]:
    """The statements, apart by lines and semicolons outside of brackets."""
    start, depth = 0, 0
    for match in _BRACKETS.finditer(text + "\n"):
        sign = match[0]
        depth += (sign in "([{") - (sign in ")]}")
        if sign in ";\n" and (depth <= 0 or match.end() > len(text)):
            if text[start : match.start()].strip():
                yield start, match.start()
            start = match.end()


def call(text: str, start: int, end: int) -> Call | None:
    """The call that a statement is, or assigns or returns; a comma may follow. None if none."""
    head = _HEAD.match(text, start, end)
    if not head:
        return None
    spans, begin, depth = [], head.end(), 1
    for match in _BRACKETS.finditer(text, head.end(), end):
        sign = match[0]
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 or (depth == 1 and sign == ","):
            spans.append((begin, match.start()))
            begin = match.end()
        if depth == 0:
            last = match.end()
            spans = [span for span in spans if text[slice(*span)].strip()]
            ends = not text[last:end].strip(" \t\r,")
            return Call(head[1], head[2], head.start(2), tuple(spans), last) if ends else None
    return None
