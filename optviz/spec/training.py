"""Logs of training as a figure's options name them: files, or their content."""

from dataclasses import replace
from typing import TYPE_CHECKING

from optviz import files, records
from optviz.errors import BadFile
from optviz.spec._fields import RunSpec

if TYPE_CHECKING:
    from optviz.recorder.training_log import TrainingLog


def logs(run: RunSpec) -> "list[TrainingLog]":
    """The logs; a text of many lines is a log itself, below its name.

    Raises `BadFile` for what `optviz.record` did not write, `WorldError` for what cannot be read.
    """
    return [_log(text) for text in run.log]


def packed(path: str, name: str) -> str:
    """The content of a log as an option, below its name. Raises as `logs`.

    Other data stays as it is, for `logs` to refuse.
    """
    data = files.reading(path)
    return f"{name}\n{records.training_text(data, path) or files.decoded(data, path)}"


def named(run: RunSpec) -> RunSpec:
    """The options with the names of the logs alone, for a command that people read."""
    return replace(run, log=tuple(text.partition("\n")[0] for text in run.log))


def _log(text: str) -> "TrainingLog":
    name, inline, content = text.partition("\n")
    found = records.training(content.encode() if inline else files.reading(name), name)
    if found is None:
        shown = files.display_name(name)
        raise BadFile(shown, "no log of optviz.record; optviz plot draws trajectories")
    return found
