"""Reads `@file.json`, `@file.toml`, `@file.npz`, `@-`: Q, c, b as data; and tables, `@data.csv`."""

import math
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from optviz import files
from optviz.errors import BadFile, BadValue, TextError, UnknownName
from optviz.files import limits
from optviz.objectives import leastsquares
from optviz.objectives.dataset import Model
from optviz.objectives.lexer import MAX_DIM, WHAT
from optviz.objectives.matrix import asymmetry
from optviz.objectives.objective import Quadratic

_KEYS = ("Q", "c", "b", "text")  # `text` is what the program itself writes beside them

TABLES = (".csv", ".tsv", ".txt", ".dat")


def read(text: str, model: Model) -> Quadratic:
    """The quadratic in the file that stands after the `@`; `-` is JSON from standard input.

    A table may follow the name of its file, from the next line on, and no file is opened. Raises
    `WorldError` where the file cannot be read, `BadFile` or `UnknownName` where it holds something
    else, `BadValue` at a format that is not known, `Unfit` where `model` and file do not go
    together.
    """
    path, inside, content = text.strip().removeprefix("@").partition("\n")
    path = path.strip()
    if not path:
        raise TextError(WHAT, text, text.index("@"), "the name of a file is wanted after '@'")
    suffix = ".json" if path == "-" else Path(path).suffix.lower()
    if is_table(text):
        table = content.encode("utf-8", "replace") if inside else contents(path)
        return leastsquares.read(path, table, f"@{path}", model)
    model.refuse(text.strip())
    if suffix not in READERS:
        suffixes = ", ".join((*READERS, *TABLES))
        raise BadValue("objective", path, f"a file of {suffixes} is wanted")
    name = files.display_name(path)
    mapping = READERS[suffix](name, contents(path, limits.OBJECTIVE))
    return _quadratic(name, mapping, text.strip())


def is_table(text: str) -> bool:
    """Whether the text of an objective names a table: `@data.csv`."""
    name = text.strip().partition("\n")[0].strip()
    return name.startswith("@") and Path(name).suffix.lower() in TABLES


def contents(path: str, most: int = limits.DATA) -> bytes:
    """The bytes of a file, `~` being somebody's home, of standard input for `-`.

    Raises `WorldError`, `BadFile`.
    """
    return files.reading(path if path == "-" else files.expanded(path), most)


def from_json(path: str, content: bytes) -> Mapping[str, object]:
    """The object of a JSON text. Raises `BadFile`, with the line, for anything else."""
    from optviz.files import parse  # imports json, which few figures need

    with parse.in_file(path):
        mapping = parse.json_value(files.decoded(content, path))
    if not isinstance(mapping, dict):
        raise BadFile(path, "an object with Q in it is wanted, {…}")
    return mapping


def from_toml(path: str, content: bytes) -> Mapping[str, object]:
    """The table of a TOML text. Raises `BadFile`, with the line, for anything else."""
    from optviz.files import parse  # imports json, which few figures need

    with parse.in_file(path):
        return parse.toml_table(files.decoded(content, path))


def from_npz(path: str, content: bytes) -> Mapping[str, object]:
    """The arrays of an npz archive, as lists. Raises `BadFile`; nothing pickled is ever loaded."""
    from optviz.files import archive  # zipfile takes 5 ms to import

    arrays = archive.arrays(content, path, extent=limits.DIMENSIONS)
    for name, array in arrays.items():
        if array.dtype.kind not in "iuf":
            raise BadFile(path, f"{name} holds {array.dtype}; real numbers are wanted")
    return {name: array.astype(np.float64).tolist() for name, array in arrays.items()}


# One more format is one more entry.
READERS: dict[str, Callable[[str, bytes], Mapping[str, object]]] = {
    ".json": from_json,
    ".toml": from_toml,
    ".npz": from_npz,
}


def _quadratic(path: str, data: Mapping[str, object], text: str) -> Quadratic:
    for key in data:
        if key not in _KEYS:
            raise UnknownName("key", key, _KEYS, path)
    if "Q" not in data:
        raise BadFile(path, "holds no Q; a square matrix, as a list of rows, is wanted")
    rows = _rows(path, data["Q"])
    c = _numbers(path, "c", data.get("c", [0.0] * len(rows)))
    if len(c) != len(rows):
        raise BadFile(path, f"c has {len(c)} numbers; {len(rows)} are wanted, as Q has rows")
    b = _number(path, "b", data.get("b", 0.0))
    return Quadratic(np.array(rows), np.array(c), b, text)


def _rows(path: str, value: object) -> list[list[float]]:
    rows = [
        _numbers(path, f"row {i + 1} of Q", row) for i, row in enumerate(_list(path, "Q", value))
    ]
    for i, row in enumerate(rows):
        if len(row) != len(rows):
            size = f"{len(rows)} rows but {len(row)} numbers in row {i + 1}"
            raise BadFile(path, f"Q must be square; it has {size}")
    if message := asymmetry(rows):
        raise BadFile(path, message)
    return rows


def _list(path: str, name: str, value: object) -> list[object]:
    if not isinstance(value, list) or not 0 < len(value) <= MAX_DIM:
        raise BadFile(path, f"{name}: a list of 1 to {MAX_DIM} is wanted")
    return value


def _numbers(path: str, name: str, value: object) -> list[float]:
    items = enumerate(_list(path, name, value))
    return [_number(path, f"number {i + 1} of {name}", item) for i, item in items]


def _number(path: str, name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadFile(path, f"{name}: a number is wanted")
    try:
        number = float(value)
    except OverflowError:  # an integer of more than 308 digits
        number = math.inf
    if not math.isfinite(number):
        raise BadFile(path, f"{name}: a finite number is wanted")
    return number
