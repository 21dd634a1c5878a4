"""The tutorial in two languages: the figures of the book, with the values that it prints."""

import re
from pathlib import Path

GALLERY = Path(__file__).parent.parent / "gallery"


def test_the_values_that_the_tutorial_quotes_are_those_of_the_book() -> None:
    """Printed below the figures of sections 12.7 and 12.8, version 1.0.3."""
    for page in ("tutorial.md", "tutorial.ko.md"):
        text = (GALLERY / page).read_text(encoding="utf-8")
        for values in (
            "x1: -2.382563, x2: -0.158591",
            "x1: -0.002295, x2: -0.000000",
            "x1: -0.010599, x2: 0.000000",
        ):
            assert values in text


def commands(page: str) -> list[str]:
    """The commands that draw, without what only names and sizes the picture."""
    text = (GALLERY / page).read_text(encoding="utf-8")
    return [
        re.sub(r" (--size|-o) \S+", "", line) for line in re.findall(r"^optviz .*$", text, re.M)
    ]


def test_both_tutorials_have_the_same_ten_commands() -> None:
    assert commands("tutorial.md") == commands("tutorial.ko.md")
    assert len(commands("tutorial.md")) == 10
