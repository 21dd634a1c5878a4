"""Tables in the forms in which programs and archives leave them, read to the numbers in them."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import notes
from optviz.errors import BadFile, UnknownColumn
from optviz.objectives.dataset import Model, dataset
from optviz.objectives.dataset_file import Table, read


class Form(NamedTuple):
    """A text, and what it holds: names, the first row, how many rows, and words of the notes."""

    text: str
    names: Sequence[str]
    first: Sequence[float]
    count: int
    said: Sequence[str] = ()


X3 = ("x1", "x2", "x3")
FORMS = {
    "UCI, blanks, two blank lines at the end": Form(
        "-2.3 0.568 4.78  0.125  0.11 \r\n-2.3 0.568 4.78  0.150  0.27 \r\n\r\n\r\n",
        ("x1", "x2", "x3", "x4", "x5"), (-2.3, 0.568, 4.78, 0.125, 0.11), 2),
    "UCI, right-aligned": Form(
        " 0.00632  18.00   2.310  0\n 0.02731   0.00   7.070  0\n",
        ("x1", "x2", "x3", "x4"), (0.00632, 18, 2.31, 0), 2),
    "UCI, commas, no header": Form("5.1,3.5,0\n4.9,3.0,0\n\n", X3, (5.1, 3.5, 0), 2),
    "UCI, quoted names between semicolons": Form(
        '"fixed acidity";"pH";"quality"\n7.4;3.51;5\n7.8;3.2;5\n',
        ("fixed acidity", "pH", "quality"), (7.4, 3.51, 5), 2),
    "R, write.csv": Form(
        '"","tv","sales"\n"1",230.1,22.1\n"2",44.5,10.4\n',
        ("tv", "sales"), (230.1, 22.1), 2, ["column 1, without a name, counts the rows"]),
    "R, write.csv, named rows": Form(
        '"","mpg","cyl"\n"Mazda RX4",21,6\n"Datsun 710",22.8,4\n',
        ("mpg", "cyl"), (21, 6), 2, ["column 1, without a name, names the rows"]),
    "R, write.table": Form(
        '"mpg" "cyl" "wt"\n"Mazda RX4" 21 6 2.62\n"Hornet 4 Drive" 21.4 6 3.215\n',
        ("mpg", "cyl", "wt"), (21, 6, 2.62), 2, ["names the rows"]),
    "R, write.table, one column": Form(
        '"x" "y"\n"1" 5 6\n"2" 6 7\n', ("x", "y"), (5, 6), 2, ["counts the rows"]),
    "R, write.csv2": Form(
        '"";"a";"b"\n"1";1,5;2\n"2";2,5;3,25\n', ("a", "b"), (1.5, 2), 2,
        ["counts the rows", "decimal commas are read as points (1,5 is 1.5)"]),
    "Rdatasets": Form(
        '"rownames","speed","dist"\n1,4,2\n2,4,10\n', ("speed", "dist"), (4, 2), 2,
        ["column rownames counts the rows"]),
    "pandas, to_csv": Form(
        ",a,b\n0,1.5,2\n1,2.5,3\n", ("a", "b"), (1.5, 2), 2, ["counts the rows"]),
    "pandas, to_csv of to_csv": Form(
        "Unnamed: 0.1,Unnamed: 0,a\n0,0,1.5\n1,1,2.5\n", ("a",), (1.5,), 2,
        ["column Unnamed: 0.1 counts", "column Unnamed: 0 counts"]),
    "pandas, an array": Form(
        "0,1,2\n1.5,2.0,3.0\n2.5,1.0,4.0\n", ("0", "1", "2"), (1.5, 2, 3), 2,
        ["line 1: 0, 1, 2 are read as the names of columns"]),
    "pandas, an array with its index": Form(
        ",0,1\n0,1.5,2\n1,2.5,3\n", ("0", "1"), (1.5, 2), 2, ["0, 1 are read as", "counts"]),
    "pandas, an array of pixels": Form(
        "0,1,2,3\n0,255,3,1\n7,8,9,0\n", ("0", "1", "2", "3"), (0, 255, 3, 1), 2,
        ["0, 1, 2, … are read as the names"]),
    "pandas, an array and a target": Form(
        "0,1,y\n1.5,2.0,3.0\n2.5,1.0,4.0\n", ("0", "1", "y"), (1.5, 2, 3), 2,
        ["0, 1, … are read as names"]),
    "years as names": Form("id,1990,1991\n4,1.5,2\n9,2.5,3\n", ("id", "1990", "1991"),
        (4, 1.5, 2), 2, ["1990, 1991, … are read as names"]),
    "percentiles as names": Form("10%,90%\n1,2\n3,4\n", ("10%", "90%"), (1, 2), 2),
    "numbers from 0 on that are a row": Form("0,1\n1,3\n2,5\n", ("x1", "x2"), (0, 1), 3,
        ["line 1: 0, 1 are read as a row of numbers"]),
    "numpy.savetxt": Form(
        "1.500000000000000000e+00 2.000000000000000000e+00\n2.5e+00 3e+00\n",
        ("x1", "x2"), (1.5, 2), 2),
    "numpy.savetxt with a header": Form("# a b y\n1 2 3\n2 3 5.5\n", ("a", "b", "y"), (1, 2, 3), 2),
    "numpy.savetxt with a header and commas": Form(
        "# a, the first,y\n1,2,3\n2,3,5.5\n", ("a", "the first", "y"), (1, 2, 3), 2),
    "numpy.savetxt with a header that is a remark": Form(
        "# made by hand in May\n1 2 3\n2 3 5.5\n", X3, (1, 2, 3), 2),
    "Origin, gnuplot": Form("#t x\n#\n0 1\n1 2.5\n", ("t", "x"), (0, 1), 2),
    "MATLAB, writematrix": Form("8,1,6\n3,5,7\n4,9,2\n", X3, (8, 1, 6), 3),
    "MATLAB, writetable": Form("Var1,Var2\n8,1.5\n3,5\n", ("Var1", "Var2"), (8, 1.5), 2),
    "MATLAB, with a remark": Form("% a b\n8 1\n3 5\n", ("a", "b"), (8, 1), 2),
    "MATLAB, save -ascii": Form(
        "   8.0000000e+00   1.0000000e+00\n   3.0000000e+00   5.0000000e+00\n",
        ("x1", "x2"), (8, 1), 2),
    "Excel, German": Form(
        "\ufeffGröße;Fläche;Preis\r\n1,5;2,0;3,1\r\n2;1,0;4,2\r\n",
        ("Größe", "Fläche", "Preis"), (1.5, 2, 3.1), 2, ["decimal commas"]),
    "Excel, French, tabs": Form(
        "Année\tPrix\n1\t1,25\n3\t-0,5\n", ("Année", "Prix"), (1, 1.25), 2, ["decimal commas"]),
    "Excel, German, no names": Form(
        "1,5;2;3\n1;2,5;3\n", X3, (1.5, 2, 3), 2, ["decimal commas"]),
    "one column under a remark": Form("# mine\n1\n2\n", ("x1",), (1,), 2),
    "Excel, with its first line": Form(
        "sep=;\r\na;b\r\n1,5;2\r\n", ("a", "b"), (1.5, 2), 1, ["decimal commas"]),
    "Excel, empty columns and rows": Form(
        "a,b,y,,\n1.5,2.0,3.1,,\n2.5,1.0,4.2,,\n,,,,\n,,,,\n", ("a", "b", "y"), (1.5, 2, 3.1), 2),
    "Excel, an empty column with a name": Form(
        "a,b,y\n1.5,,3\n2.5,,4\n", ("a", "y"), (1.5, 3), 2, ["column b is empty"]),
    "Excel, a title": Form(
        "Messreihe 3\n\na;b\n1,5;2\n2,5;3\n", ("a", "b"), (1.5, 2), 2,
        ["line 1 is taken for a title above the table ('Messreihe 3')", "decimal commas"]),
    "Excel, a title in the first cell": Form(
        "Sheet of May;;\na;b;c\n1;2;3\n4;5;6\n", ("a", "b", "c"), (1, 2, 3), 2,
        ["line 1 is taken"]),
    "a logger, with a title of two fields": Form(
        "DataFile;temp_log\nTemp 1;Humi 1;Temp 2;\n 22.0; 27.9; 22.1;\n 21.8; 28.1; 21.9;\n",
        ("Temp 1", "Humi 1", "Temp 2"), (22, 27.9, 22.1), 2,
        ["line 1 is taken for a title above the table ('DataFile temp_log')"]),
    "an archive, with titles": Form(
        '"Source","A bank",\n\n"Updated","May",\n\n"a","b","c","d",\n1,2,3,4,\n2,3,4,5,\n',
        ("a", "b", "c", "d"), (1, 2, 3, 4), 2, ["lines 1 to 3 are taken for a title"]),
    "trailing separators below the names": Form(
        "a,b\n1,2,\n2,3,\n", ("a", "b"), (1, 2), 2),
    "Markdown": Form(
        "| a | b |\n|---|--:|\n| 1 | 2.5 |\n| 2 | 3 |\n", ("a", "b"), (1, 2.5), 2),
    "psql": Form(" a | b\n---+-----\n 1 | 2.5\n 2 |   3\n", ("a", "b"), (1, 2.5), 2),
    "pipes": Form("a|b\n1|2,5\n2|3\n", ("a", "b"), (1, 2.5), 2, ["decimal commas"]),
    "blanks and decimal commas": Form(
        "a b\n1,5 2,5\n2,5 3,5\n", ("a", "b"), (1.5, 2.5), 2, ["decimal commas"]),
    "a column named # that counts": Form(
        "#,hp,speed\n1,45,65\n2,60,80\n", ("hp", "speed"), (45, 65), 2, ["counts the rows"]),
}  # fmt: skip


def noted(text: str | bytes) -> tuple[Table, list[str]]:
    with notes.collected() as found:
        return read("d", text.encode() if isinstance(text, str) else text), list(found)


@pytest.mark.parametrize("name", FORMS)
def test_a_table_as_it_lies_around_is_read(name: str) -> None:
    form = FORMS[name]
    table, said = noted(form.text)
    assert table.names == tuple(form.names)
    assert table.values[0].tolist() == list(form.first)
    assert len(table.values) == form.count
    assert len(said) == len(form.said)
    for sentence, words in zip(said, form.said, strict=True):
        assert sentence.startswith("d") and words in sentence


REFUSED = {
    "thousands, alone": ("a;b\n1,234;2\n5,678;3\n",
        "line 2: column a: '1,234' may be 1.234 or 1234; write numbers with a decimal point"),
    "thousands and decimals": ("a;b\n1.234,5;2\n",
        "line 2: column a: '1.234,5' is no number; write it plainly, as 1234.5"),
    "thousands by blanks": ("a;b\n1\u202f234,5;2\n", "line 2: column a: '1 234,5' is no number"),
    "thousands, Swiss": ("a;b\n1'234.50;2\n", "line 2: column a: \"1'234.50\" is no number"),
    "percent": ("a,b\n5%,2\n", "line 2: column a: '5%' is no number; write it plainly, as 1234.5"),
    "money": ("a,b\n1,2\n$5.00,2\n", "line 3: column a: '$5.00' is no number; write it plainly"),
    "Fortran": ("1.0D+00 2\n2.5D+00 3\n", "line 1: column 1: '1.0D+00' is no number, and"),
    "a minus of typesetters": ("a,b\n−1.5,2\n", "line 2: column a: '−1.5' is no number; write it"),
    "dates": ("a;b\n01.02.2024;2\n", "line 2: column a: '01.02.2024' is no number"),
    "another separator in the header": ("a;y\n1,2\n2,3\n", "line 2: 1 field; the header has 2"),
    "thousands in quotes": ('a,b\n"1,234",2\n', "line 2: column a: '1,234' is no number; write it"),
    "commas and points": ("a;b\n1.5;2\n1;2,5\n",
        "line 3: column b: '2,5', but '1.5' in line 2; write numbers with a decimal point"),
    "units": ("a,b,y\nm,s,kg\n1,2,3\n",
        "line 2: column a: 'm' is no number, nor is any other field of the line; remove it if"),
    "units, one more separator": ("a,b\nm,s,\n1,2,\n", "line 2: column a: 'm' is no number, nor"),
    "two lines of names": ("a,b\nfirst,second\n1,2\n", "line 2: column a: 'first' is no number"),
    "missing, R": ("a,b\n1,2\n3,NA\n", "line 3: column b: a value is missing (NA)"),
    "missing, UCI": ("1 ? 3\n2 3 4\n", "line 1: column 2: a value is missing (?)"),
    "missing, pandas": ("a,b\n1,2\n3,\n", "line 3: column b: a value is missing; remove the row"),
    "text and missing": ('17 8 ? 1\t"one"\n14 8 2 1\t"two"\n',
        "line 1: column 5 is text ('one'), and in line 1, column 3, a value is missing (?)"),
    "an index with gaps": (",a\n0,1\n5,2\n", "line 1: column 1 has no name; give it one"),
    "names twice": ("a,a\n1,2\n", "line 1: columns 1 and 2 are both called a"),
    "ragged": ("a,b\n1,2\n1,2,3\n", "line 3: 3 fields; the header has 2; column 3 ('3') is beyond"),
    "a footer": ("a,b\n1,2\nSource: me\n", "line 3: 1 field; the header has 2; column b is"),
    "an open quote": ('a,b\n1,"2\n3,4\n', "line 2: column 2 opens a quote that does not close"),
    "LibSVM": ("+1 1:0.5 3:0.2\n-1 2:1\n", "it is in LibSVM's format, index:value"),
    "LibSVM, ranks": ("2 qid:1 1:0.5 2:0\n", "it is in LibSVM's format"),
    "ARFF": ("% iris\n@RELATION iris\n@DATA\n1,2\n", "it is an ARFF file, and no table of fields"),
    "JSON": ('[{"a": 1}]', "it is JSON, and no table of fields; end its name in .json"),
    "YAML": ("Q: [[1, 0], [0, 2]]\nc: [0, 0]\n", "it is a text of settings, as TOML or YAML"),
    "HTML": ("<!DOCTYPE html>\n<html>", "it is a page of HTML or XML"),
    "nothing": ("", "an empty table"),
    "a header": ("a,b\n", "a header without rows"),
    "remarks": ("# a b\n", "an empty table"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named_by_line_and_column(name: str) -> None:
    text, sentence = REFUSED[name]
    with pytest.raises(BadFile) as caught:
        read("d", text.encode())
    assert "\n" not in str(caught.value)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04\x14\x00", "an Excel workbook"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"\x1f\x8b\x08\x00", "compressed by gzip"),
        (b"\x93NUMPY\x01\x00", "a NumPy array"),
        ("a,b\n1,2\n".encode("utf-16-le"), "line 1|UTF-16 without its mark: iconv -f utf-16le"),
        (b"a,b\n1,\x00\n", "line 2: it holds NUL bytes"),
        ("Größe;b\n1;2\n".encode("latin1"), "byte 0xf6 is not UTF-8; if it is latin1, convert it"),
        ("a;Preis €\n1;2\n".encode("cp1252"), "if it is cp1252"),
        ("크기,값\n1,2\n".encode("cp949"), "if it is cp949, convert it: iconv -f cp949 -t utf-8"),
    ],
)
def test_bytes_that_are_no_table_say_what_they_are(content: bytes, sentence: str) -> None:
    with pytest.raises(BadFile) as caught:
        read("d", content)
    assert all(part in str(caught.value) for part in sentence.split("|"))


def test_a_target_without_a_header_is_a_number_and_that_is_said() -> None:
    table, _ = noted("1 2 5\n2 3 6\n")
    for word in ("3", "x3"):
        with notes.collected() as said:
            assert dataset(table, Model(word)).y.tolist() == [5, 6]
        assert list(said) == ["d: no line of names above the numbers; the target is column 3 of 3"]
    with pytest.raises(UnknownColumn, match="'4' in d; known: 1, 2, 3"):
        dataset(table, Model("4"))


def test_a_target_in_a_header_of_numbers_is_a_name() -> None:
    table, _ = noted("0,1,2\n1.5,2.0,3.0\n2.5,1.0,4.0\n")
    assert dataset(table, Model("2")).y.tolist() == [3, 4]
    assert dataset(table, Model("0")).y.tolist() == [1.5, 2.5]
    with pytest.raises(UnknownColumn, match="'3' in d; known: 0, 1, 2"):
        dataset(table, Model("3"))


def test_a_number_of_a_column_counts_those_of_the_file() -> None:
    table, _ = noted(",a,b\n0,1,5\n1,2,6\n")
    with notes.collected() as said:
        assert dataset(table, Model("3")).y.tolist() == [5, 6]
    assert not said
    with pytest.raises(UnknownColumn):
        dataset(table, Model("1"))


@pytest.mark.parametrize("delimiter", [" ", ",", ";", "\t", "|"])
@pytest.mark.parametrize("fmt", ["%.18e", "%g", "%d", "%10.5f"])
def test_what_numpy_savetxt_writes_is_what_loadtxt_reads(delimiter: str, fmt: str) -> None:
    values = np.random.default_rng(0).normal(size=(6, 3)) * 100
    stream = io.StringIO()
    np.savetxt(stream, values, fmt, delimiter, header=delimiter.join("aby"), footer="the end")
    table, said = noted(stream.getvalue())
    stream.seek(0)
    assert np.array_equal(table.values, np.loadtxt(stream, delimiter=delimiter.strip(" ") or None))
    assert (table.names, said) == (("a", "b", "y"), [])


@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
def test_what_the_csv_module_writes_is_read(delimiter: str, quoting: int) -> None:
    names, rows = ["first; one", 'the "b", or so', "y|z"], [[1.5, -2e-300, 3.0], [0.1, 2.5, 1e22]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=quoting).writerows([names, *rows])
    table, said = noted(stream.getvalue())
    assert (table.names, table.values.tolist(), said) == (tuple(names), rows, [])


LAYOUTS = st.fixed_dictionaries(
    {
        "separator": st.sampled_from([",", ";", "\t", " ", "   ", " \t", "|", ", "]),
        "comma": st.booleans(),
        "header": st.sampled_from(["none", "names", "quoted", "remark"]),
        "index": st.sampled_from(["none", "from 0", "from 1", "unnamed", "R"]),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
        "end": st.sampled_from(["\n", "\r\n"]),
        "trailing": st.booleans(),
        "blank": st.booleans(),
    }
)
NUMBERS = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


def written(values: list[list[float]], layout: dict[str, str | bool]) -> bytes:
    """The values in this layout, with the names a, b, …."""
    separator, header, index = (str(layout[key]) for key in ("separator", "header", "index"))
    names = [chr(97 + i) for i in range(len(values[0]))]
    names = [f'"{name}"' for name in names] if header == "quoted" else names
    rows = [[repr(x) for x in row] for row in values]
    if layout["comma"]:
        rows = [[cell.replace(".", ",") for cell in row] for row in rows]
    if index != "none":
        rows = [[str(i + (index != "from 0")), *row] for i, row in enumerate(rows)]
        names = {"R": names, "unnamed": ["Unnamed: 0", *names]}.get(index, ['""', *names])
    lines = [separator.join(row) for row in rows]
    head = separator.join(names)
    lines = [*([] if header == "none" else [f"# {head}" if header == "remark" else head]), *lines]
    lines = [line + separator for line in lines] if layout["trailing"] else lines
    lines += ["", ""] if layout["blank"] else []
    return str(layout["end"]).join(lines).encode(str(layout["encoding"]))


def is_sensible(layout: dict[str, str | bool]) -> bool:
    """Whether a program could have written it, and it can be told from others."""
    blank = str(layout["separator"]).isspace() and layout["separator"] != "\t"
    return not (
        (layout["comma"] and "," in str(layout["separator"]))
        or (layout["index"] != "none" and layout["header"] in ("none", "remark"))
        or (layout["index"] == "unnamed" and (blank or layout["header"] == "quoted"))
        or (layout["trailing"] and (blank or layout["index"] == "R"))
    )


@settings(max_examples=300)
@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=2)
    ),
    LAYOUTS.filter(is_sensible),
)
def test_a_table_is_read_to_the_same_numbers_in_every_layout(
    values: list[list[float]], layout: dict[str, str | bool]
) -> None:
    table, said = noted(written(values, layout))
    assert np.array_equal(table.values, np.array(values))
    usual = [f"x{i + 1}" for i in range(len(values[0]))]
    names = [chr(97 + i) for i in range(len(values[0]))]
    assert list(table.names) == (usual if layout["header"] == "none" else names)
    assert len(said) == bool(layout["comma"]) + (layout["index"] != "none")


PIECES = st.sampled_from(
    [",", ";", "\t", " ", "|", "\n", "\n", "\r\n", '"', "#", "%", "a", "b c", "1", "0", "2.5",
     "1,5", "1,234", "NA", "?", "", "-", "--", "é", "\u202f", "sep=", "nan", "1e400",
     "Unnamed: 0", "x1", "g1", "step", "loss", "1:2", "{", "\x00", "0,1,2"]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_a_table_or_one_sentence(text: str) -> None:
    try:
        table = read("d", text.encode())
        assert table.values.shape == (len(table.values), len(table.names))
        assert np.isfinite(table.values).all()
        assert len(table.values)
    except BadFile as error:
        assert "\n" not in str(error)
