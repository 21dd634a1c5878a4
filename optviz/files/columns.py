"""Which columns of a table hold values: what counts or names its rows, or is empty, does not."""

import re
from collections.abc import Sequence
from typing import NoReturn

from optviz.errors import BadFile
from optviz.files.delimited import Row, extent
from optviz.files.header import kind
from optviz.files.table import Opened
from optviz.notes import note

_NAMELESS = re.compile(r"|unnamed: \d+(?:\.\d+)?|row\.?_?names?", re.I)  # of R, pandas, Rdatasets


def nameless(name: str) -> bool:
    """Whether the name of a column is none of its own, but what a program writes over an index."""
    return _NAMELESS.fullmatch(name[:40]) is not None


def label(table: Opened, column: int) -> str:
    """What errors call a column, counted from 0: its name, or its number."""
    name = table.names[column] if column < len(table.names) else ""
    return f"column {name[:60]}" if name else f"column {column + 1}"


def whole_rows(table: Opened) -> list[Row]:
    """All rows, each with as many fields as there are columns.

    Raises `BadFile` for a row with more fields, or with fewer where a column has a name.
    """
    width, rows = table.width, list(table.rows())
    fields = table.names or table.opening[0][1]
    least = extent(fields)
    for line, row in rows:
        if not least <= len(row) <= width and (len(row) < least or any(row[width:])):
            _refuse_ragged(table, line, row)
    if all(len(row) == width for _, row in rows):
        return rows
    return [(line, [*row, *[""] * (width - len(row))][:width]) for line, row in rows]


def kept(table: Opened, rows: Sequence[Row], unnamed: bool = False) -> list[int]:
    """The columns of whole rows that hold values, counted from 0. What is passed over is noted.

    That is, with `unnamed`, any column without a name. Raises `BadFile` for one that has no name
    and does not count or name the rows.
    """
    width = table.width
    empty = list(range(width))
    for _, row in rows:
        empty = [i for i in empty if not row[i]]
        if not empty:
            break
    for i in empty:
        if table.names and not nameless(table.names[i]):
            note(f"{table.path}: {label(table, i)} is empty and passed over")
    columns = sorted(set(range(width)) - set(empty))
    return (
        columns
        if not table.names
        else [i for i in columns if not _is_index(table, rows, i, unnamed)]
    )


def is_counting(values: Sequence[float]) -> bool:
    """Whether these are 0, 1, 2, … or 1, 2, 3, …."""
    return (
        len(values) > 0
        and values[0] in (0, 1)
        and list(values) == list(range(int(values[0]), int(values[0]) + len(values)))
    )


def noted_index(table: Opened, column: int, what: str) -> None:
    """Notes that a column is no feature."""
    name = table.names[column]
    which = f"column {name}" if name else f"column {column + 1}, without a name,"
    note(f"{table.path}: {which} {what} the rows and is passed over")


def _is_index(table: Opened, rows: Sequence[Row], column: int, unnamed: bool) -> bool:
    """Whether a column without a name of its own counts or names the rows.

    Raises `BadFile` for one without any name that does neither.
    """
    if not nameless(table.names[column]):
        return False
    fields = [row[column] for _, row in rows]
    if all(field.isdecimal() and field.isascii() for field in fields):
        if is_counting([int(field[:18]) for field in fields]):
            noted_index(table, column, "counts")
            return True
    elif column == 0 and all(kind(field) == "text" for field in fields):
        noted_index(table, column, "names")
        return True
    if not table.names[column]:
        if unnamed:
            note(f"{table.path}: column {column + 1} has no name and is passed over")
            return True
        advice = "give it one, or remove it if it only counts rows"
        raise BadFile(table.path, f"column {column + 1} has no name; {advice}", table.line)
    return False


def _refuse_ragged(table: Opened, line: int, row: list[str]) -> NoReturn:
    width, first = table.width, "the header" if table.names else "the first row"
    if len(row) > width:
        more = f"column {width + 1} ({row[width][:30]!r}) is beyond it"
    else:
        more = f"{label(table, len(row))} is missing"
    noun = "field" if len(row) == 1 else "fields"
    raise BadFile(table.path, f"{len(row)} {noun}; {first} has {width}; {more}", line)
