"""README on its first screen: what it is, how to get it, what to type."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = README.splitlines()
BLOCKS = re.findall(r"^```optviz[^\n]*\n(.*?)^```$", README, re.M | re.S)


def line_of(text: str) -> int:
    """The number of the first line with a text in it."""
    return next(number for number, line in enumerate(LINES, 1) if text in line)


def test_it_is_short_and_its_lines_too() -> None:
    assert len(LINES) <= 150
    typed = [line for line in LINES if not line.startswith(("optviz ", "<img ", "| "))]
    assert max(map(len, typed)) <= 120


def test_a_sentence_the_first_command_its_picture_and_how_to_install_come_first() -> None:
    assert line_of("optviz draws how optimizers move") < line_of("optviz trace") < 10
    assert line_of('src="gallery/adagrad-trace.png"') < line_of("## Install") < 25


def test_installing_draws_the_first_picture() -> None:
    install, tests = (line for line in LINES if line.startswith("python3 -m venv"))
    assert install.endswith(f" && .venv/bin/{BLOCKS[0].strip()}")
    assert tests.endswith(" && .venv/bin/pytest")


def test_the_values_below_the_first_picture_are_those_of_the_book() -> None:
    """Dive into Deep Learning 1.0.3, section 12.7, prints x1: -2.382563, x2: -0.158591."""
    table = "\n".join(LINES[: line_of("## Install")])
    assert "| −2.382563 | −0.158591 |" in table


def test_six_things_have_a_picture_each() -> None:
    part = README.partition("## Six things that it draws")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\*\*", part, re.M)) == 6
    assert len(re.findall(r'^<img src="gallery/', part, re.M)) == 6
