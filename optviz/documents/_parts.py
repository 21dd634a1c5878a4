"""A Markdown text as parts: fences, HTML comments, blank lines, and all other lines.

What CommonMark says of blocks is followed as far as it decides what is a fence or a comment: list
items, indented code, HTML blocks. Lines of block quotes are other lines.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from optviz.documents import _html_blocks

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_FENCE = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)")
_ITEM = re.compile(r"(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)", re.ASCII)
_RULE = re.compile(r"(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}")
_ONE_LINE = re.compile(r"#{1,6}(?:[ \t]|$)|(?:=+|-+)[ \t]*$|[-_*](?:[ \t]*[-_*]){2,}[ \t]*$|>")
_DEEPEST = 50  # list items in list items


class Kind(Enum):
    """What a part of a text is."""

    FENCE = "fence"
    COMMENT = "comment"
    BLANK = "blank"
    OTHER = "other"


class Line(NamedTuple):
    """A line: its text without the end, where it starts, where the end of it starts and ends."""

    text: str
    start: int
    stop: int
    end: int
    number: int


class Part(NamedTuple):
    """A fence or comment with its lines, or a single line of another kind.

    `opening` is its first line from the fence or comment on, `indent` what stands before that,
    as it is before its other lines.
    """

    kind: Kind
    lines: list[Line]
    opening: str = ""
    indent: str = ""
    is_closed: bool = True


def lines(text: str) -> Iterator[Line]:
    """The lines of a text, which end in LF, CR LF or CR."""
    for number, match in enumerate(_LINE.finditer(text), 1):
        content = match[0].rstrip("\r\n")
        yield Line(content, match.start(), match.start() + len(content), match.end(), number)


def parts(text: str) -> list[Part]:
    """The parts of a text, in order; each line is in one of them."""
    reader = _Reader([*lines(text)])
    while reader.at < len(reader.lines):
        reader.read()
    return reader.found


class _Reader:
    """Reads one part after the other.

    `offsets` are the columns where the text of open list items begins. `in_paragraph` tells whether
    the last line was text of a paragraph, which other text continues, wherever it begins;
    `is_empty_item` whether it was the marker of a list item alone.
    """

    def __init__(self, lines: list[Line]) -> None:
        self.lines, self.at = lines, 0
        self.found: list[Part] = []
        self.offsets: list[int] = []
        self.in_paragraph = self.is_empty_item = False

    def read(self) -> None:
        """Reads the part that begins at the next line."""
        line = self.lines[self.at]
        text = line.text.removeprefix("\ufeff") if line.number == 1 else line.text
        continues, self.in_paragraph = self.in_paragraph, False
        if not text.strip(" \t"):
            if self.is_empty_item:  # an item begins with one empty line at most
                self.offsets.pop()
            self.is_empty_item = False
            self._take(Kind.BLANK)
            return
        indent, rest = _indent(text)
        open_items, self.offsets = self.offsets, [o for o in self.offsets if o <= indent]
        same = continues and len(self.offsets) == len(open_items)
        column, rest = self._inside_items(indent, rest, same)
        base = self.offsets[-1] if self.offsets else 0
        before = text[: len(text) - len(rest)]
        before = before if not before.strip(" \t") else " " * column
        self.is_empty_item = not rest
        continues = continues and column == indent  # no list item begins here
        is_code = column - base > 3
        if rest and not is_code and self._begin(rest, base, before, continues):
            return
        self.in_paragraph = bool(rest) and (continues or not is_code)
        if continues:
            self.offsets = open_items
        self._take(Kind.OTHER)

    def _begin(self, rest: str, base: int, before: str, in_paragraph: bool) -> bool:
        """Takes what begins with this line and is no paragraph; whether there is such a thing."""
        if fence := _FENCE.fullmatch(rest):
            self._fence(fence[1] or fence[3], base, rest, before)
        elif rest.startswith("<!--"):
            self._comment(base, rest, before)
        elif rest.startswith("<"):
            return self._html(base, rest, in_paragraph)
        elif _ONE_LINE.match(rest):
            self._take(Kind.OTHER)
        else:
            return False
        return True

    def _inside_items(self, indent: int, rest: str, in_paragraph: bool) -> tuple[int, str]:
        """Opens the list items that begin here; the column and the text behind their markers."""
        base = self.offsets[-1] if self.offsets else 0
        while indent - base <= 3 and len(self.offsets) < _DEEPEST and (marker := _ITEM.match(rest)):
            spaces, behind = _indent(rest[marker.end() :], indent + marker.end())
            interrupts = behind and (marker[1] is None or int(marker[1]) == 1)
            if _RULE.fullmatch(rest) or (in_paragraph and not interrupts):
                break
            in_paragraph = False
            width = spaces if behind and spaces <= 4 else 1
            base = indent + marker.end() + width
            self.offsets.append(base)
            indent, rest = indent + marker.end() + spaces, behind
        return indent, rest

    def _fence(self, fence: str, base: int, rest: str, before: str) -> None:
        first = self.at
        self.at += 1
        close = re.compile(rf"{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
        closed = False
        while self.at < len(self.lines) and not closed:
            indent, text = _indent(self.lines[self.at].text)
            if text and indent < base:  # the list item ends, and the fence with it
                break
            closed = indent - base <= 3 and bool(close.fullmatch(text))
            self.at += 1
        taken = self.lines[first : self.at]
        self.found.append(Part(Kind.FENCE, taken, rest, before, closed))

    def _comment(self, base: int, rest: str, before: str) -> None:
        first = self.at
        closed = "-->" in rest
        self.at += 1
        while self.at < len(self.lines) and not closed:
            indent, text = _indent(self.lines[self.at].text)
            if text and indent < base:
                break
            closed = "-->" in text
            self.at += 1
        taken = self.lines[first : self.at]
        self.found.append(Part(Kind.COMMENT, taken, rest, before, closed))

    def _html(self, base: int, rest: str, in_paragraph: bool) -> bool:
        """Takes the lines of an HTML block; whether one begins here."""
        opening = _html_blocks.opening(rest, in_paragraph)
        if opening is None:
            return False
        last = opening.last
        self._take(Kind.OTHER)
        if last and last.search(rest):
            return True
        while self.at < len(self.lines):
            indent, text = _indent(self.lines[self.at].text)
            if (last is None and not text) or (text and indent < base):
                break
            self._take(Kind.OTHER)
            if last and last.search(text):
                break
        return True

    def _take(self, kind: Kind) -> None:
        self.found.append(Part(kind, [self.lines[self.at]]))
        self.at += 1


def _indent(text: str, column: int = 0) -> tuple[int, str]:
    """The width of the blanks before a text that stands at a column, and the rest.

    Tabs go to the next multiple of four.
    """
    rest = text.lstrip(" \t")
    blanks = " " * (column % 4) + text[: len(text) - len(rest)]
    return len(blanks.expandtabs(4)) - column % 4, rest
