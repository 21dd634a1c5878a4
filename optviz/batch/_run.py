"""Runs a plan: unchanged figures are left alone, workers draw the others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from optviz import files, render, workers
from optviz.batch import _cache, _differences, _output_paths, _report
from optviz.batch._cache import Cache, CacheEntry, Remark
from optviz.batch._faults import FaultList
from optviz.batch._item import Item
from optviz.batch._plan import Plan, read
from optviz.batch._report import Report
from optviz.batch._task import Result, Task, draw, versions
from optviz.batch._timestamps import freshen
from optviz.batch._validator import Validator
from optviz.errors import BadValue, OptvizError, bug
from optviz.workers import Lost, Make

_PRELOAD = "optviz.batch._preload"
Progress = Callable[[int, int], None]  # how many figures are done, and of how many


def check(plan: Plan) -> None:
    """Raises `WrongBatch` with all mistakes in all figures; draws nothing."""
    with bug.reported():
        _check(plan, plan.items, Validator())


def _check(plan: Plan, items: Iterable[Item], validator: Validator) -> None:
    faults = FaultList(plan.faults)
    for item in items:
        for key, value, error in validator.wrong(item.figure, item.formats):
            faults.note(item.place, item.label, key, value, error)
    faults.stop()


def run(
    specs: Plan | Mapping[str, Mapping[str, Any]],
    *,
    jobs: int = 1,
    executor: Executor | Make | None = None,
    cache: str | Path | None = None,
    fail_fast: bool = False,
    dry: bool = False,
    compare: bool = False,
    told: Progress | None = None,
    remark: Remark = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    code: str = "",
) -> list[Report]:
    """Draws the figures of a plan, or of tables by name, and returns a report of each in order.

    jobs: processes on this machine, 1 for this process alone. executor: any other
    `concurrent.futures.Executor`, which stays open. cache: the folder of the cache; without one,
    everything is drawn. fail_fast: the first figure that fails is the last. dry: reports what would
    be done. compare: outputs are not written, and reports say which differ. told: called with the
    numbers of figures that are done and in all. remark: called with a sentence if the cache cannot
    be written. stop: asked after each figure whether that is the last. code: a name for the code
    from outside as it is loaded; without one, figures that run it are always drawn. Raises
    `WrongBatch` before anything is drawn.
    """
    plan = specs if isinstance(specs, Plan) else read(specs)
    if jobs < 1:
        raise BadValue("jobs", jobs, "1 or more is wanted")
    if plan.faults:
        _check(plan, plan.items, Validator(lenient=True))
    store = None if cache is None else Cache(Path(cache), remark)
    others = workers.given(executor) if isinstance(executor, Executor) else executor
    progress = told or (lambda _done, _of: None)
    batch = _Batch(
        plan, store, others, progress,
        stop=stop, code=code, fail_fast=fail_fast, dry=dry, compare=compare,
    )  # fmt: skip
    batch.run(jobs)
    return batch.reports


class _Batch:
    """One run of a plan."""

    def __init__(
        self,
        plan: Plan,
        cache: Cache | None,
        others: Make | None,
        progress: Progress,
        *,
        stop: Callable[[], bool],
        code: str,
        fail_fast: bool,
        dry: bool,
        compare: bool,
    ) -> None:
        self.plan, self.cache, self.fail_fast, self.dry = plan, cache, fail_fast, dry
        self.compare = compare
        self.others = others  # workers elsewhere
        self.reports = [Report(item) for item in plan.items]
        self.stop = stop
        self.keys = [_key(item, code) if cache else "" for item in plan.items]
        self.cached: list[CacheEntry | None] = [
            cache.find(key) if cache and key else None for key in self.keys
        ]
        self.progress = progress

    def run(self, jobs: int) -> None:
        """Restores what the cache has, checks and draws the rest."""
        stale = [number for number in range(len(self.reports)) if not self._is_cached(number)]
        make = self.others
        if make is None and stale and not self.dry:
            make = workers.processes(min(jobs, len(stale)), _PRELOAD)  # they load meanwhile
        unchecked = (self.plan.items[n] for n in stale if self.cached[n] is None)
        _check(self.plan, unchecked, Validator(lenient=True))
        if self.dry:
            for number in stale:
                self.reports[number].status = _report.STALE
            return
        if not self.compare:
            self._refuse_blocked()
        for number, report in enumerate(self.reports):
            if report.status == _report.RESTORED:
                self._restore(number)
        stale = [number for number in stale if not self.reports[number].error]
        failed = any(report.error for report in self.reports)
        if make and stale and not (failed and self.fail_fast):
            self._draw(stale, make)
            if self.cache:
                self.cache.prune()
        if self.compare:
            return
        done = [report for report in self.reports if report.status in _report.DONE]
        freshen(self.plan, (path for report in done for path in report.paths))

    def _is_cached(self, number: int) -> bool:
        """Whether every output is in place or in the cache; if so, fills in the report."""
        report, entry = self.reports[number], self.cached[number]
        if entry is None or not self.cache:
            return False
        changed = []
        for output, form in report.item.outputs:
            if not _differences.same(report.item.root / output, entry.checksums.get(form)):
                if self.cache.data(self.keys[number], entry, form) is None:
                    return False
                changed.append(output)
        more = report.item.placed.formats if report.item.placed else ()
        report.contents = self._cached_data(number, more)
        if len(report.contents) < len(more):
            return False
        report.runs, report.alt = entry.runs, entry.alt
        formats = report.item.formats
        report.remarks = {form: r for form, r in entry.remarks.items() if form in formats}
        report.status = _report.RESTORED if changed else _report.UNCHANGED
        if changed and self.compare:
            forms = {form for output, form in report.item.outputs if output in changed}
            _differences.compare(report, self._cached_data(number, forms))
        return True

    def _refuse_blocked(self) -> None:
        """Makes the folders of outputs; a figure fails if one of its outputs cannot be written."""
        folders: set[Path] = set()
        for report in self.reports:
            if report.status != _report.UNCHANGED:
                with _failing(report):
                    _output_paths.make_folders(report.item.root, report.item.outputs, folders)

    def _restore(self, number: int) -> None:
        report, entry = self.reports[number], self.cached[number]
        assert self.cache and entry
        changed = {
            form
            for output, form in report.item.outputs
            if not _differences.same(report.item.root / output, entry.checksums[form])
        }
        with _failing(report):
            self._write(number, self._cached_data(number, changed))

    def _cached_data(self, number: int, formats: Iterable[str]) -> dict[str, bytes]:
        """What the cache has of a figure in these formats."""
        entry = self.cached[number]
        assert self.cache and entry
        data = {form: self.cache.data(self.keys[number], entry, form) for form in formats}
        return {form: content for form, content in data.items() if content is not None}

    def _draw(self, stale: list[int], make: Make) -> None:
        if self.others or make is workers.here:  # they may be threads of this process
            render.load()
        tasks: Iterator[Task] = (self._task(number) for number in stale)
        with closing(workers.done(draw, tasks, make)) as results:
            for count, (place, result) in enumerate(results, 1):
                self._take(stale[place], result)
                self.progress(count, len(stale))
                if self.stop() or (self.fail_fast and self.reports[stale[place]].error):
                    return

    def _task(self, number: int) -> Task:
        item = self.plan.items[number]
        task: Task = {"figure": item.figure, "formats": item.formats}
        return task | {"versions": versions()} if self.others else task

    def _take(self, number: int, result: Result | Lost) -> None:
        report = self.reports[number]
        if isinstance(result, Lost):
            report.error, report.status = str(result), _report.FAILED
            return
        report.runs, report.alt, report.remarks = result["runs"], result["alt"], result["remarks"]
        if error := result.get("error", ""):
            report.error, report.status = error, _report.FAILED
            return
        more = report.item.placed.formats if report.item.placed else ()
        report.contents = {form: result["data"][form] for form in more}
        if self.compare:
            _differences.compare(report, result["data"])
        else:
            report.status = _report.DRAWN
            with _failing(report):
                self._write(number, result["data"])
        if self.cache and self.keys[number]:
            self.cache.add(self.keys[number], result, self.cached[number])

    def _write(self, number: int, data: dict[str, bytes]) -> None:
        """Writes every output whose format is among the data and whose content differs."""
        item = self.plan.items[number]
        for output, form in item.outputs:
            if form not in data:
                continue
            path = _output_paths.inside(item.root, output)
            if _differences.content(path) != data[form]:
                with files.writing(str(path), binary=True) as stream:
                    stream.write(data[form])


def _key(item: Item, code: str) -> str:
    """The name of a figure in the cache, "" if it runs code that has no name."""
    if item.outside and not code:
        return ""
    more = {"code": code} if item.outside else {}
    return _cache.key(item.figure.options(), versions() | more)


@contextmanager
def _failing(report: Report) -> Iterator[None]:
    """Reports an `OptvizError` of the block as the error of one figure."""
    try:
        yield
    except OptvizError as error:
        report.error, report.status = str(error), _report.FAILED
