"""Reads a table of steps with a header: our own csv, or the log of another program."""

import re
from array import array
from itertools import chain

import numpy as np

from optviz.arrays import Array, Ints
from optviz.decimals import is_float
from optviz.errors import BadFile
from optviz.files import limits, table
from optviz.files.decimal_commas import DecimalCommas
from optviz.files.table import Opened
from optviz.records._training_columns import of_training
from optviz.walks.trajectory import Trajectory

_FAMILIES = ("x", "g", "rate")  # a column a coordinate: x1, x2, …
Columns = dict[str, list[int]]  # step, f, run, x, g, rate: which columns of the file


def read(text: str, name: str) -> list[Trajectory]:
    """The runs of a table with columns in any order; unknown ones are ignored.

    Raises `BadFile`, which calls the file `name`, with line and column.
    """
    opened = table.opened(text, name, headed=True)
    if not opened.names and not opened.opening:
        return []
    line, first = (opened.line, list(opened.names)) if opened.names else opened.opening[0]
    header = [cell.lower() for cell in first]
    columns = _columns(header, name, line)
    tables = _tables(opened, header, columns)
    return [_run(name, label, columns, *table) for label, table in tables.items()]


def _columns(header: list[str], name: str, line: int) -> Columns:
    columns: Columns = {}
    if len(header) > limits.COLUMNS:
        raise BadFile(name, f"{len(header)} columns; at most {limits.COLUMNS} are read", line)
    for word in ("run", "step", "f"):
        if header.count(word) > 1:
            raise BadFile(name, f"two columns are called {word}", line)
        if word in header:
            columns[word] = [header.index(word)]
    families = {family: _family(family, header, name, line) for family in _FAMILIES}
    columns |= {family: places for family, places in families.items() if places}
    letters = [letter for letter in "xyz" if letter in header]
    if "x" not in columns and letters and "xyz".startswith("".join(letters)):
        columns["x"] = [header.index(letter) for letter in letters]
    widths = {family: len(columns[family]) for family in _FAMILIES if family in columns}
    if len(set(widths.values())) > 1:
        counts = ", ".join(f"{width} of {family}" for family, width in widths.items())
        raise BadFile(name, f"as many columns of each are wanted; there are {counts}", line)
    if "x" not in columns and "g" not in columns:
        names = ", ".join(map(repr, header))[:200]
        message = f"columns x1, … (or x, y, z) or g1, … are wanted; there are {names}"
        if met := of_training(header):
            message += f": {met[0]} is of a log of training, which has no path"
        raise BadFile(name, message, line)
    return columns


def _family(family: str, header: list[str], name: str, line: int) -> list[int]:
    """The columns x1, x2, … of x, or those by names of features, x.age, …; [] if there are none."""
    matches = [(re.fullmatch(rf"{family}(\d{{1,6}})", cell), i) for i, cell in enumerate(header)]
    places = sorted((int(match[1]), i) for match, i in matches if match)
    if [k for k, _ in places] != list(range(1, len(places) + 1)):
        span = f"columns {family}{places[0][0]} to {family}{places[-1][0]}"
        raise BadFile(name, f"{span}: each of {family}1, {family}2, … is wanted once", line)
    dotted = [i for i, cell in enumerate(header) if cell.startswith(f"{family}.")]
    return [i for _, i in places] or dotted


def _tables(
    opened: Opened, header: list[str], columns: Columns
) -> dict[str, tuple[Array, list[int]]]:
    """For each run its numbers (rows, columns in the order of `columns`) and their lines."""
    used = list(chain.from_iterable(i for word, i in columns.items() if word != "run"))
    run = columns.get("run", [None])[0]
    numbers: dict[str, tuple[array[float], list[int]]] = {}
    commas = DecimalCommas(opened)
    for line, row in opened.rows(empty="step" not in columns):
        if len(row) < len(header) or any(row[len(header) :]):
            message = f"{len(row)} cells, but the header has {len(header)}"
            raise BadFile(opened.path, message, line)
        try:
            plain = not commas.possible and _is_plain("".join(row))
            cells = [float(row[i]) for i in used] if plain else None
        except ValueError:  # a blank, or a mistake
            cells = None
        if cells is None:
            cells = [_number(row[i], header[i], commas, line) for i in used]
        values, lines = numbers.setdefault("" if run is None else row[run], (array("d"), []))
        values.extend(cells)
        lines.append(line)
    commas.settle()
    return {
        label: (np.array(values).reshape(-1, len(used)), lines)
        for label, (values, lines) in numbers.items()
    }


def _is_plain(text: str) -> bool:
    """Whether `float` may read its cells: it also takes 1_0 and full-width digits for numbers."""
    return "_" not in text and text.isascii()


def _number(cell: str, column: str, commas: DecimalCommas, line: int) -> float:
    cell = commas.plain(cell, column[:40], line)
    if cell and not is_float(cell):
        raise BadFile(commas.path, f"{column[:40]} is {cell[:40]!r}, a number is wanted", line)
    return float(cell or "nan")


def _run(name: str, label: str, columns: Columns, table: Array, lines: list[int]) -> Trajectory:
    widths = {word: len(places) for word, places in columns.items() if word != "run"}
    ends = np.cumsum(list(widths.values()))
    start = 0 if "x" in columns else 1  # gradients alone begin with step 1
    step = np.arange(start, start + len(table), dtype=np.float64)
    if "step" in columns:
        step = table[:, list(widths).index("step")]
    if start == 1 and step[0] != 0:
        table, lines = np.vstack([np.full_like(table[:1], np.nan), table]), [lines[0], *lines]
        step = np.array([0.0, *step])
    stride = _stride(step, lines, name)
    table = np.where(np.isfinite(table), table, np.nan)
    dim = widths.get("x", widths.get("g", 0))
    parts = dict(zip(widths, np.split(table, ends[:-1], axis=1), strict=True))
    x, g, rate = (parts.get(key, np.full((len(table), dim), np.nan)) for key in _FAMILIES)
    if not np.isnan([g[0], rate[0]]).all():
        message = "step 0 has a gradient or a rate; the row of step t wants those that step t used"
        raise BadFile(name, message, lines[0])
    f = parts.get("f", np.full((len(table), 1), np.nan))
    last: Ints = np.array([(len(table) - 1) * stride], dtype=np.int64)
    label = "" if re.fullmatch("[0-9]+", label) else label
    x, g, rate = x[:, None], g[1:, None], rate[1:, None]
    return Trajectory(None, None, x, f, g, rate, ("running",), last, label=label, stride=stride)


def _stride(step: Array, lines: list[int], name: str) -> int:
    """The distance between the steps, which rise evenly from 0. Raises `BadFile`."""
    stride = float(step[1]) if len(step) > 1 else 1.0
    if not (limits.STEP >= stride >= 1 and stride.is_integer()):
        stride = 1.0
    expected = np.arange(len(step)) * stride
    uneven = np.flatnonzero(step != expected)
    if len(uneven):
        i = int(uneven[0])
        message = f"step is {step[i]:g}, {expected[i]:g} is wanted: steps rise evenly from 0"
        raise BadFile(name, message, lines[i])
    if expected[-1] > limits.STEP:
        raise BadFile(name, f"steps beyond {limits.STEP}", lines[-1])
    return int(stride)
