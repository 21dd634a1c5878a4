"""The table of a figure that stands in a document."""

from dataclasses import dataclass
from pathlib import Path

from optviz.batch._spec_file import Table


@dataclass(frozen=True)
class PlacedTable:
    """A table in a file that is no spec file, such as a document; `line` is where it begins.

    Its outputs go below `root`, paths of data begin at `folder`. `formats` are made besides those
    of the outputs, for the report. `is_defaults` says that it is of the tables of its file that
    follow.
    """

    file: str
    line: int
    table: Table
    root: Path
    folder: Path
    name: str = ""
    formats: tuple[str, ...] = ()
    is_defaults: bool = False

    @property
    def place(self) -> str:
        """Where it stands: `lesson.md, line 12`."""
        return f"{self.file}, line {self.line}"

    def is_above(self, other: "PlacedTable | None") -> bool:
        """Whether another table stands below it in the same file."""
        return other is not None and other.file == self.file and other.line > self.line
