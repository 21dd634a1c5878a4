"""PGF: written without LaTeX, and read by it, with the words of a row as one text."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from render.kinds import LINED

from optviz import figures, render, spec
from optviz.errors import Unfit
from optviz.render.formats._tex import tex
from optviz.render.formats.pgf import Pgf
from optviz.scene import Cells, Look, Panel, Recipe, Scene
from optviz.spec import RunSpec

TITLE = 'What η = 0.4, 50% of a_b & "{#}" \\ ~ ^ <|> \\$5 do: 10⁻⁶ ≤ κ, x₁₂ → ∞'
ENGINES = [name for name in ("pdflatex", "xelatex", "lualatex") if shutil.which(name)]
DOCUMENT = r"""\documentclass{article}
\usepackage{pgf}
\usepackage[margin=5mm,papersize={22cm,17cm}]{geometry}
\pagestyle{empty}
\begin{document}
%s
\end{document}
"""


def scene(kind: str = "trace", look: Look | None = None) -> Scene:
    run = RunSpec(opt=("gd:eta=0.3", "rmsprop:eta=0.4"))
    return figures.scene(kind, [walk.run() for walk in spec.walks(run)], look)


def drawn(made: Scene, look: Look | None = None) -> str:
    stream = io.BytesIO()
    render.write(made, look or Look(), "pgf", stream)
    return stream.getvalue().decode("utf-8")


def test_it_is_written_where_there_is_no_latex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert drawn(scene()).count("\\begin{pgfpicture}") == 1


def test_a_row_of_words_and_formulas_is_one_text() -> None:
    made = Scene("title", "Ask for $x_1$ or $\\eta$, 20 steps", scene().panels, "")
    assert r"Ask for $x_1$ or $\eta$, 20 steps}" in drawn(made)


def test_words_are_text_and_have_no_halos_of_shapes() -> None:
    assert "stalls" in drawn(
        figures.scene("trace", [walk.run() for walk in spec.walks(RunSpec(opt=("adagrad",)))])
    )


@pytest.mark.parametrize(
    ("text", "formulas", "spelled"),
    [
        ("50% of a_b", False, r"50\% of a\_b"),
        ("η = 0.4", False, r"\ensuremath{\eta} = 0.4"),
        ("1.5×10⁻⁷", False, r"1.5\ensuremath{\times}10\ensuremath{^{-7}}"),
        ("(−5, −2)", False, r"(\ensuremath{-}5, \ensuremath{-}2)"),
        ("x₁₂ and $x_{12}$", True, r"x\ensuremath{_{12}} and $x_{12}$"),
        (r"for \$5, $\eta$", True, r"for \$5, $\eta$"),
        ("5\u00a0% of $η\u00a0−\u00a01$", True, r"5~\% of $\eta ~-~1$"),
        ("경사 하강법", False, "경사 하강법"),
    ],
)
def test_words_are_spelled_as_latex_has_them(text: str, formulas: bool, spelled: str) -> None:
    assert tex(text, formulas) == spelled


def test_alt_text_and_recipe_are_comments() -> None:
    made = replace(scene(), alt="one\n\\input{it} two", recipe=Recipe('{"a": "%%\\\\n"}'))
    lines = drawn(made).splitlines()
    assert "%% alt text: one \\input{it} two" in lines
    assert Pgf.recipe(drawn(made).encode()) == '{"a": "%%\\\\n"}'
    assert Pgf.recipe(drawn(scene()).encode()) == ""
    assert Pgf.recipe(b"%% recipe: {}") is None
    before, _, _ = drawn(made).partition("\\begingroup")
    assert all(line.startswith("%%") for line in before.splitlines())


def test_a_map_is_refused() -> None:
    cells = Cells(np.arange(3.0), np.arange(3.0), np.arange(4.0).reshape(2, 2), "steps")
    made = Scene("map", "", (Panel((cells,), (0, 2), (0, 2), "x", "y"),), "")
    with pytest.raises(Unfit, match="take pdf"):
        drawn(made)


@pytest.mark.parametrize("engine", ENGINES)
def test_latex_reads_every_kind_of_figure(engine: str, tmp_path: Path) -> None:
    look = Look(size=(900, 600), dpi=120, title=TITLE)
    names = LINED
    for name in names:
        (tmp_path / f"{name}.pgf").write_text(drawn(scene(name, look), look), "utf-8")
    body = "\n\\newpage\n".join(rf"\noindent\input{{{name}.pgf}}" for name in names)
    (tmp_path / "all.tex").write_text(DOCUMENT % body, "utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300)
    output = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, output[-2000:]
    assert "Missing character" not in (tmp_path / "all.log").read_text("utf-8", "replace")
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument((tmp_path / "all.pdf").read_bytes())
    assert len(document) == len(names)
    assert all("50% of a" in page.get_textpage().get_text_range() for page in document)
