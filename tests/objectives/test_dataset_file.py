"""Tables are read however they are separated, and what is no number is named by line and column."""

import numpy as np
import pytest

from optviz.errors import BadFile
from optviz.objectives.dataset_file import Table, read

ROWS = [[1.0, -2.5, 3e4], [4.0, 0.125, -6.0]]


def table(text: str, path: str = "data.csv") -> Table:
    return read(path, text.encode())


def said(text: str) -> str:
    with pytest.raises(BadFile) as caught:
        table(text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "x1,x2,x3\n1,-2.5,3e4\n4,0.125,-6\n",
        "x1;x2;x3\n1;-2.5;3e4\n4;0.125;-6",
        "x1\tx2\tx3\n1\t-2.5\t3e4\n4\t0.125\t-6\n",
        "x1 x2  x3\n1 -2.5   3e4\n  4 0.125 -6  \n",
        "1,-2.5,3e4\n4,0.125,-6\n",
        "1 -2.5 3e4\n4 0.125 -6",
        "x1,x2,x3\r\n1,-2.5,3e4\r\n4,0.125,-6\r\n",
        "\ufeffx1,x2,x3\n1,-2.5,3e4\n4,0.125,-6\n",
        '"x1", "x2", "x3"\n"1", "-2.5", 3e4\n4 , 0.125 ,"-6"\n',
        "# a remark, with a comma\nx1,x2,x3\n\n1,-2.5,3e4\n # another\n4,0.125,-6\n\n",
        "x1,x2,x3\n+1.,-2.50,3.0E+4\n4,.125,-6\n",
    ],
)
def test_every_way_to_write_a_table_gives_the_same(text: str) -> None:
    found = table(text)
    assert found.names == ("x1", "x2", "x3")
    assert found.values.tolist() == ROWS


def test_names_may_have_any_sign_in_them() -> None:
    head = '"a, b",c_1,$d$,"say ""e""",µ %, f  g '
    assert table(f"{head}\n1,2,3,4,5,6\n").names == ("a, b", "c_1", "$d$", 'say "e"', "µ %", "f g")
    assert table("a;b, c\n1;2\n").names == ("a", "b, c")


def test_a_single_column_is_a_table() -> None:
    assert table("y\n1\n2\n").values.tolist() == [[1], [2]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n1,2\n3,n/a\n",
         ", line 3: column b: a value is missing (n/a); remove the row or the column"),
        ("a,b\n1,2\n,3\n4,\n",
         ", line 3: column a: a value is missing, and 1 more such rows; remove the row or the "
         "column"),
        ("a,b\n1,2\n3,4x\n", ", line 3: column b: '4x' is no number; remove the row or the column"),
        ("1,2\n3,nan\n",
         ", line 2: column 2: a value is missing (nan); remove the row or the column"),
        ("# note\n\na,b\n1,2\n3,inf\n",
         ", line 5: column b: 'inf' is no number; remove the row or the column"),
        ("a,b\n1,1_0\n",
         ", line 2: column b is text ('1_0'); remove what is text, or write it as numbers"),
        ('a,b\n1,2\n"1,5",3\n',
         ", line 3: column a: '1,5' is no number; write a decimal point"),
        ('a,b\n1,2\n"1,234",3\n',
         ", line 3: column a: '1,234' is no number; write it plainly, as 1234.5"),
        ("a,b,c\n1,x,F\n2,y,M\n",
         ", line 2: columns b, c are text ('x'); remove what is text, or write it as numbers"),
        ("1,2,red\n3,4,blue\n",
         ", line 1: column 3 is text ('red'); remove what is text, or write it as numbers"),
        ("a,b\n1,2\n3,4,5\n",
         ", line 3: 3 fields; the header has 2; column 3 ('5') is beyond it"),
        ("a,b\n1,2\n3\n", ", line 3: 1 field; the header has 2; column b is missing"),
        ("1,2\n3\n", ", line 2: 1 field; the first row has 2; column 2 is missing"),
        ("a,b\n1,2\n3,1e999\n",
         ", line 3: column b: beyond floating point; remove the row or the column"),
        (",a,b\n7,2,3\n",
         ", line 1: column 1 has no name; give it one, or remove it if it only counts rows"),
        ("a,b,a\n1,2,3\n", ", line 1: columns 1 and 3 are both called a"),
        ("age,2019\n1,2\n",
         ", line 1: 2019 is a number and 'age' is none; a header of names alone, or a row of "
         "numbers alone, is wanted"),
        ("a,b\n", ": a header without rows"),
        ("# nothing\n\n", ": an empty table"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_by_line_and_column(text: str, sentence: str) -> None:
    assert said(text) == f"data.csv{sentence}"


def test_text_that_is_not_utf_8_is_named_by_line() -> None:
    with pytest.raises(BadFile, match="line 2: byte 0xff is not UTF-8"):
        read("data.csv", b"a,b\n\xff,1\n")


def test_a_large_table_is_read_to_the_last_bit() -> None:
    values = np.random.default_rng(1).normal(size=(2000, 5)) * 10.0 ** np.arange(-6, 9, 3)
    text = "\n".join(",".join(map(repr, row)) for row in values.tolist())
    assert np.array_equal(table(text).values, values)
