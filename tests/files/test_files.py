"""Files appear whole or not at all; standard streams go by the name `-`."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from optviz import files
from optviz.errors import BadFile, Unfit, WorldError

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
posix = pytest.mark.skipif(os.name != "posix", reason="permissions, pipes and devices of POSIX")


def put(path: Any, content: str | bytes) -> None:
    with files.writing(str(path), binary=isinstance(content, bytes)) as stream:
        stream.write(content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def python(code: str, **more: Any) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, **more)


def test_text_is_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "ε\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xce\xb5\n"


def test_bytes_are_written_as_they_are_and_read_back(tmp_path: Path) -> None:
    put(tmp_path / "a.bin", b"\r\n\0\xff")
    assert files.reading(str(tmp_path / "a.bin")) == b"\r\n\0\xff"


def test_the_old_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    put(path, "old")
    with files.writing(str(path), binary=False) as stream:
        stream.write("new")
        stream.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt, BrokenPipeError])
def test_an_exception_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, stop: type[BaseException]
) -> None:
    path = tmp_path / "a.txt"
    put(path, "old")
    for each in (path, tmp_path / "b.txt"):
        with pytest.raises(stop), files.writing(str(each), binary=False) as stream:
            stream.write("new")
            raise stop
    assert names(tmp_path) == ["a.txt"]
    assert path.read_text() == "old"


@posix
def test_a_new_file_has_the_permissions_of_any_other_new_file(tmp_path: Path) -> None:
    put(tmp_path / "a", "")
    (tmp_path / "b").write_text("")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@posix
def test_a_file_written_anew_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o640)
    put(path, "new")
    assert path.stat().st_mode & 0o777 == 0o640


@posix
@pytest.mark.parametrize("target_is_there", [True, False])
def test_a_link_stays_a_link_and_its_target_changes(tmp_path: Path, target_is_there: bool) -> None:
    folder, link = tmp_path / "elsewhere", tmp_path / "link"
    folder.mkdir()
    if target_is_there:
        (folder / "target").write_text("old")
    link.symlink_to(folder / "target")
    put(link, "new")
    assert link.is_symlink()
    assert (folder / "target").read_text() == "new"


@posix
def test_a_device_is_written_straight() -> None:
    put("/dev/null", b"gone")
    assert Path("/dev/null").is_char_device()


@posix
def test_a_named_pipe_is_written_straight(tmp_path: Path) -> None:
    path, heard = tmp_path / "pipe", []
    os.mkfifo(path)
    listener = threading.Thread(target=lambda: heard.append(path.read_bytes()))
    listener.start()
    put(path, b"hello")
    listener.join()
    assert heard == [b"hello"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("missing/a.png", "there is no folder"),
        ("folder", "it is a folder"),
        ("new/", "it is a folder"),
        ("", "it is a folder"),
        ("a\0b", "no file can be called that"),
        ("file/a.png", "not a directory"),
        ("x" * 300, "file name too long"),
    ],
)
def test_where_no_file_can_be_the_world_is_to_blame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Any, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    for attempt in (put, files.place):
        with pytest.raises(WorldError, match=why) as caught:
            attempt(path, b"")
        assert caught.value.exit_code == 1
    assert names(tmp_path) == ["file", "folder"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_a_full_disk_is_said_in_a_sentence() -> None:
    with pytest.raises(WorldError, match=r"^cannot write /dev/full: no space left on device$"):
        put("/dev/full", b"x")


@posix
@pytest.mark.skipif(IS_ROOT, reason="nothing is forbidden to root")
def test_a_protected_file_or_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    (tmp_path / "a").chmod(0o444)
    with pytest.raises(WorldError, match="permission denied"):
        put(tmp_path / "a", "yours")
    tmp_path.chmod(0o555)
    with pytest.raises(WorldError, match="permission denied"):
        put(tmp_path / "b", "yours")


def test_a_protected_file_is_not_replaced_behind_its_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("mine")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(WorldError, match="permission denied"):
        put(tmp_path / "a", "yours")
    with pytest.raises(WorldError, match="permission denied"):
        files.place(str(tmp_path / "a"), False)
    assert (tmp_path / "a").read_text() == "mine"


@posix
def test_a_place_is_one_however_it_is_spelled_and_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to("a")
    spellings = ["a", "./a", str(tmp_path / "a"), "link"]
    assert {files.place(path, True) for path in spellings} == {str(tmp_path.resolve() / "a")}
    assert files.place("-", False) == "-"
    assert names(tmp_path) == ["link"]


@pytest.mark.parametrize(("path", "why"), [("a", "there is no such file"), ("", "it is a folder")])
def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path: Path, path: Any, why: str) -> None:
    with pytest.raises(WorldError, match=why):
        files.reading(str(tmp_path / path))


def test_a_dash_is_standard_output_in_the_order_of_what_was_printed() -> None:
    code = """
import sys
from optviz import files
print("before")
with files.writing("-", binary=False) as stream: stream.write("ε\\n")
with files.writing("-", binary=True) as stream: stream.write(b"\\xff\\n")
print("after")
"""
    done = python(code, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.stderr == b""
    assert done.stdout.replace(b"\r", b"") == b"before\n\xce\xb5\n\xff\nafter\n"


def test_a_dash_is_standard_input() -> None:
    code = "from optviz import files; print(files.reading('-'))"
    assert python(code, input=b"a\0\xff").stdout.strip() == rb"b'a\x00\xff'"


@posix
@pytest.mark.parametrize("stream", ["-", "/dev/stdout"])
def test_binary_never_goes_to_a_terminal_but_text_does(stream: str) -> None:
    code = f"""
from optviz import errors, files
with files.writing({stream!r}, binary=False) as out: out.write("text")
try:
    with files.writing({stream!r}, binary=True) as out: out.write(b"binary")
except errors.Unfit as error: raise SystemExit(str(error))
"""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "wb") as terminal:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=terminal, stderr=subprocess.PIPE, check=False
        )
        assert os.read(ours, 100) == b"text"
    os.close(ours)
    assert done.stderr.startswith(b"binary never goes to a terminal")
    assert done.returncode == 1  # SystemExit's, with a text


@posix
def test_a_closed_pipe_is_nobody_to_tell() -> None:
    code = """
import os, signal
from optviz import files
try:
    with files.writing("-", binary=False) as stream:
        while True: stream.write("y" * 1000)
except BrokenPipeError: os._exit(7)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.wait(timeout=60) == 7


@posix
def test_closed_standard_streams_are_said_in_a_sentence() -> None:
    code = """
import sys
from optviz import errors, files
sys.stdout = sys.stdin = None
try: files.reading("-")
except errors.WorldError as error: print(error, file=sys.stderr)
with files.writing("-", binary=True): pass
"""
    done = python(code)
    assert b"cannot read standard input: it is closed" in done.stderr
    assert b"cannot write standard output: it is closed" in done.stderr


def test_terminals_are_told_from_files_only_for_binary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

        def flush(self) -> None:
            pass

    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(Unfit), files.writing("-", binary=True):
        pass
    with files.writing("-", binary=False) as stream:
        assert stream is sys.stdout


@posix
def test_endless_and_giant_inputs_end_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "giant").touch()
    os.truncate(tmp_path / "giant", 2**40)
    for path in ("/dev/zero", str(tmp_path / "giant")):
        with pytest.raises(BadFile, match="larger than 2 MB; nothing so large is read here"):
            files.reading(path, 2 * 2**20)
    assert files.reading("/dev/null", 0) == b""


@posix
def test_a_pipe_and_standard_input_end_there_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=_endless, args=(tmp_path / "pipe",))
    writer.start()
    with pytest.raises(BadFile, match="larger than 1 MB"):
        files.reading(str(tmp_path / "pipe"), 2**20)
    writer.join()
    with Path("/dev/zero").open(encoding="utf-8") as endless:
        monkeypatch.setattr(sys, "stdin", endless)
        with pytest.raises(BadFile, match="standard input: larger than 1 MB"):
            files.reading("-", 2**20)


def _endless(path: Path) -> None:
    with suppress(BrokenPipeError), path.open("wb") as stream:
        while True:
            stream.write(b"y\n" * 4096)


@posix
def test_links_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for work in (files.reading, lambda path: files.place(path, True)):
        with pytest.raises(WorldError):
            work(str(tmp_path / "a"))
    assert not files.is_regular(str(tmp_path / "a"))
    with pytest.raises(WorldError, match="no file can be called that"):
        files.full("a\0b")
