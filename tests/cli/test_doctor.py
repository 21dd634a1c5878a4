"""`optviz doctor` reports what a report of a fault needs."""

import json
from importlib import metadata
from pathlib import Path

import pytest

from optviz import __version__, cli
from optviz.errors import Unfit
from optviz.render import fonts


def report(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(["doctor", *words]) == 0
    return capsys.readouterr().out


def test_it_reports_versions_fonts_ffmpeg_cache_and_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "optviz/batch").mkdir(parents=True)
    (tmp_path / "optviz/batch/entry").write_bytes(b"1234567")
    facts = json.loads(report(capsys, "--json"))
    assert facts["optviz"] == 1
    assert facts["versions"]["optviz"] == __version__
    assert facts["versions"]["numpy"] == metadata.version("numpy")
    assert facts["cache"]["bytes"] == 7
    assert facts["cache"]["writable"] is True
    assert {"path", "version"} <= facts["ffmpeg"].keys() or "problem" in facts["ffmpeg"]
    assert facts["terminal"]["columns"] >= 1


def test_people_read_it_in_sections(capsys: pytest.CaptureFixture[str]) -> None:
    said = report(capsys)
    for section in ("versions", "system", "fonts", "ffmpeg", "cache", "terminal"):
        assert f"\n{section}\n" in f"\n{said}"


def test_each_script_of_a_text_has_its_font() -> None:
    (greek, latin, signs) = fonts.uses("Größe η=∞")
    assert (greek.script, greek.letters, greek.font) == ("Greek", "η", "DejaVu Sans")
    assert (latin.script, latin.letters) == ("Latin", "Größe")
    assert (signs.script, signs.letters) == ("signs", "=∞")


def test_a_letter_without_a_font_is_a_line_that_names_the_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def families(texts: list[str], _wanted: str | None) -> list[str]:
        if any("한" in text for text in texts):
            raise Unfit("no installed font has '한'; install one (fonts-noto-cjk on Debian)")
        return ["DejaVu Sans"]

    monkeypatch.setattr("optviz.render.draw.fonts.families", families)
    hangul, latin = fonts.uses("한a")
    assert (hangul.font, latin.font) == ("", "DejaVu Sans")
    assert "fonts-noto-cjk" in hangul.problem


def test_a_font_that_is_not_installed_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "a", "--font", "Nosuch Sans"]) == 2
    assert "Nosuch Sans" in capsys.readouterr().err
