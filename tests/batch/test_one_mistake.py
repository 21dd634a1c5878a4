"""A mistake in a spec file is told once, with the word to write, and not what follows from it."""

from pathlib import Path

import pytest

from optviz import cli


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('lr = 0.4\nopt = "gd"', "lr = 0.4: write eta = 0.4"),
        ('optimizer = "gd"', 'optimizer = "gd": write opt = "gd"'),
        ('optimizer = "momentum"\nbeta = 0.9', 'optimizer = "momentum": write opt = "momentum"'),
        ('objective = "@a.csv"\ntarget = "y"\noptimizer = "gd"', 'write opt = "gd"'),
        ('objective = "@a.csv"\ntarget = "y"\nl2 = 1\nsise = "3x3"', "did you mean size?"),
        ("momentum = 0.9", 'momentum = 0.9: write param = ["momentum=0.9"]'),
        ("batch_size = 5", 'batch_size = 5: write gradient = "minibatch(5)"'),
        ("epochs = 5", "epochs = 5: write steps = 5"),
        ("dark = true", 'dark = true: write theme = "dark"'),
        ("n = 5", "n = 5: the short form of a flag; write steps"),
        ("opt = gd", 'line 3: a text stands in quotes; write opt = "gd"'),
        ("opt: gd", 'write opt = "gd"'),
        ('output = "a.jpg"', "write a.png"),
    ],
)
def test_it_is_told_once(
    lines: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("a,y\n1,2\n2,3\n4,1\n")
    Path("s.toml").write_text(f"# figures\n[a]\n{lines}\n")
    assert cli.main(["batch", "--check", "s.toml"]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert "mistakes" not in message
    assert "s.toml" in message
