"""Results put into a document: edits of exact places, everything else byte by byte."""

import re
from collections.abc import Iterable
from difflib import unified_diff
from itertools import islice
from typing import NamedTuple

from optviz.documents._fenced_blocks import CLOSING, Block, Span
from optviz.documents._parts import lines

_ANY_END = re.compile(r"\r\n|\n|\r")
_LINES = 60  # of a diff that are shown


class Edit(NamedTuple):
    """A span of a text and what takes its place."""

    span: Span
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits, which do not overlap."""
    parts, at = [], 0
    for (start, stop), new in sorted(edits):
        parts += [text[at:start], new]
        at = stop
    return "".join([*parts, text[at:]])


def image_edits(text: str, block: Block, image: str, table: list[str]) -> list[Edit]:
    """The edits that put an image line, and a table where there is one, below a block."""
    if block.result is None or block.path is None:
        return [_below(text, block, [image, *(["", *table] if table else [])])]
    if block.values and table:
        rows = _joined(text, block, table).removeprefix(block.indent)
        return [Edit(block.result, image), Edit(block.values, rows)]
    end = _end(text, block)
    if table:
        image += end + end + _joined(text, block, table)
    if table or image.startswith("<img"):
        image += _separation(text, block.result.stop, block)
    return [Edit(block.result, image)]


def text_edit(text: str, block: Block, printed: str, as_it_is: bool) -> Edit:
    """The edit that puts a printed text below a block, in a fence unless it is Markdown."""
    content = re.split(r"\r\n|\n|\r", printed.rstrip("\r\n"))
    if not as_it_is:
        longest = max(map(len, re.findall(r"`{3,}", printed)), default=2)
        fence = "`" * max(3, longest + 1)
        content = [f"{fence}text", *content, fence]
    return _below(text, block, ["", *content, "", CLOSING])


def diff(name: str, old: str, new: str) -> str:
    """A short unified diff of two texts, "" for none; of a long one the first lines."""
    before, after = ([line.text for line in lines(text)] for text in (old, new))
    found = unified_diff(before, after, name, name, n=1, lineterm="")
    shown = [*islice(found, _LINES + 1)]
    if len(shown) > _LINES:
        shown[_LINES:] = [f"… and {sum(1 for _ in found) + 1} more lines"]
    return "\n".join(shown)


def _below(text: str, block: Block, content: list[str]) -> Edit:
    """The edit that puts lines right below a block, in the place of its result if it has one."""
    span = Span(block.span.stop, block.result.stop if block.result else block.span.stop)
    body = _end(text, block) + _joined(text, block, content)
    return Edit(span, body + _separation(text, span.stop, block))


def _joined(text: str, block: Block, content: list[str]) -> str:
    """Lines with the indent of their block and the line ends of the document."""
    return _end(text, block).join(f"{block.indent}{line}" if line else "" for line in content)


def _separation(text: str, stop: int, block: Block) -> str:
    """An end of a line if text follows without an empty line, which would be of one paragraph."""
    following = re.compile(r"(?:\r\n|\n|\r)[ \t]*\S").match(text, stop)
    return _end(text, block) if following else ""


def _end(text: str, block: Block) -> str:
    """The end of line of the block, or else of the document."""
    match = _ANY_END.search(text, block.span.start) or _ANY_END.search(text)
    return match[0] if match else "\n"
