"""A table of a figure as a DataFrame, with columns of numbers where all cells are numbers."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from optviz.decimals import is_number
from optviz.files import dataframe


def frame(text: str, library: str | None = None) -> Any:
    """The csv of a figure as a DataFrame of pandas or polars. Raises `Unfit` without either."""
    names, *rows = csv.reader(io.StringIO(text))
    columns = zip(*rows, strict=True)
    return dataframe.frame(dict(zip(names, map(_column, columns), strict=True)), library)


def _column(cells: tuple[str, ...]) -> list[Any]:
    """Numbers where all cells are numbers or empty, whole ones as such; else texts."""
    if not all(is_number(cell) for cell in cells if cell):
        return list(cells)
    return list(_whole(cells) if all(c.lstrip("-").isdigit() for c in cells) else _real(cells))


def _whole(cells: tuple[str, ...]) -> Iterator[int]:
    return map(int, cells)


def _real(cells: tuple[str, ...]) -> Iterator[float]:
    return (float(cell) if cell else float("nan") for cell in cells)
