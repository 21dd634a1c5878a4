"""An option that changes nothing is refused with its usual value too, if it was typed."""

from pathlib import Path

import pytest

from optviz import cli

LINES = [
    ("trace --counter -o a.png", "counter: for films"),
    ("trace --fps 20 -o a.png", "fps: for films"),
    ("trace --seed 0 -o a.png", "seed: for gradients that are drawn"),
    ("trace --theme light -o a.csv", "theme: for pictures"),
]


@pytest.mark.parametrize(("line", "sentence"), LINES)
def test_an_idle_option_is_refused_with_its_usual_value(
    line: str, sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = line.replace("-o ", f"-o {tmp_path}/").split()
    assert cli.main(words) == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
