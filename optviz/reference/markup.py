"""Pieces of Markdown as GitHub reads it: texts, code, tables and fences."""

import re
from collections.abc import Iterable, Sequence

# Signs of Markdown; an underscore between letters and a < before a blank mean only themselves.
_SIGNS = re.compile(r"([\\`*\[\]$~|]|(?<!\w)_|_(?!\w)|<(?=[\w/!?]))")
_RUNS = re.compile(r"`+")


def escape(text: str) -> str:
    """A text that means nothing but itself, in a paragraph or in a cell."""
    return _SIGNS.sub(r"\\\1", text)


def code(text: str) -> str:
    """A text as code; longer quotes where it has a quote in it, nothing for no text."""
    if not text:
        return ""
    quote = "`" * (max((len(run) for run in _RUNS.findall(text)), default=0) + 1)
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{quote}{space}{text}{space}{quote}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; cells are Markdown already, but for bars within code.

    A column in which no row has anything is left out.
    """
    body = [[_cell(cell) for cell in row] for row in rows]
    kept = [at for at, _ in enumerate(head) if any(row[at] for row in body)]
    lines = [[head[at] for at in kept], ["---"] * len(kept)]
    lines += [[row[at] for at in kept] for row in body]
    return [f"| {' | '.join(line)} |" for line in lines]


def _cell(text: str) -> str:
    """A cell, in which GitHub ends a column at each bar, in code too, that has no backslash."""
    return re.sub(r"(?<!\\)\|", r"\\|", text.replace("\n", " ").strip())


def fence(lines: Iterable[str], language: str = "text") -> list[str]:
    """Lines as they are, in a fence longer than any within them."""
    text = list(lines)
    longest = max((len(run) for line in text for run in _RUNS.findall(line)), default=0)
    marks = "`" * max(3, longest + 1)
    return [f"{marks}{language}", *text, marks]


def links(names: Iterable[str]) -> str:
    """A line of links to the headings that are just these names."""
    return " · ".join(f"[{escape(name)}](#{name.lower()})" for name in names)
