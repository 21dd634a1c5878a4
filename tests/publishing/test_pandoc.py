"""Real builds by pandoc with the filter that `optviz new` writes."""

import re
import shutil
import sys
import zipfile
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from publishing.snippets import MISTAKE, SMALL, run

from optviz import cli


def _pandoc() -> str | None:
    """The path of pandoc, of pypandoc_binary too."""
    if found := shutil.which("pandoc"):
        return found
    package = find_spec("pypandoc")
    inside = Path(package.origin).parent / "files/pandoc" if package and package.origin else None
    return str(inside) if inside and inside.is_file() else None


PANDOC = _pandoc()
OPTVIZ = str(Path(sys.executable).parent / "optviz")
pytestmark = pytest.mark.skipif(not PANDOC, reason="pandoc is not installed")
LESSON = f"""\
# Lesson

```{{.optviz .values}}
trace --opt adagrad --eta 0.4 {SMALL}
```

```{{.optviz .pair #fig-rates width=300 caption="Rates, $\\\\eta = 2$"}}
figure = "rates"
opt = ["adagrad:eta=2", "adam"]
size = "320x240"
```

- hidden, in a list:

  <!-- optviz
  loss --opt adam {SMALL} -o "a b.png" -o "a b.pdf"
  -->

```optviz
explain adagrad
```
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "optviz.lua"]) == 0
    Path("lesson.md").write_text(LESSON, encoding="utf-8")
    return tmp_path


def pandoc(*words: str, command: str = OPTVIZ) -> CompletedProcess[str]:
    """pandoc on the lesson, with the optviz of this environment."""
    assert PANDOC
    own = ("--lua-filter", "optviz.lua", "-M", f"optviz={command}")
    return run(PANDOC, *own, "lesson.md", *words, folder=Path.cwd())


def test_a_page_finds_its_pictures_beside_it() -> None:
    Path("out").mkdir()
    done = pandoc("-s", "-o", "out/page.html")
    assert (done.returncode, done.stderr) == (0, "")
    html = Path("out/page.html").read_text(encoding="utf-8")
    sources = re.findall(r'<img\s+src="([^"]*)"', html)
    assert len(sources) == 4
    assert all((Path("out") / source).read_bytes()[1:4] == b"PNG" for source in sources)
    assert "stalls at (−2.38, −0.159)" in html
    assert "−2.382563" in html  # as the d2l book prints it
    assert html.count('width="300"') == 2
    assert re.search(r'<figure id="fig-rates">.*optviz-dark.*<figcaption>Rates', html, re.S)
    assert html.count("<style>\n/* One of two pictures") == 1
    assert "loss --opt adam" not in html
    assert "Gives each coordinate its own rate" in html


def test_one_page_may_hold_everything() -> None:
    assert pandoc("-s", "--embed-resources", "-o", "page.html").returncode == 0
    html = Path("page.html").read_text(encoding="utf-8")
    assert html.count("data:image/png;base64,") == 4


def test_word_holds_light_pictures_with_their_words_and_leaves_no_file() -> None:
    assert pandoc("-o", "page.docx").returncode == 0
    with zipfile.ZipFile("page.docx") as archive:
        assert sum(name.startswith("word/media/") for name in archive.namelist()) == 3
        assert 'descr="AdaGrad, η = 0.4' in archive.read("word/document.xml").decode()
    assert not Path("page_files").exists()


def test_latex_takes_the_pdf_of_two_outputs() -> None:
    assert pandoc("-o", "page.tex").returncode == 0
    text = Path("page.tex").read_text(encoding="utf-8")
    assert "{page_files/a b.pdf}" in text
    assert "{page_files/document-rates.png}" in text
    assert "dark" not in text


@pytest.mark.parametrize("form", ["gfm", "commonmark", "commonmark_x"])
def test_words_that_a_reader_drops_are_read_from_the_file(form: str) -> None:
    text = f'```optviz hide width=200 caption="A *b*"\ntrace {SMALL}\n```\n'
    Path("lesson.md").write_text(text, encoding="utf-8")
    html = pandoc("-f", form, "-t", "html").stdout
    assert 'width="200"' in html
    assert "<figcaption>A <em>b</em></figcaption>" in html
    assert "<pre" not in html


def test_words_without_braces_are_refused_where_pandoc_takes_the_fence_for_a_line() -> None:
    Path("lesson.md").write_text("```optviz pair\ntrace\n```\n", encoding="utf-8")
    done = pandoc("-t", "html")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("optviz.lua: write the words of a block in braces")


@pytest.mark.parametrize("output", ["page.html", "page.docx"])
def test_mistakes_end_the_build_with_their_lines(output: str) -> None:
    text = LESSON.replace("--eta 0.4", "--eta no").replace("opt adam", "opt adm")
    Path("lesson.md").write_text(text, encoding="utf-8")
    done = pandoc("-o", output)
    assert done.returncode == 2
    assert not Path(output).exists()
    lines = [n for n, line in enumerate(text.splitlines(), 1) if "optviz" in line]
    assert f"line {lines[0]}: eta" in done.stderr
    assert f'line {lines[2]}: opt = "adm": {MISTAKE}' in done.stderr
    assert "traceback" not in done.stderr


def test_a_missing_command_is_named() -> None:
    done = pandoc("-t", "html", command="nowhere")
    assert done.returncode == 2
    assert "there is no command nowhere" in done.stderr


def test_a_document_without_blocks_stays_as_it_is() -> None:
    Path("lesson.md").write_text("`optviz trace`\n\n```text\noptviz\n```\n", encoding="utf-8")
    assert pandoc("-t", "html", command="nowhere").returncode == 0
    assert not Path("lesson_files").exists()


def test_a_fragment_goes_through_as_it_is(folder: Path) -> None:
    figure = ["trace", "--opt", "adam", "--title", '*it\'s* -- "so"', "--steps", "5"]
    assert cli.main([*figure, "--fragment", "-o", "adam.html"]) == 0
    fragment = Path("adam.html").read_text(encoding="utf-8")
    Path("page.md").write_text(f"# One\n\n{fragment}\ntwo *three*\n", encoding="utf-8")
    done = run(str(PANDOC), "page.md", "-o", "page.html", folder=folder)
    assert done.returncode == 0, done.stderr
    page = Path("page.html").read_text(encoding="utf-8")
    for part in ("<script>(.*?)</script>", "<dc:source>(.*?)</dc:source>", "<title[^>]*>(.*?)<"):
        sought = [re.search(part, text, re.S) for text in (fragment, page)]
        before, after = (" ".join(unescape(found[1]).split()) for found in sought if found)
        assert after == before
    assert "two <em>three</em>" in page
