"""Reads gradients from a table of theirs: which columns are gradients, and their numbers."""

import re

import numpy as np

from optviz.arrays import Array
from optviz.decimals import is_float
from optviz.errors import BadFile
from optviz.files import columns
from optviz.files.decimal_commas import DecimalCommas
from optviz.files.delimited import Row
from optviz.files.table import Opened
from optviz.notes import note
from optviz.records._training_columns import of_training

_ABOUT = ("", "step", "f")  # columns of a table that are no coordinates: an index has no name
_OWN = re.compile(r"g\d+|(?:g|grad)\..*|.*\.grad")  # names of gradients


def is_of_runs(opened: Opened) -> bool:
    """Whether it is what `run` writes, with columns of gradients beside others.

    Raises `BadFile` for a table of paths that has no gradients.
    """
    header = [cell.lower() for cell in opened.names]
    if {"run", "x1", "rate1"} & set(header) and any(map(_OWN.fullmatch, header)):
        return True
    if "run" in header or any(re.fullmatch(r"x\d+|rate\d+", word) for word in header):
        message = "columns run, x1, …, rate1, … are of paths; those of gradients are g1, g2, …"
        raise BadFile(opened.path, message, opened.line)
    return False


def read(opened: Opened) -> tuple[tuple[str, ...], Array]:
    """The names of the coordinates, and the gradients (steps, dim).

    Raises `BadFile` with line and column.
    """
    header, coordinates = [cell.lower() for cell in opened.names], _coordinates(opened)
    rows = columns.whole_rows(opened)
    used = [i for i in columns.kept(opened, rows, unnamed=True) if i in coordinates]
    names = tuple(opened.names[i] if header else f"g{i + 1}" for i in used)
    if not used or len(set(names)) < len(names):
        message = "two columns have one name" if used else "no column is a coordinate"
        raise BadFile(opened.path, message, opened.line)
    commas = DecimalCommas(opened)
    cells = [[_cell(row, i, opened, commas, line) for i in used] for line, row in rows]
    if "step" in header:
        _refuse_gaps(rows, header.index("step"), opened, commas)
    commas.settle()
    return names, np.array(cells)


def _coordinates(opened: Opened) -> set[int]:
    """The columns that are gradients: g1, g2, … where there are such, else all but step and f.

    Raises `BadFile` for columns of a log of training: a loss or a learning rate is no gradient.
    """
    names = opened.names
    if not names:
        return set(range(opened.width))
    others = [i for i, name in enumerate(names) if name.lower() not in _ABOUT]
    own = [i for i in others if _OWN.fullmatch(names[i].lower())]
    met = of_training(names[i] for i in others)
    if own and met:
        shown = ", ".join([names[i] for i in sorted({*others} - {*own})][:6])
        note(f"{opened.path}: only {names[own[0]]}, … are gradients; {shown} passed over")
        return set(own)
    if met:
        raise BadFile(opened.path, refusal("column", met), opened.line)
    return set(others)


def refusal(noun: str, names: list[str]) -> str:
    """Why columns or keys of a log of training are no gradients, and what a log of those is."""
    shown = ", ".join(names[:6])
    which = f"{noun} {shown} is" if len(names) == 1 else f"{noun}s {shown} are"
    form = "a row a step and a column a coordinate, under names such as w1,w2 or none"
    if noun == "key":
        form = "an object a step with a list of numbers in grad"
    return f"{which} of a log of training, and no gradients; a log of gradients has {form}"


def _refuse_gaps(rows: list[Row], place: int, opened: Opened, commas: DecimalCommas) -> None:
    """Raises `BadFile` unless the column `step` rises by one."""
    before = np.nan
    for line, row in rows:
        step = _cell(row, place, opened, commas, line)
        if not np.isnan(before) and step != before + 1:
            message = f"step {step:g} follows step {before:g}, every step is wanted"
            raise BadFile(opened.path, message, line)
        before = step


def _cell(row: list[str], index: int, opened: Opened, commas: DecimalCommas, line: int) -> float:
    label = f"column {index + 1}"
    label += f" ({opened.names[index][:40]})" if opened.names else ""
    cell = commas.plain(row[index], label, line)
    value = float(cell) if is_float(cell) else np.nan
    if not np.isfinite(value):
        shown = repr(cell[:40]) if cell else "empty"
        raise BadFile(opened.path, f"{label} is {shown}, a finite number is wanted", line)
    return value
