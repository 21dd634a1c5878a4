"""A figure of a batch as a page shows it: plain words, final values, the bytes of its files."""

import os
import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from optviz import files, recipe
from optviz.batch import Report
from optviz.errors import OptvizError
from optviz.gallery._data import data
from optviz.spec.figure import Figure


@dataclass(frozen=True)
class File:
    """A file to see or to keep: its name without folders, its format, its bytes."""

    name: str
    format: str
    data: bytes


@dataclass(frozen=True)
class Shown:
    """All that a page says of one figure.

    `file` is the spec file it is from, `command` and `table` are its words for a shell and for a
    spec file, `runs` its final values, `outputs` the files it was drawn into. `data` are its
    numbers, None where they are too many; `error` says why it was not drawn.
    """

    name: str
    file: str
    view: str
    command: str
    table: str
    caption: str = ""
    alt: str = ""
    theme: str = "light"
    optimizers: tuple[str, ...] = ()
    runs: list[dict[str, Any]] = field(default_factory=list)
    outputs: tuple[File, ...] = ()
    data: File | None = None
    error: str = ""


def shown(report: Report) -> Shown:
    """What a page shows of the figure of a report, its files read. Raises `WorldError`."""
    item, figure = report.item, report.item.figure
    names = [PurePath(output).name for output, _ in item.outputs]
    error = _said(report) if report.error or report.status == "skipped" else ""
    found = (
        ()
        if error
        else (
            File(name, form, files.reading(path))
            for name, (_, form), path in zip(names, item.outputs, report.paths, strict=True)
        )
    )
    outputs = tuple(dict.fromkeys(found))  # the same in two folders is one here
    own = bool(error) or any(out.format == "csv" for out in outputs)
    return Shown(
        name=item.name,
        file=item.file,
        view=figure.name,
        command=recipe.command(figure, dict.fromkeys(names)),
        table=_table(report),
        caption=item.caption,
        alt=report.alt,
        theme=figure.look.theme,
        optimizers=_optimizers(report),
        runs=report.runs,
        outputs=outputs,
        data=None if own else _data(item.name, figure),
        error=error,
    )


def _optimizers(report: Report) -> tuple[str, ...]:
    """Each optimizer once, without its settings; one from outside as it was typed."""
    typed = report.item.figure.run.opt or [run["optimizer"] for run in report.runs]
    names = (re.split("[:(]", text)[0].strip() for text in typed)
    bare = (text if "." in name else name for text, name in zip(typed, names, strict=True))
    return tuple(dict.fromkeys(bare))


def _said(report: Report) -> str:
    """Why there is nothing to see, without the places of this machine."""
    if not report.error:
        return "not drawn: an earlier figure failed"
    root = report.item.root
    said = report.error.replace(f"{root}{os.sep}", "") if root.is_absolute() else report.error
    what, bug, _ = said.partition("\n  this is a fault of ")
    return re.sub(r" \([^()]+, line \d+\)$", "", what) + " (a fault in the program)" * bool(bug)


def _table(report: Report) -> str:
    """The words as a table of a spec file, by which the batch draws the same again."""
    item = report.item
    own: dict[str, Any] = {}
    if item.caption:
        own["caption"] = item.caption
    listed = [output for output, _ in item.outputs]
    if listed != [f"{item.name}.png"]:
        own["output"] = listed[0] if len(listed) == 1 else listed
    return recipe.table(item.name, {**item.figure.options(), **own})


def _data(name: str, figure: Figure) -> File | None:
    """The numbers of a figure; None where they are too many, or more than one row can hold."""
    try:
        found = data(figure)
    except OptvizError:
        return None
    return File(f"{plain(name)}.{found[0]}", *found) if found else None


def plain(name: str) -> str:
    """The name of a figure as that of a file."""
    return name.replace("/", "-")
