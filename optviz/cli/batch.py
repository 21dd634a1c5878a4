"""`optviz batch`."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from optviz.cli import _console, _reports
from optviz.cli._options import from_environment, takes
from optviz.cli._workers import WorkSpec, cluster, number, refuse_clashes
from optviz.errors import BadValue, NoEffect, OptvizError, Unfit
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
class BatchSpec:
    """What is done with the figures."""

    check: bool = option(False, "say everything that is wrong, draw nothing")
    dry_run: bool = option(False, "say what would be drawn, write nothing")
    watch: bool = option(False, "draw again when a file that was read changes")
    only: tuple[str, ...] = option((), "draw figures whose names match; repeatable", value="GLOB")
    out_dir: str | None = option(
        None, "folder of the outputs", value="DIR", usual="beside the spec"
    )
    keep_going: bool = option(False, "draw on when a figure fails, as is usual")
    fail_fast: bool = option(False, "stop at the first figure that fails")
    json: bool = option(False, "print a JSON line for each figure instead of the paths")
    gallery: str | None = option(
        None, "write a page of all figures, HTML; - for stdout", value="FILE"
    )
    depfile: str | None = option(
        None, "write what depends on what, for Make and Ninja", value="FILE"
    )
    cache: str | None = option(
        None, "where drawn figures are kept", value="DIR", usual="the user's cache"
    )
    no_cache: bool = option(False, "draw everything, keep nothing")
    allow_code: bool = option(False, "run optimizers that are code from outside")
    allow_empty: bool = option(False, "accept a spec without figures")
    quiet: bool = option(False, "print errors alone on standard error", "-q")


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
    if how.watch and not (how.check or how.dry_run):  # the environment may have set it
        _watch(how, who, files)
    try:
        return _round(how, who, files)
    except OptvizError as error:
        _reports.print_faults(error, how.json)
        raise


def _watch(how: BatchSpec, who: WorkSpec, files: list[str]) -> NoReturn:
    from optviz.cli import _watch

    def tell(error: OptvizError) -> None:
        _reports.print_faults(error, how.json)
        _console.say(f"optviz: {error}")

    _watch.refuse_streams(files)
    with _watch.cache(_cache(how)) as folder:
        kept = replace(how, cache=folder, no_cache=False)
        _watch.watch(files, lambda code: _round(kept, who, files, code), tell, how.quiet)


def _round(how: BatchSpec, who: WorkSpec, files: list[str], code: str = "") -> int:
    """Reads the specs and draws what has changed; the exit status."""
    from optviz import batch
    from optviz.cli import _gallery

    plan = batch.read(
        files, out_dir=how.out_dir, allow_code=how.allow_code, environment=_environment()
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
    reports = _run(plan, how, who, code)
    if how.depfile and not how.dry_run:
        pages = [how.gallery] if how.gallery and how.gallery != "-" else []
        _write(how.depfile, batch.depfile(list(plan.items), list(plan.inputs), pages))
    status = _reports.tell(reports, how.json, how.quiet, paths=how.gallery != "-")
    if how.gallery and not how.dry_run:
        written = _gallery.write(how.gallery, plan, reports)
        if how.gallery != "-":
            batch.freshen(plan, [how.gallery])
        if written and not how.json and how.gallery != "-":
            _console.path(how.gallery)
    return status


def _environment() -> dict[str, Any]:
    """The options of figures that the environment sets."""
    from optviz import figures
    from optviz.spec.kind_options import options_of

    return from_environment(
        {n: f for kind in figures.registry for n, f in options_of(kind).items()}
    )


def _refuse_clashes(how: BatchSpec) -> None:
    from optviz import files

    if how.keep_going and how.fail_fast:
        raise Unfit("--keep-going and --fail-fast are opposites; give one")
    if how.cache is not None and how.no_cache:
        raise Unfit("--cache and --no-cache are opposites; give one")
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


def _run(plan: "Plan", how: BatchSpec, who: WorkSpec, code: str) -> "list[Report]":
    from optviz import batch
    from optviz.cli._progress import progress
    from optviz.files import watching

    jobs = number(who, 1 + len(plan.items) // 8)
    others = None if how.dry_run else cluster(who)
    with progress("batch", how.quiet) as watch:
        return batch.run(
            plan,
            jobs=jobs,
            executor=others,
            cache=_cache(how),
            fail_fast=how.fail_fast,
            dry=how.dry_run,
            told=watch,
            remark=lambda sentence: _remark(how, sentence),
            stop=watching.outdated,
            code=code,
        )


def _cache(how: BatchSpec) -> str | None:
    """The folder of the cache, the user's own where none is named."""
    from optviz import batch

    if how.no_cache or how.cache is not None:
        return how.cache
    try:
        return str(batch.cache_folder())
    except RuntimeError as error:  # no home
        _remark(how, f"{error}; everything is drawn")
        return None


def _remark(how: BatchSpec, sentence: str) -> None:
    if not how.quiet:
        _console.say(f"optviz: {sentence}")


def _write(path: str, text: str) -> None:
    from optviz import files

    with files.writing(path, binary=False) as stream:
        stream.write(text)
