"""Tables of final values: what Markdown and LaTeX make of them is what ran."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from optviz import cli, objectives, optimizers, records
from optviz.errors import BadFile
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

# The d2l chapter on AdaGrad prints x1 −2.382563, x2 −0.158591 after 20 steps with η = 0.4.
D2L = "-2.382563", "-0.158591"
TEXTS = ["adagrad:eta=0.4", "adam@torch:eta=cosine(0.3,9)", "gd:eta=9"]
ODD = "a|b_c*`<x>[1]\\ & 50 % of #1 {$5} ~^"


def runs(texts: list[str], steps: int = 20) -> list[Trajectory]:
    f = objectives.read("d2l")
    start = np.array([[-5.0, -2.0]])
    return [Walk(f, optimizers.read(text), start, steps).run() for text in texts]


def table(form: str, runs: list[Trajectory]) -> str:
    stream = io.StringIO()
    records.write(stream, form, runs)
    return stream.getvalue()


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table, as GitHub splits it: not at an escaped stroke."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_the_markdown_table_has_a_row_a_run_with_the_books_values() -> None:
    head, rule, *rows = table("md", runs(TEXTS)).splitlines()
    assert cells(head) == ["optimizer", "settings", "steps", "x₁", "x₂", "f", "status"]
    assert [cell.endswith(":") for cell in cells(rule)] == [False] * 2 + [True] * 4 + [False]
    assert {len(line) for line in (head, rule, *rows)} == {len(head)}  # aligned
    first, second, third = map(cells, rows)
    assert first[:3] == ["AdaGrad", "η = 0.4, ε = 10⁻⁶", "20"]
    assert [cell.replace("−", "-") for cell in first[3:5]] == [*D2L]
    assert first[5:] == ["0.617962", "stalled since step 10"]
    assert second[:2] == ["Adam (torch)", "η = cosine(0.3,9), β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸"]
    assert re.fullmatch(r"−?\d\.\d+×10[⁰¹²³⁴⁵⁶⁷⁸⁹]+", third[4])
    assert third[-1].startswith("diverged since step")


def test_a_run_that_overflows_has_dashes() -> None:
    row = table("md", runs(["gd:eta=9"], 2000)).splitlines()[-1]
    assert cells(row)[3:6] == ["–"] * 3


def test_starts_and_labels_are_told_where_there_are_several(tmp_path: Path) -> None:
    out = tmp_path / "a.md"
    starts = ["--start", "1,2", "--start", "3,4"]
    assert cli.main(["run", "-q", *starts, "--opt", "gd:eta=0.1", "-o", str(out)]) == 0
    head, _, *rows = out.read_text(encoding="utf-8").splitlines()
    assert cells(head)[2] == "start"
    assert [cells(row)[2] for row in rows] == ["(1, 2)", "(3, 4)"]


def test_of_many_coordinates_the_first_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    out = tmp_path / "a.md"
    assert cli.main(["run", "-q", "-f", "quadratic(kappa=9, dim=7, seed=1)", "-o", str(out)]) == 0
    head, _, row = map(cells, out.read_text(encoding="utf-8").splitlines())
    assert head[3:8] == ["x₁", "x₂", "x₃", "x₄", "3 more"]
    assert row[7] == "…"


def test_many_seeds_are_one_row_with_their_median(tmp_path: Path) -> None:
    out = tmp_path / "a.md"
    noisy = ["--gradient", "noise(1)", "--seeds", "5", "--opt", "gd:eta=0.1"]
    assert cli.main(["run", "-q", *noisy, "-o", str(out)]) == 0
    (row,) = out.read_text(encoding="utf-8").splitlines()[2:]
    assert cells(row)[0] == "Gradient descent (median of 5)"


def labelled(text: str) -> list[Trajectory]:
    (run,) = runs(["gd"])
    return [Trajectory(**(vars(run) | {"label": text}))]


def test_signs_with_a_meaning_are_escaped_in_markdown() -> None:
    (row,) = table("md", labelled(ODD)).splitlines()[2:]
    assert len(cells(row)) == 7
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cells(row)[0])  # as CommonMark, section 2.4
    assert plain == ODD


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no LaTeX here")
def test_the_latex_table_compiles_without_a_package(tmp_path: Path) -> None:
    text = table("latex", [*runs(TEXTS), *runs(["gd:eta=9"], 2000), *labelled(ODD)])
    document = rf"\documentclass{{article}}\begin{{document}}{text}\end{{document}}"
    (tmp_path / "t.tex").write_text(document, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
        cwd=tmp_path, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    pdf = pytest.importorskip("pypdfium2").PdfDocument(tmp_path / "t.pdf")
    printed = pdf[0].get_textpage().get_text_range().replace("−", "-")
    for value in (*D2L, "stalled since step 10", "50 % of #1 {$5}"):
        assert value in printed


def test_the_latex_table_has_the_same_values() -> None:
    lines = table("latex", runs(TEXTS)).splitlines()
    assert lines[1] == r"\begin{tabular}{llrrrrl}"
    first = [cell.strip() for cell in lines[3].removesuffix(r"\\").split("&")]
    assert first[2:6] == ["20", *(f"${value}$" for value in D2L), "$0.617962$"]
    assert all(line.count("&") == 6 for line in lines[2:-1])


def test_the_suffix_names_the_format_in_every_command_of_runs(tmp_path: Path) -> None:
    for name in ("a.md", "a.tex"):
        for command in ("run", "trace", "loss"):
            out = tmp_path / name
            assert cli.main([command, "-q", "-o", str(out)]) == 0
            assert "0.617962" in out.read_text(encoding="utf-8")


def test_a_table_is_not_read_back_and_says_so(tmp_path: Path) -> None:
    for form in ("md", "latex"):
        with pytest.raises(BadFile, match="no steps; jsonl, csv or npz is wanted"):
            records.read(table(form, runs(["gd"])).encode(), "a", form)


def test_logged_gradients_have_no_final_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "g.csv").write_text("g1,g2\n1,2\n2,1\n")
    source = f"log({tmp_path / 'g.csv'})"
    assert cli.main(["run", "--gradient", source, "--opt", "adam:eta=0.1", "--format", "md"]) == 2
    assert "no final values; jsonl has the rates" in capsys.readouterr().err


def test_every_kth_step_means_nothing_for_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", "--format", "md", "--every", "5"]) == 2
    assert "a table of final values has none" in capsys.readouterr().err


def test_beside_data_a_table_has_the_last_step_all_the_same(tmp_path: Path) -> None:
    outputs = ["-o", str(tmp_path / "a.md"), "-o", str(tmp_path / "a.csv")]
    assert cli.main(["run", "-q", "--every", "7", *outputs]) == 0
    assert "0.617962" in (tmp_path / "a.md").read_text(encoding="utf-8")
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 1 + 3  # steps 0, 7 and 14
