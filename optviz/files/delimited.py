"""Tables as text: lines, and the fields of each row.

Blank lines, lines that begin with `#` or `%`, and ruled lines such as `|---|---|` are no rows. Each
row comes with the number of the line where it ends, for the errors of whoever reads its fields.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from optviz.errors import BadFile

Row = tuple[int, list[str]]  # the line where it ends, its fields

REMARKS = ("#", "%")  # what comments begin with
_RULED = re.compile(r"(?=[^|+]*+[|+])(?=[^-=]*+[-=])[-+|:=\s]++")
_FIRST = re.compile(r'"?sep=(.)"?\s*+', re.I)  # how Excel is told what separates fields


def extent(fields: Sequence[str]) -> int:
    """How many fields there are up to the last that is not empty."""
    return max((i + 1 for i, field in enumerate(fields) if field), default=0)


def split(text: str) -> list[str]:
    """The lines of a text, whichever way they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def bare(lines: list[str]) -> tuple[list[str], str]:
    """The lines without what is no row, and the separator that the first one states, or "".

    Such lines are emptied and not dropped, so that numbers of lines hold.
    """
    stated = _FIRST.fullmatch(lines[0]) if lines else None
    lines = ["", *lines[1:]] if stated else lines
    if any(sign in line for line in lines for sign in "#%|+"):
        lines = ["" if _is_no_row(line) else line for line in lines]
    return lines, stated[1] if stated else ""


def _is_no_row(line: str) -> bool:
    return line.lstrip().startswith(REMARKS) or _RULED.fullmatch(line) is not None


def rows(lines: Sequence[str], separator: str, path: str, start: int = 0) -> Iterator[Row]:
    """The rows that are not blank, from line `start`, counted from 0, on.

    A separator " " stands for any number of blanks and tabs. Raises `BadFile`, which calls the file
    `path`, with the line, and with the column whose quote does not close.
    """
    from csv import Error

    reader, opening = _reader(lines, separator, start), start  # the line before the row
    try:
        for row in reader:
            if len(row) > 1 or "".join(row).strip():
                if "\n" in row[-1] and reader.line_num + start == len(lines):
                    _refuse_open_quote(lines, separator, path, opening)
                yield reader.line_num + start, row
            opening = reader.line_num + start
    except Error as error:
        _refuse_open_quote(lines, separator, path, opening)
        raise BadFile(path, str(error), reader.line_num + start) from None


def _reader(lines: Sequence[str], separator: str, start: int, strict: bool = False) -> Any:
    import csv

    rest: Iterator[str] = islice(lines, start, None)
    if separator == " ":
        rest = (line.replace("\t", " ") for line in rest)
    bare = (f"{line.strip(' ')}\n" for line in rest)
    return csv.reader(bare, delimiter=separator, skipinitialspace=True, strict=strict)


def _refuse_open_quote(lines: Sequence[str], separator: str, path: str, opening: int) -> None:
    """Raises `BadFile` if a quote in the row after line `opening` is still open at the end."""
    from csv import Error

    with suppress(StopIteration, Error):
        next(_reader(lines, separator, opening, strict=True))
        return
    while opening < len(lines) and not lines[opening].strip():
        opening += 1
    with suppress(StopIteration, Error):
        first = next(_reader(lines[opening : opening + 1], separator, 0))
        if "\n" in first[-1]:
            message = f"column {len(first)} opens a quote that does not close"
            raise BadFile(path, message, opening + 1)
