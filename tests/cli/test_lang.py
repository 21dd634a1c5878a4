"""A figure speaks the language of its look; data and the terminal speak English."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz import batch, cli, render
from optviz.errors import OptvizError
from optviz.phrases import languages
from optviz.scene import Look
from optviz.text.options import listed

HANGUL = re.compile("[가-힣]")


def has_korean_font() -> bool:
    try:
        render.check(Look(lang="ko"))
    except OptvizError:
        return False
    return True


needs_font = pytest.mark.skipif(not has_korean_font(), reason="no Korean font is installed")


def drawn(capsys: pytest.CaptureFixture[str], *line: str) -> tuple[str, str]:
    assert cli.main(["trace", "--opt", "gd:eta=0.1", "--size", "300x200", *line]) == 0
    printed = capsys.readouterr()
    return printed.out, printed.err


@needs_font
def test_a_picture_is_korean_and_what_is_printed_is_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.svg"
    out, err = drawn(capsys, "--lang", "ko", "-o", str(path), "-o", str(tmp_path / "a.csv"))
    assert "경사 하강법" in path.read_text(encoding="utf-8")
    for text in (out, err, (tmp_path / "a.csv").read_text(encoding="utf-8")):
        assert not HANGUL.search(text)
    assert "running" in err


@needs_font
def test_the_environment_has_a_language_and_flags_win(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPTVIZ_LANG", "ko")
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    drawn(capsys, "-o", str(first))
    drawn(capsys, "--lang", "en", "-o", str(second))
    assert HANGUL.search(first.read_text(encoding="utf-8"))
    assert not HANGUL.search(second.read_text(encoding="utf-8"))


def test_data_are_english_and_refuse_a_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["trace", "--opt", "gd:eta=0.1", "--lang", "ko", "-o", str(tmp_path / "a.csv")]
    assert cli.main(line) == 2
    assert capsys.readouterr().err.startswith("optviz: lang: for pictures")


def test_an_unknown_language_is_answered_with_those_that_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["trace", "--lang", "xx", "-o", str(tmp_path / "a.png")]) == 2
    expected = f"optviz: lang: xx given, {listed(languages())} is wanted\n"
    assert capsys.readouterr().err == expected


@needs_font
@pytest.mark.parametrize("jobs", [1, 2])
def test_figures_of_one_batch_have_each_its_own_language(tmp_path: Path, jobs: int) -> None:
    tables: dict[str, dict[str, Any]] = {
        f"{code}{i}": {"opt": "gd", "lang": code, "size": "300x200", "steps": i}
        for i in (3, 4)
        for code in ("ko", "en")
    }
    reports = batch.run(batch.read(tables, out_dir=tmp_path), jobs=jobs)
    assert [bool(HANGUL.search(report.alt)) for report in reports] == [True, False] * 2
    assert not HANGUL.search(json.dumps([report.runs for report in reports], ensure_ascii=False))


@needs_font
def test_a_film_counts_its_steps_in_the_language(tmp_path: Path) -> None:
    from optviz.render.draw import counter

    said = set()
    count = counter.count

    def heard(values: tuple[float, ...], step: int) -> str:
        said.add(text := count(values, step))
        return text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counter, "count", heard)
        figure = optviz.figure(optviz.run("d2l", "gd", steps=2), lang="ko", size=(300, 200))
        figure.save(tmp_path / "a.gif")
    assert said
    assert all(text.startswith("스텝 ") for text in said)


@needs_font
def test_a_figure_in_python_has_a_language() -> None:
    run = optviz.run("d2l", "gd", steps=3)
    assert HANGUL.search(optviz.figure(run, lang="ko").alt)
    assert not HANGUL.search(optviz.figure(run).alt)
    with pytest.raises(OptvizError, match="lang: xx given"):
        optviz.figure(run, lang="xx")


@needs_font
def test_a_verdict_is_printed_in_english_and_described_in_the_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, line = tmp_path / "a.svg", ["inspect", "--opt", "gd:eta=0.6", "--size", "300x200"]
    printed = {}
    for code in ("en", "ko"):
        assert cli.main([*line, "--lang", code, "-o", str(path)]) == 0
        printed[code] = capsys.readouterr()
    assert printed["ko"] == printed["en"]
    assert "diverges: 0.6 is above 0.5" in "".join(printed["en"])
    assert "발산: η = 0.6 &gt; 안정한 최대 학습률 0.5" in path.read_text(encoding="utf-8")
