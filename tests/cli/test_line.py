"""How the words of a line are read: order, values in several words, options that stand twice."""

import json
import re
from pathlib import Path

import pytest

from optviz import cli


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def runs(line: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The trajectories that a line of `run` writes."""
    status = cli.main(["run", "-q", *line.split()])
    said = capsys.readouterr()
    assert status == 0, said.err
    return [json.loads(one) for one in said.out.splitlines()]


def names(line: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The optimizers of a line, without their settings."""
    return [str(run["optimizer"]).partition(":")[0] for run in runs(line, capsys)]


@pytest.mark.parametrize(
    "line",
    [
        "adagrad gd adam",
        "--opt adagrad --opt gd --opt adam",
        "--opt adagrad gd adam",
        "adagrad --opt gd adam",
        "adagrad,gd -n 3 adam",
        "adagrad -n 3 -- gd adam",
    ],
)
def test_optimizers_stand_in_the_order_of_the_line(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert names(line, capsys) == ["adagrad", "gd", "adam"]


def test_an_argument_wins_over_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPTVIZ_OPT", "adam")
    assert names("", capsys) == ["adam"]
    assert names("gd", capsys) == ["gd"]


@pytest.mark.parametrize(
    ("synonyms", "own"),
    [
        ("--optimizer adam --lr 0.1 --epochs 7", "--opt adam --eta 0.1 --steps 7"),
        ("sgd --lr 0.1 --momentum 0.9", "--opt momentum:eta=0.1,beta=0.9"),
        ("adam --betas 0.8,0.9 --epsilon 1e-3", "adam:beta1=0.8,beta2=0.9,eps=1e-3"),
        ("adamw --weight-decay 0.1", "adamw:decay=0.1"),
        ("--x0 1 2 --fn 2x^2+y^2", "--start 1,2 -f 2x^2+y^2"),
        ("--start [1, 2] -N 3", "--start 1,2 -n 3"),
        ("--start -1 -2 --start 3 4", "--start -1,-2 --start 3,4"),
        ("-steps=1e1 -lr 0.1", "--steps 10 --eta 0.1"),
    ],
)
def test_a_line_in_other_words_is_the_same_run(
    synonyms: str, own: str, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs, ours = ([r["x"] for r in runs(line, capsys)] for line in (synonyms, own))
    assert theirs == ours


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--steps 3 -n 4", "steps: 3 and 4 given, one is wanted"),
        ("--seed 1 --random-seed 2", "seed: 1 and 2 given, one is wanted"),
        (
            "adam:beta1=0.8 --eta 0.1 --lr 0.4",
            "eta: 0.1 and 0.4 given, one is wanted; to compare, write "
            "--opt adam:beta1=0.8,eta=0.1 --opt adam:beta1=0.8,eta=0.4",
        ),
        ("--color --no-color", "color: --color and --no-color given, one is wanted"),
        ("--eta", "--eta: a value is wanted after it"),
        ("--eta --steps 3", "--eta: a value is wanted, and --steps follows"),
        (
            "--json=yes",
            "--json: yes given, but it has no value; write --json alone, or leave it out",
        ),
    ],
)
def test_an_option_has_one_value(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", *line.split()]) == 2
    assert capsys.readouterr().err == f"optviz: {said}\n"


def test_the_same_value_twice_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(runs("--eta 0.1 --lr 0.1 --steps 2 -n 2.0", capsys)) == 1


def test_variables_have_synonyms_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPTVIZ_LR", "0.125")
    assert "eta=0.125" in str(runs("gd", capsys)[0]["optimizer"])
    monkeypatch.setenv("OPTVIZ_ETA", "0.25")
    assert cli.main(["run"]) == 2
    assert "OPTVIZ_ETA and OPTVIZ_LR are one option" in capsys.readouterr().err


def test_help_goes_before_all(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["trace", "qqq", "--help"], ["trace", "help"], ["help", "trace"]):
        assert cli.main(words) == 0
        assert "[OPTIMIZER]..." in capsys.readouterr().out


def drawn(*words: str) -> str:
    """The picture that a line of `trace` draws, without its recipe."""
    assert cli.main(["trace", "-q", "-o", "a.svg", *words]) == 0
    text = Path("a.svg").read_text(encoding="utf-8")
    return re.sub(r"<dc:source>.*?</dc:source>", "", text, flags=re.S)


def test_a_label_with_a_comma_is_two_where_two_are_wanted() -> None:
    apart = drawn("gd", "adam", "--label", "A", "--label", "B")
    assert drawn("gd", "adam", "--label", "A, B") == apart
    assert drawn("gd", "adam", "--label", "A,B", "--label", "B") != apart
    assert drawn("gd", "--label", "A,B")


@pytest.mark.parametrize(
    "title", ["$$", "$$ and $", "Costs $5 and $6", "5$ or 6$", "$$x$$", "$ x $"]
)
def test_dollars_in_a_title_are_text(title: str) -> None:
    assert cli.main(["trace", "-q", "-n", "2", "-o", "a.svg", "--title", title]) == 0
    assert title.encode() in Path("a.svg").read_bytes()
