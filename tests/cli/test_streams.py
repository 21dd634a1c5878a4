"""Standard streams that are full, closed, gone, or speak another encoding."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")


def shell(line: str, folder: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """A line of bash in which `optviz` is the one under test."""
    program = f"{shlex.quote(sys.executable)} -m optviz"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", f'optviz() {{ {program} "$@"; }}\n{line}'],
        cwd=folder,
        capture_output=True,
        env=os.environ | more,
    )


SAYING = [
    "trace",
    "trace --json",
    "list",
    "explain adam",
    "--help",
    "--version",
    "run",
    "run --format csv",
    "trace -o - --format svg",
    "",
]


@pytest.mark.parametrize(
    ("to", "why"), [("/dev/full", b"no space left on device"), ("&-", b"it is closed")]
)
@pytest.mark.parametrize("command", SAYING)
def test_standard_output_that_takes_nothing_is_one_line_and_status_1(
    command: str, to: str, why: bytes, tmp_path: Path
) -> None:
    done = shell(f"optviz {command} >{to}", tmp_path)
    assert done.stderr == b"optviz: cannot write standard output: " + why + b"\n"
    assert done.returncode == 1


@pytest.mark.parametrize("to", ["/dev/full", "&-"])
def test_where_standard_error_is_deaf_the_work_is_done_all_the_same(
    to: str, tmp_path: Path
) -> None:
    done = shell(f"optviz trace 2>{to}", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"trace.png\n", b"")
    assert shell(f"optviz trace --opt foo 2>{to}", tmp_path).returncode == 2


@pytest.mark.parametrize("command", ["--version", "--help", "list"])
def test_a_reader_that_has_gone_is_nobody_to_tell(command: str, tmp_path: Path) -> None:
    done = shell(f"optviz {command} | true", tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_an_encoding_lacks_is_spelled_out(tmp_path: Path) -> None:
    done = shell("optviz explain adam", tmp_path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"constant \u03b7 circles" in done.stdout
    done = shell("optviz trace -q -o é日.png", tmp_path, PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stdout) == (0, b"\xe9\\u65e5.png\n")
    assert (tmp_path / "é日.png").exists()


def test_a_path_that_is_no_text_is_printed_as_its_bytes(tmp_path: Path) -> None:
    done = shell(r"optviz trace -q -o $'a\xff.png'", tmp_path, PYTHONIOENCODING="utf-8")
    assert (done.returncode, done.stdout) == (0, b"a\xff.png\n")


def test_a_deleted_current_folder_is_said_and_other_folders_still_work(tmp_path: Path) -> None:
    gone = "mkdir d; cd d; rmdir ../d; optviz trace -q"
    done = shell(gone, tmp_path)
    assert done.stderr == b"optviz: cannot write trace.png: the current folder is gone\n"
    assert done.returncode == 1
    assert shell(f"{gone} -o {shlex.quote(str(tmp_path))}/a.png", tmp_path).returncode == 0
    assert (tmp_path / "a.png").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send")
def test_an_interrupted_film_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    old = tmp_path / "long.gif"
    old.write_bytes(b"old")
    film = ["--opt", "gd:eta=0.001", "-n", "20000", "--fps", "50", "--duration", "400"]
    process = subprocess.Popen(
        [sys.executable, "-m", "optviz", "trace", *film, "-o", str(old)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) == 1 and time.monotonic() < deadline:
        time.sleep(0.05)  # until the new file is being written
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["long.gif"]
    assert old.read_bytes() == b"old"
