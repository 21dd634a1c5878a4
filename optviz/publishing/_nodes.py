"""The result of a block as nodes of docutils."""

import os
import re
from pathlib import PurePath

from docutils import nodes

from optviz.book import Result
from optviz.publishing._block import WrongBlock

_CELL = re.compile(r"(?<!\\)\|")
_KINDS = (".png", ".svg", ".pdf", ".gif", ".webp")  # what builders of Sphinx choose from


def code(text: str) -> nodes.Element:
    """A text as it is, without colours."""
    return nodes.literal_block(text, text, language="text")


def images(result: Result, source: str) -> list[nodes.Element]:
    """The picture, or the light and the dark one; `source` is the folder of the documents.

    If there are several outputs, the builder chooses. Raises `WrongBlock` for data among them.
    """
    found = []
    of_pair = [["optviz-light"], ["optviz-dark"]] if len(result.paths) > 1 else [[]]
    width = result.request.options.width
    for classes, path, report in zip(of_pair, result.paths, result.reports, strict=True):
        # Sphinx would put a link around it, and PyData's theme dim it.
        image = nodes.image(classes=[*classes, "no-scaled-link", "dark-light"])
        image["uri"], image["alt"] = _uri(PurePath(path), report.paths, source), result.alt
        if width:
            image["width"] = f"{width}px"
        found.append(image)
    return found


def _uri(path: PurePath, outputs: list[str], source: str) -> str:
    for output in map(PurePath, outputs):
        if output.with_suffix("") != path.with_suffix("") or output.suffix not in _KINDS:
            message = "a page takes outputs that have one name and end in"
            raise WrongBlock(f"output: {output.name} given, {message} {', '.join(_KINDS)}")
    place = PurePath(os.path.relpath(path, source))
    return f"/{place.as_posix() if len(outputs) == 1 else place.with_suffix('.*').as_posix()}"


def table(lines: list[str]) -> list[nodes.Element]:
    """The table that is written in lines of Markdown; nothing of none."""
    if not lines:
        return []
    head, _, *rows = [_cells(line) for line in lines]
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    return [nodes.table("", group, classes=["colwidths-auto"])]


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip())[1:-1]]


def _row(cells: list[str]) -> nodes.Element:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text=cell)) for cell in cells))
