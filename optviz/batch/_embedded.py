"""Embeds the data files of a figure in its options, so that a worker needs no files."""

import json
from dataclasses import replace
from pathlib import Path, PurePath

from optviz import files, gradients, objectives, records, spec
from optviz.errors import BadFile, BadValue
from optviz.spec import RunSpec, training
from optviz.spec.figure import Figure

_LONGEST = 900 * 1024  # characters of a table that a recipe has room for
_NO_PIPE = "a file is wanted: standard input is not read twice"


def embedded(figure: Figure, folder: Path) -> tuple[Figure, tuple[str, ...]]:
    """The figure with the content of its `@file` and its log as options, and their paths.

    Paths begin at `folder`, that of the spec file. A table is embedded as text, below its name,
    because minibatches are drawn from its rows. Raises `OptvizError`.
    """
    run, paths = _embedded_objective(figure.run, folder)
    if figure.is_logged:
        log = gradients.log.read(run.gradient)
        if log.file == "-":
            raise BadValue("gradient", run.gradient, _NO_PIPE)
        if not log.inline:
            path = str(folder / log.file)
            run = replace(run, gradient=str(records.packed(log, path)))
            paths = (*paths, path)
    run, logs = _embedded_logs(run, folder)
    return replace(figure, run=run), (*paths, *logs)


def with_theme(figure: Figure, folder: Path) -> tuple[Figure, tuple[str, ...]]:
    """The figure with the content of its theme's file as an option, and the path of the file.

    The path begins at `folder`. Raises `OptvizError`.
    """
    name = spec.theme_file(figure.look)
    if not name:
        return figure, ()
    path = str(folder / name)
    look = replace(figure.look, theme=spec.embedded_theme(path))
    return replace(figure, look=look), (path,)


def _embedded_objective(run: RunSpec, folder: Path) -> tuple[RunSpec, tuple[str, ...]]:
    text = run.objective.strip()
    name = text.removeprefix("@").strip()
    if not text.startswith("@") or "\n" in name:  # with a line break, it is the table itself
        return run, ()
    if name == "-":
        raise BadValue("objective", text, _NO_PIPE)
    path = str(folder / name) if name else ""
    objective = _table(path, name) if objectives.is_table(text) else _quadratic(run, path)
    return replace(run, objective=objective), (path,)


def _embedded_logs(run: RunSpec, folder: Path) -> tuple[RunSpec, tuple[str, ...]]:
    """The logs of training as texts, and their paths. Raises `OptvizError`."""
    texts, paths = list[str](), list[str]()
    for name in run.log:
        if name == "-":
            raise BadValue("log", name, _NO_PIPE)
        path = str(folder / name)
        texts.append(training.packed(path, name) if "\n" not in name else name)
        paths += [path] if "\n" not in name else []
    if len(json.dumps(texts)) > _LONGEST:
        message = f"logs of more than {_LONGEST >> 10} kB; a figure of a batch carries its logs"
        raise BadFile(paths[-1], f"{message}, so record fewer steps, or draw it by itself")
    return replace(run, log=tuple(texts)), tuple(paths)


def _table(path: str, name: str) -> str:
    content = files.decoded(objectives.contents(path), path).replace("\r\n", "\n")
    text = f"@{PurePath(name).name}\n{content}"
    if len(json.dumps(text)) > _LONGEST:
        message = f"more than {_LONGEST >> 10} kB; a figure of a batch carries its table"
        raise BadFile(path, f"{message}, so take fewer rows, or draw it by itself")
    return text


def _quadratic(run: RunSpec, path: str) -> str:
    objective = spec.objective(replace(run, objective=f"@{path}", rotate=0.0))
    q = objective.quadratic_for("a matrix")
    numbers = json.dumps(q.Q.tolist()), json.dumps(q.c.tolist()), repr(float(q.b))
    return "quadratic(Q={}, c={}, b={})".format(*numbers)
