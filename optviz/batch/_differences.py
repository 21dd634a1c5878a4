"""Whether the files of outputs are what was drawn, and which of them are not."""

from pathlib import Path

from optviz import files
from optviz.batch import _cache, _report
from optviz.batch._report import Report


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
    """Notes which outputs of a figure are not the data that were drawn, by format."""
    item = report.item
    report.status = _report.UNCHANGED
    if changed := [out for out, form in item.outputs if content(item.root / out) != data[form]]:
        note(report, changed)


def note(report: Report, outputs: list[str]) -> None:
    """Notes that these outputs of a figure are missing, or differ."""
    report.status = _report.DIFFERENT
    for path in map(report.item.path, outputs):
        report.differences[path] = "differs" if files.is_regular(path) else "missing"
