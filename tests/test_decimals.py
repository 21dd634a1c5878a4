"""What is a number in a table, and what only looks like one."""

import pytest

from optviz import decimals

NUMBERS = ["1", "-1.5", "+.5", "3.", "1e5", "1.5E-300"]
COMMAS = ["1,5", "-,5", "3,", "1,234", "1,5e-3"]
DRESSED = ["5%", "$1,200.50", "1.0D+00", "−1.5", "1 234", "1'234.50", "1,234,567", "1,234"]
WORDS = ["", "abc", "1x", "x1", "1_0", "１", "--1", "e5", "nan", "$", "-"]


@pytest.mark.parametrize("text", [*NUMBERS, *COMMAS, *DRESSED, *WORDS])
def test_each_kind_of_number_is_told_from_the_others(text: str) -> None:
    assert decimals.is_number(text) == (text in NUMBERS)
    assert decimals.is_comma_number(text) == (text in COMMAS)
    assert decimals.is_dressed(text) == (
        text in DRESSED or (text in COMMAS and text[0] not in "-,")
    )


@pytest.mark.parametrize(
    ("text", "grouped"),
    [("1,234", True), ("12,345,678", True), ("1.234,5", True), ("0,125", False), ("1,5", False),
     ("1,2345", False), ("1234,567", False), ("-1,234", True)],
)  # fmt: skip
def test_three_digits_after_a_comma_may_be_thousands(text: str, grouped: bool) -> None:
    assert decimals.may_be_grouped(text) == grouped
