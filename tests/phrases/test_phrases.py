"""Every phrase of a picture is in the table, and everything in the table is used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import optviz
from optviz.phrases import PHRASES, capitalised, counted, languages, listed, say

HOUSE = Path(optviz.__file__).parent
SOURCES = [
    path
    for path in sorted(HOUSE.rglob("*.py"))
    if path.parent.name != "phrases" or path.stem not in languages()
]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `say`, with its file and line; that of the console prints what it gets."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if ast.unparse(node.func) in ("say", "phrases.say"):
                yield f"{path.relative_to(HOUSE)}:{node.lineno}", node


def keys_in(node: ast.expr) -> set[str]:
    """The keys that a first argument may be, as far as they are written there."""
    if isinstance(node, ast.IfExp):
        return keys_in(node.body) | keys_in(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_call_names_a_phrase_and_fills_its_places() -> None:
    wrong = []
    for where, call in calls():
        for key in keys_in(call.args[0]):
            template = PHRASES.get(key)
            if template is None:
                wrong.append(f"{where}: no phrase {key!r}")
                continue
            texts = (template,) if isinstance(template, str) else template
            wanted = set().union(*map(places, texts)) | ({"count"} if len(texts) > 1 else set())
            given = {word.arg for word in call.keywords if word.arg}
            if wanted - given and None not in {word.arg for word in call.keywords}:
                wrong.append(f"{where}: {key!r} lacks {sorted(wanted - given)}")
    assert not wrong


def patterns() -> Iterator[str]:
    """What keys look like that are put together of one word and one value: `axis {name}`."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                fixed = [str(v.value) for v in node.values if isinstance(v, ast.Constant)]
                if len(node.values) == 2 and re.fullmatch("[a-z ]+ | [a-z ]+", "".join(fixed)):
                    yield re.escape(fixed[0]).join(
                        ["", ".+"] if isinstance(node.values[0], ast.Constant) else [".+", ""]
                    )


def test_every_phrase_is_used() -> None:
    constants = {
        node.value
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    put_together = list(patterns())
    unused = {
        key
        for key in PHRASES.keys() - constants
        if not any(re.fullmatch(pattern, key) for pattern in put_together)
    }
    assert unused == set()


@pytest.mark.parametrize("key", PHRASES)
def test_both_forms_of_a_phrase_have_the_same_places(key: str) -> None:
    template = PHRASES[key]
    if isinstance(template, tuple):
        one, many = map(places, template)
        assert one - {"count"} <= many
        assert say(key, **dict.fromkeys(one | many | {"count"}, "1")).strip()
    else:
        say(key, **dict.fromkeys(places(template), "a"))


def test_numbers_and_names_are_put_into_words() -> None:
    assert [counted(n) for n in (1, 4, 12, 13)] == ["one", "four", "twelve", "13"]
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert capitalised("two") == "Two"
    assert say("steps", count=1) == "1 step"
    assert say("steps", count=20) == "20 steps"
    with pytest.raises(KeyError):
        say("steps")
