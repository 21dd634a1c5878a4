"""The reports of a batch: one of each figure, the line of counts, the depfile."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from optviz.batch._item import Item

DRAWN, UNCHANGED, RESTORED = "drawn", "unchanged", "restored"
FAILED, SKIPPED, STALE = "failed", "skipped", "to draw"
DIFFERENT = "different"  # of files that were compared
DONE = (DRAWN, UNCHANGED, RESTORED)  # whose outputs are right
_ORDER = (DRAWN, STALE, DIFFERENT, RESTORED, UNCHANGED, FAILED, SKIPPED)


@dataclass
class Report:
    """The outcome of a figure: drawn, unchanged, restored, failed, skipped, to draw, different.

    `remarks` are by format, `runs` the final values, `alt` the picture in words. `differences` say
    of outputs that were compared how they differ: `missing`, `differs: 12 pixels within …`.
    `contents` are the formats that are for the report alone.
    """

    item: Item
    status: str = SKIPPED
    error: str = ""
    remarks: dict[str, str] = field(default_factory=dict)
    runs: list[dict[str, Any]] = field(default_factory=list)
    alt: str = ""
    differences: dict[str, str] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)

    @property
    def paths(self) -> list[str]:
        """The paths of its outputs."""
        return [self.item.path(output) for output, _ in self.item.outputs]

    def __repr__(self) -> str:
        return f"<Report of {self.item.name}: {self.status}, {', '.join(self.paths)}>"

    def plain(self) -> dict[str, Any]:
        """The report as plain data; the same with any workers."""
        return {
            "figure": self.item.name,
            "file": self.item.file,
            **({"line": self.item.placed.line} if self.item.placed else {}),
            "view": self.item.figure.name,
            "outputs": self.paths,
            "status": self.status,
            **({"error": self.error} if self.error else {}),
            **({"remarks": self.remarks} if self.remarks else {}),
            **({"differences": self.differences} if self.differences else {}),
            "runs": self.runs,
            "alt": self.alt,
        }


def counts(reports: list[Report]) -> str:
    """How many figures have each status: `3 drawn, 77 unchanged`."""
    numbers = Counter(report.status for report in reports)
    parts = [f"{numbers[status]} {status}" for status in _ORDER if numbers[status]]
    return ", ".join(parts) or "no figures"


def depfile(items: list[Item], inputs: list[str], pages: Sequence[str] = ()) -> str:
    """A rule for Make and Ninja: outputs and `pages`, and every file they are made from."""
    outputs = [item.path(output) for item in items for output, _ in item.outputs]
    data = [path for item in items for path in item.data]
    return f"{_escaped([*outputs, *pages])}: {_escaped([*inputs, *dict.fromkeys(data)])}\n"


def _escaped(paths: list[str]) -> str:
    escapes = {"\\": "\\\\", " ": "\\ ", "#": "\\#", "$": "$$", ":": "\\:"}
    return " \\\n  ".join("".join(escapes.get(ch, ch) for ch in path) for path in paths)
