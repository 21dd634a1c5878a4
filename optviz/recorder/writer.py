"""Writes the log of a training, line by line, as it runs."""

import json
import time
from collections.abc import Mapping, Sequence
from math import isfinite
from os import PathLike, fspath, truncate
from pathlib import Path
from typing import IO, Any

from optviz import files
from optviz.errors import BadFile, BadValue
from optviz.files import parse

VERSION = 1  # of the log, as of trajectories in jsonl
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Writer:
    """An open log: its first line is written at once, and each further one when it is given.

    optimizer: the name of its class. settings: its defaults. effective: whether rates are those of
    its state, or else realised ratios −Δp/g. every, quantiles: as of `optviz.record`. curvature:
    what the first line has of it. resume: the steps made before, as of a checkpoint: a log at
    `path` is continued, and loses its lines of later steps. Raises `WorldError` for a path that
    cannot be written, `BadFile` for a log of another training.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        optimizer: str,
        settings: Mapping[str, Any],
        effective: bool = True,
        every: int | None = None,
        quantiles: Sequence[float] = QUANTILES,
        curvature: Mapping[str, Any] | None = None,
        resume: int | None = None,
    ) -> None:
        head: dict[str, Any] = {
            "optviz": VERSION,
            "kind": "training",
            "optimizer": optimizer,
            "settings": {key: _json_value(value) for key, value in settings.items()},
            "rate": "effective" if effective else "realised",
            "every": every,
            "quantiles": list(quantiles),
        }
        if curvature is not None:
            head["curvature"] = dict(curvature)
        self._begun, name = time.monotonic(), fspath(path)
        files.place(name, binary=False)  # refuses folders, impossible names, missing permission
        continued = resume is not None and Path(name).is_file()
        if continued:
            self._begun -= _cut(name, int(resume or 0), head)
        self._stream = _opened(name, "a" if continued else "w")
        if not continued:
            self._line(head)

    def write(self, step: int, fields: Mapping[str, Any]) -> None:
        """Writes a line of a step, with the seconds since the log was opened."""
        self._line({"step": step, **fields, "time": round(time.monotonic() - self._begun, 3)})

    def log(self, step: int, values: Mapping[str, Any]) -> None:
        """Writes numbers by their names, which may be arrays of one. Raises `BadValue`."""
        self.write(step, {"log": {name: _number(name, value) for name, value in values.items()}})

    def close(self) -> None:
        """Closes the file."""
        self._stream.close()

    def _line(self, fields: dict[str, Any]) -> None:
        with files.telling("write", self._stream.name):
            self._stream.write(json.dumps(fields, allow_nan=False) + "\n")


def _opened(path: str, mode: str) -> IO[str]:
    """The file, flushed after every line. Raises `WorldError`."""
    with files.telling("write", path):
        return Path(path).open(mode, encoding="utf-8", newline="\n", buffering=1)


def _cut(path: str, steps: int, head: dict[str, Any]) -> float:
    """Cuts the log at `path` after a step; returns the time of its last line, in seconds.

    Raises `BadFile` where its first line is of another optimizer, or has other quantiles.
    """
    lines = files.reading(path).splitlines(keepends=True)
    first = _fields(lines[0]) if lines else {}
    for key in ("optviz", "kind", "optimizer", "rate", "quantiles"):
        if first.get(key) != head[key]:
            message = f"{key} {first.get(key)!r} there, {head[key]!r} here: resume continues a log"
            raise BadFile(path, f"{message} of the same training", 1)
    end, seconds = len(lines[0]), 0.0
    for line in lines[1:]:
        fields = _fields(line)
        if not line.endswith(b"\n") or not 0 <= fields.get("step", -1) <= steps:
            break
        end, seconds = end + len(line), float(fields.get("time") or seconds)
    with files.telling("write", path):
        truncate(path, end)
    return seconds


def _fields(line: bytes) -> dict[str, Any]:
    """The object that a line holds, {} if it was cut off."""
    try:
        fields = parse.json_value(line.decode())
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _number(name: str, value: Any) -> float | None:
    """A number as JSON has it: None for what is not finite."""
    try:
        number = float(value.detach() if hasattr(value, "detach") else value)
    except (TypeError, ValueError, RuntimeError):  # RuntimeError: a tensor of several
        raise BadValue(name, value, "a number is wanted") from None
    return float(f"{number:.9g}") if isfinite(number) else None


def _json_value(value: Any) -> Any:
    """A setting as a JSON value: a tensor as a number, other objects as their text."""
    if isinstance(value, tuple | list):
        return [_json_value(part) for part in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return float(value) if hasattr(value, "item") else str(value)
