"""`optviz inspect` as its users meet it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from optviz import cli


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main(["inspect", *arguments]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def test_the_book_s_valley_is_told_with_the_three_linear_rules(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = told(capsys)
    words = page.split()
    assert "0.904762" in words
    assert "0.634512" in words
    assert "κ           20" in page
    assert "0 < η < 0.5\n" in page
    for name in ("gd:", "momentum:", "nesterov:"):
        assert f"\n{name}eta=" in page


def test_json_is_one_object_for_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, "--json"))
    assert found["kappa"] == 20
    assert found["eigenvalues"] == [0.2, 4.0]
    gd, ball, _ = found["optimizers"]
    assert (gd["max_eta"], gd["best"]["eta"]) == (0.5, pytest.approx(0.47619, abs=5e-6))
    assert gd["rate"] == pytest.approx(0.904762, abs=5e-7)
    assert ball["best"] == pytest.approx({"eta": 0.667907, "beta": 0.402605}, abs=5e-7)
    assert ball["rate"] == pytest.approx(0.634512, abs=5e-7)


def test_a_rate_that_is_given_is_the_rate_judged(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["--opt", "gd", "--eta", "0.6"],
        ["--opt", "gd:lr=0.6"],
        ["--opt", "gd(0.6)"],
        ["--opt", "gd", "-p", "lr=0.6"],
    ):
        (gd,) = json.loads(told(capsys, *arguments, "--json"))["optimizers"]
        assert (gd["optimizer"], gd["max_eta"]) == ("gd:eta=0.6", 0.5)
        assert gd["rate"] == pytest.approx(1.4)  # |1 − 0.6·4|
        assert gd["verdict"].startswith("diverges: 0.6 is above 0.5")


def test_the_tolerance_is_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    # 12/6 of the 69 steps to 1e-6
    assert "about 138 steps to 10⁻¹²" in told(capsys, "--opt", "gd", "--tol", "1e-12")


def test_strict_tells_by_the_exit_status_what_will_diverge(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["inspect", "--opt", "gd:eta=0.6", "--strict"]) == 4
    assert cli.main(["inspect", "--opt", "gd:eta=0.4", "--strict"]) == 0


def test_a_figure_is_drawn_where_it_is_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["inspect", "-o", "a.svg", "-o", "a.png"]) == 0
    said = capsys.readouterr()
    assert said.out == "a.svg\na.png\n"
    assert "κ diagonal  1" in said.err
    assert cli.main(["inspect", "-o", "b.svg", "-q"]) == 0
    assert capsys.readouterr().err == ""
    assert Path("a.svg").read_bytes() == Path("b.svg").read_bytes()
    assert cli.main(["inspect", "--format", "svg", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outputs"] == ["inspect.svg"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--tol", "0"],
        ["--tol", "1"],
        ["--tol", "nan"],
        ["--opt", "adamm"],
        ["-f", "x^"],
        ["-o", "a.csv"],
        ["-o", "frames/"],
        ["-o", "a.jpg"],
        ["-o", "-"],
        ["--start", "1"],
        ["--start", "1,1", "--start", "2,2"],
        ["--rho", "0.5"],
        ["-o", "a.png", "--xlim", "0,1"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["inspect", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("optviz: ")
    assert "Traceback" not in said.err
    assert not list(tmp_path.iterdir())


def test_a_verdict_loads_nothing_that_draws(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from optviz import cli
        cli.main(["inspect"])
        print({"matplotlib", "PIL", "rich"} & sys.modules.keys(), file=sys.stderr)
    """
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, cwd=tmp_path
    )
    assert done.stderr == "set()\n"
    assert not list(tmp_path.iterdir())
