"""Temporary files go with their writer, or with the next that writes beside them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from optviz.files import atomic

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")

NAME = ".optviz-0123456789abcdef.part"
WRITER = """
import sys
from pathlib import Path
from optviz.files import atomic
with atomic.replacing(Path("a"), None, lambda part: part.open("xb")) as stream:
    print("writing", flush=True)
    sys.stdin.read()
    stream.write(b"whole")
"""


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks into each folder as a new process does."""
    monkeypatch.setattr(atomic, "_swept", set())


def writer(folder: Path) -> "subprocess.Popen[bytes]":
    """Another process that is writing into the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout
    assert process.stdout.readline() == b"writing\n"
    return process


def created(part: Path) -> IO[Any]:
    return part.open("xb")


def write(folder: Path) -> None:
    with atomic.replacing(folder / "b", None, created) as stream:
        stream.write(b"b")


def temporary(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".optviz-")]


def test_what_a_killed_process_left_goes_with_the_next_that_writes_there(tmp_path: Path) -> None:
    process = writer(tmp_path)
    process.kill()
    process.communicate()
    assert len(temporary(tmp_path)) == 1
    write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_what_another_process_is_writing_stays_and_arrives(tmp_path: Path) -> None:
    process = writer(tmp_path)
    write(tmp_path)
    assert len(temporary(tmp_path)) == 1
    process.communicate(b"")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"whole",
        "b": b"b",
    }


def test_what_this_process_is_writing_stays_and_arrives(tmp_path: Path) -> None:
    with atomic.replacing(tmp_path / "a", None, created):
        atomic._swept.clear()
        write(tmp_path)
        assert len(temporary(tmp_path)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


NOT_OURS = [".optviz-.part", ".optviz-notes.part", ".optviz-0123456789ABCDEF.part", f"{NAME}.txt"]


def test_files_of_other_names_folders_pipes_and_links_stay(tmp_path: Path) -> None:
    for name in NOT_OURS:
        (tmp_path / name).write_text("mine")
    (tmp_path / "far").write_text("mine")
    (tmp_path / NAME).symlink_to("far")
    (tmp_path / NAME.replace("0", "1")).mkdir()
    os.mkfifo(tmp_path / NAME.replace("0", "2"))
    before = sorted(tmp_path.iterdir())
    atomic.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_is_removed_before_it_is_locked_is_made_once_more(tmp_path: Path) -> None:
    made: list[Path] = []

    def unlucky(part: Path) -> IO[Any]:
        stream = created(part)
        if not made:
            part.unlink()
        made.append(part)
        return stream

    with atomic.replacing(tmp_path / "a", None, unlucky) as stream:
        stream.write(b"a")
    assert len(made) == 2
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"a"]


def test_where_the_file_system_has_no_locks_files_are_written_and_none_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(*_: Any) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(atomic.fcntl, "flock", unable)
    (tmp_path / NAME).write_text("whose?")
    write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, "b"]


FOLDER = """
import sys
from optviz.files import atomic
with atomic.scratch() as folder:
    (folder / "film").write_text("half")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where folders for temporary files are made, also by other processes."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


def holder() -> "subprocess.Popen[bytes]":
    """Another process that has a folder for temporary files."""
    process = subprocess.Popen(
        [sys.executable, "-c", FOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout
    assert process.stdout.readline()
    return process


def test_the_folder_that_a_killed_process_left_goes_with_the_next(home: Path) -> None:
    process = holder()
    process.kill()
    process.communicate()
    (left,) = home.iterdir()
    with atomic.scratch() as folder:
        assert list(home.iterdir()) == [folder] != [left]
    assert not list(home.iterdir())


def test_the_folder_of_a_living_process_and_folders_of_other_names_stay(home: Path) -> None:
    (home / "scratch-optviz").mkdir()
    process = holder()
    with atomic.scratch():
        assert len(list(home.iterdir())) == 3
    assert len(list(home.glob("optviz-scratch-*/film"))) == 1
    process.communicate(b"")
    assert [path.name for path in home.iterdir()] == ["scratch-optviz"]


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    write(tmp_path)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        write(tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
