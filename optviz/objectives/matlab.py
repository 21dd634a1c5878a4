"""Lists as MATLAB has them, `[1 -1; -1 2]`, rewritten with commas: `[[1,-1],[-1,2]]`."""

import re

from optviz.objectives.source import Rewriter, Source

_LIST = re.compile(r"\[([-+0-9.eE/ \t\n,;]*+)\]")
_BETWEEN = re.compile(r"(?<=[0-9.])[ \t\n]++(?=[-+.0-9])")


def plain(source: Source) -> Source:
    """The source with such lists in the grammar of settings; a column, `[1; 2]`, is `[1,2]`."""
    out, at = Rewriter(source), 0
    for match in _LIST.finditer(source.text):
        if ";" in match[1] or _BETWEEN.search(match[1]):
            out.keep(at, match.start(1))
            _rows(out, match.start(1), match[1])
            at = match.end(1)
    if not at:
        return source
    out.keep(at, len(source.text))
    return out.made()


def _rows(out: Rewriter, at: int, text: str) -> None:
    """Writes the rows of a matrix, or the numbers of a single row or column."""
    rows = [row for row in text.split(";") if row.strip()]
    nested = len(rows) > 1 and any(_BETWEEN.search(row.strip()) or "," in row for row in rows)
    for index, row in enumerate(text.split(";")):
        if row.strip():
            out.put(",", at) if index else None
            out.put("[", at) if nested else None
            _row(out, at, row)
            out.put("]", at + len(row) - 1) if nested else None
        at += len(row) + 1


def _row(out: Rewriter, at: int, row: str) -> None:
    done = 0
    for match in _BETWEEN.finditer(row):
        out.keep(at + done, at + match.start())
        out.put(",", at + match.start())
        done = match.end()
    out.keep(at + done, at + len(row))
