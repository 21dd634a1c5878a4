"""File formats as mappings from names to plain numbers and lists; nothing here knows of Q, c, b."""

import re
from collections.abc import Mapping
from typing import NoReturn

import numpy as np

from optviz.errors import BadFile


def from_json(path: str, content: bytes) -> Mapping[str, object]:
    """The object of a JSON text. Raises `BadFile`, with the line, at what is none."""
    import json

    def constant(name: str) -> NoReturn:
        raise BadFile(path, f"{name} is no finite number, and no JSON")

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in items]
        for name in names:
            if names.count(name) > 1:
                raise BadFile(path, f"{name} is given twice")
        return dict(items)

    text = _text(path, content)
    try:
        data = json.loads(text, parse_constant=constant, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise BadFile(path, f"not JSON: {_small(error.msg)}", error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise BadFile(path, f"not an objective: {_small(str(error))}") from None
    if not isinstance(data, dict):
        raise BadFile(path, "an object with Q in it is wanted, {…}")
    return data


def from_toml(path: str, content: bytes) -> Mapping[str, object]:
    """The table of a TOML text. Raises `BadFile`, with the line, at what is none."""
    import tomllib

    text = _text(path, content)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        said, *place = re.split(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        line = int(place[0] or text.count("\n") + 1) if place else None
        raise BadFile(path, f"not TOML: {_small(said)}", line) from None


def from_npz(path: str, content: bytes) -> Mapping[str, object]:
    """The arrays of an npz archive, as lists. Raises `BadFile`; nothing pickled is ever loaded."""
    from io import BytesIO

    try:
        archive = np.load(BytesIO(content), allow_pickle=False)
        if not isinstance(archive, np.lib.npyio.NpzFile):
            raise BadFile(path, "a single array; an npz archive with Q in it is wanted")
        arrays = {name: np.asarray(archive[name]) for name in archive.files}
    except BadFile:
        raise
    except Exception as error:  # numpy, zipfile and zlib raise a dozen kinds at a broken archive
        if "pickle" in str(error):
            raise BadFile(path, "holds pickled objects, which are not loaded") from None
        raise BadFile(path, f"not an npz archive: {_small(str(error))}") from None
    for name, array in arrays.items():
        if array.dtype.kind not in "iuf":
            raise BadFile(path, f"{name} holds {array.dtype}; real numbers are wanted")
    return {name: array.astype(np.float64).tolist() for name, array in arrays.items()}


def _text(path: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(path, "not UTF-8 text", line) from None


def _small(said: str) -> str:
    return said[:1].lower() + said[1:]
