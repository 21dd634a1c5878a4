"""Optimizers from outside: files, packages, PyTorch's own classes."""

import sys
from pathlib import Path

import numpy as np
import pytest

from optviz import cli, objectives, optimizers
from optviz.errors import OptvizError
from optviz.walks import engine

D2L = objectives.read("d2l")
START = np.array([-5.0, -2.0])
MINE = """
from dataclasses import dataclass
from typing import NamedTuple

from optviz.optimizers import Rule, Step
from optviz.settings import setting


class State(NamedTuple):
    pass


@dataclass(frozen=True)
class Half(Rule):
    title = "Half"
    says = "Half a step of gradient descent."
    fails = "Everywhere, half as fast."
    equations = ("x = x - h eta g",)
    rate = "h"
    reference = "this test"
    dialects = {"paper": {"eta": 0.2}}
    made_by = {}

    share: float = setting(0.5, "h", "h", "share of a step", "[0, 1]")

    def init(self, x):
        return State()

    def update(self, p, s):
        return Step(p.grad, self.share), s
"""


@pytest.fixture
def mine(tmp_path: Path) -> str:
    file = tmp_path / "mine.py"
    file.write_text(MINE, encoding="utf-8")
    return str(file)


def test_a_rule_in_a_file_walks_like_any_other(mine: str) -> None:
    optimizer = optimizers.read(f"{mine}:Half(eta=0.4,share=0.25)")
    half = engine.run(D2L, optimizer, START, 10)
    whole = engine.run(D2L, optimizers.read("gd:eta=0.1"), START, 10)
    assert half.x == pytest.approx(whole.x)
    assert half.rate == pytest.approx(np.full((10, 1, 2), 0.1))


def test_its_text_form_reads_back(mine: str) -> None:
    optimizer = optimizers.read(f"{mine}:Half(0.4)")
    assert str(optimizer) == f"{mine}:Half:eta=0.4,share=0.5"
    assert optimizers.read(str(optimizer)) == optimizer


def test_common_settings_reach_it(mine: str) -> None:
    (optimizer,) = optimizers.read_all([f"{mine}:Half"], {"eta": "0.3", "share": "0.1"})
    assert str(optimizer).endswith("Half:eta=0.3,share=0.1")


def test_it_is_drawn_from_the_command_line(mine: str, tmp_path: Path, capsys: object) -> None:
    out = tmp_path / "half.svg"
    assert cli.main(["trace", "--opt", f"{mine}:Half", "-q", "-o", str(out)]) == 0
    assert "Half" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("./nowhere.py:Rule", "no such file"),
        ("no_such_package:Rule(a=1)", "not installed"),
        ("adagrd:cosine(0.1,9)", "did you mean adagrad"),
        ("{mine}:Haff", "did you mean Half"),
        ("{mine}:Half(shar=1)", "did you mean share"),
        ("{mine}:Half(share=2)", "share"),
        ("pathlib:Path", "torch.optim.Optimizer is wanted"),
    ],
)
def test_what_cannot_be_loaded_is_an_error_of_one_sentence(
    mine: str, text: str, message: str
) -> None:
    with pytest.raises(OptvizError, match=message):
        optimizers.read(text.replace("{mine}", mine))


def test_a_file_that_fails_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("1 / 0", encoding="utf-8")
    with pytest.raises(OptvizError, match="ZeroDivisionError"):
        optimizers.read(f"{tmp_path / 'bad.py'}:Rule")


def test_another_package_adds_a_rule_by_its_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "halves.py").write_text(MINE, encoding="utf-8")
    folder = tmp_path / "halves-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: halves\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[optviz.optimizers]\nhalf_step = halves:Half\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    optimizer = optimizers.read("half_step:eta=0.4,share=0.25")
    assert str(optimizer) == "half_step:eta=0.4,share=0.25"
    sys.modules.pop("halves")


def test_without_torch_its_optimizers_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setitem(sys.modules, "torch.optim", None)
    with pytest.raises(OptvizError, match=r"optviz\[torch\]"):
        optimizers.read("torch.optim:Adagrad(lr=0.4)")


# What follows steps the real classes, where PyTorch is installed.


@pytest.mark.parametrize(
    ("outside", "ours"),
    [
        ("Adagrad(lr=0.4)", "adagrad@torch:eta=0.4"),
        ("Adam(lr=0.1,betas=(0.8,0.9))", "adam@torch:lr=0.1,betas=(0.8,0.9)"),
        ("RMSprop(lr=0.05,alpha=0.9)", "rmsprop@torch:lr=0.05,alpha=0.9"),
        ("SGD(lr=0.1,momentum=0.9,nesterov=True)", "sgd@torch:lr=0.1,momentum=0.9,nesterov=true"),
    ],
)
def test_the_bridge_and_our_dialect_walk_alike(outside: str, ours: str) -> None:
    pytest.importorskip("torch")
    real = engine.run(D2L, optimizers.read(f"torch.optim:{outside}"), [START, -START], 30)
    own = engine.run(D2L, optimizers.read(ours), [START, -START], 30)
    assert real.x == pytest.approx(own.x, rel=1e-9, abs=1e-12)
    assert real.rate == pytest.approx(own.rate, rel=1e-9)


def test_a_setting_for_all_goes_to_a_class_that_has_it_and_does_not_set_it() -> None:
    pytest.importorskip("torch")
    shared = {"eta": "0.3", "momentum": "0.9"}
    several = optimizers.read_all(["torch.optim:SGD", "torch.optim:SGD(lr=0.1)", "adagrad"], shared)
    assert [str(one).partition(":eta")[0] for one in several] == [
        "torch.optim:SGD(lr=0.3, momentum=0.9)",
        "torch.optim:SGD(lr=0.1, momentum=0.9)",
        "adagrad",
    ]
    assert [str(optimizers.read(str(one))) for one in several] == [str(one) for one in several]
    with pytest.raises(OptvizError, match="plain numbers"):
        optimizers.read_all(["torch.optim:SGD"], {"eta": "cosine(0.3,60)"})
    with pytest.raises(OptvizError, match="no temperature to set"):
        optimizers.read_all(["torch.optim:SGD"], {"temperature": "1"})


def test_an_argument_that_the_class_refuses_is_its_own_sentence() -> None:
    pytest.importorskip("torch")
    with pytest.raises(OptvizError, match="unexpected keyword argument 'lq'"):
        optimizers.read("torch.optim:Adam(lq=1)")
    with pytest.raises(OptvizError, match="wants its name"):
        optimizers.read("torch.optim:Adam(0.1)")


def test_a_rate_without_a_name_after_an_alias_is_no_class_of_a_module() -> None:
    assert optimizers.read("nag:cosine(0.1,60)") == optimizers.read("nesterov:eta=cosine(0.1,60)")
    assert optimizers.read("sgd:StepLR(0.1,step_size=3)").rule == optimizers.read("gd").rule


def test_a_rule_of_ours_by_its_module_keeps_its_name() -> None:
    optimizer = optimizers.read("optviz.optimizers.adam:Adam(eta=0.2)")
    assert str(optimizer) == "adam:eta=0.2,beta1=0.9,beta2=0.999,eps=1e-06"


def test_settings_are_explicit_in_any_spelling(mine: str) -> None:
    for text in ("sgd@keras:learning_rate=0.6", "sgd@torch:lr=0.6", "gd(0.6)", f"{mine}:Half(0.6)"):
        assert "eta" in optimizers.read(text).explicit
    assert optimizers.read("adam@torch:betas=(0.8,0.9)").explicit == {"beta1", "beta2"}
    assert optimizers.read_all(["gd", "momentum"], {"eta": "0.1"})[1].explicit == {"eta"}
