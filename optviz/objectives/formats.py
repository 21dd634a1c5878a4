"""File formats as mappings from names to plain numbers and lists; nothing here knows of Q, c, b."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from optviz.errors import BadFile
from optviz.files import limits


def from_json(path: str, content: bytes) -> Mapping[str, object]:
    """The object of a JSON text. Raises `BadFile`, with the line, at what is none."""
    from optviz.files import parse

    table = _parsed(path, content, parse.json_value)
    if not isinstance(table, dict):
        raise BadFile(path, "an object with Q in it is wanted, {…}")
    return table


def from_toml(path: str, content: bytes) -> Mapping[str, object]:
    """The table of a TOML text. Raises `BadFile`, with the line, at what is none."""
    from optviz.files import parse

    table: dict[str, object] = _parsed(path, content, parse.toml_table)
    return table


def from_npz(path: str, content: bytes) -> Mapping[str, object]:
    """The arrays of an npz archive, as lists. Raises `BadFile`; nothing pickled is ever loaded."""
    from optviz.files import archive

    arrays = archive.arrays(content, path, extent=limits.DIMENSIONS)
    for name, array in arrays.items():
        if array.dtype.kind not in "iuf":
            raise BadFile(path, f"{name} holds {array.dtype}; real numbers are wanted")
    return {name: array.astype(np.float64).tolist() for name, array in arrays.items()}


def _parsed(path: str, content: bytes, parser: Callable[[str], Any]) -> Any:
    from optviz.files.parse import Malformed

    try:
        return parser(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(path, "not UTF-8 text", line) from None
    except Malformed as error:
        raise BadFile(path, error.reason, error.line) from None
