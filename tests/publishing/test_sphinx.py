"""Real builds by Sphinx, of reStructuredText and MyST."""

import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from publishing.snippets import MISTAKE, SMALL, run, snippet

pytestmark = pytest.mark.skipif(not find_spec("sphinx"), reason="Sphinx is not installed")

LESSON = f"""\
Lesson
======

.. optviz:: trace --opt adagrad --eta 0.4 {SMALL}
   :values:

.. optviz::
   :pair:
   :width: 300
   :caption: Rates of both
   :name: fig-rates

   figure = "rates"
   opt = ["adagrad:eta=2", "adam"]
   size = "320x240"

.. optviz::
   :hide:

   loss -f @bowl.json {SMALL} -o loss.png -o loss.pdf

.. optviz:: explain adagrad

See :ref:`fig-rates`.
"""
MYST = f"""\
# MyST

```{{optviz}} trace --opt adagrad --eta 0.4 {SMALL}
:hide:
```

```optviz pair width=300
trace --opt adam {SMALL}
```
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> Path:
    (tmp_path / "conf.py").write_text(snippet('extensions = ["optviz'), encoding="utf-8")
    (tmp_path / "bowl.json").write_text('{"Q": [[1, 0], [0, 4]]}', encoding="utf-8")
    (tmp_path / "index.rst").write_text(LESSON, encoding="utf-8")
    return tmp_path


def build(folder: Path, *more: str, builder: str = "html") -> tuple[int, str]:
    """The exit status of a build, in which warnings are errors, and what it says."""
    words = ("-W", "--keep-going", "-b", builder, "-d", ".trees", *more, ".", builder)
    done = run(sys.executable, "-m", "sphinx", *words, folder=folder)
    return done.returncode, done.stdout + done.stderr


def images(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "html/_images").iterdir())


def test_a_page_has_its_pictures_and_is_built_again_only_when_data_change(project: Path) -> None:
    status, said = build(project)
    assert status == 0, said
    html = (project / "html/index.html").read_text(encoding="utf-8")
    assert images(project) == ["index-1.png", "index-2-dark.png", "index-2.png", "loss.png"]
    assert html.count("stalls at (−2.38, −0.159)") == 1
    assert "<td><p>−2.382563</p></td>" in html  # as the d2l book prints it
    assert html.count("width: 300px") == 2
    assert re.search(r'id="fig-rates".*Rates of both', html, re.S)
    assert "loss -f" not in html
    assert "Gives each coordinate its own rate" in html
    assert "optviz-dark" in (project / "html/_static/optviz.css").read_text(encoding="utf-8")
    assert "0 added, 0 changed" in build(project)[1]
    before, data = (project / "html/_images/loss.png").read_bytes(), project / "bowl.json"
    data.write_text('{"Q": [[1, 0], [0, 9]]}', encoding="utf-8")
    later = data.stat().st_mtime + 10
    os.utime(data, (later, later))
    assert "0 added, 1 changed" in build(project)[1]
    assert (project / "html/_images/loss.png").read_bytes() != before


def test_latex_takes_the_pdf_and_the_light_picture(project: Path) -> None:
    status, said = build(project, builder="latex")
    assert status == 0, said
    names = {path.name for path in (project / "latex").iterdir()}
    assert names >= {"index-1.png", "index-2.png", "loss.pdf"}
    assert not names & {"index-2-dark.png", "loss.png"}


@pytest.mark.skipif(not find_spec("myst_parser"), reason="MyST is not installed")
def test_myst_has_the_directive_and_the_plain_block(project: Path) -> None:
    more = 'extensions += ["myst_parser"]\nmyst_fence_as_directive = ["optviz"]\n'
    with (project / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(more)
    (project / "index.rst").unlink()
    (project / "index.md").write_text(MYST, encoding="utf-8")
    status, said = build(project)
    assert status == 0, said
    assert images(project) == ["index-1.png", "index-2-dark.png", "index-2.png"]


MISTAKES = {
    ".. optviz:: trace --opt adm\n": MISTAKE,
    ".. optviz::\n   :pair:\n\n   rates --opt adm\n": MISTAKE,
    ".. optviz:: trace\n   :width: wide\n": "width: wide given",
    ".. optviz:: trace\n   :pear:\n": 'unknown option: "pear"',
    ".. optviz:: pear\n\n   trace\n": "no word of a block is called 'pear'",
    ".. optviz:: markdown\n\n   explain adam\n": "markdown: Sphinx shows",
    ".. optviz:: trace -o a.png -o b.csv\n": "output: b.csv given",
    ".. optviz::\n": "the block is empty",
}


def test_each_mistake_is_an_error_at_its_line(project: Path) -> None:
    text = "A\n=\n\n" + "\n".join(MISTAKES)
    (project / "index.rst").write_text(text, encoding="utf-8")
    status, said = build(project)
    assert status == 1
    errors = re.findall(r"index\.rst:(\d+): ERROR: ([^\x00]*?)(?=\S*index\.rst:|$)", said)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("..")]
    assert [int(line) for line, _ in errors] == lines
    for (_, text), message in zip(errors, MISTAKES.values(), strict=True):
        assert text.count(message) == 1, text
