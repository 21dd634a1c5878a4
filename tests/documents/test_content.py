"""The content of a block: a command line or a table, told apart by what it says."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.documents import _content
from optviz.errors import OptvizError


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("trace --opt adam", ["trace", "--opt", "adam"]),
        ("optviz trace --opt adam", ["trace", "--opt", "adam"]),
        ("$ optviz trace --opt adam", ["trace", "--opt", "adam"]),
        ("$ trace", ["trace"]),
        ("\n\n  trace\n\n", ["trace"]),
        ("trace \\\n  --eta 0.4 \\\n  -n 3", ["trace", "--eta", "0.4", "-n", "3"]),
        ("# a comment\ntrace  # and another", ["trace"]),
        ("# eta = 3\ntrace", ["trace"]),
        ("trace --title '# no comment'", ["trace", "--title", "# no comment"]),
        ("trace --colors '#e04e10,navy'", ["trace", "--colors", "#e04e10,navy"]),
        ("trace --title a#b", ["trace", "--title", "a#b"]),
        ('trace --title "two\nlines"', ["trace", "--title", "two\nlines"]),
        ("trace --title it\\'s", ["trace", "--title", "it's"]),
        ('-f "x^2 + y^2" trace', ["-f", "x^2 + y^2", "trace"]),
        ("trace noise(1)", ["trace", "noise(1)"]),
        ("optviz", ["--help"]),
    ],
)
def test_a_command_line_is_read_as_a_shell_reads_it(content: str, words: list[str]) -> None:
    assert not _content.is_table(content)
    assert _content.words(content) == words


@pytest.mark.parametrize(
    ("content", "table"),
    [
        ('figure = "rates"', {"figure": "rates"}),
        ("# a comment\n\neta = 0.4\nsteps = 3", {"eta": 0.4, "steps": 3}),
        ('"x-lim" = "0,1"', {"x-lim": "0,1"}),
        ("opt = [\n  'gd',\n  'adam',\n]", {"opt": ["gd", "adam"]}),
        ("eta=1", {"eta": 1}),
    ],
)
def test_a_table_is_read_as_toml(content: str, table: dict[str, object]) -> None:
    assert _content.is_table(content)
    assert _content.table(content) == table


def test_a_mistake_in_a_table_has_its_line() -> None:
    with pytest.raises(_content.WrongLine) as caught:
        _content.table("eta = 1\neta = 2\n")
    assert caught.value.line == 2


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_words_that_a_shell_quotes_are_read_back(words: list[str]) -> None:
    shell = {"|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>"}
    line = ["trace", *(word for word in words if word not in shell)]
    assert _content.words(shlex.join(line)) == line


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        _content.table(text) if _content.is_table(text) else _content.words(text)
    except OptvizError as error:
        assert "\n" not in str(error)
