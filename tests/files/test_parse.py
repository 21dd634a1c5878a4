"""JSON and TOML from anywhere become plain data, or one sentence."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.files import limits, parse

TEXTS = st.text('aé😀\n"\\\x00', max_size=4)
SCALARS = st.none() | st.booleans() | st.integers() | TEXTS | st.floats(-1e300, 1e300)
VALUES = st.recursive(SCALARS, lambda v: st.lists(v) | st.dictionaries(TEXTS, v), max_leaves=8)


@given(VALUES)
def test_what_json_writes_is_read(value: object) -> None:
    assert parse.json_value(json.dumps(value)) == value
    assert list(parse.json_values(json.dumps(value) + "\n 7")) == [(1, value), (2, 7)]


@given(st.text("[]{},:\"'\\ud8eE+-.019 tnf\n#="))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    for read in (parse.json_value, parse.toml_table, lambda text: list(parse.json_values(text))):
        try:
            json.dumps(read(text), default=str).encode()
        except parse.Malformed as error:
            assert "\n" not in error.reason
            assert len(error.reason) < 300


def nested(deep: int) -> str:
    return "[" * deep + "1" + "]" * deep


@pytest.mark.parametrize("deep", [limits.DEPTH + 1, 900, 5000, 100_000])
def test_what_is_nested_too_deep_is_refused(deep: int) -> None:
    for read in (parse.json_value, lambda text: list(parse.json_values(text))):
        for text in (nested(deep), '{"a":' * deep + "1" + "}" * deep):
            with pytest.raises(parse.Malformed, match="nested more than 50 deep"):
                read(text)
    with pytest.raises(parse.Malformed, match="nested more than 50 deep"):
        parse.toml_table(f"a = {nested(deep)}")
    with pytest.raises(parse.Malformed, match="dotted key of more than 10 parts"):
        parse.toml_table(".".join(["a"] * deep) + " = 1")


def test_what_people_nest_is_read() -> None:
    assert parse.json_value(nested(limits.DEPTH)) == json.loads(nested(limits.DEPTH))
    text = 'a.b.c.d = "x . y . z . x . y . z . x . y . z . x . y"\n[e."f.g"]\nx = [1.0, 2.0]'
    assert parse.toml_table(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1" * 5000, "too many digits"),
        ('"\\ud800"', "surrogate"),
        ('["\\uDFFF\\uD800"]', "surr"),
        ('{"a": 1, "b": 2, "a": 3}', "a is given twice"),
        ("{", "not JSON"),
        ("", "not JSON"),
        ('{"\\ud800": 1}', "surrogate"),
    ],
)
def test_json_that_could_not_be_written_again_is_refused(text: str, said: str) -> None:
    with pytest.raises(parse.Malformed, match=said):
        parse.json_value(text)


@pytest.mark.parametrize("text", ["1" * 5000, '"\\ud800"', '{"\\ud800": 1}', "{"])
def test_so_it_is_among_others(text: str) -> None:
    values = parse.json_values(f"[1]\n{text}")
    assert next(values) == (1, [1])
    with pytest.raises(parse.Malformed) as caught:
        next(values)
    assert caught.value.line == 2


def test_letters_beyond_16_bits_are_letters() -> None:
    assert parse.json_value('"\\ud83d\\ude00"') == "😀"


def test_toml_with_endless_digits_is_refused() -> None:
    with pytest.raises(parse.Malformed, match="too many digits"):
        parse.toml_table("a = " + "1" * 5000)
