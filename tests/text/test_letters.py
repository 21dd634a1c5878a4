"""Letters, superscripts and subscripts of names and formulas."""

import unicodedata

import pytest

from optviz.text import letters


@pytest.mark.parametrize("form", [letters.SUPERSCRIPTS, letters.SUBSCRIPTS])
def test_digits_in_order_as_unicode_has_them(form: str) -> None:
    assert [unicodedata.digit(sign) for sign in form] == list(range(10))


def test_digits_of_an_exponent_and_an_index_read_back() -> None:
    assert unicodedata.normalize("NFKC", letters.superscript("-12")) == "−12"
    assert letters.digits(letters.superscript("-12")) == "-12"
    assert letters.digits(letters.subscript("x10")) == "x10"


@pytest.mark.parametrize("letter", letters.GREEK)
def test_every_letter_is_the_one_of_its_name_in_unicode(letter: str) -> None:
    name = letters.GREEK[letter].removeprefix("var").upper().replace("LAMBDA", "LAMDA")
    size = "CAPITAL" if letters.GREEK[letter][0].isupper() else "SMALL"
    assert unicodedata.name(letter) == f"GREEK {size} LETTER {name}"
