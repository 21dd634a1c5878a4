"""Documents from Python, in the words of the command line."""

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz import book, cli
from optviz.errors import BadValue, OptvizError

SMALL = "-n 3 --size 300x200"
TEXT = f"```optviz\ntrace {SMALL}\n```\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_call_draws_documents_as_the_command_does(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(name, "lesson.md").write_text(TEXT)
    call: Any = optviz.book
    (rendered,) = call("a/lesson.md")
    assert cli.main(["book", "b/lesson.md", "--no-cache"]) == 0
    for file in ("lesson.md", "lesson-trace.png"):
        assert Path("a", file).read_bytes() == Path("b", file).read_bytes()
    assert rendered.text == Path("a/lesson.md").read_text(encoding="utf-8")
    assert rendered.diff.startswith("--- a/lesson.md\n+++ a/lesson.md\n@@ ")
    (again,) = book.draw(Path("a/lesson.md"), check=True)
    assert not again.changed
    assert [report.differences for report in again.reports] == [{}]


def test_a_check_writes_nothing() -> None:
    Path("lesson.md").write_text(TEXT)
    (rendered,) = book.draw("lesson.md", check=True)
    assert rendered.changed
    assert rendered.reports[0].differences == {"lesson-trace.png": "missing"}
    assert [str(path) for path in Path().iterdir()] == ["lesson.md"]


def test_a_text_is_rendered_without_a_file() -> None:
    rendered = book.render(TEXT, folder="docs", name="page")
    assert rendered.text.startswith(TEXT + "![AdaGrad, η = 0.4")
    assert rendered.text.endswith("](page-trace.png)\n")
    assert [str(path) for path in Path().rglob("*.png")] == ["docs/page-trace.png"]
    assert book.render(rendered.text, folder="docs", name="page").text == rendered.text


def test_pictures_go_elsewhere_and_the_text_has_their_path() -> None:
    rendered = book.render(TEXT, folder="docs", out_dir="site/img", name="page")
    assert "](../site/img/page-trace.png)" in rendered.text
    assert Path("site/img/page-trace.png").exists()


def test_one_block_is_a_picture_with_its_alt_text_and_values() -> None:
    result = book.draw_block(
        f"loss gd:eta=0.1 {SMALL}", ["pair", "values", "hide"], folder="docs", name="img/gd"
    )
    assert result.paths == ["docs/img/gd.png", "docs/img/gd-dark.png"]
    assert all(Path(path).exists() for path in result.paths)
    assert result.alt.startswith("Gradient descent, η = 0.1")
    assert result.values[0].startswith("| optimizer ")
    assert result.text is None


def test_one_block_is_a_text() -> None:
    result = book.draw_block("explain gd")
    assert (result.text or "").startswith("Gradient descent  (gd, sgd)\n")
    assert result.paths == []


def test_defaults_of_one_block_are_handed_to_the_next() -> None:
    given = book.draw_block('opt = "gd"\neta = 0.1\nsteps = 3\nsize = "300x200"', ["defaults"])
    assert given.defaults == {"opt": "gd", "eta": 0.1, "steps": 3, "size": "300x200"}
    result = book.draw_block("trace", defaults=given.defaults, name="a")
    assert result.alt.startswith("Gradient descent, η = 0.1")


def test_mistakes_have_the_place_that_a_tool_gives() -> None:
    with pytest.raises(OptvizError, match=r"docs/page\.md, line 12: no option of trace"):
        book.draw_block("trace --stepz 3", source="docs/page.md", line=12)
    with pytest.raises(BadValue, match="documents are wanted"):
        book.draw()


def test_a_text_does_not_depend_on_terminal_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = book.render("```optviz\nexplain --diff adam gd\n```\n\n```optviz\ntrace --help\n```\n")
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("FORCE_COLOR", "1")
    other = book.render(plain.text)
    assert other.text == plain.text
    assert "\x1b" not in plain.text
    assert max(map(len, plain.text.partition("Usage:")[2].splitlines())) <= 80


def test_the_library_prints_nothing_and_stays_in_its_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book.render(f"```optviz\nrun {SMALL[:4]}\n```\n{TEXT}", folder="docs")
    assert capsys.readouterr() == ("", "")
    assert Path.cwd() == tmp_path


def test_keywords_are_the_options_of_the_command() -> None:
    command = cli.group(("book",)).commands["book"]
    options = {str(p.name) for p in command.params if p.param_type_name == "option"}
    keywords = set(inspect.signature(book.draw).parameters) - {"paths"}
    of_streams = {"json", "quiet", "no_cache", "executor", "scheduler", "watch"}
    assert keywords == options - of_streams


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, optviz.book; print({'matplotlib', 'PIL'} & sys.modules.keys())"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert process.stdout == "set()\n"
