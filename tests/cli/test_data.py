"""Data sets from the command line: what is asked, what comes out, what is told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

DIABETES = Path(__file__).parents[2] / "gallery" / "diabetes.csv"
TABLE = ["-f", f"@{DIABETES}", "--target", "progression"]


def optviz(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "optviz", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd)


def why(*words: str) -> list[str]:
    """The reasons that inspect gives."""
    told = json.loads(optviz("inspect", *TABLE, *words, "--json").stdout)
    return list(told["features"]["reasons"])


def test_inspect_says_which_features_make_kappa() -> None:
    told = optviz("inspect", *TABLE, "--standardize").stdout
    assert "κ           470.078" in told
    assert "data        442 rows, 10 features standardised; target progression" in told
    assert "flat        λ1 = 0.00856: 0.71 s1 − 0.56 s2 − 0.32 s3 …" in told
    assert "steep       λ10 = 4.02: 0.43 s4 + 0.38 s5 + 0.35 s2 …" in told
    assert "why         s1 and s2 move together: correlation 0.90" in told


def test_inspect_has_the_same_as_data() -> None:
    told = json.loads(optviz("inspect", *TABLE, "--standardize", "--json").stdout)
    assert told["kappa"] == pytest.approx(470.078, rel=1e-5)
    assert told["features"]["rows"] == 442
    assert told["features"]["flat"] == {
        "s1": pytest.approx(0.70978, abs=1e-4),
        "s2": pytest.approx(-0.56319, abs=1e-4),
        "s3": pytest.approx(-0.31745, abs=1e-4),
    }
    assert "features" not in json.loads(optviz("inspect", "--json").stdout)


def test_inspect_names_scales_and_offsets_of_raw_columns() -> None:
    scales = (
        "the scales differ: s1 is of size 192, sex of 1.55 (root mean square); "
        "--standardize gives every feature the same"
    )
    assert why() == [scales, "s1 and s2 move together: correlation 0.90"]
    assert why("--intercept")[1] == (
        "s1 is far from 0 against its spread (189 ± 34.6), so columns point the same way; "
        "--standardize centres them"
    )


@pytest.mark.parametrize(
    ("table", "reasons"),
    [
        ("a,b,y\n1,1,1\n1,-1,2\n-1,1,3\n-1,-1,4", []),
        ("a,b,y\n1,2,1\n2,4,2\n3,6,9", ["a, b depend on each other exactly: a mix of them is 0"]),
        ("a,b,y\n1,0,1\n2,0,2", ["b: 0 in every row, so no weight of it matters"]),
        ("a,b,c,y\n1,2,3,1\n2,1,5,0", ["2 rows cannot tell 3 weights apart: 1 direction is flat"]),
    ],
)
def test_inspect_says_why_a_table_is_flat(table: str, reasons: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(table)
    done = optviz("inspect", "-f", "@t.csv", "--target", "y", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["features"]["reasons"] == reasons, done.stderr


def test_the_rows_of_csv_go_by_the_names_of_features_and_plot_reads_them(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('"a, b",c_1,y\n1,2,1\n2,1,5\n3,1,2\n')
    table = ("-f", "@t.csv", "--target", "y")
    done = optviz("run", *table, "--opt", "gd:eta=0.1", "-n", "3", "--format", "csv", cwd=tmp_path)
    head, *rows = done.stdout.splitlines()
    assert head == 'run,step,f,"x.a, b",x.c_1,"g.a, b",g.c_1,"rate.a, b",rate.c_1'
    assert len(rows) == 4
    (tmp_path / "log.csv").write_text(done.stdout)
    for more in ((), table):
        drawn = optviz("plot", "rates", "log.csv", *more, "-o", "r.png", cwd=tmp_path)
        assert (drawn.returncode, drawn.stdout) == (0, "r.png\n"), drawn.stderr


def test_jsonl_keeps_the_names_of_features() -> None:
    line = json.loads(optviz("run", *TABLE, "--opt", "gd:eta=1e-5", "-n", "1").stdout)
    assert line["objective"]["names"][:3] == ["age", "sex", "bmi"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("-f", f"@{DIABETES}"), "is a table: --target says which column is explained: age, sex"),
        ((*TABLE[:3], "progresion"), "did you mean progression?"),
        (("-f", "d2l", "--target", "y"), "--target is for a table, -f @data.csv; d2l is none"),
        ((*TABLE, "--rotate", "30"), "are its features, which have no angle"),
        ((*TABLE, "--gradient", "minibatch(500)"), "minibatch(500): the data set has 442 rows"),
        (("-f", "d2l", "--gradient", "minibatch(5)"), "is for batches of a data set"),
        (("-f", "d2l", "--loss", "logistic"), "--loss is for a table, -f @data.csv; d2l is none"),
        (("-f", "x^4", "--loss", "huber"), "--loss is for a table, -f @data.csv; x^4 is none"),
        ((*TABLE, "--loss", "bce"), "no loss is called 'bce'; write logistic"),
        ((*TABLE, "--loss", "log_loss"), "no loss is called 'log_loss'; write logistic"),
        ((*TABLE, "--loss", "nn.CrossEntropyLoss"), "write softmax"),
        ((*TABLE, "--loss", "hinge"), "known: huber, logistic, softmax, squares"),
        ((*TABLE, "--loss", "logistic"), "has 214 values (25, 31, 37, 39, …), and logistic"),
        ((*TABLE, "--C", "10"), "C of scikit-learn is 1/(n·l2) of n rows; write --l2"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_line(words: tuple[str, ...], sentence: str) -> None:
    done = optviz("run", *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_sweep_over_kappa_has_no_batches(tmp_path: Path) -> None:
    sweep = (
        "sweep",
        *TABLE,
        "--standardize",
        "--gradient",
        "minibatch(10)",
        "--of",
        "f",
        "-n",
        "9",
    )
    done = optviz(*sweep, "--opt", "gd:eta=0.1", "--over", "kappa=log(10,100,3)", cwd=tmp_path)
    assert done.returncode == 2
    assert "is for batches of a data set" in done.stderr
    done = optviz(*sweep, "--opt", "gd", "--over", "eta=log(0.001,0.1,5)", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
