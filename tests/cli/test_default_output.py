"""Without -o only files of optviz's own are replaced, and a terminal is told where the file is."""

import io
import sys
from pathlib import Path

import pytest

from optviz import cli, records

FORMATS = ["png", "svg", "pdf", "pgf", "gif", "apng", "webp"]
DATA = records.registry.names


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("form", [*FORMATS, *DATA])
def test_a_file_of_optvizs_own_is_replaced(form: str) -> None:
    command = ["trace", "-q", "--format", form, "-n", "3", "--size", "300x200"]
    command = command[:-2] if form in DATA else command
    for _ in range(2):
        assert cli.main(command) == 0
    (path,) = Path().iterdir()
    assert path.stem == "trace"


@pytest.mark.parametrize("form", [*FORMATS, *DATA])
def test_a_file_of_somebody_elses_is_not(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["trace", "-q", "--format", form, "-n", "3"]) == 0
    path = Path(capsys.readouterr().out.strip())
    path.write_bytes(b"mine")
    assert cli.main(["trace", "-q", "--format", form, "-n", "3"]) == 2
    said = f"optviz: {path} was not made by optviz; write -o {path} to replace it\n"
    assert capsys.readouterr() == ("", said)
    assert path.read_bytes() == b"mine"
    assert cli.main(["trace", "-q", "-n", "3", "-o", str(path)]) == 0
    assert path.read_bytes() != b"mine"


def test_an_archive_of_somebody_elses_is_not_replaced() -> None:
    import numpy as np

    np.savez("trace.npz", x=np.zeros(3))
    assert cli.main(["trace", "-q", "--format", "npz"]) == 2


def test_frames_are_not_written_over_other_pictures(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["trace", "-q", "--format", "frames", "-n", "2", "--size", "300x200"]
    for _ in range(2):
        assert cli.main(command) == 0
    Path("trace001.png").write_bytes(b"mine")
    assert cli.main(command) == 2
    assert "trace001.png was not made by optviz" in capsys.readouterr().err


def test_pictures_without_a_recipe_are_known_too() -> None:
    assert cli.main(["run", "-q", "-o", "a.jsonl"]) == 0
    for _ in range(2):
        assert cli.main(["plot", "trace", "a.jsonl", "-q"]) == 0


@pytest.mark.parametrize(
    ("more", "told"), [([], True), (["-q"], False), (["-o", "trace.png"], False)]
)
def test_at_a_terminal_it_says_where_the_file_is(
    more: list[str],
    told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert cli.main(["trace", "--no-color", *more]) == 0
    assert capsys.readouterr().out == "trace.png\n"
    assert (f"{tmp_path / 'trace.png'} (-o FILE names another" in screen.getvalue()) == told


@pytest.mark.parametrize("path", ["out/a.png", "o t/a.csv"])
def test_a_missing_folder_is_told_with_the_command_that_makes_it(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["trace", "-o", path]) == 1
    folder = path.partition("/")[0]
    hint = f"mkdir -p '{folder}'" if " " in folder else f"mkdir -p {folder}"
    said = f"optviz: cannot write {path}: there is no folder {folder}; {hint} makes it\n"
    assert capsys.readouterr().err == said


def test_of_a_folder_that_is_read_no_such_thing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plot", "trace", "out/a.jsonl"]) == 1
    assert "mkdir" not in capsys.readouterr().err
