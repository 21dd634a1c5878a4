"""Where the system has no more files, processes or threads there are fewer workers."""

import errno
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from optviz import workers
from optviz.workers import _pool, _processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are of Linux")

SPEC = "\n".join(f'[f{k}]\nsize = "200x150"\neta = 0.{k}' for k in range(1, 4))
LIMITED = """
import resource, sys
resource.setrlimit(resource.{limit}, ({most}, {most}))
import runpy
runpy.run_module("optviz", run_name="__main__")
"""


def limited(limit: str, most: int, *command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command under a limit of the system."""
    code = LIMITED.format(limit=limit, most=most)
    return subprocess.run(
        [sys.executable, "-c", code, *command], cwd=folder, capture_output=True, text=True
    )


@pytest.mark.parametrize("most", [16, 24])
def test_few_files_are_fewer_workers(most: int, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(SPEC)
    batch = ("batch", "s.toml", "--no-cache", "--jobs", "8")
    done = limited("RLIMIT_NOFILE", most, *batch, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "3 drawn\n")


@pytest.mark.parametrize("megabytes", [60, 100])
def test_too_little_memory_for_numpy_is_one_line(megabytes: int, tmp_path: Path) -> None:
    for command in (["trace", "-q"], ["list"]):
        done = limited("RLIMIT_AS", megabytes << 20, *command, folder=tmp_path)
        if command == ["list"] and done.returncode == 0:
            continue  # some versions need less
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1
        assert not list(tmp_path.iterdir())


RESULTS = [(number, 9 - number) for number in range(9)]


def full(*_: Any) -> None:
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")


def test_where_no_process_can_begin_this_one_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pool, "start_context", full)
    assert workers.processes(4) is workers.here


@pytest.mark.parametrize("most", [0, 1])
def test_where_processes_run_out_later_the_others_go_on(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    permits = [True] * most

    def hire(load: str) -> _processes.Worker:
        try:
            permits.pop()
        except IndexError:
            full()
        return _processes.Worker(load)

    monkeypatch.setattr(_pool, "Worker", hire)
    assert sorted(workers.done(abs, range(-9, 0), workers.processes(4))) == RESULTS
    assert not permits


@pytest.mark.parametrize("most", [0, 1])
def test_few_threads_are_fewer_workers(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[threading.Thread] = []
    start = threading.Thread.start

    def limited_start(thread: threading.Thread) -> None:
        if len(begun) >= most:
            raise RuntimeError("can't start new thread")
        begun.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited_start)
    assert sorted(workers.done(abs, range(-9, 0), workers.processes(4))) == RESULTS
    assert len(begun) == most
