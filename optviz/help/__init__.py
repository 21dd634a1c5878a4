"""Help by topic, a text file each: a title, paragraphs, and lines that are set in by two columns.

One more topic is one more file here; `optviz help`, completion and the man page find it by name.
Every command line in it is run by `tests/help/test_topics.py`.
"""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from optviz.errors import UnknownName

_FOLDER = Path(__file__).parent


@cache
def topics() -> tuple[str, ...]:
    """The names of all topics, in alphabetical order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.txt")))


def text(topic: str) -> str:
    """The text of a topic. Raises `UnknownName`."""
    if topic not in topics():
        raise UnknownName("topic", topic, topics())
    return (_FOLDER / f"{topic}.txt").read_text(encoding="utf-8").strip()


def title(topic: str) -> str:
    """What a topic is about: its first line, behind its name."""
    return text(topic).partition("\n")[0].partition(": ")[2]


def blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """The parts of a text: whether its lines are set in, and the lines; empty ones part blocks."""
    for paragraph in text.split("\n\n"):
        lines = paragraph.splitlines()
        for verbatim, block in groupby(lines, key=lambda line: line.startswith("  ")):
            yield verbatim, list(block)
