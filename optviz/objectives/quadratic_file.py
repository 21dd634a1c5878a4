"""Reads `@file.json`, `.toml`, `.npz`, `.npy`, `.mtx`, `@-`: Q, c, b as data; and tables.

P and q, H and f of quadratic programs are other words for Q and c, as in `matrix.SYNONYMS`.
"""

import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from optviz import files
from optviz.errors import BadFile, TextError, UnknownName
from optviz.files import limits
from optviz.notes import note
from optviz.objectives.dataset import Model
from optviz.objectives.lexer import MAX_DIM, WHAT
from optviz.objectives.matrix import CONVENTION, SYNONYMS, asymmetry, note_words
from optviz.objectives.objective import Objective, Quadratic

ALONE = ""  # the name of a matrix that has none
_ROUNDING = 1e-12  # of the largest entry: by so much a computed Q may differ from its transpose
_KEYS = ("Q", "c", "b", "text")  # `text` is what the program itself writes beside them

_CONSTRAINTS = ("A", "G", "h", "l", "u", "lb", "ub", "Aeq", "beq", "bounds")

_ANONYMOUS = re.compile(r"\(\s*+[A-Za-z]\w*+(?:\s*+,\s*+[A-Za-z]\w*+)*+\s*+\)\s*+[^.\s]")

Named = np.ndarray[Any, Any]

_BEFORE = b"\xef\xbb\xbf \t\r\n"  # a byte order mark, and space


def read(text: str, model: Model) -> Objective:
    """The objective in the file that stands after the `@`; `-` is standard input, JSON or a table.

    A table may follow the name of its file, from the next line on, and no file is opened. Raises
    `WorldError` where the file cannot be read, `BadFile` or `UnknownName` where it holds something
    else, `Unfit` where `model` and file do not go together.
    """
    path, inside, content = text.strip().removeprefix("@").partition("\n")
    path = path.strip()
    if not path:
        raise TextError(WHAT, text, text.index("@"), "the name of a file is wanted after '@'")
    if _ANONYMOUS.match(path) and Path(path).suffix.lower() not in READERS:
        message = "a function of MATLAB has a name here; write f = @(x) …"
        raise TextError(WHAT, text, text.index("@"), message, 2)
    suffix = ".json" if path == "-" else Path(path).suffix.lower()
    from optviz.objectives import table_objective  # with the readers of tables, which few need

    if is_table(text):
        table = content.encode("utf-8", "replace") if inside else contents(path)
        return table_objective.read(path, table, f"@{path}", model)
    name, data = files.display_name(path), b""
    if path == "-" and (data := contents(path)).lstrip(_BEFORE)[:1] not in (b"", b"{", b"["):
        return table_objective.read(name, data, text.strip(), model)
    model.refuse(text.strip())
    mapping = READERS[suffix](name, data or contents(path, limits.OBJECTIVE))
    return _quadratic(name, mapping, text.strip())


def is_table(text: str) -> bool:
    """Whether the text of an objective names a table, `@data.csv`: any file of no other suffix."""
    name = text.strip().partition("\n")[0].strip()
    others = name == "@-" or Path(name).suffix.lower() in READERS
    return name.startswith("@") and not others


def contents(path: str, most: int = limits.DATA) -> bytes:
    """The bytes of a file, `~` being somebody's home, of standard input for `-`.

    Raises `WorldError`, `BadFile`.
    """
    return files.reading(path if path == "-" else files.expanded(path), most)


def from_json(path: str, content: bytes) -> Mapping[str, object]:
    """The object of a JSON text; of a list of lists, it is Q.

    Raises `BadFile`, with the line, for anything else.
    """
    from optviz.files import parse  # imports json, which few figures need

    with parse.in_file(path):
        mapping = parse.json_value(files.decoded(content, path))
    if isinstance(mapping, list) and all(isinstance(row, list) for row in mapping):
        return {ALONE: mapping}
    if not isinstance(mapping, dict):
        raise BadFile(path, "an object with Q in it, {…}, or a matrix, [[…],[…]], is wanted")
    return mapping


def from_toml(path: str, content: bytes) -> Mapping[str, object]:
    """The table of a TOML text. Raises `BadFile`, with the line, for anything else."""
    from optviz.files import parse  # imports json, which few figures need

    with parse.in_file(path):
        return parse.toml_table(files.decoded(content, path))


def from_npz(path: str, content: bytes) -> Mapping[str, object]:
    """The arrays of an npz archive, as lists; a single one is Q whatever its name.

    Raises `BadFile`; nothing pickled is ever loaded.
    """
    from optviz.files import archive  # zipfile takes 5 ms to import

    arrays = archive.arrays(content, path, extent=limits.DIMENSIONS)
    if len(arrays) == 1:
        arrays = {"Q" if "Q" in arrays else ALONE: next(iter(arrays.values()))}
    return {name: _listed(path, name, array) for name, array in arrays.items()}


def from_npy(path: str, content: bytes) -> Mapping[str, object]:
    """The array of an npy file as Q. Raises `BadFile`; nothing pickled is ever loaded."""
    from optviz.files import archive  # zipfile takes 5 ms to import

    array = archive.single(content, path, extent=limits.DIMENSIONS)
    if array.ndim != 2:
        size = " × ".join(map(str, array.shape)) or "a single number"
        raise BadFile(path, f"the array is {size}; a square matrix is wanted")
    return {ALONE: _listed(path, "the array", array)}


def from_mtx(path: str, content: bytes) -> Mapping[str, object]:
    """The matrix of a Matrix Market file as Q. Raises `BadFile`, with the line."""
    from optviz.objectives import matrix_market

    return {ALONE: matrix_market.read(path, content).tolist()}


def _listed(path: str, name: str, array: Named) -> object:
    if array.dtype.kind not in "iuf":
        raise BadFile(path, f"{name} holds {array.dtype}; real numbers are wanted")
    return array.astype(np.float64).tolist()


# One more format is one more entry.
READERS: dict[str, Callable[[str, bytes], Mapping[str, object]]] = {
    ".json": from_json,
    ".toml": from_toml,
    ".npz": from_npz,
    ".npy": from_npy,
    ".mtx": from_mtx,
}


def _quadratic(path: str, data: Mapping[str, object], text: str) -> Quadratic:
    if data.keys() == {ALONE}:
        note(CONVENTION)
    note_words(data)
    data = _in_our_words(path, data)
    if "Q" not in data:
        raise BadFile(path, "holds no Q; a square matrix, as a list of rows, is wanted")
    rows = _rows(path, data["Q"])
    Q = np.array(rows)
    if message := asymmetry(rows):
        if np.abs(Q - Q.T).max() > _ROUNDING * np.abs(Q).max():
            raise BadFile(path, message)
        note("Q is symmetric but for rounding; ½(Q + Qᵀ) is used")
        Q = Q / 2 + Q.T / 2
    c = _numbers(path, "c", data.get("c", [0.0] * len(rows)))
    if len(c) != len(rows):
        raise BadFile(path, f"c has {len(c)} numbers; {len(rows)} are wanted, as Q has rows")
    b = _number(path, "b", data.get("b", 0.0))
    return Quadratic(Q, np.array(c), b, text)


def _in_our_words(path: str, data: Mapping[str, object]) -> Mapping[str, object]:
    """The entries under their own names. Raises `UnknownName`, and `BadFile` at a constraint."""
    ours: dict[str, object] = {}
    for typed, value in data.items():
        key = SYNONYMS.get(typed, "Q" if typed == ALONE else typed)
        if typed in _CONSTRAINTS:
            raise BadFile(path, f"{typed} is of a constraint; only ½xᵀQx + cᵀx + b is drawn")
        if key not in _KEYS:
            raise UnknownName("key", key, _KEYS, path)
        if key in ours:
            raise BadFile(path, f"{key} is there twice, as {typed} is another word for it")
        ours[key] = value
    return ours


def _rows(path: str, value: object) -> list[list[float]]:
    rows = [
        _numbers(path, f"row {i + 1} of Q", row) for i, row in enumerate(_list(path, "Q", value))
    ]
    for i, row in enumerate(rows):
        if len(row) != len(rows):
            size = f"{len(rows)} rows but {len(row)} numbers in row {i + 1}"
            raise BadFile(path, f"Q must be square; it has {size}")
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
