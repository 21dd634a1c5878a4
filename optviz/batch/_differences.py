"""Whether the files of outputs are what was drawn, and which of them are not."""

from pathlib import Path
from typing import Any

from optviz import files, render
from optviz.batch import _cache, _report
from optviz.batch._report import Report
from optviz.files import parse


def content(path: Path) -> bytes | None:
    """The content of a regular file, None if it cannot be read."""
    try:
        return path.read_bytes() if files.is_regular(str(path)) else None
    except OSError:
        return None


def same(path: Path, checksum: str | None) -> bool:
    """Whether a file exists and has that checksum."""
    data = content(path)
    return data is not None and _cache.checksum(data) == checksum


def compare(report: Report, data: dict[str, bytes]) -> None:
    """Notes how the outputs of a figure differ from the data that were drawn, by format."""
    for output, form in report.item.outputs:
        path = report.item.root / output
        if form in data and (message := _difference(content(path), data[form], form)):
            report.differences[str(path)] = message
    report.status = _report.DIFFERENT if report.differences else _report.UNCHANGED


def _difference(old: bytes | None, new: bytes, form: str) -> str:
    """How a file differs from what was drawn, "" if it does not.

    Pixels may be packed in another way, by another version of a library, and a recipe may be of
    another version.
    """
    if old is None:
        return "missing"
    if old == new:
        return ""
    kind = render.registry[form] if form in render.registry.names else None
    if kind is None or kind.vector or (recipe := kind.recipe(old)) is None:
        return "differs"
    if difference := render.difference(old, new):
        return f"differs: {difference}"
    return "" if _words(recipe) == _words(kind.recipe(new) or "") else "differs: its recipe"


def _words(recipe: str) -> dict[str, Any]:
    """The options and final values in the text of a recipe, without the version."""
    try:
        table = parse.json_value(recipe)
    except parse.Malformed:
        return {}
    return {k: v for k, v in table.items() if k != "optviz"} if isinstance(table, dict) else {}
