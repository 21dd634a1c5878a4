"""Reads the jsonl of `optviz.record`: a line of what it is, then a line a step and layer."""

from typing import Any

import numpy as np

from optviz import files
from optviz.arrays import Array
from optviz.errors import BadFile, BadValue
from optviz.files import parse
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.records._values import numbers, text, whole

KIND = "training"
_VERSION = 1
_Owner = tuple[int, str, bool]  # of a line: its group, what tells it apart there, whether a layer
_Entry = tuple[float, Array, list[float]]
_NORMS = ("grad", "update", "parameter")


def is_meant(data: bytes) -> bool:
    """Whether the first line is that of such a log."""
    first = data.lstrip().partition(b"\n")[0]
    try:
        known = parse.json_value(first.decode()) if b'"kind"' in first[:200] else None
    except ValueError:
        return False
    return isinstance(known, dict) and known.get("kind") == KIND


def read(data: bytes, name: str) -> TrainingLog:
    """The log in the content of the file `name`. Raises `BadFile` with the line.

    A last line that was cut off, as by a training that was killed, is left out.
    """
    lines = files.decoded(data, name).splitlines()
    head = _object(lines[0], name, 1)
    rows: dict[_Owner, list[_Entry]] = {}
    names: dict[_Owner, str] = {}
    try:
        quantiles = _head(head)
    except BadValue as error:
        raise BadFile(name, str(error), 1) from None
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or (number == len(lines) and not data.endswith(b"\n")):
            continue
        known = _object(line, name, number)
        try:
            group, layer = whole(known, "group", 0), text(known, "layer")
            said = text(known, "name") or layer or f"group {group + 1}"
            owner = group, layer if "layer" in known else said, bool(layer)
            entry = _entry(known, len(quantiles), rows.setdefault(owner, []))
        except BadValue as error:
            raise BadFile(name, str(error), number) from None
        rows[owner].append(entry)
        names[owner] = said  # the last: a group has a number once there is another
    if not rows:
        raise BadFile(name, "no step has been recorded in it yet")
    layers = tuple(
        Layer(names[owner], owner[0], not owner[2], *_columns(rows[owner])) for owner in rows
    )
    settings = head["settings"] if isinstance(head.get("settings"), dict) else {}
    effective = text(head, "rate", ("effective", "realised")) != "realised"
    return TrainingLog(text(head, "optimizer"), quantiles, layers, settings, effective, name)


def _object(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        known = parse.json_value(line)
    except parse.Malformed:
        raise BadFile(name, "not JSON, or cut off", number) from None
    if not isinstance(known, dict):
        raise BadFile(name, f"a JSON object is wanted, this is {line[:60]}", number)
    return known


def _head(head: dict[str, Any]) -> tuple[float, ...]:
    """The quantiles. Raises `BadValue` for a log that is not of this version."""
    if head.get("optviz") != _VERSION:
        said = f"this program reads version {_VERSION}; a newer one may have written this"
        raise BadValue("optviz", head.get("optviz"), said)
    text(head, "optimizer"), text(head, "rate", ("effective", "realised"))
    found = tuple(numbers("quantiles", head.get("quantiles"), 1).tolist())
    if 0.5 not in found or list(found) != sorted(set(found)):
        raise BadValue("quantiles", found, "rising shares with the median 0.5 are wanted")
    return found


def _entry(known: dict[str, Any], many: int, before: list[_Entry]) -> _Entry:
    """Step, quantiles (many,), norms and learning rate of a line. Raises `BadValue`."""
    step, rates = whole(known, "step", 0), numbers("rate", known.get("rate"), 1)
    if before and step <= before[-1][0]:
        raise BadValue("step", step, f"one after step {before[-1][0]:g} is wanted")
    if len(rates) != many:
        raise BadValue("rate", f"{len(rates)} numbers", f"{many} are wanted, one a quantile")
    others = [float(numbers(key, known.get(key), 0)) for key in (*_NORMS, "lr")]
    return float(step), rates, others


def _columns(entries: list[_Entry]) -> list[Array]:
    """Steps (n,), rates (n, many), each norm (n,) and the learning rate (n,)."""
    steps, rates, others = zip(*entries, strict=True)
    return [np.array(steps), np.array(rates), *np.array(others).T]
