"""Tables as text: what separates fields, what is a row, and in which line it ends."""

import pytest

from optviz.errors import BadFile
from optviz.files import delimited


def read(text: str, blanks: bool = False) -> list[tuple[int, list[str]]]:
    lines = delimited.lines(text)
    return list(delimited.rows(lines, delimited.separator(lines, blanks), "a.csv"))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_fields_are_separated_by_the_sign_in_both_of_the_first_rows(sign: str) -> None:
    text = f'"a,b;c"{sign}d\n1.5{sign}2\n'
    assert read(text) == [(1, ["a,b;c", "d"]), (2, ["1.5", "2"])]


def test_a_decimal_comma_separates_nothing_where_semicolons_do() -> None:
    assert read("x;y\n0,5;1,5\n") == [(1, ["x", "y"]), (2, ["0,5", "1,5"])]


def test_blanks_separate_fields_only_where_they_are_allowed_to() -> None:
    assert read("a  b\n1 2\n", blanks=True)[1] == (2, ["1", "2"])
    assert read("a  b\n1 2\n") == [(1, ["a  b"]), (2, ["1 2"])]


def test_a_second_row_that_is_broken_off_does_not_hide_the_separator() -> None:
    assert read("step;x1\n5\n") == [(1, ["step", "x1"]), (2, ["5"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_comments_and_blank_lines_are_no_rows_but_count_as_lines(end: str) -> None:
    text = end.join(["# mine", "a,b", "", ' # "later', "1,2"])
    assert read(text) == [(2, ["a", "b"]), (5, ["1", "2"])]


def test_a_row_over_several_lines_has_the_number_of_its_last() -> None:
    assert read('a,b\n"1\n2",3\n') == [(1, ["a", "b"]), (3, ["1\n2", "3"])]


def test_what_is_no_table_is_refused_with_its_line() -> None:
    with pytest.raises(BadFile, match=r"a\.csv, line 2: field larger than field limit"):
        read("a,b\n1," + "y" * 200_000)
