"""`optviz new rule.py`, done as it says itself, in an empty folder."""

import re
import shlex
from pathlib import Path

import pytest

from optviz import cli, optimizers


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["rule.py", "deep/my_rule.py"])
def test_the_rule_runs_and_is_explained_as_its_first_lines_say(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("deep").mkdir()
    assert cli.main(["new", name]) == 0
    assert capsys.readouterr().out == f"{name}\n"
    commands = re.findall(r"^    optviz (.*)$", Path(name).read_text(encoding="utf-8"), re.M)
    assert [line.split()[0] for line in commands] == ["trace", "rates", "explain"]
    for line in commands:
        assert cli.main(shlex.split(line)) == 0, line
    out = capsys.readouterr().out
    for line in ("My rule", "Gₜ = ρ Gₜ₋₁ + gₜ²", "keeps the root from 0", "(0 ≤ keep ≤ 1)"):
        assert line in out


def test_it_is_the_rule_that_its_equations_say() -> None:
    """With ρ = 1 it is AdaGrad; with ρ = 0 every coordinate goes η."""
    assert cli.main(["new", "rule.py"]) == 0
    from optviz import run

    for text, other in (("keep=1", "adagrad:eta=0.4"), ("keep=0,eps=0", "sign:eta=0.4")):
        mine = run("d2l", f"./rule.py:MyRule(eta=0.4,{text})")
        assert mine.x == pytest.approx(run("d2l", other).x)


def test_it_can_be_read_in_a_minute_and_is_no_longer_than_a_screen() -> None:
    assert cli.main(["new", "rule.py"]) == 0
    lines = Path("rule.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 55
    assert max(map(len, lines)) <= 100


def test_a_file_that_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    Path("rule.py").write_text("mine")
    assert cli.main(["new", "rule.py"]) == 1
    assert Path("rule.py").read_text() == "mine"
    assert cli.main(["new", "rule.txt"]) == 2
    assert ".toml, .md, .lua or .py is wanted" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("./rule.py:MyRule(keep=0.5)", "without settings"),
        ("./rule.py:MyRul", "did you mean MyRule"),
        ("./no.py:MyRule", "there is no such file"),
    ],
)
def test_what_has_no_card_is_told(
    name: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["new", "rule.py"]) == 0
    assert cli.main(["explain", name]) in (1, 2)
    assert reason in capsys.readouterr().err


def test_a_class_of_pytorch_has_no_card(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch")
    assert cli.main(["explain", "torch.optim:Adam"]) == 2
    assert "the name of a rule is wanted" in capsys.readouterr().err
    assert optimizers.read("torch.optim:Adam(lr=0.1)")
