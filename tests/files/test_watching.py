"""What a block reads is watched: seen to change however it is written, and nothing else is."""

import os
import time
from pathlib import Path

import pytest

from optviz import files
from optviz.errors import WorldError
from optviz.files import watching

SOON = 0.1  # seconds, within which nothing happens


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.toml"
    file.write_text("one")
    return file


def read(file: Path, *, home: Path | None = None) -> watching.States:
    with watching.reads(home or file.parent) as states:
        files.reading(str(file))
    return states


def changed(states: watching.States) -> set[str]:
    return watching.changes(states, SOON)


def test_what_is_read_is_collected_once_with_its_state_before(file: Path) -> None:
    with watching.reads(file.parent) as states:
        files.reading(str(file))
        file.write_text("longer")
        files.reading(str(file))
    assert list(states) == [str(file)]
    assert changed(states) == {str(file)}


def test_outside_of_a_block_and_in_a_pause_nothing_is_collected(file: Path) -> None:
    files.reading(str(file))
    with watching.reads(file.parent) as states, watching.paused():
        files.reading(str(file))
    assert (states, watching.outdated()) == ({}, False)


def test_a_missing_file_is_watched_until_it_comes(tmp_path: Path) -> None:
    file = tmp_path / "sub" / "a.toml"
    with watching.reads(tmp_path) as states, pytest.raises(WorldError):
        files.reading(str(file))
    assert changed(states) == set()
    file.parent.mkdir()
    file.touch()
    assert changed(states) == {str(file)}


def test_a_relative_path_begins_at_the_folder_that_was_current(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    states = read(Path(file.name), home=file.parent)
    monkeypatch.chdir("/")
    file.unlink()
    assert changed(states) == {str(file)}


def test_another_file_of_the_same_size_and_time_is_a_change(file: Path) -> None:
    states, old = read(file), file.stat()
    other = file.with_name("b.toml")
    other.write_text("two")
    os.utime(other, ns=(old.st_atime_ns, old.st_mtime_ns))
    other.replace(file)
    assert changed(states) == {str(file)}


def test_a_link_is_what_it_leads_to(file: Path) -> None:
    link = file.with_name("link")
    link.symlink_to(file)
    states = read(link)
    assert changed(states) == set()
    file.write_text("longer")
    assert changed(states) == {str(link)}


def test_a_permission_is_a_change_but_not_that_others_read(file: Path) -> None:
    states = read(file)
    file.read_bytes()
    file.with_name("b.toml").touch()
    assert changed(states) == set()
    file.chmod(0o400)
    assert changed(states) == {str(file)}


def test_what_the_block_writes_itself_is_no_change_but_what_others_write_is(file: Path) -> None:
    with watching.reads(file.parent) as states:
        files.reading(str(file))
        with files.writing(str(file), binary=False) as stream:
            stream.write("its own")
    assert changed(states) == set()
    with watching.reads(file.parent) as states:
        files.reading(str(file))
        file.write_text("another's")
        with files.writing(str(file), binary=False) as stream:
            stream.write("its own")
        assert watching.outdated()
    assert changed(states) == {str(file)}


def test_changes_are_told_once_they_are_over(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is written in pieces has all of them when its change is told."""
    states, sleep, pieces = read(file), time.sleep, iter("abcd")

    def write(seconds: float) -> None:
        sleep(seconds)
        with file.open("a") as stream:
            stream.write(next(pieces, ""))

    monkeypatch.setattr("optviz.files.watching.time.sleep", write)
    assert watching.changes(states) == {str(file)}
    assert file.read_text() == "oneabcd"


def test_a_file_that_is_always_written_is_told_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = read(file)

    def write(seconds: float) -> None:
        with file.open("a") as stream:
            stream.write(".")

    monkeypatch.setattr("optviz.files.watching.time.sleep", write)
    assert watching.changes(states) == {str(file)}


def test_a_change_that_is_undone_is_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    away = file.with_name("away")
    states = read(file)
    file.rename(away)
    monkeypatch.setattr(
        "optviz.files.watching.time.sleep", lambda _: away.exists() and away.rename(file)
    )
    assert watching.changes(states) == set()
