"""Drawn where something changed, the same with any workers, and nothing torn or lost."""

import errno
import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from optviz import batch, cli, workers
from optviz import files as disk
from optviz.batch import Report, _task
from optviz.batch._cache import Cache
from optviz.batch._task import Result
from optviz.files import atomic
from optviz.spec.figure import read

SMALL = {"size": "200x150"}
TABLES: dict[str, dict[str, Any]] = {
    "a": {**SMALL, "opt": "gd", "eta": 0.1},
    "b": {**SMALL, "opt": "gd", "eta": 0.2, "output": ["b.png", "sub/b.svg", "b.csv", "b.npz"]},
    "c": {**SMALL, "view": "rates", "output": "c.gif", "steps": 4},
}


def statuses(reports: list[Report]) -> list[str]:
    return [report.status for report in reports]


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def drawn(folder: Path, tables: Any = TABLES, **how: Any) -> list[Report]:
    return batch.run(batch.read(tables, out_dir=folder), **how)


def test_a_picture_has_the_bytes_of_the_one_drawn_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn(tmp_path)
    for name in ("b.png", "sub/b.svg", "b.csv", "b.npz"):
        alone = tmp_path / f"alone{Path(name).suffix}"
        size = ["--size", "200x150"] if alone.suffix in (".png", ".svg") else []
        flags = ["--opt", "gd", "--eta", "0.2", *size, "-o", str(alone)]
        assert cli.main(["trace", *flags]) == 0
        assert (tmp_path / name).read_bytes() == alone.read_bytes()


def sparing(_work: int) -> bool:
    """Whether this process collects little garbage, and has no axes in three dimensions."""
    absent = not hasattr(sys.modules["mpl_toolkits.mplot3d"], "__file__")
    return absent and gc.get_threshold()[0] > 100_000


def test_a_worker_is_as_sparing_as_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[2])  # where a worker finds `sparing`
    make = workers.processes(2, "optviz.batch._preload")
    assert dict(workers.done(sparing, range(3), make)) == dict.fromkeys(range(3), True)


def test_processes_threads_and_this_process_give_the_same_bytes_and_reports(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        ways: list[dict[str, Any]] = [{}, {"jobs": 2}, {"executor": threads}]
        reports = [drawn(tmp_path / str(n), **how) for n, how in enumerate(ways)]
    one, two, three = (files(tmp_path / str(n)) for n in range(3))
    assert one == two == three
    told = [[{**r.plain(), "outputs": len(r.paths)} for r in some] for some in reports]
    assert told[0] == told[1] == told[2]


def test_what_is_unchanged_is_left_alone_and_what_is_gone_or_spoilt_is_restored(
    tmp_path: Path,
) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    first = drawn(out, cache=cache)
    before, times = files(out), {path: path.stat().st_mtime_ns for path in out.glob("*.*")}
    again = drawn(out, cache=cache)
    assert (statuses(first), statuses(again)) == (["drawn"] * 3, ["unchanged"] * 3)
    assert [r.runs for r in first] == [r.runs for r in again]
    assert times == {path: path.stat().st_mtime_ns for path in out.glob("*.*")}
    (out / "b.png").unlink()
    (out / "c.gif").write_bytes(b"spoilt")
    assert statuses(drawn(out, cache=cache)) == ["unchanged", "restored", "restored"]
    assert files(out) == before


def test_a_changed_word_another_format_or_another_version_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    how = {"cache": tmp_path / "cache"}
    drawn(tmp_path, **how)
    more = {**TABLES, "a": {**TABLES["a"], "eta": 0.11}}
    assert statuses(drawn(tmp_path, more, **how)) == ["drawn", "unchanged", "unchanged"]
    more["a"] = {**TABLES["a"], "caption": "not in the picture", "output": ["a.png", "a.svg"]}
    assert statuses(drawn(tmp_path, more, **how)) == ["drawn", "unchanged", "unchanged"]
    versions = {**_task.versions(), "matplotlib": "0"}
    monkeypatch.setattr("optviz.batch._run.versions", lambda: versions)
    monkeypatch.setattr("optviz.batch._task.versions", lambda: versions)
    assert statuses(drawn(tmp_path, **how)) == ["drawn"] * 3


def test_changed_data_are_drawn_anew(tmp_path: Path) -> None:
    spec, data = tmp_path / "s.json", tmp_path / "q.json"
    spec.write_text(json.dumps({"a": {**SMALL, "objective": "@q.json"}}))
    found = []
    for number in (1, 1, 2):
        data.write_text(json.dumps({"Q": [[number, 0], [0, 1]]}))
        found += statuses(batch.run(batch.read([str(spec)]), cache=tmp_path / "cache"))
    assert found == ["drawn", "unchanged", "drawn"]


def test_code_from_outside_is_kept_by_the_name_that_it_has(tmp_path: Path) -> None:
    tables = {"a": {**SMALL, "opt": "optviz.optimizers.gd:GD"}}
    plan = batch.read(tables, out_dir=tmp_path, allow_code=True)
    names = ("", "", "one", "one", "two")
    found = [statuses(batch.run(plan, cache=tmp_path / "cache", code=name)) for name in names]
    assert found == [["drawn"], ["drawn"], ["drawn"], ["unchanged"], ["drawn"]]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch_stops_after_the_figure_that_is_to_be_the_last(tmp_path: Path, jobs: int) -> None:
    tables = {f"f{n}": {"output": f"f{n}.csv", "steps": n + 1} for n in range(6)}
    how = {"cache": tmp_path / "cache", "jobs": jobs}
    reports = drawn(tmp_path, tables, stop=lambda: True, **how)
    assert sorted(statuses(reports)) == ["drawn", *["skipped"] * 5]
    assert sorted(statuses(drawn(tmp_path, tables, **how))) == [*["drawn"] * 5, "unchanged"]


@pytest.mark.parametrize("spoil", [b"", b"{}", b"[1]", b'{"sums": 3}', b"\xff"])
def test_a_damaged_cache_is_no_cache(spoil: bytes, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", tmp_path / "cache"
    drawn(out, cache=cache)
    before = files(out)
    for path in cache.rglob("*.*"):
        if path.is_file():
            path.write_bytes(spoil)
    for path in out.rglob("*.*"):
        path.unlink()
    assert statuses(drawn(out, cache=cache)) == ["drawn"] * 3
    assert files(out) == before


def test_a_description_with_any_byte_changed_is_not_believed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    result: Result = {
        "data": {"png": b"pixels"},
        "remarks": {"png": "120 colours"},
        "runs": [{"f": 1}],
        "alt": "x",
    }
    key = "0" * 64
    cache.add(key, result, None)
    (path,) = tmp_path.rglob("*.json")
    content = path.read_bytes()
    assert cache.find(key) is not None
    for at in range(len(content)):
        for change in (1 << at % 8, 0xFF):
            path.write_bytes(content[:at] + bytes([content[at] ^ change]) + content[at + 1 :])
            assert cache.find(key) is None
    path.write_bytes(content)
    (path.parent / f"{'1' * 62}.json").write_bytes(content)
    assert cache.find("00" + "1" * 62) is None  # a description of another figure


def test_a_damaged_description_is_drawn_again_without_a_word(tmp_path: Path) -> None:
    how = {"cache": tmp_path / "cache", "remark": pytest.fail}
    first = [report.plain() for report in drawn(tmp_path / "out", **how)]
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_bytes(path.read_bytes().replace(b"x", b"y"))
    again = drawn(tmp_path / "out", **how)
    assert [report.plain() for report in again] == first


def _a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write_text("")


def _blocked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    for number in range(256):
        (folder / f"{number:02x}").write_text("where a folder is to be")


def _full(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(self: Cache, key: str, form: str, data: bytes) -> None:
        with disk.telling("write", str(self.folder)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Cache, "_write", write)


def _read_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(folder))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_a_file, "cannot make the cache"),
        (_blocked, "file exists"),
        (_full, "no space left on device"),
        (_read_only, "permission denied"),
    ],
)
def test_a_cache_that_cannot_be_kept_is_said_once_and_all_is_drawn(
    spoil: Callable[[Path, pytest.MonkeyPatch], None],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    spoil(tmp_path / "cache", monkeypatch)
    reports = drawn(tmp_path / "out", cache=tmp_path / "cache", remark=told.append)
    assert statuses(reports) == ["drawn"] * 3
    assert len(files(tmp_path / "out")) == sum(len(report.paths) for report in reports)
    (line,) = told
    assert said in line
    assert "\n" not in line


def test_a_cache_that_can_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(tmp_path / "out", cache=tmp_path / "cache")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "cache")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "permission denied")

    monkeypatch.setattr(os, "utime", refused)
    told: list[str] = []
    reports = drawn(tmp_path / "new", cache=tmp_path / "cache", remark=told.append)
    assert statuses(reports) == ["restored"] * 3
    assert len(told) == 1


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    reports = drawn(tmp_path / "out", dry=True, cache=tmp_path / "cache")
    assert statuses(reports) == ["to draw"] * 3
    assert not (tmp_path / "out").exists()


FAILING = {**SMALL, "output": "bad.gif", "max_size": "10"}  # which is known when it is drawn
BROKEN = {"a": TABLES["a"], "bad": FAILING, "c": TABLES["c"]}


def test_a_figure_that_fails_costs_no_other_figure(tmp_path: Path) -> None:
    reports = drawn(tmp_path, BROKEN)
    assert statuses(reports) == ["drawn", "failed", "drawn"]
    assert "max-size" in reports[1].error
    assert set(files(tmp_path)) == {"a.png", "c.gif"}


def block(folder: Path) -> set[str]:
    """Puts something into the way of every output but b's; the figures that are blocked."""
    (folder / "a.png").mkdir(parents=True)
    (folder / "sub").write_text("a file")
    (folder / "round").symlink_to(folder / "round")
    return {"a", "c", "d"}


BLOCKED = {
    "a": TABLES["a"],
    "b": {**SMALL, "output": ["b.png"]},
    "c": {**SMALL, "output": ["c.png", "sub/c.svg"]},
    "d": {**SMALL, "output": ["d.png"]},
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_output_that_is_blocked_costs_one_figure(jobs: int, tmp_path: Path) -> None:
    plan = batch.read(BLOCKED, out_dir=tmp_path)
    blocked = block(tmp_path)
    (tmp_path / "d.png").symlink_to(tmp_path / "round")  # after the plan was read
    reports = batch.run(plan, jobs=jobs)
    assert {r.item.name for r in reports if r.status == "failed" and r.error} == blocked
    assert {r.item.name for r in reports if r.status == "drawn"} == {"b"}
    assert not (tmp_path / "c.png").exists()


def test_a_blocked_output_is_the_last_where_that_is_asked(tmp_path: Path) -> None:
    plan = batch.read(BLOCKED, out_dir=tmp_path)
    block(tmp_path)
    reports = batch.run(plan, fail_fast=True)
    assert statuses(reports) == ["failed", "skipped", "failed", "skipped"]


def test_what_is_unchanged_need_not_be_writable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, how = tmp_path / "out", {"cache": tmp_path / "cache"}
    drawn(out, **how)
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: "out" not in str(path) and may(path, mode))
    assert statuses(drawn(out, **how)) == ["unchanged"] * 3


def test_what_a_killed_batch_left_in_the_cache_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(tmp_path / "out", cache=tmp_path / "cache")
    entry = next((tmp_path / "cache").rglob("*.json"))
    left = entry.with_name(".optviz-0123456789abcdef.part")
    left.write_text("half")
    entry.unlink()
    monkeypatch.setattr(atomic, "_swept", set())  # as in another process
    drawn(tmp_path / "out", cache=tmp_path / "cache")
    assert entry.exists()
    assert not left.exists()


def test_outputs_that_are_right_are_no_older_than_what_they_are_made_from(tmp_path: Path) -> None:
    spec, data = tmp_path / "s.json", tmp_path / "q.json"
    spec.write_text(json.dumps({"a": {**SMALL, "objective": "@q.json"}}))
    data.write_text(json.dumps({"Q": [[1, 0], [0, 1]]}))
    later = time.time_ns()
    for how in ({"cache": tmp_path / "cache"}, {"cache": tmp_path / "cache"}, {}):
        later += 3600 * 10**9  # also where clocks differ
        os.utime(data, ns=(later, later))
        batch.run(batch.read([str(spec)]), **how)
        time_of = (tmp_path / "a.png").stat().st_mtime_ns
        assert time_of >= later
        batch.run(batch.read([str(spec)]), **how)
        assert (tmp_path / "a.png").stat().st_mtime_ns == time_of


def test_an_output_of_a_figure_that_fails_stays_as_old_as_it_is(tmp_path: Path) -> None:
    spec = tmp_path / "s.json"
    spec.write_text(json.dumps({"bad": {**SMALL, "output": ["bad.png", "folder.png"]}}))
    (tmp_path / "bad.png").write_text("old")
    (tmp_path / "folder.png").mkdir()
    os.utime(tmp_path / "bad.png", (1, 1))
    assert statuses(batch.run(batch.read([str(spec)]))) == ["failed"]
    assert (tmp_path / "bad.png").stat().st_mtime == 1


def test_it_is_the_last_where_that_is_asked(tmp_path: Path) -> None:
    assert statuses(drawn(tmp_path, BROKEN, fail_fast=True)) == ["drawn", "failed", "skipped"]
    assert "failed" in statuses(drawn(tmp_path, BROKEN, fail_fast=True, jobs=2))


def test_a_bug_is_shown_and_costs_one_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(work: Any, result: Any) -> None:
        raise KeyError("oh")

    monkeypatch.setattr(_task, "_draw", broken)
    reports = drawn(tmp_path)
    assert statuses(reports) == ["failed"] * 3
    assert "this is a fault of" in reports[0].error
    assert "KeyError: 'oh'" in reports[0].error


def test_a_worker_with_other_versions_is_refused() -> None:
    figure, _ = read({})
    assert figure is not None
    task: _task.Task = {"figure": figure, "formats": ("png",), "versions": {}}
    assert "the worker has matplotlib" in _task.draw(task)["error"]


class Fragile(Executor):
    """Breaks as a pool does when one of its processes is killed, so many times."""

    def __init__(self, times: int, error: Exception) -> None:
        self.times, self.error, self.submitted = times, error, 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        self.submitted += 1
        if self.submitted > 1 and self.times:
            self.times -= 1
            future.set_exception(self.error)
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.parametrize("error", [BrokenProcessPool("killed"), RuntimeError("lost")])
def test_what_a_dead_worker_had_is_tried_once_more_then_reported(
    error: Exception, tmp_path: Path
) -> None:
    assert statuses(drawn(tmp_path, executor=Fragile(2, error))) == ["drawn"] * 3
    reports = drawn(tmp_path, executor=Fragile(99, error))
    assert statuses(reports) == ["drawn", "failed", "failed"]
    assert "its worker was lost twice" in reports[1].error


def test_a_pool_that_takes_nothing_more_ends_the_batch(tmp_path: Path) -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(RuntimeError):
        drawn(tmp_path, executor=pool)


MANY = {f"f{k}": {"opt": "gd", "eta": 0.01 + 0.002 * k} for k in range(24)}
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found += [int(status.parent.name)] if int(fields[1]) == pid else []
    return found


def crew(process: "subprocess.Popen[bytes]") -> list[int]:
    """The workers of a batch, forked by a process that it started."""
    return [pid for child in children(process.pid) for pid in children(child)]


def gone(pids: list[int], within: float) -> bool:
    """Whether none of the processes is there any more, after so many seconds at most."""
    deadline = time.monotonic() + within
    while left := any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    return not left


def started(folder: Path, *more: str) -> "subprocess.Popen[bytes]":
    """A batch of `MANY` that has written its first picture."""
    spec = folder / "many.json"
    spec.write_text(json.dumps(MANY))
    process = subprocess.Popen(
        [sys.executable, "-m", "optviz", "batch", str(spec), "-j", "2", *more],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not list(folder.glob("*.png")) and time.monotonic() < deadline:
        time.sleep(0.01)
    return process


@linux
def test_a_killed_worker_costs_no_figure(tmp_path: Path) -> None:
    process = started(tmp_path, "--no-cache")
    workers = crew(process)
    os.kill(workers[0], signal.SIGKILL)
    _, err = process.communicate(timeout=100)
    assert (process.returncode, err) == (0, b"24 drawn\n")
    assert len(list(tmp_path.glob("*.png"))) == 24


@linux
def test_a_killed_batch_leaves_whole_files_no_worker_and_little_to_do(tmp_path: Path) -> None:
    process = started(tmp_path, "--cache", "cache")
    workers = crew(process)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert gone(workers, within=30)
    done = {path.name: path.read_bytes() for path in tmp_path.glob("*.png")}
    assert 0 < len(done) < 24
    plan = batch.read([str(tmp_path / "many.json")])
    found = statuses(batch.run(plan, cache=tmp_path / "cache"))
    assert set(found) <= {"drawn", "unchanged", "restored"}
    assert found.count("drawn") <= 24 - len(done) + 1  # one was written and not yet kept
    now = {path.name: path.read_bytes() for path in tmp_path.glob("*.png")}
    assert done.items() <= now.items()
    assert len(now) == 24


@linux
def test_an_interrupted_batch_ends_at_once_and_quietly(tmp_path: Path) -> None:
    process = started(tmp_path, "--no-cache")
    workers = crew(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert gone(workers, within=1)
    assert not list(tmp_path.glob(".optviz*"))


@linux
@pytest.mark.parametrize("after", [0.0, 0.1, 0.3, 0.6])
def test_ctrl_c_at_a_terminal_says_nothing_whatever_is_being_loaded(
    after: float, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "optviz", "batch", "many.json", "--no-cache", "-q", "-j", "2"]
    (tmp_path / "many.json").write_text(json.dumps({f"f{k}": {"eta": 0.1 * k} for k in range(99)}))
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not children(process.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)  # a terminal tells every process of the group
    _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err, err.decode()
    assert process.returncode == 130


def test_a_default_without_effect_on_a_figure_costs_it_nothing(tmp_path: Path) -> None:
    spec = tmp_path / "s.toml"
    random = 'gradient = "noise(1)"'
    spec.write_text(f'[defaults]\nseed = 3\nsize = "200x150"\n[exact]\n[random]\n{random}\n')
    assert statuses(batch.run(batch.read([str(spec)]))) == ["drawn", "drawn"]
