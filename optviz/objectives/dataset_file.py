"""Reads a data set from a table of numbers, with a header or without."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NoReturn

import numpy as np

from optviz import files
from optviz.arrays import Array
from optviz.decimals import is_number
from optviz.errors import BadFile
from optviz.files import columns, table
from optviz.files.decimal_commas import REMOVE, DecimalCommas, advice
from optviz.files.delimited import Row
from optviz.files.header import kind
from optviz.files.signatures import refuse_foreign
from optviz.files.table import Opened


@dataclass(frozen=True, eq=False)
class Table:
    """The names of the columns and their values, (rows, columns); `path` is what errors call it.

    `places` are the numbers of the columns in the file, counted from 1; `headed` says whether the
    names are the file's own. In a column of `classes`, which are words, a value is the number of
    its class, from 0 on.
    """

    path: str
    names: tuple[str, ...]
    values: Array
    places: tuple[int, ...] = ()
    headed: bool = True
    classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.places:
            object.__setattr__(self, "places", tuple(range(1, len(self.names) + 1)))


def read(path: str, content: bytes, labels: Callable[[Table], int] | None = None) -> Table:
    """The table in a file. Raises `BadFile`, with line and column, where a number is missing.

    `labels` tells which column of a table without rows may hold words, each of which is a class.
    Remarks and blank lines are skipped, and so are columns that are empty or count the rows.
    Columns without a header are called x1, x2, ….
    """
    refuse_foreign(path, content)
    opened = table.opened(files.decoded(content, path), path)
    if not opened.opening:
        raise BadFile(path, "a header without rows" if opened.names else "an empty table")
    values, words = _parsed_fast(opened), tuple[str, ...]()
    if values is None:
        rows = columns.whole_rows(opened)
        used = columns.kept(opened, rows)
        at = labels(_bare(opened, used)) if labels else -1
        if at >= 0 and any(kind(row[used[at]]) == "text" for _, row in rows):
            values, words = _labelled(opened, rows, used, at)
        else:
            values = _parsed(opened, rows, used)
    else:
        used = [i for i in range(opened.width) if not _counts(opened, values, i)]
        values = values if len(used) == opened.width else np.ascontiguousarray(values[:, used])
    bare = _bare(opened, used)
    _refuse_twice(opened, list(bare.names), used)
    return replace(bare, values=values, classes=words)


def _bare(opened: Opened, used: list[int]) -> Table:
    """The table of these columns without rows."""
    names = tuple(opened.names[i] if opened.names else f"x{i + 1}" for i in used)
    places = tuple(i + 1 for i in used)
    return Table(opened.path, names, np.empty((0, len(used))), places, headed=bool(opened.names))


def _labelled(
    opened: Opened, rows: list[Row], used: list[int], at: int
) -> tuple[Array, tuple[str, ...]]:
    """The values of the columns `used`, of which the one at `at` holds words; and these words."""
    others = [i for i in used if i != used[at]]
    values, labels = _parsed(opened, rows, others), [row[used[at]] for _, row in rows]
    for (line, _), label in zip(rows, labels, strict=True):
        if kind(label) == "missing":
            message = f"{columns.label(opened, used[at])}: {_problem(label)}"
            raise BadFile(opened.path, f"{message}; {advice(label)}", line)
    words, numbers = np.unique(np.array(labels), return_inverse=True)
    return np.insert(values, at, numbers, axis=1), tuple(words.tolist())


def _refuse_twice(opened: Opened, names: list[str], used: list[int]) -> None:
    places: dict[str, int] = {}
    for name, i in zip(names, used, strict=True):
        if name in places:
            message = f"columns {places[name] + 1} and {i + 1} are both called {name[:60]}"
            raise BadFile(opened.path, message, opened.line)
        places[name] = i


def _counts(opened: Opened, values: Array, column: int) -> bool:
    """Whether a column without a name of its own counts the rows, which is noted."""
    if not opened.names or not columns.nameless(opened.names[column]):
        return False
    counts = columns.is_counting(values[:, column].tolist())
    if counts:
        columns.noted_index(opened, column, "counts")
    return counts


def _parsed_fast(opened: Opened) -> Array | None:
    """The values by NumPy's reader, ten times as fast; None where a field is not a number."""
    if "" in opened.names[1:] or not all(map(is_number, opened.opening[0][1])):
        return None
    try:
        values = np.loadtxt(
            opened.lines[opened.start :],
            delimiter=None if opened.separator == " " else opened.separator,
            comments=None,
            quotechar='"',
            ndmin=2,
        )
    except ValueError:
        return None
    whole = values.shape[1] == opened.width and np.isfinite(values).all()
    unnamed = "" in opened.names and not columns.is_counting(values[:, 0].tolist())
    return values if whole and not unnamed else None


def _parsed(opened: Opened, rows: list[Row], used: list[int]) -> Array:
    """The values of the columns `used`, field by field."""
    commas, labels = DecimalCommas(opened), {i: columns.label(opened, i) for i in used}
    cells = [[commas.plain(row[i], labels[i], line) for i in used] for line, row in rows]
    odd = [
        (place, i)
        for place, row in enumerate(cells)
        for i, cell in zip(used, row, strict=True)
        if not is_number(cell)
    ]
    if odd:
        _refuse(opened, rows, odd)
    commas.settle()
    values = np.array([list(map(float, row)) for row in cells]).reshape(len(rows), len(used))
    if not np.isfinite(values).all():
        row, i = (int(place[0]) for place in np.nonzero(~np.isfinite(values)))
        message = f"{labels[used[i]]}: beyond floating point; {REMOVE}"
        raise BadFile(opened.path, message, rows[row][0])
    return values


def _refuse(opened: Opened, rows: list[Row], odd: list[tuple[int, int]]) -> NoReturn:
    """Raises `BadFile` for columns of text and for the first other field that is not a number.

    `odd` are such fields, as (index of the row, column).
    """
    first, fields = rows[0]
    if len(rows) > 1 and not any(kind(cell) == "number" for cell in fields):
        i = odd[0][1]
        if any(kind(cell) == "number" for cell in rows[1][1]):
            message = f"{fields[i][:30]!r} is no number, nor is any other field of the line"
            remedy = "remove it if it holds units, or more names"
            raise BadFile(opened.path, f"{columns.label(opened, i)}: {message}; {remedy}", first)
    text = [
        i
        for i in dict.fromkeys(i for _, i in odd)
        if not any(kind(row[i]) == "number" for _, row in rows)
        and any(kind(row[i]) == "text" for _, row in rows)
    ]
    rest = [(row, i) for row, i in odd if i not in set(text)]
    if text:
        _refuse_text(opened, rows, text, rest)
    row, i = rest[0]
    more = len({row for row, _ in rest}) - 1
    others = f", and {more} more such rows" if more else ""
    message = f"{columns.label(opened, i)}: {_problem(rows[row][1][i])}{others}"
    raise BadFile(opened.path, f"{message}; {advice(rows[row][1][i])}", rows[row][0])


def _refuse_text(
    opened: Opened, rows: list[Row], text: list[int], rest: list[tuple[int, int]]
) -> NoReturn:
    line, example = next((line, row[text[0]]) for line, row in rows if kind(row[text[0]]) == "text")
    labels = [columns.label(opened, i).removeprefix("column ") for i in text]
    which = f"columns {', '.join(labels)} are" if len(text) > 1 else f"column {labels[0]} is"
    message = f"{which} text ({example[:30]!r})"
    if rest:
        row, i = rest[0]
        place = f"in line {rows[row][0]}, {columns.label(opened, i)}"
        message += f", and {place}, {_problem(rows[row][1][i])}"
    remedy = "remove what is text, or write it as numbers"
    raise BadFile(opened.path, f"{message}; {remedy}", line)


def _problem(cell: str) -> str:
    if kind(cell) == "missing":
        return f"a value is missing ({cell})" if cell else "a value is missing"
    return f"{cell[:30]!r} is no number"
