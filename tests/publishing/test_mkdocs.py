"""Real builds by MkDocs and Zensical with the configuration of the page."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from publishing.snippets import MISTAKE, SMALL, run, snippet

PAGE = f"""\
# Lesson

```optviz
trace --opt adagrad --eta 0.4 {SMALL}
```

```optviz {{.pair width=300}}
rates --opt adagrad:eta=2 --opt adam {SMALL}
```

```optviz hide
figure = "loss"
size = "320x240"
```
"""
TOOLS = {
    "mkdocs": ("mkdocs.yml", "site_name: A\nplugins: []\n", "python/name:optviz"),
    "zensical": ("zensical.toml", '[project]\nsite_name = "A"\n', "[project.markdown_ext"),
}


@pytest.fixture(params=TOOLS)
def tool(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name of a tool that is installed; its project is in the folder."""
    name = str(request.param)
    if not find_spec(name):
        pytest.skip(f"{name} is not installed")
    file, first, word = TOOLS[name]
    (tmp_path / file).write_text(first + snippet(word), encoding="utf-8")
    (tmp_path / "docs").mkdir()
    return name


def build(tool: str, folder: Path, page: str) -> tuple[int, str]:
    """The exit status of a build and what it says."""
    (folder / "docs/index.md").write_text(page, encoding="utf-8")
    done = run(sys.executable, "-m", tool, "build", folder=folder)
    return done.returncode, done.stdout + done.stderr


def test_a_page_has_its_pictures(tool: str, tmp_path: Path) -> None:
    status, said = build(tool, tmp_path, PAGE)
    assert status == 0, said
    html = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert html.count('<img src="data:image/png;base64,') == 4
    assert html.count('width="300"') == 2
    assert "stalls at (−2.38, −0.159)" in html
    assert 'size = "320x240"' not in html


def test_a_mistake_fails_the_build(tool: str, tmp_path: Path) -> None:
    status, said = build(tool, tmp_path, PAGE.replace("opt adam ", "opt adm "))
    assert status == 1
    assert MISTAKE in said
    assert ("Traceback" in said) == (tool == "zensical")  # which shows that of every error
