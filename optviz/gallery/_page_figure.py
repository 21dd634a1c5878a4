"""A figure of a batch as a page has it: texts, final values, the bytes of its files."""

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from optviz import files, recipe
from optviz.batch import Report
from optviz.errors import OptvizError
from optviz.gallery._data import data
from optviz.phrases import ENGLISH
from optviz.spec import training
from optviz.spec.figure import Figure


@dataclass(frozen=True)
class File:
    """An output or data file: its name without folders, its format, its bytes."""

    name: str
    format: str
    data: bytes


@dataclass(frozen=True)
class PageFigure:
    """All that a page has of one figure.

    `file` is its spec file, `command` and `table` are its options for a shell and for a spec file,
    `runs` the final values, `outputs` the files that were drawn. `data` are its numbers, None if
    they are too many; `error` is the reason why it was not drawn.
    """

    name: str
    file: str
    view: str
    command: str
    table: str
    caption: str = ""
    alt: str = ""
    theme: str | None = None
    optimizers: tuple[str, ...] = ()
    runs: list[dict[str, Any]] = field(default_factory=list)
    outputs: tuple[File, ...] = ()
    data: File | None = None
    error: str = ""
    lang: str = ENGLISH


def page_figure(report: Report) -> PageFigure:
    """The figure of a report, with the bytes of its files. Raises `WorldError`."""
    item, figure = report.item, report.item.figure
    names = [PurePath(output).name for output, _ in item.outputs]
    error = _error(report) if report.error or report.status == "skipped" else ""
    contents = (
        ()
        if error
        else (
            File(name, form, files.reading(path))
            for name, (_, form), path in zip(names, item.outputs, report.paths, strict=True)
        )
    )
    outputs = tuple(dict.fromkeys(contents))  # the same in two folders is one here
    own = bool(error) or any(out.format == "csv" for out in outputs)
    return PageFigure(
        name=item.name,
        file=item.file,
        view=figure.name,
        command=recipe.command(
            replace(figure, run=training.named(figure.run)), dict.fromkeys(names)
        ),
        table=_table(report),
        caption=item.caption,
        alt=report.alt,
        theme=figure.look.theme,
        optimizers=_optimizers(report),
        runs=report.runs,
        outputs=outputs,
        data=None if own else _data(item.name, figure),
        error=error,
        lang=figure.look.lang,
    )


def _optimizers(report: Report) -> tuple[str, ...]:
    """Each optimizer once, without its settings; one from outside as it was typed."""
    typed = report.item.figure.run.opt or [run["optimizer"] for run in report.runs]
    names = (re.split("[:(]", text)[0].strip() for text in typed)
    bare = (text if "." in name else name for text, name in zip(typed, names, strict=True))
    return tuple(dict.fromkeys(bare))


def _error(report: Report) -> str:
    """Why there is no picture, without the paths of this machine."""
    if not report.error:
        return "not drawn: an earlier figure failed"
    root = report.item.root
    message = report.error.replace(f"{root}{os.sep}", "") if root.is_absolute() else report.error
    what, bug, _ = message.partition("\n  this is a fault of ")
    return re.sub(r" \([^()]+, line \d+\)$", "", what) + " (a fault in the program)" * bool(bug)


def _table(report: Report) -> str:
    """The options as a table of a spec file, from which a batch draws the same figure."""
    item = report.item
    own: dict[str, Any] = {}
    if item.caption:
        own["caption"] = item.caption
    outputs = [output for output, _ in item.outputs]
    if outputs != [f"{item.name}.png"]:
        own["output"] = outputs[0] if len(outputs) == 1 else outputs
    return recipe.table(item.name, {**item.figure.options(), **own})


def _data(name: str, figure: Figure) -> File | None:
    """The numbers of a figure; None where they are too many, or more than one row can hold."""
    try:
        numbers = data(figure)
    except OptvizError:
        return None
    return File(f"{file_stem(name)}.{numbers[0]}", *numbers) if numbers else None


def file_stem(name: str) -> str:
    """The name of a figure as the stem of a file name."""
    return name.replace("/", "-")
