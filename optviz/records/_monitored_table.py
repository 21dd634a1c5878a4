"""Tables of a log of training: what W&B exports, and what CSVLogger of Lightning and Keras writes.

W&B's export of a panel has the columns `Step`, `RUN - loss`, `RUN - loss__MIN`, `RUN - loss__MAX`
of each run, that of a history `_step`, `_runtime`, `_timestamp`, `loss`.
"""

import re
from collections.abc import Iterator
from math import nan

from optviz import files
from optviz.decimals import is_float
from optviz.errors import BadFile
from optviz.files import columns, table
from optviz.files.delimited import Row, extent
from optviz.files.table import Opened
from optviz.notes import note
from optviz.records._monitored import Number
from optviz.records._training_columns import of_training

_STEPS = (  # from the surest on
    "_step",
    "trainer/global_step",
    "train/global_step",
    "global_step",
    "global step",
    "step",
    "iteration",
    "iter",
    "epoch",
)
_SECONDS = ("_timestamp", "wall time", "_runtime")
_PASSED = {*_STEPS, *_SECONDS, "train/epoch", "time"}
_EXTREME = re.compile(r".*__(?:MIN|MAX)")
_COORDINATE = re.compile(r"(?:x|g|rate)(?:\d+|\..+)")  # of a table of steps
_DOWNLOADED = re.compile(r"(?:.*/)?run-.*-tag-(.+)\.csv")  # from TensorBoard
_MANY = 3  # names in a sentence


def is_table(data: bytes) -> bool:
    """Whether its first line has columns of a log of training, and none of a path or gradients."""
    first = data[:20_000].decode("utf-8-sig", "replace").lstrip().split("\n", 1)[0]
    if first[:1] in {"", "{", "["} or "\0" in first:
        return False
    names = [part.strip(' "\r').lower() for part in re.split("[,;\t]", first)]
    return bool(of_training(names)) and not any(map(_COORDINATE.fullmatch, names))


def runs(data: bytes, name: str) -> dict[str, list[Number]]:
    """What each run logged, in the content of the file `name`; "" is a run without a name.

    A last row that was cut off, as by a training that runs on, is left out. Raises `BadFile`, with
    the line, for a table without a column of steps or without numbers.
    """
    opened = _opened(files.decoded(data, name), name)
    rows = columns.whole_rows(opened)
    owners = [_owner(header) for header in opened.names]
    found: dict[str, list[Number]] = {}
    for run in dict.fromkeys(run for run, tag in owners if _is_value(tag)):
        own = {tag: i for i, (owner, tag) in enumerate(owners) if owner in {run, ""}}
        found[run] = list(_numbers(opened, rows, own))
    return found


def _opened(text: str, name: str) -> Opened:
    """The table without a last row that has no end and not all of its fields."""
    opened = table.opened(text, name, headed=True)
    if not text.endswith(("\n", "\r")):
        *_, last = [[], *(row for _, row in opened.rows())]
        if last and len(last) < extent(opened.names):
            return table.opened(text[: text.rfind("\n") + 1], name, headed=True)
    return opened


def _owner(header: str) -> tuple[str, str]:
    """The run of a column, "" if it is of none, and what it holds: `sunny-1 - loss`."""
    run, _, tag = header.rpartition(" - ")
    return run.strip(), tag.strip()


def _is_value(tag: str) -> bool:
    """Whether a column holds what was logged, no step, no time, no extreme of what is binned."""
    return tag.lower() not in _PASSED and not _EXTREME.fullmatch(tag) and not columns.nameless(tag)


def _numbers(opened: Opened, rows: list[Row], own: dict[str, int]) -> Iterator[Number]:
    """The numbers of one run, whose columns are `own`. Empty cells are none."""
    lowered = {tag.lower(): i for tag, i in own.items()}
    step = next((lowered[word] for word in _STEPS if word in lowered), None)
    if step is None:
        there = ", ".join(map(repr, opened.names[:_MANY]))
        advice = "choose Step as the x axis of the panel before its export"
        message = f"no column is called step, _step or epoch; there are {there}, …; {advice}"
        raise BadFile(opened.path, message, opened.line)
    clock = next((lowered[word] for word in _SECONDS if word in lowered), None)
    values = {tag: i for tag, i in own.items() if _is_value(tag)}
    texts = {tag for tag, i in values.items() if not all(_is_number(row[i]) for _, row in rows)}
    if texts:
        names = ", ".join(sorted(texts)[:_MANY])
        note(f"{opened.path}: {names} hold other things than numbers and are passed over")
    for line, row in rows:
        at = _step(opened, row[step], line)
        time = nan if clock is None else _number(row[clock])
        for tag, i in values.items():
            if tag not in texts and row[i]:
                shown = _shown(opened.path, tag)
                yield Number(at, time, shown, _number(row[i]))


def _shown(path: str, tag: str) -> str:
    """The tag; that of a download from TensorBoard is in the name of the file alone."""
    match = _DOWNLOADED.fullmatch(path)
    return match[1] if match and tag.lower() == "value" else tag


def _is_number(cell: str) -> bool:
    return not cell or is_float(cell)


def _number(cell: str) -> float:
    return float(cell) if cell and is_float(cell) else nan


def _step(opened: Opened, cell: str, line: int) -> int:
    value = _number(cell)
    if not (value >= 0 and value.is_integer()):
        raise BadFile(opened.path, f"{cell[:40]!r} is no number of a step", line)
    return int(value)
