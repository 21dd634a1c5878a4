"""Options that `batch` and `book` share, and how both draw and tell what they did."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from optviz.cli import _console
from optviz.cli._options import from_environment
from optviz.cli._progress import progress
from optviz.cli._workers import WorkSpec, cluster, number
from optviz.errors import OptvizError, Unfit
from optviz.files import watching
from optviz.text.options import option

if TYPE_CHECKING:
    from optviz.batch import Report


@dataclass(frozen=True)
class ManySpec:
    """What is done with many figures."""

    dry_run: bool = option(False, "say what would be drawn, write nothing")
    watch: bool = option(False, "draw again when a file that was read changes")
    only: tuple[str, ...] = option((), "draw figures whose names match; repeatable", value="GLOB")
    out_dir: str | None = option(
        None, "folder of the outputs", value="DIR", usual="beside the file"
    )
    json: bool = option(False, "print a JSON line for each figure instead of the paths")
    cache: str | None = option(
        None, "where drawn figures are kept", value="DIR", usual="the user's cache"
    )
    no_cache: bool = option(False, "draw everything, keep nothing")
    allow_code: bool = option(False, "run optimizers that are code from outside")
    quiet: bool = option(False, "print errors alone on standard error", "-q")


Spec = TypeVar("Spec", bound=ManySpec)


def refuse_clashes(how: ManySpec) -> None:
    """Raises `Unfit` for options that do not go together."""
    if how.cache is not None and how.no_cache:
        raise Unfit("--cache and --no-cache are opposites; give one")


def environment() -> dict[str, Any]:
    """The options of figures that the environment sets."""
    from optviz import figures
    from optviz.spec.kind_options import options_of

    return from_environment(
        {n: f for kind in figures.registry for n, f in options_of(kind).items()}
    )


def run(draw: Callable[[Spec, str], int], how: Spec, paths: list[str], check: bool) -> int:
    """Draws once, or with `watch` until a signal comes; the exit status.

    draw: takes the options, and a name for the code from outside as it is loaded. paths: the files
    that were named. check: nothing is drawn, and so not again.
    """
    if how.watch and not (check or how.dry_run):  # the environment may have set it
        _watch(draw, how, paths)
    try:
        return draw(how, "")
    except OptvizError as error:
        _print_faults(error, how)
        raise


def _watch(draw: Callable[[Spec, str], int], how: Spec, paths: list[str]) -> NoReturn:
    from optviz.cli import _watch

    def tell(error: OptvizError) -> None:
        _print_faults(error, how)
        _console.say(f"optviz: {error}")

    _watch.refuse_streams(paths)
    with _watch.cache(_cache(how)) as folder:
        kept = replace(how, cache=folder, no_cache=False)
        _watch.watch(paths, partial(draw, kept), tell, how.quiet)


@contextmanager
def drawing(
    name: str, how: ManySpec, who: WorkSpec, count: int, code: str
) -> Iterator[dict[str, Any]]:
    """The arguments of `batch.run` for this many figures, with a bar that is called `name`.

    `code` is what `batch.run` calls so.
    """
    jobs = number(who, 1 + count // 8)
    others = None if how.dry_run else cluster(who)
    with progress(name, how.quiet) as watch:
        yield {
            "jobs": jobs,
            "executor": others,
            "cache": _cache(how),
            "dry": how.dry_run,
            "told": watch,
            "remark": lambda sentence: _remark(how, sentence),
            "stop": watching.outdated,
            "code": code,
        }


def tell_paths(report: "Report") -> None:
    """Prints the paths of what was written, or would be."""
    for path in report.paths if report.status in ("drawn", "restored", "to draw") else ():
        _console.path(path)


def _print_faults(error: OptvizError, how: ManySpec) -> None:
    """Prints a JSON line for each mistake, if that is wanted."""
    for fault in getattr(error, "faults", []) if how.json else []:
        found = {name: value for name, value in fault._asdict().items() if value not in ("", None)}
        _console.document(found, default=str)


def _cache(how: ManySpec) -> str | None:
    """The folder of the cache, the user's own where none is named."""
    from optviz import batch

    if how.no_cache or how.cache is not None:
        return how.cache
    try:
        return str(batch.cache_folder())
    except RuntimeError as error:  # no home
        _remark(how, f"{error}; everything is drawn")
        return None


def _remark(how: ManySpec, sentence: str) -> None:
    if not how.quiet:
        _console.say(f"optviz: {sentence}")
