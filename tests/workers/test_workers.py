"""Works go out to any executor and come back once each, whatever happens to the workers."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from optviz import workers
from optviz.errors import BadValue


@pytest.fixture(autouse=True)
def _found_by_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers import what they are to call: from here it is found by no other path."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2])


def square(work: int) -> int:
    return work * work


def deadly(work: tuple[Path, int]) -> bytes:
    """Its worker dies in the middle of the answer to number 3, the first time."""
    died, number = work
    if number == 3 and not died.exists():
        died.touch()
        Connection._send = _half  # type: ignore[attr-defined]
    return bytes(1 << 20) + bytes([number])


def _half(pipe: Any, data: Any, *_: Any) -> None:
    os.write(pipe.fileno(), bytes(data)[: len(data) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_work_comes_back_with_its_number(jobs: int) -> None:
    found = dict(workers.done(square, range(20), workers.processes(jobs)))
    assert found == {n: n * n for n in range(20)}


def test_threads_of_somebody_else_will_do_and_stay_open() -> None:
    with ThreadPoolExecutor(2) as threads:
        assert len(list(workers.done(square, range(9), workers.given(threads)))) == 9
        assert threads.submit(square, 3).result() == 9


def fatal(work: int) -> int:
    if work == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return work


def test_what_kills_its_worker_twice_is_lost_and_costs_no_other() -> None:
    found = dict(workers.done(fatal, range(6), workers.processes(2)))
    assert isinstance(found.pop(2), workers.Lost)
    assert found == {n: n for n in (0, 1, 3, 4, 5)}


@pytest.mark.skipif(sys.platform == "win32", reason="sends halves of answers as POSIX does")
def test_a_worker_killed_in_the_middle_of_its_answer_blocks_nobody(tmp_path: Path) -> None:
    works = [(tmp_path / "died", number) for number in range(8)]
    found = dict(workers.done(deadly, works, workers.processes(2)))
    assert found == {n: bytes(1 << 20) + bytes([n]) for n in range(8)}
    assert (tmp_path / "died").exists()


COMMAND = """
import os
from optviz import process, workers
from tests.workers import test_workers as these
process.settle()
crew, other = workers.processes(2), workers.processes(2)
assert len(list(workers.done(abs, [-1, -2], other))) == 2
print(dict(sorted(workers.done(these.{call}, range(6), crew))), flush=True)
"""


def command(call: str) -> str:
    """What a process of ours prints that has six works done."""
    usual = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND.format(call=call)],
        env={**usual, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_a_command_loses_what_kills_its_worker_twice_and_no_other() -> None:
    said = command("fatal")
    assert "2: Lost(" in said
    assert all(f"{n}: {n}" in said for n in (0, 1, 3, 4, 5))


ENDLESS = """
import sys
from pathlib import Path
from optviz import process, workers
from tests.workers import test_workers as these
if {ours}:
    process.settle()
list(workers.done(these.endless, [Path(sys.argv[1])] * 2, workers.processes(2)))
"""


def endless(folder: Path) -> None:
    """Works for ever, without looking at its pipe."""
    (folder / str(os.getpid())).touch()
    while True:
        sum(range(100_000))


@pytest.mark.parametrize("ours", [True, False], ids=["of a command", "of a library"])
def test_workers_end_with_a_program_that_is_killed(ours: bool, tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", ENDLESS.format(ours=ours), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    program.kill()
    program.communicate(timeout=20)  # returns when no worker has its standard output any more


def talking(work: int) -> int:
    print(f"said {work}")
    return work


def test_what_a_worker_prints_is_not_lost() -> None:
    assert sorted(command("talking").splitlines()[:-1]) == [f"said {n}" for n in range(6)]


def secret(work: int) -> object:
    return (lambda: work) if work == 2 else work


@pytest.mark.parametrize("crew", ["of a command", "of a library"])
def test_an_answer_that_cannot_be_sent_is_told_as_such(crew: str) -> None:
    if crew == "of a command":
        said = command("secret")
    else:
        said = str(dict(workers.done(secret, range(6), workers.processes(2))))
    assert '2: Lost(reason="TypeError: its answer cannot be sent' in said


def test_what_cannot_be_sent_is_lost_and_costs_no_worker() -> None:
    works = [1, lambda: None, 2, 3]
    found = dict(workers.done(kind, works, workers.processes(2)))
    assert isinstance(found.pop(1), workers.Lost)
    assert found == {0: "int", 2: "int", 3: "int"}


def kind(work: object) -> str:
    return type(work).__name__


def test_no_more_is_given_out_than_workers_can_take() -> None:
    class Counting(Executor):
        _max_workers = 2

        def __init__(self) -> None:
            self.open: list[Future[Any]] = []
            self.most = 0

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
            future: Future[Any] = Future()
            self.open.append(future)
            self.most = max(self.most, len(self.open))
            if len(self.open) == 4:
                for one in self.open:
                    one.set_result(0)
                self.open = []
            return future

    crew = Counting()
    list(workers.done(square, range(16), workers.given(crew)))
    assert crew.most == 4


def test_workers_end_at_once_where_nobody_asks_any_more() -> None:
    begun = time.monotonic()
    results = workers.done(time.sleep, [0, 60, 60], workers.processes(2))
    next(results)
    results.close()
    assert time.monotonic() - begun < 20


def refuse(work: int) -> int:
    if work == 2:
        raise BadValue("work", work, "another is wanted")
    return work


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_optviz_refuses_passes_with_its_sentence(jobs: int) -> None:
    with pytest.raises(BadValue, match="work: 2 given, another is wanted"):
        list(workers.done(refuse, range(9), workers.processes(jobs)))
