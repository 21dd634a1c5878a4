"""Reads the log of `optviz.record`: a line of metadata, then one line a step and layer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from optviz import files
from optviz.arrays import Array
from optviz.errors import BadFile, BadValue, NothingYet
from optviz.files import parse
from optviz.notes import note
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.records._curvature_log import Others, RepeatedStep
from optviz.records._json_values import integer, numbers, text

KIND = "training"
_VERSION = 1
_Part = tuple[int, str, bool]  # of a line: its group, its name within that, whether it is a layer
_Entry = tuple[float, Array, list[float]]  # step, quantiles, then what follows in `Layer`
_NORMS = ("grad", "update", "parameter")


def is_log(data: bytes) -> bool:
    """Whether the first line is that of such a log."""
    first = data.lstrip().partition(b"\n")[0]
    try:
        head = parse.json_value(first.decode()) if b'"kind"' in first[:200] else None
    except ValueError:
        return False
    return isinstance(head, dict) and head.get("kind") == KIND


def read(data: bytes, name: str) -> TrainingLog:
    """The log in the content of the file `name`. Raises `BadFile` with the line.

    A last line that was cut off, as by a training that was killed, is left out. Where a step comes
    again, as of a training that was resumed, what was recorded from it on before is.
    """
    lines = files.decoded(data, name).splitlines()
    head = _object(lines[0], name, 1)
    with _in_line(name, 1):
        rows = _Rows(_head(head))
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() and (number < len(lines) or data.endswith(b"\n")):
            with _in_line(name, number):
                if again := rows.add(_object(line, name, number)):
                    message = f"step {again} again; what was recorded from it on before is left out"
                    note(f"{name}, line {number}: {message}")
    if not (rows.layers or rows.others.curvatures or rows.others.logged):
        raise NothingYet(name, "no step has been recorded in it yet")
    settings = head["settings"] if isinstance(head.get("settings"), dict) else {}
    effective = text(head, "rate", ("effective", "realised")) != "realised"
    return TrainingLog(
        text(head, "optimizer"),
        rows.quantiles,
        rows.as_layers(),
        settings,
        effective,
        name,
        rows.others.as_curvatures(),
        rows.others.as_logged(),
    )


@contextmanager
def _in_line(name: str, number: int) -> Iterator[None]:
    """Raises `BadFile` with the line for a `BadValue` in the block."""
    try:
        yield
    except BadValue as error:
        raise BadFile(name, str(error), number) from None


class _Rows:
    """The lines of a log so far, by what they are about."""

    def __init__(self, quantiles: tuple[float, ...]) -> None:
        self.quantiles, self.others = quantiles, Others()
        self.layers: dict[_Part, list[_Entry]] = {}
        self._names: dict[_Part, str] = {}

    def add(self, fields: dict[str, Any]) -> int | None:
        """One line more; its step if that was there before. Raises `BadValue`."""
        try:
            self._add(fields)
        except RepeatedStep:
            step = integer(fields, "step", 0)
            self.others.drop(step)
            for part, rows in self.layers.items():
                self.layers[part] = [row for row in rows if row[0] < step]
            self._add(fields)
            return step
        return None

    def _add(self, fields: dict[str, Any]) -> None:
        """One line more. Raises `BadValue`, and `RepeatedStep` for a step that was there before."""
        if fields.get("kind") == KIND:
            raise BadValue("kind", KIND, "another log begins here; a file has one")
        if self.others.take(fields):
            return
        group, layer = integer(fields, "group", 0), text(fields, "layer")
        label = text(fields, "name") or layer or f"group {group + 1}"
        part = group, layer if "layer" in fields else label, bool(layer)
        rows = self.layers.setdefault(part, [])
        rows.append(_entry(fields, len(self.quantiles), rows))
        self._names[part] = label  # the last: a group has a number once there is another

    def as_layers(self) -> tuple[Layer, ...]:
        """The layers and whole groups, in the order of their first lines."""
        return tuple(
            Layer(self._names[part], part[0], not part[2], *_columns(rows))
            for part, rows in self.layers.items()
            if rows
        )


def _object(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        value = parse.json_value(line)
    except parse.Malformed:
        raise BadFile(name, "not JSON, or cut off", number) from None
    if not isinstance(value, dict):
        raise BadFile(name, f"a JSON object is wanted, this is {line[:60]}", number)
    return value


def _head(head: dict[str, Any]) -> tuple[float, ...]:
    """The quantiles. Raises `BadValue` for a log that is not of this version."""
    if head.get("optviz") != _VERSION:
        message = f"this program reads version {_VERSION}; a newer one may have written this"
        raise BadValue("optviz", head.get("optviz"), message)
    text(head, "optimizer"), text(head, "rate", ("effective", "realised"))
    quantiles = tuple(numbers("quantiles", head.get("quantiles"), 1).tolist())
    if 0.5 not in quantiles or list(quantiles) != sorted(set(quantiles)):
        raise BadValue("quantiles", quantiles, "rising shares with the median 0.5 are wanted")
    return quantiles


def _entry(fields: dict[str, Any], count: int, before: list[_Entry]) -> _Entry:
    """Step, quantiles (count,), and the other numbers of a line. Raises `BadValue`."""
    step, rates = integer(fields, "step", 0), numbers("rate", fields.get("rate"), 1)
    if before and step <= before[-1][0]:
        raise RepeatedStep
    if len(rates) != count:
        raise BadValue("rate", f"{len(rates)} numbers", f"{count} are wanted, one a quantile")
    others = [float(numbers(key, fields.get(key), 0)) for key in (*_NORMS, "lr", "time")]
    others.append(float(numbers("touched", fields.get("touched", 1.0), 0)))
    return float(step), rates, others


def _columns(entries: list[_Entry]) -> list[Array]:
    """Steps (n,), rates (n, count), each norm, the learning rate, times and shares (n,)."""
    steps, rates, others = zip(*entries, strict=True)
    return [np.array(steps), np.array(rates), *np.array(others).T]
