"""SIGINT, SIGTERM and SIGHUP end a command at once, silently, and with nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, and /proc")

COMMAND = [sys.executable, "-m", "optviz"]
FILM = ["trace", "--opt", "gd:eta=0.001", "-n", "2000", "--fps", "50", "--duration", "400"]
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def started(folder: Path, *more: str) -> "subprocess.Popen[bytes]":
    """A film that is being written."""
    process = subprocess.Popen(
        [*more, *COMMAND, *FILM, "-o", "long.gif"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not list(folder.glob(".optviz-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    return process


@pytest.mark.parametrize("number", STATUS)
def test_a_command_ends_with_its_status_and_leaves_what_was_there_before(
    number: signal.Signals, tmp_path: Path
) -> None:
    (tmp_path / "long.gif").write_bytes(b"old")
    process = started(tmp_path)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (STATUS[number], b"", b"")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"long.gif": b"old"}


def test_a_hang_up_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    process = started(tmp_path, "nohup")
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.5)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 143
    assert not list(tmp_path.iterdir())


STRIKING = """
import os, signal, sys
class Strike:
    left = {after}
    def find_spec(self, name, path=None, target=None):
        if name.startswith("optviz.") or Strike.left < {after}:
            Strike.left -= 1
        if Strike.left == 0:
            os.kill(os.getpid(), signal.{name})
sys.meta_path.insert(0, Strike())
sys.argv[1:] = ["trace", "--size", "200x150"]
import runpy
runpy.run_module("optviz", run_name="__main__")
"""


MOMENTS = [("SIGINT", after) for after in (2, 20, 60, 150, 300)]


@pytest.mark.parametrize(("name", "after"), [*MOMENTS, ("SIGTERM", 60), ("SIGHUP", 300)])
def test_a_signal_during_an_import_says_nothing(name: str, after: int, tmp_path: Path) -> None:
    code = STRIKING.format(after=after, name=name)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert done.returncode == STATUS[getattr(signal, name)]
    assert not list(tmp_path.iterdir())


LIBRARY = """
import importlib, pkgutil, signal, sys
def handlers():
    return [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
before = handlers()
import optviz
for module in pkgutil.walk_packages(optviz.__path__, "optviz."):
    if not module.name.startswith(("optviz.publishing.", "optviz.recorder.")):  # Sphinx, JAX, …
        importlib.import_module(module.name)
optviz.figure(optviz.run("d2l", "gd"))._repr_png_()
print(handlers() == before)
"""


def test_a_program_that_imports_the_library_keeps_its_handlers() -> None:
    done = subprocess.run([sys.executable, "-c", LIBRARY], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_a_bar_at_a_terminal_gives_the_cursor_back(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [*COMMAND, *FILM, "-o", "long.gif"],
        cwd=tmp_path,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm"},
    )
    shown = b""
    while b"long.gif" not in shown:
        shown += os.read(ours, 4096)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 143
    os.write(theirs, b"end")  # what is not read when this is closed may be lost
    while not shown.endswith(b"end"):
        shown += os.read(ours, 4096)
    os.close(theirs)
    os.close(ours)
    hidden, given_back = shown.rfind(b"\x1b[?25l"), shown.rfind(b"\x1b[?25h")
    assert 0 <= hidden < given_back


def test_killed_commands_leave_nothing_torn_no_file_and_no_process() -> None:
    short = [sys.executable, str(Path(__file__).parents[1] / "kills.py"), "2", "2", "7"]
    done = subprocess.run(short, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
