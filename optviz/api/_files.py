"""Figures of trajectories in files, as `optviz plot` draws them."""

from dataclasses import replace
from os import PathLike, fspath
from typing import Any

from optviz import records
from optviz.files import reading
from optviz.spec.drawing import Drawing
from optviz.spec.figure import Figure
from optviz.spec.given import GivenSpec


def are_files(runs: Any) -> bool:
    """Whether paths stand where trajectories may."""
    parts = runs if isinstance(runs, list | tuple) else [runs]
    return bool(parts) and all(isinstance(part, str | PathLike) for part in parts)


def drawing(figure: Figure, runs: Any, given: GivenSpec) -> Drawing:
    """The drawing of the trajectories, or the logs of training, in files. Raises `OptvizError`."""
    paths = runs if isinstance(runs, list | tuple) else [runs]
    contents = [(path, reading(path)) for path in map(fspath, paths)]
    given.check()
    logs = records.trainings_of(contents)
    if any(logs):
        known = given.training(logs)
        return replace(figure, kind=figure.kind.of_training(known)).show(known)
    return figure.show(figure.kind.of_runs(given.completed(contents)))
