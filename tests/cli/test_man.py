"""The man page is made of the texts of help, and the one in the package is up to date."""

import shutil
import subprocess
from pathlib import Path

import pytest

from optviz import cli, help
from optviz.cli import _man

PAGE = Path(__file__).parent.parent.parent / "man/optviz.1"


def test_the_packed_page_is_what_help_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help", "--man"]) == 0
    same = PAGE.read_text(encoding="utf-8") == capsys.readouterr().out
    assert same, "run: optviz help --man > man/optviz.1"


def test_it_has_every_command_and_every_topic() -> None:
    page = _man.page()
    for name in cli.commands():
        assert f".SS optviz {name}\n" in page
    for topic in help.topics():
        assert f'.SH "{topic.replace("-", " ").upper()}: ' in page


def test_it_is_ascii_without_a_date() -> None:
    assert _man.page().isascii()
    assert _man.page().splitlines()[0].startswith('.TH OPTVIZ 1 "" "optviz ')


def test_it_is_set_without_a_warning() -> None:
    if not shutil.which("groff"):
        pytest.skip("no groff")
    command = ["groff", "-man", "-Tutf8", "-ww", str(PAGE)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "‖w‖²" in done.stdout


def test_lines_that_roff_would_take_for_requests_are_text() -> None:
    assert _man._roff(".5 of it") == "\\&.5 of it"
    assert _man._roff("'a' and \\b -c") == "\\&'a' and \\eb \\-c"
    assert _man._roff("∇f") == "\\[u2207]f"
