"""What documents want of the command line: to read a line as a table, and what a line prints.

The command line stands above this package, so it comes as an argument.
"""

from pathlib import Path
from typing import Any, NamedTuple, Protocol


class Drawing(NamedTuple):
    """A line that draws: the options that it types, as the table of a figure."""

    table: dict[str, Any]


class Printing(NamedTuple):
    """A line that prints: its words, and those of them that run code from outside."""

    words: tuple[str, ...]
    code: tuple[str, ...] = ()


class Shell(Protocol):
    """The command line."""

    def read(self, words: list[str]) -> Drawing | Printing:
        """What the words ask for. Raises `OptvizError` in the sentences of the command line."""

    def output(self, words: tuple[str, ...], folder: Path) -> str:
        """What the line prints on standard output, 80 columns wide, without colours.

        Paths in it begin at `folder`. Raises `OptvizError` if it fails.
        """
