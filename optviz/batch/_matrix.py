"""Expands a matrix: a figure for each combination of values, named after its values."""

import math
import re
import unicodedata
from collections.abc import Iterator
from itertools import product
from typing import Any

from optviz.errors import BadValue

MOST = 10_000  # figures of one matrix
_LONGEST = 40  # characters of one value in a name


def expanded(name: str, table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The names and tables of the figures of a table with a `matrix`; itself without one.

    The last key of the matrix changes fastest. Raises `BadValue`.
    """
    table = dict(table)
    matrix = table.pop("matrix", None)
    if matrix is None:
        yield name, table
        return
    if not isinstance(matrix, dict) or not matrix:
        raise BadValue("matrix", matrix, "a table of words with lists of values is wanted")
    for key, values in matrix.items():
        if not isinstance(values, list) or not values:
            raise BadValue(f"matrix.{key}", values, "a list of values is wanted")
    if (count := math.prod(len(values) for values in matrix.values())) > MOST:
        raise BadValue("matrix", f"{count} figures", f"{MOST} at most are wanted")
    keys = [key.replace("-", "_") for key in matrix]
    for values in product(*matrix.values()):
        parts = [slug(value) for value in values]
        yield "-".join([name, *parts]), {**table, **dict(zip(keys, values, strict=True))}


def slug(value: Any) -> str:
    """A value as a part of a file name: letters, digits and `. _ + , = @ -`, nothing else."""
    if isinstance(value, list):
        return "+".join(slug(part) for part in value)[:_LONGEST]
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = unicodedata.normalize("NFC", text.replace("−", "-"))
    part = re.sub(r"[^\w.+,=@-]+", "-", text).strip(".").rstrip("-")
    if not text.startswith("-"):  # a minus stays
        part = part.lstrip("-")
    return part[:_LONGEST] or "-"
