"""`--colors`: one for each optimizer, in every figure that has their colours, refused elsewhere."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from optviz import cli

GALLERY = Path(__file__).parents[2] / "gallery"
TWO = ["--opt", "adagrad", "--opt", "gd"]
SMALL = ["--size", "400x300", "-q"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def colours(path: str) -> set[tuple[int, ...]]:
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    return set(map(tuple, np.unique(pixels, axis=0).tolist()))


@pytest.mark.parametrize("command", ["trace", "rates", "loss", "compare", "coordinates"])
@pytest.mark.parametrize("spelled", [["#e0c010,navy"], ["#e0c010", "navy"]])
def test_curves_have_the_colours_in_order(command: str, spelled: list[str]) -> None:
    flags = [word for text in spelled for word in ("--colors", text)]
    assert cli.main([command, *TWO, *SMALL, *flags, "-o", "a.png"]) == 0
    assert {(0xE0, 0xC0, 0x10), (0, 0, 0x80)} <= colours("a.png")
    assert (0xE0, 0x4E, 0x10) not in colours("a.png")  # the theme's first


def test_a_batch_reads_them_and_a_recipe_keeps_them(capsys: pytest.CaptureFixture[str]) -> None:
    Path("s.toml").write_text(
        '[a]\nopt = ["adagrad", "gd"]\ncolors = ["teal", "navy"]\nsize = "400x300"\n'
    )
    assert cli.main(["batch", "s.toml", "--no-cache", "-q"]) == 0
    assert {(0, 0x80, 0x80), (0, 0, 0x80)} <= colours("a.png")
    capsys.readouterr()
    assert cli.main(["recipe", "--json", "a.png"]) == 0
    assert json.loads(capsys.readouterr().out)["a"]["colors"] == ["teal", "navy"]
    assert cli.main(["recipe", "--verify", "a.png"]) == 0


def test_two_figures_of_one_batch_do_not_share_their_colours() -> None:
    lines = [
        f'[{name}]\nfigure = "compare"\nopt = ["gd"]\nsize = "400x300"\n' for name in ("a", "b")
    ]
    Path("s.toml").write_text(f'{lines[0]}colors = "teal"\n{lines[1]}colors = "#aa00aa"\n')
    assert cli.main(["batch", "s.toml", "--no-cache", "-q", "--jobs", "1"]) == 0
    assert (0, 0x80, 0x80) not in colours("b.png")
    assert (0xAA, 0, 0xAA) in colours("b.png")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([*TWO, "--colors", "red"], "one colour for each optimizer is wanted, 2 here"),
        (["--colors", "red,blue"], "one colour for each optimizer is wanted, 1 here"),
        (["--colors", "redd"], "redd given, an opaque colour"),
        (["--colors", "red,"], "a colour between all commas"),
        (["--colors", "white"], "can be seen on the page, #ffffff"),
        (["--colors", "red", "-o", "a.csv"], "for pictures"),
        (
            ["--colors", "red", "--starts", "status", "--start", "grid(-6,6,-3,3,3x3)"],
            "nothing in this figure has the colour of an optimizer",
        ),
    ],
)
def test_what_has_no_use_for_them_or_cannot_be_read_is_refused(
    arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["trace", *arguments]) == 2
    assert reason in capsys.readouterr().err
    assert list(Path().iterdir()) == []


def test_a_map_has_none_and_curves_of_a_sweep_have(capsys: pytest.CaptureFixture[str]) -> None:
    one = ["sweep", "--opt", "momentum", "--over", "eta=[0.1,0.2,0.3]", "--colors", "teal", *SMALL]
    assert cli.main([*one, "-o", "a.png"]) == 0
    assert (0, 0x80, 0x80) in colours("a.png")
    assert cli.main([*one, "--over", "beta=[0.1,0.2]", "-o", "b.png"]) == 2
    assert "a map has none" in capsys.readouterr().err


LOGS = [str(GALLERY / f"digits-{name}.jsonl") for name in ("adagrad", "adam")]


def test_logs_of_training_have_one_a_log_and_a_log_axis(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["plot", "rates", *LOGS, "-q", "--xlog", "-o", "a.png", "--colors"]
    assert cli.main([*command, "teal,#aa5500"]) == 0
    assert {(0, 0x80, 0x80), (0xAA, 0x55, 0)} <= colours("a.png")
    assert cli.main([*command, "teal"]) == 2
    assert "one colour for each log is wanted, 2 here" in capsys.readouterr().err


def test_runs_from_a_pipe_have_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", *TWO, "-q", "-o", "a.jsonl"]) == 0
    assert cli.main(["plot", "loss", "a.jsonl", *SMALL, "--colors", "teal,navy"]) == 0
    assert {(0, 0x80, 0x80), (0, 0, 0x80)} <= colours("loss.png")
    assert cli.main(["plot", "loss", "a.jsonl", *SMALL, "--colors", "teal"]) == 2
    assert "2 here" in capsys.readouterr().err
