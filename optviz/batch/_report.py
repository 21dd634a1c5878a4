"""What is told of a batch: a report of each figure, the line of counts, the depfile."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from optviz.batch._items import Item

DRAWN, UNCHANGED, RESTORED = "drawn", "unchanged", "restored"
FAILED, SKIPPED, STALE = "failed", "skipped", "to draw"
DONE = (DRAWN, UNCHANGED, RESTORED)  # whose outputs are right
_ORDER = (DRAWN, STALE, RESTORED, UNCHANGED, FAILED, SKIPPED)


@dataclass
class Report:
    """What became of a figure: drawn, unchanged, restored, failed, skipped, or only to draw.

    `said` are remarks by format, `runs` the final values, `alt` the picture in words.
    """

    item: Item
    status: str = SKIPPED
    error: str = ""
    said: dict[str, str] = field(default_factory=dict)
    runs: list[dict[str, Any]] = field(default_factory=list)
    alt: str = ""

    @property
    def paths(self) -> list[str]:
        """Where its outputs are, as people name them."""
        return [self.item.path(output) for output, _ in self.item.outputs]

    def plain(self) -> dict[str, Any]:
        """The report as data; the same with any workers."""
        return {
            "figure": self.item.name,
            "file": self.item.file,
            "view": self.item.figure.name,
            "outputs": self.paths,
            "status": self.status,
            **({"error": self.error} if self.error else {}),
            **({"remarks": self.said} if self.said else {}),
            "runs": self.runs,
            "alt": self.alt,
        }


def counts(reports: list[Report]) -> str:
    """The line for people: `3 drawn, 77 unchanged`."""
    found = Counter(report.status for report in reports)
    shown = [f"{found[status]} {status}" for status in _ORDER if found[status]]
    return ", ".join(shown) or "no figures"


def depfile(items: list[Item], inputs: list[str], pages: Sequence[str] = ()) -> str:
    """A rule for Make and Ninja: all outputs and `pages`, and every file they are made from."""
    outputs = [item.path(output) for item in items for output, _ in item.outputs]
    data = [path for item in items for path in item.data]
    return f"{_spelled([*outputs, *pages])}: {_spelled([*inputs, *dict.fromkeys(data)])}\n"


def _spelled(paths: list[str]) -> str:
    marks = {"\\": "\\\\", " ": "\\ ", "#": "\\#", "$": "$$", ":": "\\:"}
    return " \\\n  ".join("".join(marks.get(ch, ch) for ch in path) for path in paths)
