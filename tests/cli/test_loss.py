"""`optviz loss` on the command line."""

from pathlib import Path

import pytest

from optviz import cli


@pytest.mark.parametrize("measure", ["gap", "distance", "gradient", "modes"])
def test_each_measure_is_drawn(
    measure: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.png"
    arguments = ["loss", "--opt", "gd", "--opt", "adam", "--measure", measure, "-o", str(path)]
    assert cli.main(arguments) == 0
    assert path.read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out == f"{path}\n"


def test_a_film_grows_the_curve(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    assert cli.main(["loss", "-q", "--opt", "gd", "--size", "320x240", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(b"GIF")


def test_a_log_of_losses_alone_can_be_plotted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, picture = tmp_path / "log.csv", tmp_path / "a.svg"
    rows = "\n".join(f"{t},{1 / (t + 1)},{0.5**t}" for t in range(9))
    log.write_text(f"step,x1,f\n{rows}\n", encoding="utf-8")
    assert cli.main(["plot", "loss", str(log), "-o", str(picture)]) == 0
    assert "f against the step on a log axis" in picture.read_text(encoding="utf-8")


def test_the_measure_and_the_saddle_are_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["loss", "--measure", "regret"]) == 2
    assert "gap, distance, gradient, modes or milestones is wanted" in capsys.readouterr().err
    assert cli.main(["loss", "-f", "saddle"]) == 2
    assert "--measure gradient" in capsys.readouterr().err
