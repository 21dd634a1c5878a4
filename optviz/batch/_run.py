"""A plan carried out: what is unchanged left alone, the rest drawn by workers and written whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from optviz import files, render, workers
from optviz.batch import _cache, _paths, _report
from optviz.batch._cache import Cache, Kept, Remark
from optviz.batch._faults import Faults
from optviz.batch._fresh import freshen
from optviz.batch._items import Item
from optviz.batch._meaning import Meaning
from optviz.batch._plan import Plan, read
from optviz.batch._report import Report
from optviz.batch._task import Result, Task, draw, versions
from optviz.errors import BadValue, OptvizError, bug
from optviz.workers import Lost, Make

_WARM = "optviz.batch._warm"
Told = Callable[[int, int], None]  # how many figures are done, and of how many


def check(plan: Plan) -> None:
    """Raises `WrongBatch` with all that is wrong with every figure; draws nothing."""
    with bug.reported():
        _check(plan, plan.items, Meaning())


def _check(plan: Plan, items: Iterable[Item], meaning: Meaning) -> None:
    faults = Faults(plan.faults)
    for item in items:
        for key, value, error in meaning.wrong(item.figure):
            faults.note(item.file, item.name, key, value, error)
    faults.stop()


def run(
    specs: Plan | Mapping[str, Mapping[str, Any]],
    *,
    jobs: int = 1,
    executor: Executor | Make | None = None,
    cache: str | Path | None = None,
    fail_fast: bool = False,
    dry: bool = False,
    told: Told | None = None,
    remark: Remark = lambda _: None,
) -> list[Report]:
    """Draws the figures of a plan, or of tables by name, and returns a report of each in order.

    jobs: processes on this machine, 1 for this process alone. executor: any other
    `concurrent.futures.Executor`, which stays open. cache: a folder of what was drawn before;
    without it everything is drawn. fail_fast: the first figure that fails is the last. dry: only
    tells what would be done. remark is called with a sentence where the cache cannot be kept, which
    stops nothing. Raises `WrongBatch`, before anything is drawn, for what cannot be.
    """
    plan = specs if isinstance(specs, Plan) else read(specs)
    if jobs < 1:
        raise BadValue("jobs", jobs, "1 or more is wanted")
    if plan.faults:
        _check(plan, plan.items, Meaning(lenient=True))
    kept = None if cache is None else Cache(Path(cache), remark)
    others = workers.given(executor) if isinstance(executor, Executor) else executor
    told = told or (lambda _done, _of: None)
    batch = _Batch(plan, kept, others, told, fail_fast=fail_fast, dry=dry)
    batch.carry_out(jobs)
    return batch.reports


class _Batch:
    """One run of a plan."""

    def __init__(
        self,
        plan: Plan,
        cache: Cache | None,
        others: Make | None,
        told: Told,
        *,
        fail_fast: bool,
        dry: bool,
    ) -> None:
        self.plan, self.cache, self.fail_fast, self.dry = plan, cache, fail_fast, dry
        self.others = others  # workers elsewhere
        self.reports = [Report(item) for item in plan.items]
        words = [item.figure.words() for item in plan.items] if cache else []
        self.keys = [_cache.key(one, versions()) for one in words]
        self.kept: list[Kept | None] = [
            cache.find(self.keys[number]) if cache and not item.outside else None
            for number, item in enumerate(plan.items)
        ]
        self.told = told

    def carry_out(self, jobs: int) -> None:
        """Checks and draws what is not kept, after it has seen to what is."""
        stale = [number for number in range(len(self.reports)) if not self._settled(number)]
        make = self.others
        if make is None and stale and not self.dry:
            make = workers.processes(min(jobs, len(stale)), _WARM)  # they load meanwhile
        fresh = (self.plan.items[n] for n in stale if self.kept[n] is None)
        _check(self.plan, fresh, Meaning(lenient=True))
        if self.dry:
            for number in stale:
                self.reports[number].status = _report.STALE
            return
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
        done = [report for report in self.reports if report.status in _report.DONE]
        freshen(self.plan, (path for report in done for path in report.paths))

    def _settled(self, number: int) -> bool:
        """Whether every format is in the cache, whole; tells what the figure shows."""
        report, kept = self.reports[number], self.kept[number]
        if kept is None or not self.cache:
            return False
        changed = []
        for output, form in report.item.outputs:
            if not _same(report.item.root / output, kept.sums.get(form)):
                if self.cache.data(self.keys[number], kept, form) is None:
                    return False
                changed.append(output)
        report.runs, report.alt = kept.runs, kept.alt
        report.said = {form: kept.said[form] for form in report.item.formats if form in kept.said}
        report.status = _report.RESTORED if changed else _report.UNCHANGED
        return True

    def _refuse_blocked(self) -> None:
        """Makes the folders of outputs; a figure fails if one of its outputs cannot be written."""
        made: set[Path] = set()
        for report in self.reports:
            if report.status != _report.UNCHANGED:
                with _costing(report):
                    _make_folders(report.item, made)

    def _restore(self, number: int) -> None:
        report, kept = self.reports[number], self.kept[number]
        assert self.cache and kept
        changed = {
            form
            for output, form in report.item.outputs
            if not _same(report.item.root / output, kept.sums[form])
        }
        found = {form: self.cache.data(self.keys[number], kept, form) for form in changed}
        with _costing(report):
            self._write(number, {form: data for form, data in found.items() if data is not None})

    def _draw(self, stale: list[int], make: Make) -> None:
        if self.others or make is workers.here:  # they may be threads of this process
            render.load()
        tasks: Iterator[Task] = (self._task(number) for number in stale)
        with closing(workers.done(draw, tasks, make)) as results:
            for count, (place, result) in enumerate(results, 1):
                self._take(stale[place], result)
                self.told(count, len(stale))
                if self.fail_fast and self.reports[stale[place]].error:
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
        report.runs, report.alt, report.said = result["runs"], result["alt"], result["remarks"]
        if error := result.get("error", ""):
            report.error, report.status = error, _report.FAILED
            return
        report.status = _report.DRAWN
        with _costing(report):
            self._write(number, result["data"])
        if self.cache and not report.item.outside:
            self.cache.keep(self.keys[number], result, self.kept[number])

    def _write(self, number: int, data: dict[str, bytes]) -> None:
        """Writes every output whose format is among the data and whose content is another."""
        item = self.plan.items[number]
        for output, form in item.outputs:
            if form not in data:
                continue
            path = _paths.inside(item.root, output)
            if _content(path) != data[form]:
                with files.writing(str(path), binary=True) as stream:
                    stream.write(data[form])


@contextmanager
def _costing(report: Report) -> Iterator[None]:
    """Makes what optviz raises in the block the error of one figure."""
    try:
        yield
    except OptvizError as error:
        report.error, report.status = str(error), _report.FAILED


def _make_folders(item: Item, made: set[Path]) -> None:
    """The folders of its outputs. Raises `OptvizError` for an output that cannot be written."""
    for output, _ in item.outputs:
        path = _paths.inside(item.root, output)
        if path.parent not in made:
            files.folder(str(path))
            made.add(path.parent)
        files.place(str(path), binary=True)


def _same(path: Path, total: str | None) -> bool:
    """Whether a file is there and has that sum."""
    content = _content(path)
    return content is not None and _cache.total(content) == total


def _content(path: Path) -> bytes | None:
    """What is in a file, None where it cannot be read; a pipe is not waited for."""
    try:
        return path.read_bytes() if files.is_regular(str(path)) else None
    except OSError:
        return None
