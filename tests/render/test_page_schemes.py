"""A page is light and dark where no theme was typed; what was typed stands, in every way."""

import json
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz import cli, recipe
from optviz.errors import BadValue

TRACE = "trace --opt adam -n 5 --size 480x360"
PAPERS = {"light": "--paper:#ffffff", "dark": "--paper:#10141c"}
BOTH = "--paper:light-dark(#ffffff,#10141c)"
TABLE = 'opt = "adam"\nsteps = 5\noutput = "a.html"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the commands run, their cache included."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def run(line: str) -> None:
    """Runs a command of optviz that succeeds."""
    assert cli.main(line.split()) == 0


def schemes() -> set[str]:
    """The schemes of the page a.html, told by the paper of its figure."""
    text = Path("a.html").read_text(encoding="utf-8")
    return set(PAPERS) if BOTH in text else {name for name, p in PAPERS.items() if p in text}


def in_batch(text: str) -> None:
    Path("a.toml").write_text(text, encoding="utf-8")
    run("batch a.toml -q")


def in_document(option: str) -> None:
    block = f"```optviz\n{TRACE} {option} -o a.png -o a.html\n```\n"
    Path("a.md").write_text(block, encoding="utf-8")
    run("book a.md -q")


def in_python(**theme: Any) -> None:
    optviz.trace(opt=["adam"], steps=5, **theme).save("a.html")


def of_runs(**theme: Any) -> None:
    optviz.figure(optviz.run(opt=["adam"], steps=5), "trace", **theme).save("a.html")


WAYS = {
    "flag": (lambda: run(f"{TRACE} -o a.html"), lambda t: run(f"{TRACE} --theme {t} -o a.html")),
    "batch": (
        lambda: in_batch(f"[a]\n{TABLE}"),
        lambda t: in_batch(f'[a]\n{TABLE}theme = "{t}"\n'),
    ),
    "defaults": (
        lambda: in_batch(f"[defaults]\nsize='480x360'\n[a]\n{TABLE}"),
        lambda t: in_batch(f'[defaults]\ntheme = "{t}"\n[a]\n{TABLE}'),
    ),
    "document": (lambda: in_document(""), lambda t: in_document(f"--theme {t}")),
    "Python": (in_python, lambda t: in_python(theme=t)),
    "runs": (of_runs, lambda t: of_runs(theme=t)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_page_is_of_both_schemes_unless_a_theme_is_typed(way: str) -> None:
    usual, typed = WAYS[way]
    usual()
    assert schemes() == {"light", "dark"}
    for theme in ("light", "dark"):
        typed(theme)
        assert schemes() == {theme}


def test_the_environment_counts_as_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    for theme in ("light", "dark"):
        monkeypatch.setenv("OPTVIZ_THEME", theme)
        run(f"{TRACE} -o a.html")
        assert schemes() == {theme}


def test_of_several_outputs_the_picture_is_light_and_the_page_both() -> None:
    run(f"{TRACE} -o a.png -o a.html")
    run(f"{TRACE} --theme light -o b.png")
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()
    assert schemes() == {"light", "dark"}


def test_auto_makes_the_usual_page_and_no_picture_of_pixels(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(f"{TRACE} --theme auto -o a.html")
    assert schemes() == {"light", "dark"}
    assert cli.main(f"{TRACE} --theme auto -o a.html -o a.png".split()) == 2
    assert "png cannot follow the reader's device" in capsys.readouterr().err


def test_a_recipe_holds_a_typed_theme_where_it_matters() -> None:
    run(f"{TRACE} --theme light -o a.html -o a.png -o typed.svg")
    run(f"{TRACE} -o usual.html -o usual.svg")
    recipes = {name: options(name) for name in ("a.html", "a.png", "usual.html")}
    assert recipes["a.html"].pop("theme") == "light"
    assert recipes["a.html"] == recipes["a.png"] == recipes["usual.html"]
    assert Path("typed.svg").read_bytes() == Path("usual.svg").read_bytes()
    run("recipe --verify a.html a.png usual.html")


def options(path: str) -> dict[str, Any]:
    """The recipe in a file."""
    found = recipe.read(path, Path(path).read_bytes())
    assert found
    return dict(json.loads(found.text))


def test_a_colour_that_the_dark_hides_leaves_a_page_light() -> None:
    run(f"{TRACE} --colors navy -o a.html")
    assert schemes() == {"light"}
    assert "--w0:#000080" in Path("a.html").read_text(encoding="utf-8")
    with pytest.raises(BadValue, match="can be seen on the page, #10141c, is wanted"):
        in_python(colors="navy", theme="auto")


def test_a_transparent_page_has_no_paper() -> None:
    in_python(transparent=True)
    text = Path("a.html").read_text(encoding="utf-8")
    assert "{background:none}" in text
