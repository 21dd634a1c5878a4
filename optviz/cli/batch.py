"""`optviz batch`."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optviz.cli import _console, _many
from optviz.cli._many import ManySpec
from optviz.cli._options import takes
from optviz.cli._workers import WorkSpec, refuse_clashes
from optviz.errors import BadValue, NoEffect, Unfit
from optviz.errors.printable import printable
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.batch import Plan, Report


GROUP = "Files and batches"
EXAMPLES = """
A specimen to start from, checked, then drawn:
  optviz new course.toml
  optviz batch course.toml --check
  optviz batch course.toml --no-cache
Drawn again at each save, while one writes:
  optviz batch course.toml --watch
What would be drawn, without drawing it:
  optviz batch course.toml --dry-run
Some figures, into another folder:
  optviz batch course.toml --only "adagrad*" --out-dir pictures
All of them on one page to look at, with four processes:
  optviz batch course.toml --gallery index.html -j 4
Whatever another program prints as JSON:
  printf '{"first": {"opt": "adam", "eta": 0.3}}' | optviz batch -
"""


@dataclass(frozen=True)
class BatchSpec(ManySpec):
    """What is done with the figures."""

    check: bool = option(False, "say everything that is wrong, draw nothing")
    keep_going: bool = option(False, "draw on when a figure fails, as is usual")
    fail_fast: bool = option(False, "stop at the first figure that fails")
    gallery: str | None = option(
        None, "write a page of all figures, HTML; - for stdout", value="FILE"
    )
    depfile: str | None = option(
        None, "write what depends on what, for Make and Ninja", value="FILE"
    )
    allow_empty: bool = option(False, "accept a spec without figures")


Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="TOML, JSON or jsonl; - for stdin")
]


@takes(BatchSpec, WorkSpec)
def command(how: BatchSpec, who: WorkSpec, files: Files, typed: frozenset[str]) -> int:
    """Draw every figure of spec files, and only what changed.

    Each table of a file is a figure; its words are those of the flags. --gallery index.html puts
    them all on one page to look at, search and copy from. Exit status 2: the specs are wrong and
    nothing was drawn; 3: some figures failed.
    """
    _refuse_clashes(how)
    _refuse_idle(how, typed)
    refuse_clashes(who)
    draw = partial(_draw, who=who, files=files)
    return _many.run(draw, how, files, how.check)


def _draw(how: BatchSpec, code: str, who: WorkSpec, files: list[str]) -> int:
    """Reads the specs and draws what has changed; the exit status."""
    from optviz import batch
    from optviz.cli import _gallery

    plan = batch.read(
        files, out_dir=how.out_dir, allow_code=how.allow_code, environment=_many.environment()
    )
    if how.gallery is not None:
        _gallery.refuse_clash(how.gallery, plan)
    if how.depfile is not None:
        _refuse_depfile(how.depfile, plan)
    plan = plan.only(how.only)
    if not how.allow_empty:
        _refuse_empty(plan, files)
    if how.check:
        batch.check(plan)
        if not how.quiet:
            _console.say(f"{_figures(len(plan.items))}, nothing is wrong")
        return 0
    with _many.drawing("batch", how, who, len(plan.items), code) as arguments:
        reports = batch.run(plan, fail_fast=how.fail_fast, **arguments)
    if how.depfile and not how.dry_run:
        pages = [how.gallery] if how.gallery and how.gallery != "-" else []
        _write(how.depfile, batch.depfile(list(plan.items), list(plan.inputs), pages))
    status = _tell(reports, how)
    if how.gallery and not how.dry_run:
        written = _gallery.write(how.gallery, plan, reports)
        if how.gallery != "-":
            batch.freshen(plan, [how.gallery])
        if written and not how.json and how.gallery != "-":
            _console.path(how.gallery)
    return status


def _refuse_clashes(how: BatchSpec) -> None:
    from optviz import files

    if how.keep_going and how.fail_fast:
        raise Unfit("--keep-going and --fail-fast are opposites; give one")
    _many.refuse_clashes(how)
    for name in ("gallery", "depfile"):
        if getattr(how, name) == "-" and how.json:
            raise Unfit(f"--json and --{name} - both want standard output; give it a file")
        if getattr(how, name) == "-" and how.watch:
            raise Unfit(f"--watch writes --{name} again and again; give it a file")
    if how.gallery and how.depfile and files.full(how.gallery) == files.full(how.depfile):
        raise Unfit("--gallery and --depfile are one file; give each its own")


def _figures(count: int) -> str:
    return "1 figure" if count == 1 else f"{count} figures"


_OF_DRAWING = ("keep_going", "fail_fast", "cache", "jobs", "executor", "scheduler")


def _refuse_idle(how: BatchSpec, typed: frozenset[str]) -> None:
    """Raises `NoEffect` for options of what --check and --dry-run do not do."""
    written = ("gallery", "depfile", "watch")
    idle = (*written, *_OF_DRAWING, "dry_run") if how.check else written if how.dry_run else ()
    for name in idle:
        if name in typed:
            raise NoEffect(name, f"--{'check' if how.check else 'dry-run'} has no use for it")


def _refuse_empty(plan: "Plan", files: list[str]) -> None:
    """Raises `Unfit` for specs without figures: often what should have written them has failed."""
    if plan.faults or (plan.items and not plan.empty):
        return
    where = plan.empty[0] if plan.empty else ", ".join(files)
    raise Unfit(f"{where}: a figure is wanted, [name]; --allow-empty accepts none")


def _refuse_depfile(path: str, plan: "Plan") -> None:
    """Raises `BadValue` for a file that the batch reads or writes, `WorldError` for its place."""
    from optviz import files

    if path != "-" and (said := plan.clash(path)):
        raise BadValue("depfile", path, said)
    if path == "-" or Path(path).parent.is_dir():
        files.place(path, binary=False)


def _write(path: str, text: str) -> None:
    from optviz import files

    with files.writing(path, binary=False) as stream:
        stream.write(text)


def _tell(reports: "list[Report]", how: BatchSpec) -> int:
    """Paths of what was written, or all reports as JSON, on standard output; the exit status."""
    from optviz import batch

    for report in reports:
        if how.json:
            _console.document(report.plain())
        elif how.gallery != "-":
            _many.tell_paths(report)
    for report in reports:
        if report.error:
            said = report.error.replace("\n", "\n  ")
            place = printable(f"{report.item.file}: [{report.item.name}]")
            _console.say(f"optviz: {place}: {said}")
        elif not how.quiet:
            for form, said in report.remarks.items():
                _console.say(f"{printable(report.item.name)}, {form}: {said}")
    if not how.quiet:
        _console.say(batch.counts(reports))
    return 3 if any(report.error for report in reports) else 0
