"""A Markdown text as parts: fences, HTML comments, blank lines, and all other lines.

What CommonMark says of blocks is followed as far as it decides what is a fence or a comment: list
items, indented code, HTML blocks. Lines of block quotes are other lines.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_FENCE = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)")
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)")
_DEEPEST = 50  # list items in list items
_SECTIONS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
    " p param search section summary table tbody td tfoot th thead title tr track ul"
)
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_TAG = rf"<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>\s*$|</[A-Za-z][A-Za-z0-9-]*\s*>\s*$"
# How an HTML block opens, and what its last line has; an empty line if None.
_HTML: list[tuple[re.Pattern[str], re.Pattern[str] | None]] = [
    (re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.I),
     re.compile(r"</(?:script|pre|style|textarea)>", re.I)),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(rf"</?(?:{_SECTIONS.replace(' ', '|')})(?:\s|/?>|$)", re.I), None),
    (re.compile(_TAG), None),  # cannot interrupt a paragraph
]  # fmt: skip
_NONE = re.compile("")  # stands for no HTML block


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
    """Reads one part after the other; `offsets` are where the text of open list items begins."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines, self.at = lines, 0
        self.found: list[Part] = []
        self.offsets: list[int] = []

    def read(self) -> None:
        """Reads the part that begins at the next line."""
        line = self.lines[self.at]
        text = line.text.removeprefix("\ufeff") if line.number == 1 else line.text
        if not text.strip(" \t"):
            self._take(Kind.BLANK)
            return
        indent, rest = _indent(text)
        while self.offsets and self.offsets[-1] > indent:
            self.offsets.pop()
        column, rest = self._inside_items(indent, rest)
        base = self.offsets[-1] if self.offsets else 0
        if column - base > 3 or not rest:
            self._take(Kind.OTHER)
            return
        before = text[: len(text) - len(rest)]
        before = before if not before.strip(" \t") else " " * column
        if fence := _FENCE.fullmatch(rest):
            self._fence(fence[1] or fence[3], base, rest, before)
        elif rest.startswith("<!--"):
            self._comment(base, rest, before)
        else:
            self._html(rest)

    def _inside_items(self, indent: int, rest: str) -> tuple[int, str]:
        """Opens the list items that begin here; the column and the text behind their markers."""
        base = self.offsets[-1] if self.offsets else 0
        while indent - base <= 3 and len(self.offsets) < _DEEPEST and (marker := _ITEM.match(rest)):
            spaces, behind = _indent(rest[marker.end() :])
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
        first, text = self.at, rest[4:]
        closed = "-->" in text or rest in ("<!-->", "<!--->")
        self.at += 1
        while self.at < len(self.lines) and not closed:
            indent, text = _indent(self.lines[self.at].text)
            if text and indent < base:
                break
            closed = "-->" in text
            self.at += 1
        taken = self.lines[first : self.at]
        self.found.append(Part(Kind.COMMENT, taken, rest, before, closed))

    def _html(self, rest: str) -> None:
        """Takes the lines of an HTML block, or the line alone if none begins here."""
        after_text = bool(self.found) and self.found[-1].kind is Kind.OTHER
        openings = _HTML[:-1] if after_text else _HTML
        match = next((last for opening, last in openings if opening.match(rest)), _NONE)
        if match is _NONE or not rest.startswith("<"):
            self._take(Kind.OTHER)
            return
        while self.at < len(self.lines):
            text = self.lines[self.at].text
            if match is None and not text.strip(" \t"):
                return
            self._take(Kind.OTHER)
            if match and match.search(text):
                return

    def _take(self, kind: Kind) -> None:
        self.found.append(Part(kind, [self.lines[self.at]]))
        self.at += 1


def _indent(text: str) -> tuple[int, str]:
    """The width of the blanks before a text, tabs to the next multiple of four, and the rest."""
    rest = text.lstrip(" \t")
    return len(text[: len(text) - len(rest)].expandtabs(4)), rest
