"""A library's words mean the same in flags, spec files, sweeps, verdicts, cards and Python."""

import json
from pathlib import Path

import numpy as np
import pytest

import optviz
from optviz import cli

COPIED = "sgd:lr=0.1,momentum=0.9"
OURS = "momentum:eta=0.1,beta=0.9"
REFUSED = "in Keras this was lr/(1 + decay·iterations)"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    status, out, _ = told(capsys, *arguments, "-o", "-", "--format", "csv")
    assert status == 0
    return out


def test_a_run_and_one_from_python_walk_as_our_words_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert data(capsys, "run", "--opt", COPIED) == data(capsys, "run", "--opt", OURS)
    assert np.array_equal(optviz.run("d2l", COPIED).x, optviz.run("d2l", OURS).x)


def test_a_setting_for_all_makes_another_rule_too(capsys: pytest.CaptureFixture[str]) -> None:
    shared = ("--opt", "sgd", "-p", "momentum=0.9", "--eta", "0.1")
    assert data(capsys, "run", *shared) == data(capsys, "run", "--opt", OURS)


def test_a_verdict_is_on_the_rule_that_the_words_make(capsys: pytest.CaptureFixture[str]) -> None:
    verdicts = [told(capsys, "inspect", "--opt", opt, "--json")[1] for opt in (COPIED, OURS)]
    assert json.loads(verdicts[0])["optimizers"] == json.loads(verdicts[1])["optimizers"]


def test_a_sweep_goes_over_what_the_library_means(capsys: pytest.CaptureFixture[str]) -> None:
    rho = data(capsys, "sweep", "--opt", "rmsprop@optax:eta=0.1", "--over", "decay=[0.1,0.9]")
    assert rho.splitlines()[0] == "optimizer,rho,steps,diverged"
    beta = data(capsys, "sweep", "--opt", COPIED, "--over", "momentum=[0.1,0.9]")
    assert beta == data(capsys, "sweep", "--opt", OURS, "--over", "beta=[0.1,0.9]")
    status, _, message = told(capsys, "sweep", "--opt", "adam@keras", "--over", "decay=[0.1,0.2]")
    assert (status, REFUSED in message) == (2, True)
    status, _, message = told(capsys, "sweep", "--opt", "sgd", "--over", "momentum=[0.1,0.2]")
    assert (status, "into another rule; sweep one of momentum" in message) == (2, True)
    both = ("--opt", "gd", "--opt", "rmsprop@optax:eta=0.1", "--over", "decay=[0.1,0.9]")
    status, _, message = told(capsys, "sweep", *both)
    assert (status, "decay in gd and rho in rmsprop@optax" in message) == (2, True)


def test_a_check_of_a_batch_says_what_is_wrong_and_nothing_of_what_is_right(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    lines = [
        ("a", "cg@optax"),
        ("b", "sgd@keras:lr=0.1,decay=0.1"),
        ("c", COPIED),
        ("d", "sgd@torch:lr=0.1,momentum=0,nesterov=True"),
    ]
    spec = "".join(f'[{name}]\nsize = "200x150"\nopt = "{opt}"\n' for name, opt in lines)
    (folder / "s.toml").write_text(spec)
    status, _, message = told(capsys, "batch", "--check", "s.toml")
    assert status == 2
    assert "3 mistakes" in message
    for said in ("called 'optax' in cg@optax; known: paper", REFUSED, "zero dampening"):
        assert said in message


def test_a_rate_for_all_is_no_second_mistake_of_a_library_that_asks_for_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "s.toml").write_text('[a]\nopt = "adam@optax"\neta = 0.1\ntheme = "drak"\n')
    message = told(capsys, "batch", "--check", "s.toml")[2]
    assert message.startswith("optviz: a mistake, nothing is drawn")


def test_a_card_is_of_a_dialect_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(capsys, "explain", "adam@torch")
    assert (status, "foreach, fused" in out, "maximize=false" in out) == (0, True, True)
    status, _, message = told(capsys, "explain", "cg@optax")
    assert (status, "no dialect of cg is called 'optax'" in message) == (2, True)
