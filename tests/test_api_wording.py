"""What Python users read: keywords in errors, and warnings for what a command says in passing."""

import pickle
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

import optviz
from optviz import figures
from optviz.errors import BadValue, OptvizError, Unfit
from optviz.errors.synonyms import OPTIONS
from optviz.spec.in_python import in_python
from optviz.spec.kind_options import options_of
from tests.figures.test_options import SAMPLES
from tests.test_api_functions import KINDS, function, sample

FLAG = re.compile(r"(?<![\w-])--[a-z]|(?<!iconv )(?<!mkdir )(?<![\w-])-[fopnq]\b")


@pytest.mark.parametrize(
    ("flags", "keywords"),
    [
        ("optviz trace --help has them", "help(optviz.trace) has them"),
        ("write --target y, if that is the one", 'write target="y", if that is the one'),
        ("write --target 3, if", "write target=3, if"),
        ("write --start for each", "write start= for each"),
        ("draw with --seeds", "draw with seeds="),
        ("leave --fair out", "leave fair out"),
        ("leave -f out", "leave objective out"),
        ("a data set, -f @data.csv; it is", 'a data set, objective="@data.csv"; it is'),
        ("add --expected", "add expected=True"),
        ("--standardize gives every", "standardize=True gives every"),
        ("for --of steps, not for f", 'for of="steps", not for f'),
        ("--over eta=log(0.01,3,100) is wanted", 'over="eta=log(0.01,3,100)" is wanted'),
        ("--levels says how many", "levels= says how many"),
        ("-o FILE writes a file", '.save("FILE") writes a file'),
        ("--max-size 2MB, -n 5", 'max_size="2MB", steps=5'),
        ("drawn by optviz batch FILE", 'drawn by optviz.batch("FILE")'),
        ("iconv -f cp949 -t utf-8 OLD; mkdir -p a-b", "iconv -f cp949 -t utf-8 OLD; mkdir -p a-b"),
        ("-5,-2 and x - y", "-5,-2 and x - y"),
    ],
)  # fmt: skip
def test_flags_are_keywords(flags: str, keywords: str) -> None:
    assert in_python(flags) == keywords


def error_of(kind: str, options: dict[str, Any]) -> str:
    """The sentence that a call raises, "" for none."""
    try:
        function(kind)(**options)
    except OptvizError as error:
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
        return str(error)
    return ""


@pytest.mark.parametrize("kind", KINDS)
def test_no_error_of_a_call_speaks_of_flags(kind: str) -> None:
    options = options_of(figures.registry[kind])
    absurd = [{name: value} for name in options for value in (object(), {"a": 1}, b"x", -7, "?")]
    words: list[dict[str, Any]] = [{word: 1} for word in OPTIONS if not word.startswith("n_")]
    samples = [{name: value} for name, value in SAMPLES.items() if name in options]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optviz.OptvizWarning)
        said = [error_of(kind, {**sample(kind), **one}) for one in [*absurd, *words, *samples]]
    assert [one for one in said if FLAG.search(one)] == []
    assert sum(map(bool, said)) > len(absurd) // 2


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: optviz.trace("d2l", "gd", seeds=3), "seeds= is for gradients"),
        (lambda: optviz.run("d2l", "gd", seeds=3), "seeds= is for gradients"),
        (lambda: optviz.trace("d2l", "gd", zzz=3), r"help\(optviz.trace\) has them"),
        (lambda: optviz.figure(optviz.run("d2l", "gd"), "compare", fair="tuned"), "leave fair out"),
        (lambda: optviz.batch({"a": {"opt": "gd", "seeds": 3, "output": "a.png"}}), "seeds= is"),
        (lambda: optviz.sweep("d2l", "gd"), 'over="eta=log'),
    ],
)  # fmt: skip
def test_each_function_says_keywords(call: Any, sentence: str) -> None:
    with pytest.raises(OptvizError, match=sentence) as caught:
        call()
    assert not FLAG.search(str(caught.value))


def test_what_is_quoted_stays_as_it_was_typed() -> None:
    with pytest.raises(BadValue, match="xlim: '--eta 3' given"):
        optviz.trace("d2l", xlim="--eta 3")
    with pytest.raises(Unfit, match="nothing is printed here"):
        function("trace")("d2l", quiet=True)


def test_a_film_made_smaller_is_a_warning_at_the_line_that_saves_it(tmp_path: Path) -> None:
    film = optviz.trace("d2l", "gd", size=(300, 200), max_size="9kB")
    with pytest.warns(optviz.OptvizWarning, match="a.gif: to keep within max-size: ") as caught:
        film.save(tmp_path / "a.gif", tmp_path / "a.png")
    assert [warning.filename for warning in caught] == [__file__]


def test_a_note_of_a_command_is_a_warning_here() -> None:
    with pytest.warns(optviz.OptvizWarning, match="the matrix is Q of"):
        optviz.run("[[1, 0], [0, 2]]", "gd")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        optviz.run([[1, 0], [0, 2]], "gd")
