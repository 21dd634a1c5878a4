"""Reads Matrix Market files, `.mtx`: real matrices, by coordinates or whole, also symmetric ones.

The format: https://math.nist.gov/MatrixMarket/formats.html. A symmetric file holds the entries on
and below the diagonal; a whole matrix goes column by column. Entries at one place are added, as
SciPy does.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from optviz.arrays import Array
from optviz.decimals import is_number
from optviz.errors import BadFile
from optviz.files import decoded, limits

_BANNER = "%%MatrixMarket matrix coordinate|array real|integer|double general|symmetric"
_FIELDS = ("real", "integer", "double")

Lines = Iterator[tuple[int, list[str]]]  # the number of each line that is no comment, and its words


class _Kind(NamedTuple):
    layout: str
    symmetric: bool


def read(path: str, content: bytes) -> Array:
    """The square matrix (dim, dim) in a file. Raises `BadFile`, with the line, for any other."""
    lines = enumerate(decoded(content, path).splitlines(), 1)
    kind = _kind(path, next(lines, (1, ""))[1])
    words: Lines = (
        (n, line.split()) for n, line in lines if line.strip() and line.strip()[0] != "%"
    )
    number, size = next(words, (1, []))
    wanted = 3 if kind.layout == "coordinate" else 2
    if len(size) != wanted or not all(word.isdecimal() and len(word) < 10 for word in size):
        raise BadFile(path, f"{wanted} whole numbers are wanted here, the size", number)
    rows, columns = int(size[0]), int(size[1])
    if rows != columns or not rows:
        raise BadFile(path, f"is {rows} × {columns}; a square matrix is wanted", number)
    if rows > limits.DIMENSIONS:
        raise BadFile(path, f"is {rows} × {rows}; at most {limits.DIMENSIONS} are read", number)
    return _LAYOUTS[kind.layout](path, words, rows, kind.symmetric, size[-1])


def _kind(path: str, banner: str) -> _Kind:
    parts = banner.lower().split()
    if parts[:2] != ["%%matrixmarket", "matrix"] or len(parts) != 5:
        raise BadFile(path, f"opens otherwise than {_BANNER}", 1)
    layout, numbers, symmetry = parts[2:]
    if layout not in _LAYOUTS or numbers not in _FIELDS:
        raise BadFile(path, f"holds {layout} {numbers}; real numbers are wanted", 1)
    if symmetry not in ("general", "symmetric"):
        raise BadFile(path, f"is {symmetry}; a symmetric matrix is wanted", 1)
    return _Kind(layout, symmetry == "symmetric")


def _coordinates(path: str, lines: Lines, dim: int, symmetric: bool, count: str) -> Array:
    Q, met, last = np.zeros((dim, dim)), 0, 1
    for number, words in lines:
        last, met = number, met + 1
        if len(words) != 3 or not all(word.isdecimal() and len(word) < 10 for word in words[:2]):
            raise BadFile(path, "a row, a column and a number are wanted here", number)
        i, j = int(words[0]) - 1, int(words[1]) - 1
        if not (0 <= i < dim and 0 <= j < dim):
            raise BadFile(path, f"row and column are from 1 to {dim}", number)
        if symmetric and j > i:
            raise BadFile(path, "a symmetric file holds what is on and below the diagonal", number)
        Q[i, j] += _number(path, words[2], number)
        if symmetric:
            Q[j, i] = Q[i, j]
    if met != int(count):
        raise BadFile(path, f"holds {met} entries and says {count}", last)
    return Q


def _whole(path: str, lines: Lines, dim: int, symmetric: bool, _: str) -> Array:
    Q, last = np.zeros((dim, dim)), 1
    places = [(i, j) for j in range(dim) for i in range(j if symmetric else 0, dim)]
    values = ((number, word) for number, words in lines for word in words)
    for i, j in places:
        last, word = next(values, (last, ""))
        if not word:
            raise BadFile(path, f"ends before {len(places)} numbers are read", last)
        Q[i, j] = _number(path, word, last)
        if symmetric:
            Q[j, i] = Q[i, j]
    if more := next(values, None):
        raise BadFile(path, f"holds more than {len(places)} numbers", more[0])
    return Q


def _number(path: str, word: str, line: int) -> float:
    number = float(word) if is_number(word) else np.inf
    if not np.isfinite(number):
        raise BadFile(path, f"{word[:20]} is no finite number", line)
    return number


_LAYOUTS: dict[str, Callable[[str, Lines, int, bool, str], Array]] = {
    "coordinate": _coordinates,
    "array": _whole,
}
