"""Reads a data set from a table of numbers, with a header or without."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NoReturn

import numpy as np

from optviz import files
from optviz.arrays import Array
from optviz.errors import BadFile
from optviz.files import delimited, limits
from optviz.files.delimited import Row
from optviz.text.decimals import is_number

_MISSING = frozenset("|na|n/a|#n/a|nan|null|none|nil|missing|?|-|--|.".split("|"))  # noqa: SIM905
_ADVICE = "remove the row or the column"


@dataclass(frozen=True, eq=False)
class Table:
    """The names of the columns and their values, (rows, columns); `path` is what errors call it."""

    path: str
    names: tuple[str, ...]
    values: Array


def read(path: str, content: bytes) -> Table:
    """The table in a file. Raises `BadFile`, with line and column, where a number is missing.

    Comments and blank lines are skipped. Columns without a header are called x1, x2, ….
    """
    lines = delimited.lines(files.decoded(content, path))
    separator = delimited.separator(lines, blanks=True)
    opening = list(islice(_rows(path, lines, separator), 2))
    if not opening:
        raise BadFile(path, "an empty table")
    has_header = _has_header(path, opening)
    if has_header and len(opening) == 1:
        raise BadFile(path, "a header without rows")
    first, fields = opening[0]
    names = _names(path, first, fields) if has_header else [f"x{i + 1}" for i in range(len(fields))]
    values = _parsed_fast(lines[first if has_header else 0 :], separator, len(names))
    if values is None:
        rows = list(islice(_rows(path, lines, separator), 1 if has_header else 0, None))
        values = _parsed(path, names if has_header else [], rows)
    return Table(path, tuple(names), values)


def _rows(path: str, lines: list[str], separator: str) -> Iterator[Row]:
    """The rows with single blanks within their fields, and none around them."""
    for line, row in delimited.rows(lines, separator, path):
        yield line, [" ".join(field.split()) for field in row]


def _has_header(path: str, opening: list[Row]) -> bool:
    """Whether the first row holds names. Raises `BadFile` if that cannot be decided."""
    line, first = opening[0]
    words = [i for i, field in enumerate(first) if _kind(field) == "text"]
    if not words or not any(_kind(field) == "number" for field in first):
        return bool(words)
    second = opening[1][1] if len(opening) > 1 else []
    odd = [i for i in words if i < len(second) and _kind(second[i]) != "text"]
    if odd:
        number = next(field for field in first if _kind(field) == "number")
        message = f"{number} is a number and {first[odd[0]]!r} is none; a header of names alone"
        raise BadFile(path, f"{message}, or a row of numbers alone, is wanted", line)
    return False


def _kind(field: str) -> str:
    if is_number(field):
        return "number"
    return "missing" if field.lower() in _MISSING else "text"


def _names(path: str, line: int, fields: list[str]) -> list[str]:
    if len(fields) > limits.COLUMNS:
        raise BadFile(path, f"{len(fields)} columns; at most {limits.COLUMNS} are read", line)
    places: dict[str, int] = {}
    for i, name in enumerate(fields):
        if not name:
            advice = "give it one, or remove it if it only counts rows"
            raise BadFile(path, f"column {i + 1} has no name; {advice}", line)
        if name in places:
            message = f"columns {places[name] + 1} and {i + 1} are both called {name[:60]}"
            raise BadFile(path, message, line)
        places[name] = i
    return fields


def _parsed_fast(lines: list[str], separator: str, columns: int) -> Array | None:
    """The values by NumPy's reader, ten times as fast; None where a field is not a number."""
    try:
        values = np.loadtxt(
            lines,
            delimiter=None if separator == " " else separator,
            comments=None,
            quotechar='"',
            ndmin=2,
        )
    except ValueError:
        return None
    return values if values.shape[1] == columns and np.isfinite(values).all() else None


def _parsed(path: str, names: list[str], rows: list[Row]) -> Array:
    """The values, field by field; `names` are empty without a header."""
    width, first = (len(names), "the header") if names else (len(rows[0][1]), "the first row")
    labels = names or [f"column {i + 1}" for i in range(width)]
    for line, fields in rows:
        if len(fields) != width:
            noun = "field" if len(fields) == 1 else "fields"
            raise BadFile(path, f"{len(fields)} {noun}; {first} has {width}", line)
    odd = [
        (line, i) for line, fields in rows for i, field in enumerate(fields) if not is_number(field)
    ]
    if odd:
        _refuse(path, labels, rows, odd)
    values = np.array([[float(field) for field in fields] for _, fields in rows])
    if not np.isfinite(values).all():
        row, i = (int(place[0]) for place in np.nonzero(~np.isfinite(values)))
        raise BadFile(path, f"{_column(labels[i])}: beyond floating point; {_ADVICE}", rows[row][0])
    return values


def _refuse(path: str, labels: list[str], rows: list[Row], odd: list[tuple[int, int]]) -> NoReturn:
    """Raises `BadFile` for columns of text, or else for the first field that is not a number."""
    text = [
        i
        for i in dict.fromkeys(i for _, i in odd)
        if not any(is_number(fields[i]) for _, fields in rows)
        and any(_kind(fields[i]) == "text" for _, fields in rows)
    ]
    if text:
        example = next(fields[text[0]] for _, fields in rows if _kind(fields[text[0]]) == "text")
        columns = ", ".join(_column(labels[i]) if not k else labels[i] for k, i in enumerate(text))
        verb = "is text" if len(text) == 1 else "are text"
        columns = columns if len(text) == 1 else columns.replace("column ", "columns ", 1)
        advice = "remove what is text, or write it as numbers"
        raise BadFile(path, f"{columns} {verb} ({example[:30]!r}); {advice}")
    (line, i), lines = odd[0], {line for line, _ in odd}
    field = dict(rows)[line][i]
    missing = _kind(field) == "missing"
    problem = "a value is missing" if missing else f"{field[:30]!r} is no number"
    problem += f" ({field})" if field and missing else ""
    more = f", and {len(lines) - 1} more such rows" if len(lines) > 1 else ""
    advice = "write a decimal point" if re.fullmatch(r"[+-]?\d+,\d+", field) else _ADVICE
    raise BadFile(path, f"{_column(labels[i])}: {problem}{more}; {advice}", line)


def _column(label: str) -> str:
    return label if re.fullmatch(r"column \d+", label) else f"column {label}"
