"""The tutorial in two languages: the figures of the book, with the values that it prints."""

import re
from pathlib import Path

import pytest

GALLERY = Path(__file__).parent.parent / "gallery"
PAGES = ("tutorial.md", "tutorial.ko.md")


# Printed below the figures of sections 12.7 and 12.8, version 1.0.3: η = 0.4, η = 2, RMSProp.
BOOK = (
    "x1: -2.382563, x2: -0.158591",
    "x1: -0.002295, x2: -0.000000",
    "x1: -0.010599, x2: 0.000000",
)


@pytest.mark.parametrize("page", PAGES)
def test_the_values_that_it_quotes_are_those_of_the_book(page: str) -> None:
    text = (GALLERY / page).read_text(encoding="utf-8")
    assert re.findall(r"`(x1: [^`]+)`", text) == list(BOOK)


@pytest.mark.parametrize("page", PAGES)
def test_its_table_has_the_values_of_the_book(page: str) -> None:
    text = (GALLERY / page).read_text(encoding="utf-8").replace("−", "-")
    rows = [
        [cell.strip() for cell in row.split("|")] for row in text.splitlines() if row[:1] == "|"
    ]
    ends = [row[4:6] for row in rows if row[1] == "AdaGrad" and row[3] == "20"]
    assert ["-2.382563", "-0.158591"] in ends
    assert ["-0.002295", "0.000000"] in ends


def commands(page: str) -> list[str]:
    """The commands that draw, without what only names and sizes the picture."""
    text = (GALLERY / page).read_text(encoding="utf-8").replace("\\\n ", "")
    return [
        re.sub(r" (--size|-o) \S+", "", line) for line in re.findall(r"^optviz .*$", text, re.M)
    ]


def test_both_tutorials_have_the_same_ten_commands() -> None:
    english, korean = (commands(page) for page in PAGES)
    assert english == korean
    assert len(english) == 10
