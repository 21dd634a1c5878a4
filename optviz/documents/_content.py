"""The content of a block: a command line as its words, or a TOML table."""

import re
import shlex
from typing import Any

from optviz.errors import OptvizError, Unfit
from optviz.files import parse

_TABLE = re.compile(r"""\s*(?:\[|(?:[\w-]+|"[^"]*"|'[^']*')\s*(?:\.\s*[\w"'-]+\s*)*=)""")
_QUOTED = r"""('[^']*'|"(?:\\.|[^"\\])*"|\\.)"""
_COMMENT = re.compile(rf"{_QUOTED}|(?<!\S)#[^\n]*", re.S)
_BREAK = re.compile(rf"{_QUOTED}|\n", re.S)
_SHELL = ("|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>")
_OF_FILES = {
    "include": "a block includes no files; write the figures as blocks",
    "matrix": "a block has one figure; write one for each",
    "defaults": "defaults have a block of their own, with the word defaults behind optviz",
}


class WrongLine(OptvizError):
    """A mistake in a certain line of a block's content, counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


def is_table(content: str) -> bool:
    """Whether the content is a TOML table, by its first line that says something."""
    lines = [line for line in content.split("\n") if line.strip() and line.strip()[0] != "#"]
    return bool(lines) and bool(_TABLE.match(lines[0]))


def table(content: str) -> dict[str, Any]:
    """The table of the content. Raises `OptvizError`."""
    try:
        values = parse.toml_table(content)
    except parse.Malformed as error:
        message = error.reason
        lines = content.split("\n")
        if error.line and error.line <= len(lines) and not _TABLE.match(lines[error.line - 1]):
            message = f"{message}; a block is a command line or a table, not both"
        raise WrongLine(error.line or 1, message) from None
    for key, value in values.items():
        if key in _OF_FILES:
            raise Unfit(f"{key}: {_OF_FILES[key]}")
        if isinstance(value, dict):
            raise Unfit(f"[{key}]: a block is one figure; leave the header out")
    return values


def words(content: str) -> list[str]:
    """The words of the command line, `optviz` left out. Raises `OptvizError`."""
    plain = _COMMENT.sub(lambda match: match[1] or "", content).replace("\\\n", " ")
    broken = _BREAK.sub(lambda match: match[1] or "\0", plain)
    lines = [line.strip() for line in broken.split("\0") if line.strip()]
    if not lines:
        raise Unfit("the block is empty; a command such as trace --opt adam is wanted")
    if lines[1:] and _TABLE.match(lines[1]):
        raise Unfit("a block is a command line or a table, not both")
    if lines[1:]:
        raise Unfit("a block has one command; a line that goes on ends in \\")
    found = _split(lines[0])
    found = found[found[:1] == ["$"] :]
    found = found[found[:1] == ["optviz"] :]
    for word in found:
        if word in _SHELL:
            raise Unfit(f"{word}: a block has one command, which no shell reads")
    return found or ["--help"]


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise Unfit(f"{str(error).lower()}; each quotation mark has another") from None
