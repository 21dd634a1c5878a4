"""Tables as text: what separates fields, what is a row, and in which line it ends."""

import pytest

from optviz.errors import BadFile
from optviz.files import delimited, separators


def read(text: str) -> list[tuple[int, list[str]]]:
    lines, stated = delimited.bare(delimited.split(text))
    separator = stated or separators.between([line for line in lines if line.strip()][:20])
    return list(delimited.rows(lines, separator, "a.csv"))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_fields_are_separated_by_the_sign_in_both_of_the_first_rows(sign: str) -> None:
    text = f'"a,b;c"{sign}d\n1.5{sign}2\n'
    assert read(text) == [(1, ["a,b;c", "d"]), (2, ["1.5", "2"])]


def test_a_decimal_comma_separates_nothing_where_semicolons_do() -> None:
    assert read("x;y\n0,5;1,5\n") == [(1, ["x", "y"]), (2, ["0,5", "1,5"])]


def test_blanks_separate_fields_where_all_first_rows_have_them() -> None:
    assert read("a  b\n1 2\n")[1] == (2, ["1", "2"])
    assert read("my column\n1\n2\n") == [(1, ["my column"]), (2, ["1"]), (3, ["2"])]


def test_blanks_and_tabs_are_one_separator_where_both_stand_between_numbers() -> None:
    assert read('17.0   8  1.5\t"a b"\n14.0  8   2.5\t"c"\n')[0] == (1, ["17.0", "8", "1.5", "a b"])
    assert read("fixed acidity\tpH\n7.1\t3.5\n") == [
        (1, ["fixed acidity", "pH"]),
        (2, ["7.1", "3.5"]),
    ]
    assert read("1,\t2\n3,\t4\n") == [(1, ["1", "\t2"]), (2, ["3", "\t4"])]


def test_thousands_set_apart_by_blanks_do_not_make_blanks_a_separator() -> None:
    assert read("1 234,5\t2,0\n2 345,5\t3,0\n")[0] == (1, ["1 234,5", "2,0"])


def test_a_decimal_comma_between_blanks_separates_nothing() -> None:
    assert read("x y\n1,5 2,5\n2,5 3,5\n")[1] == (2, ["1,5", "2,5"])


def test_a_second_row_that_is_broken_off_does_not_hide_the_separator() -> None:
    assert read("step;x1\n5\n") == [(1, ["step", "x1"]), (2, ["5"])]


def test_the_sign_may_begin_below_a_title() -> None:
    assert read("Station Berlin, 3\n\nx;y\n1,5;2\n2,5;3\n")[1] == (3, ["x", "y"])
    assert read('"x"\n"1",5\n"2",6\n')[1] == (2, ["1", "5"])


def test_excel_is_told_the_separator_in_the_first_line() -> None:
    assert read("sep=;\na,b;c\n1;2\n") == [(2, ["a,b", "c"]), (3, ["1", "2"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_remarks_and_blank_lines_are_no_rows_but_count_as_lines(end: str) -> None:
    text = end.join(["# mine", "a,b", "", ' # "later', "1,2", "% MATLAB", "3,4"])
    assert read(text) == [(2, ["a", "b"]), (5, ["1", "2"]), (7, ["3", "4"])]


@pytest.mark.parametrize("rule", ["|---|---|", "| :-- | --: |", "+---+---+", "---+---"])
def test_a_ruled_line_is_no_row(rule: str) -> None:
    assert [line for line, _ in read(f"| a | b |\n{rule}\n| 1 | 2 |\n")] == [1, 3]


def test_a_row_over_several_lines_has_the_number_of_its_last() -> None:
    assert read('a,b\n"1\n2",3\n') == [(1, ["a", "b"]), (3, ["1\n2", "3"])]
    assert read('a,b\n3,"1\n2"\n')[1] == (3, ["3", "1\n2"])


@pytest.mark.parametrize("after", ["", "3,4\n" * 5, "3,4\n" * 100_000])
def test_a_quote_that_does_not_close_is_named_where_it_opens(after: str) -> None:
    with pytest.raises(BadFile, match=r"a\.csv, line 4: column 2 opens a quote"):
        read(f'a,b\n1,2\n\n1,"2\n{after}')


def test_what_is_no_table_is_refused_with_its_line() -> None:
    with pytest.raises(BadFile, match=r"a\.csv, line 2: field larger than field limit"):
        read("a,b\n1," + "y" * 200_000)
