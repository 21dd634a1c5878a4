"""The blocks of a document, each with its words, its content and its present result."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from optviz.documents import _block_options, _images
from optviz.documents._parts import Kind, Line, Part, parts

NAME = "optviz"
CLOSING = f"<!-- /{NAME} -->"
TABLE = "| optimizer "  # how a table of final values begins
_OPENING = re.compile(  # a fence may have a capital, as languages may; a comment may be prose
    rf"(?:(?:(?:`+|~+)[ \t]*(?i:{NAME})|<!--[ \t]*{NAME})(?=[ \t{{]|$)"
    rf"|(?:`+|~+|<!--)[ \t]*\{{[ \t]*\.{NAME}(?=[ \t}}]))(.*)"
)
_IN_QUOTATION = re.compile(rf" {{0,3}}>[> \t]*(?=```|~~~){_OPENING.pattern}")
_ONE_LINE = re.compile(rf"<!--[ \t]*{NAME}[ \t].*-->.*")


class Span(NamedTuple):
    """Characters `start` to `stop` of a text."""

    start: int
    stop: int


@dataclass(frozen=True)
class Block:
    """A block: the line of its opening, the words after `optviz`, its content, what is below.

    `span` are its lines without the end of the last one. `result` is the image line, or a text
    up to the line that closes it; `values` is the table below the image; None where there is none.
    `path` is that of the image, as the document has it. `mistake` is what is wrong with its form.
    """

    line: int
    words: tuple[str, ...]
    content: str
    span: Span
    indent: str = ""
    is_hidden: bool = False
    result: Span | None = None
    values: Span | None = None
    path: str | None = None
    mistake: str = ""


def blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text, in order, with exact places in it."""
    found = parts(text)
    made = []
    for number, part in enumerate(found):
        if (opening := _opening(part)) is not None:
            made.append(_block(found, number, opening))
        elif part.kind is Kind.OTHER and _IN_QUOTATION.fullmatch(part.lines[0].text):
            made.append(_in_quotation(part.lines[0]))
    return made


def _opening(part: Part) -> str | None:
    """What stands behind `optviz` in the first line of a block, None of any other part."""
    if part.kind not in (Kind.FENCE, Kind.COMMENT):
        return None
    match = _OPENING.fullmatch(part.opening)
    if not match:
        return None
    before = part.opening.partition("{")[0].lower()
    return match[1] if NAME in before else f"{{{match[1]}"


def _in_quotation(line: Line) -> Block:
    """A block behind `>`, whose lines are no parts of their own, so it can keep no picture."""
    mistake = "a block in a quotation, behind >, keeps no picture; take it out of the quotation"
    return Block(line.number, (), "", Span(line.start, line.stop), mistake=mistake)


def _block(found: list[Part], number: int, opening: str) -> Block:
    part = found[number]
    hidden = part.kind is Kind.COMMENT
    first, *inner = part.lines
    last = inner.pop() if part.is_closed and inner else first
    lines = [_unindented(line.text, len(part.indent)) for line in inner]
    mistake = _mistake(part, last)
    result, values, path, other = (None, None, None, "") if mistake else _result(found, number)
    return Block(
        first.number,
        _block_options.split_words(opening) if not mistake else (),
        "\n".join(lines),
        Span(first.start, part.lines[-1].stop),
        part.indent,
        hidden,
        result,
        values,
        path,
        mistake or other,
    )


def _mistake(part: Part, last: Line) -> str:
    """What is wrong with the form of a block, or ""."""
    if part.kind is Kind.FENCE:
        fence = re.match(r"`+|~+", part.opening)
        assert fence
        return "" if part.is_closed else f"the block has no end; {fence[0]} is wanted below it"
    if _ONE_LINE.fullmatch(part.opening):
        return f"a hidden block has <!-- {NAME} and --> on lines of their own"
    if not part.is_closed:
        return "the hidden block has no end; --> is wanted on a line below it"
    return "" if last.text.strip() == "-->" else "--> wants a line of its own"


def _unindented(text: str, width: int) -> str:
    """The line without the blanks that its block is indented by."""
    rest = text.lstrip(" \t")
    blanks = text[: len(text) - len(rest)].expandtabs(4)
    return blanks[width:] + rest


def _result(found: list[Part], number: int) -> tuple[Span | None, Span | None, str | None, str]:
    """Image line or text below a block, the table below that, the path; and what is wrong."""
    place = _next(found, number + 1)
    if place < len(found) and found[place].kind is Kind.OTHER:
        line = found[place].lines[0]
        image = _images.read(line.text.strip())
        if image is not None:
            return _within(line, line), _table(found, place + 1), image, ""
    closing = _closing(found, number + 1)
    if closing is None:
        return None, None, None, ""
    before, end = found[number].lines[-1], found[closing].lines[0]
    within = [part for part in found[number + 1 : closing] if part.kind is not Kind.BLANK]
    fenced = len(within) <= 1 and all(part.opening.strip("`") == "text" for part in within)
    mistake = ""
    if not fenced and "markdown" not in _block_options.split_words(_opening(found[number]) or ""):
        mistake = f"line {end.number}, {CLOSING}, closes what is no result of this block; remove it"
    return Span(before.stop, end.start + len(end.text.rstrip(" \t"))), None, None, mistake


def _next(found: list[Part], place: int) -> int:
    """The first part from a place on that is not blank."""
    while place < len(found) and found[place].kind is Kind.BLANK:
        place += 1
    return place


def _closing(found: list[Part], place: int) -> int | None:
    """The line that closes a text, from a place up to the next block."""
    for number in range(place, len(found)):
        part = found[number]
        if part.kind is Kind.COMMENT and part.opening.strip() == CLOSING:
            return number
        if _opening(part) is not None:
            return None
    return None


def _table(found: list[Part], place: int) -> Span | None:
    """The table of final values whose lines follow a place."""
    place = first = _next(found, place)
    while place < len(found) and found[place].kind is Kind.OTHER:
        if not found[place].lines[0].text.strip().startswith("|"):
            break
        place += 1
    if place == first or not found[first].lines[0].text.strip().startswith(TABLE):
        return None
    return _within(found[first].lines[0], found[place - 1].lines[0])


def _within(first: Line, last: Line) -> Span:
    """The lines without the blanks before the first and behind the last."""
    start = first.start + len(first.text) - len(first.text.lstrip(" \t"))
    return Span(start, last.start + len(last.text.rstrip(" \t")))
