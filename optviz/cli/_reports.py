"""The outcome of a batch as it is printed: paths or JSON for scripts, a count for people."""

from typing import TYPE_CHECKING

from optviz.cli import _console
from optviz.errors import OptvizError
from optviz.errors.printable import printable

if TYPE_CHECKING:
    from optviz.batch import Report


def tell(reports: "list[Report]", json: bool, quiet: bool, paths: bool = True) -> int:
    """Paths of what was written, or all reports as JSON, on standard output; the exit status."""
    from optviz import batch

    for report in reports:
        if json:
            _console.document(report.plain())
        elif report.status in ("drawn", "restored", "to draw") and paths:
            for path in report.paths:
                _console.path(path)
    for report in reports:
        if report.error:
            said = report.error.replace("\n", "\n  ")
            place = printable(f"{report.item.file}: [{report.item.name}]")
            _console.say(f"optviz: {place}: {said}")
        elif not quiet:
            for form, said in report.remarks.items():
                _console.say(f"{printable(report.item.name)}, {form}: {said}")
    if not quiet:
        _console.say(batch.counts(reports))
    return 3 if any(report.error for report in reports) else 0


def print_faults(error: OptvizError, json: bool) -> None:
    """Prints the mistakes of a batch as JSON, if that is wanted."""
    for fault in getattr(error, "faults", []) if json else []:
        found = {name: value for name, value in fault._asdict().items() if value not in ("", None)}
        _console.document(found, default=str)
