import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optviz import optimizers
from optviz.errors import OptvizError, TextError
from optviz.text import syntax
from optviz.text.nodes import Listed, Number, Paired, Thing
from optviz.text.syntax import read


def plain(value: Any) -> Any:
    """A value without its places."""
    if isinstance(value, Number):
        return value.number
    if isinstance(value, Listed):
        return [plain(item) for item in value.items]
    if isinstance(value, Paired):
        return [{plain(key): plain(item)} for key, item in value.items]
    named = {key: plain(item) for key, item in value.named.items()}
    return (value.name, value.dialect, [plain(item) for item in value.unnamed], named)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("gd", ("gd", None, [], {})),
        ("adam@torch", ("adam", "torch", [], {})),
        ("gd:0.1", ("gd", None, [0.1], {})),
        ("gd(0.1)", ("gd", None, [0.1], {})),
        ("gd()", ("gd", None, [], {})),
        ("gd(0.1,)", ("gd", None, [0.1], {})),
        ("  gd : eta = .5 ", ("gd", None, [], {"eta": 0.5})),
        ("a:x=1,y=-2e3", ("a", None, [], {"x": 1, "y": -2000})),
        ("a@b:1,+2.,y=c(3,z=d@e(4))",
         ("a", "b", [1, 2], {"y": ("c", None, [3], {"z": ("d", "e", [4], {})})})),
        ("q:[[1,-2],[3,4],],x=[]", ("q", None, [[[1, -2], [3, 4]]], {"x": []})),
        ("a:x=true,y=inside", ("a", None, [], {"x": ("true", None, [], {}),
                                               "y": ("inside", None, [], {})})),
        ("a:−1,–2", ("a", None, [-1, -2], {})),
        ("a:(1,2),betas=(0.9, 0.99,)", ("a", None, [[1, 2]], {"betas": [0.9, 0.99]})),
        ("a:(1),(2,),((3)),()", ("a", None, [1, [2], 3, []], {})),
        ("a(([1],(2,3)))", ("a", None, [[[1], [2, 3]]], {})),
        ("a(b={30: 0.5, 80:-1,},c={})", ("a", None, [], {"b": [{30: 0.5}, {80: -1}], "c": []})),
        ("a:mode='up',x=\"down\"", ("a", None, [], {"mode": ("up", None, [], {}),
                                                   "x": ("down", None, [], {})})),
    ],
)  # fmt: skip
def test_a_text_reads_as_its_thing(text: str, thing: Any) -> None:
    assert plain(read("optimizer", text)) == thing


def test_every_value_knows_its_place() -> None:
    text = "adam@torch:eta=cosine(0.3, 60),weights=[1, −2]"
    thing = read("optimizer", text)
    spans = {key: text[v.at : v.at + v.length] for key, v in thing.named.items()}
    assert spans == {"eta": "cosine(0.3, 60)", "weights": "[1, −2]"}
    second = thing.named["weights"].items[1]
    assert text[second.at : second.at + second.length] == "−2"
    assert text[thing.at : thing.at + thing.length] == text


def test_lists_and_pairs_know_theirs_and_words_stand_without_their_quotes() -> None:
    text = "a:(1, 2),{3: 4},'word',(5)"
    places = [text[v.at : v.at + v.length] for v in read("optimizer", text).unnamed]
    assert places == ["(1, 2)", "{3: 4}", "word", "5"]


@pytest.mark.parametrize(
    ("text", "caret", "said"),
    [
        ("", "^", "a name is wanted here"),
        ("3gd", "^", "a name is wanted here"),
        ("gd:", "   ^", "a value is wanted here"),
        ("gd:eta=", "       ^", "a value is wanted here"),
        ("gd:eta=-x", "        ^", "a value is wanted here"),
        ("gd:eta=0.1,", "           ^", "a value is wanted here"),
        ("gd:eta=0.1 beta=2", "           ^^^^", "the text should end here"),
        ("gd(0.1", "      ^", "',' or ')' is wanted here"),
        ("gd(0.1))", "       ^", "the text should end here"),
        ("gd@:0.1", "   ^", "the name of a dialect is wanted after '@'"),
        ("gd:eta=1,eta=2", "         ^^^", "eta is set twice"),
        ("gd:eta=1,22", "         ^^",
         "a value without a name after one with; numbers have points, not commas"),
        ("gd:12=3", "   ^^", "a name is wanted before '='"),
        ("gd:f(1)=3", "   ^^^^", "a name is wanted before '='"),
        ("gd:[1 2]", "      ^", "',' or ']' is wanted here"),
        ("gd:[1", "     ^", "',' or ']' is wanted here"),
        ("gd:(1 2)", "      ^", "',' or ')' is wanted here"),
        ("gd:(1,2", "       ^", "',' or ')' is wanted here"),
        ("gd:(", "    ^", "a value is wanted here"),
        ("gd:{1", "     ^", "':' is wanted here"),
        ("gd:{1:2", "       ^", "',' or '}' is wanted here"),
        ("gd:{1:2 3", "        ^", "',' or '}' is wanted here"),
        ("gd:'", "    ^", "a word is wanted between quotes"),
        ("gd:'1'", "    ^", "a word is wanted between quotes"),
        ("gd:'up\"", "      ^", "' is wanted here"),
        ("'gd'", "^", "a name is wanted here"),
        ("gd:1e999", "   ^^^^^", "a number too large for a float"),
        ("gd:-1e999", "   ^^^^^^", "a number too large for a float"),
        ("gd:1; rm", "    ^", "a semicolon; write a comma"),
        ("gd:٣", "   ^", "'٣' is the arabic-indic digit three; write 3"),
        ("gd：1", "  ^", "'：' is the fullwidth colon; write ':'"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_its_caret_at_the_place(text: str, caret: str, said: str) -> None:
    with pytest.raises(TextError) as caught:
        read("optimizer", text)
    assert str(caught.value).splitlines() == [f"optimizer: {said}", f"  {text}", f"  {caret}"]


def test_a_value_may_stand_alone() -> None:
    assert plain(syntax.value("eta", "cosine(0.3,60)")) == ("cosine", None, [0.3, 60], {})
    with pytest.raises(TextError) as caught:
        syntax.value("eta", "0.1,beta=3")
    assert (caught.value.at, caught.value.message) == (3, "the text should end here")


@pytest.mark.parametrize("opening", ["[", "a(", "a(b=", "[a([", "(", "{", "{1:"])
def test_a_text_nested_without_end_is_refused_and_not_followed(opening: str) -> None:
    with pytest.raises(TextError, match="nested more than 20 deep"):
        read("optimizer", "gd:" + opening * 100_000)


def test_as_deep_as_anybody_means_is_read() -> None:
    assert read("optimizer", "gd:" + "[" * 19 + "1" + "]" * 19)


@pytest.mark.parametrize(
    "piece", ["1", "x", "[", "]", "(", "{", "'", "(1,", "1,", "x=1,", " ", "1.", "1e", "@", "−"]
)
def test_a_long_text_takes_no_longer_than_its_letters(piece: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(OptvizError):
        optimizers.read("adam:eta=" + piece * (200_000 // len(piece)) + "!")
    assert time.perf_counter() - begun < 2  # it is 0.2 s; a quadratic reader takes minutes


LETTERS = st.one_of(
    st.text(),
    st.text("adgmbet@:=(),[]{}'\"+-.019eE −\t²٣：\n\ud800"),
    st.lists(
        st.sampled_from(["adam", "gd", "@", "torch", ":", "eta", "lr", "beta1", "=", "cosine",
                         "exponential", "(", ")", ",", "0.1", "-1", "1e9", "1e999", "true", "[",
                         "]", "inside", "eps_at", "nan", " ", "{", "}", "'", "StepLR",
                         "MultiStepLR", "milestones", "piecewise_constant_schedule", "None"])
    ).map("".join),
)  # fmt: skip


@settings(max_examples=400)
@given(LETTERS)
@example("adam:")
@example("gd:step(0.1,2.5)")
@example("adam:eta=step(1,1e999)")
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        optimizers.read(text)
    except TextError as error:
        assert 0 <= error.at <= len(error.text)
        assert error.length >= 1
        assert len(str(error).splitlines()) == 3
    except OptvizError as error:
        assert str(error)


@settings(max_examples=200)
@given(LETTERS)
def test_a_common_setting_is_read_or_refused(text: str) -> None:
    try:
        optimizers.read_all(["adam"], {"eta": text})
    except OptvizError as error:
        assert str(error)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True)
THINGS = st.recursive(
    NUMBERS | NAMES.map(lambda name: (name, None, [], {})),
    lambda inner: st.lists(inner, max_size=3)
    | st.tuples(NAMES, st.none() | NAMES, st.lists(inner, max_size=3),
                st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


def written(value: Any) -> str:
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list):
        return f"[{','.join(map(written, value))}]"
    name, dialect, unnamed, named = value
    settings = [*map(written, unnamed), *(f"{key}={written(v)}" for key, v in named.items())]
    return name + (f"@{dialect}" if dialect else "") + f"({', '.join(settings)})"


@given(THINGS)
def test_what_is_written_reads_back(thing: Any) -> None:
    assert plain(syntax.value("thing", written(thing))) == thing


@given(THINGS)
def test_a_list_may_stand_in_round_brackets_as_python_writes_it(thing: Any) -> None:
    text = written(thing).replace("[]", "()").replace("[", "(").replace("]", ",)")
    assert plain(syntax.value("thing", text)) == thing


def test_things_of_one_name_stay_plain_words() -> None:
    assert isinstance(syntax.value("x", "inside"), Thing)
