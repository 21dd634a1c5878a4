"""What tells two optimizers apart."""

from pathlib import Path

import pytest

from optviz import cli, optimizers
from optviz.studies import difference


def test_dialects_differ_in_what_they_set_and_nothing_else() -> None:
    one, other = (optimizers.read(f"adagrad@{d}:eta=0.4") for d in ("torch", "optax"))
    rows = difference.settings(one, other)
    assert rows == [("eps", "1e-10", "1e-07"), ("eps_at", "outside", "inside"), ("G0", "0", "0.1")]


def test_rules_differ_in_name_and_in_what_only_one_has() -> None:
    rows = difference.settings(optimizers.read("gd:eta=0.1"), optimizers.read("momentum:eta=0.1"))
    assert rows[0] == ("rule", "Gradient descent", "Momentum")
    assert ("beta", "-", "0.5") in rows


def test_the_command_tells_what_the_difference_does_to_the_path(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    picture = tmp_path / "both.png"
    words = ["explain", "--diff", "adagrad", "adagrad@torch", "--eta", "0.4", "-o", str(picture)]
    assert cli.main(words) == 0
    out = capsys.readouterr().out
    assert "(-2.38256, -0.158591)" in out  # the book's result, and PyTorch's to six digits
    assert "farthest apart" in out
    assert picture.stat().st_size > 5000


def test_one_and_the_same_does_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "--diff", "gd", "gd"]) == 0
    assert "do the same" in capsys.readouterr().out


def test_three_cannot_be_told_apart_and_two_cannot_be_explained_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["explain", "--diff", "gd", "adam", "adagrad"]) == 2
    assert cli.main(["explain", "gd", "adam"]) == 2
    assert "--diff takes two" in capsys.readouterr().err
