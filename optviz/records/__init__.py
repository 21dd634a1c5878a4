"""Trajectories as data: written for other programs, read from them."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

from optviz import files
from optviz.errors import BadFile, BadValue, NothingYet
from optviz.files import limits
from optviz.records._format import Format, Run
from optviz.registry import Registry
from optviz.walks.trajectory import Trajectory

if TYPE_CHECKING:
    from optviz.gradients import Log
    from optviz.recorder.training_log import TrainingLog
    from optviz.records._gradient_log import Logged as Logged

__all__ = [
    "Format", "Run", "by_suffix", "formats", "gradients", "packed", "read",
    "registry", "training", "training_text",
    "trainings", "trainings_of", "write",
]  # fmt: skip

registry: Registry[Format] = Registry("format", __name__, Format)  # type: ignore[type-abstract]

_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # byte order marks and space


def formats() -> tuple[Format, ...]:
    """Every format, by name."""
    return tuple(kind() for kind in registry)


def by_suffix(path: str) -> Format | None:
    """The format whose files end as `path` does, in any case; None if there is none."""
    suffix = PurePath(path).suffix.lower()
    return next((format for format in formats() if format.suffix == suffix), None)


def write(stream: IO[Any], format: str, runs: Iterable[Run], every: int = 1) -> None:
    """Writes runs in the format of that name, every row of a batch as a run of its own.

    `every` keeps the steps 0, K, 2K, …; with a walk, csv needs no memory and jsonl that of one
    walk. `stream` takes bytes where the format is binary, else text. Raises `UnknownName`;
    `BadValue` for `every` below 1; `Unfit` where a format cannot hold these runs together.
    """
    if not 1 <= every <= limits.STEP:
        raise BadValue("every", every, f"1 or more is wanted, and {limits.STEP} at most")
    registry[format]().write(stream, runs, every)


def read(data: bytes, name: str, format: str | None = None) -> list[Trajectory]:
    """The runs in the content `data` of the file `name` (`-` is standard input), one or more.

    Each is a batch of one. Without `format` the suffix of `name` decides, or else the content.
    Raises `UnknownName` for an unknown format and `BadFile`, with the line, for bad content.
    """
    reader = registry[format]() if format else by_suffix(name) or _by_content(data)
    name = files.display_name(name)
    runs = reader.read(data, name)
    if not data.strip():
        raise NothingYet(name, "it is empty")
    if not runs:
        raise BadFile(name, "it holds no trajectory")
    return runs


def _by_content(data: bytes) -> Format:
    head = data.lstrip(_BEFORE)[:8]
    marked = (format for format in formats() if head.startswith(format.magic))
    return next(marked, None) or next(format for format in formats() if not format.magic)


def gradients(source: "Log") -> "list[Logged]":
    """The gradients of each run of a log: names, and grad (steps, dim).

    Raises `WorldError` where its file cannot be read, `BadFile` with line and column.
    """
    from optviz.records import _gradient_log

    if source.inline:
        return _gradient_log.parsed(source.file)
    return _gradient_log.read(files.reading(source.file), files.display_name(source.file))


def packed(source: "Log", path: str) -> "Log":
    """A log with the content of the file `path` in place of its own path. Raises as `gradients`."""
    from optviz.records import _gradient_log

    return replace(source, file=_gradient_log.as_json(files.reading(path), source.name))


def trainings(data: bytes, name: str) -> "list[TrainingLog]":
    """The logs of training in the content of the file `name`, [] for other data.

    They are what `optviz.record` wrote, the scalars in an event file of TensorBoard, or those of
    each run in a table as W&B exports it. Raises `BadFile` with the line.
    """
    from optviz.records import _trainings

    return _trainings.read(data, files.display_name(name))


def training_text(data: bytes, name: str) -> str | None:
    """The one log of training in the content of a file, as `optviz.record` writes it.

    None for other data. Raises `BadFile`, also where it holds several runs.
    """
    from optviz.records import _trainings

    texts = _trainings.texts(data, files.display_name(name))
    _check_one(list(texts), name)
    return next((files.decoded(text, name) for text in texts.values()), None)


def trainings_of(contents: "Iterable[tuple[str, bytes]]") -> "list[TrainingLog | None]":
    """The logs in files by path and content, None for a file that is none. Raises `BadFile`."""
    found: list[TrainingLog | None] = []
    for name, data in contents:
        found += trainings(data, name) or [None]
    return found


def training(data: bytes, name: str) -> "TrainingLog | None":
    """The one log of training in the content of the file `name`; None for other data.

    Raises `BadFile`, also where it holds several runs.
    """
    logs = trainings(data, name)
    _check_one([log.file for log in logs], name)
    return logs[0] if logs else None


def _check_one(runs: list[str], name: str) -> None:
    if len(runs) > 1:
        message = f"it holds {len(runs)} runs, and one is wanted here: {', '.join(runs)}"
        raise BadFile(files.display_name(name), message)
