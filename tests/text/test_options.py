"""Numbers in one text: with commas or blanks, in brackets, as fractions."""

import pytest

from optviz.errors import BadValue
from optviz.text.options import is_ratio, numbers

SPELLINGS = [
    ("-5,-2", [-5, -2]),
    (" (-5, -2) ", [-5, -2]),
    ("[-5,-2]", [-5, -2]),
    ("[-5 -2]", [-5, -2]),
    ("-5 -2", [-5, -2]),
    ("[−5; −2]", [-5, -2]),
    ("-5; -2", None),
    ("[[-5, -2]", None),
    ("[-5, -2", None),
    ("1/2, -1/4", [0.5, -0.25]),
    ("1/10", [0.1]),
    ("1e-1 2.5/5", [0.1, 0.5]),
    ("5", [5]),
    ("5,", None),
    ("", None),
    ("[]", None),
    ("1/0", None),
    ("1/2/3", None),
    ("1_0", None),
    ("5 x", None),
    ("1e999", None),
    ("1/1e-999", None),
    ("nan", None),
]


@pytest.mark.parametrize(("text", "values"), SPELLINGS)
def test_numbers_are_read_or_refused(text: str, values: list[float] | None) -> None:
    if values is not None:
        assert numbers("start", text) == values
        return
    with pytest.raises(BadValue):
        numbers("start", text)


def test_one_number_or_one_over_another_is_told_from_words() -> None:
    assert all(map(is_ratio, ["-5", "−5", "1/2", "1e-3", ".5"]))
    assert not any(map(is_ratio, ["adam", "-o", "--start", "", "-", "1/0", "1,2"]))
