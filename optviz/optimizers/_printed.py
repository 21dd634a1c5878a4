"""Reads optimizers as libraries print them: PyTorch's parameter groups, Keras's configurations.

`AdamW ( Parameter Group 0 lr: 0.001 … )` is read in PyTorch's dialect, and
`{'name': 'adam', 'learning_rate': 0.001, …}`, which `get_config()` gives, in Keras's.
"""

import re
from dataclasses import replace
from itertools import pairwise

from optviz.errors import TextError
from optviz.optimizers._script_text import neutral, one_line
from optviz.text import syntax
from optviz.text.nodes import Paired, Thing, Value

_NAME = re.compile(r"\s*+(?:\w++\s*+:\s*+)?+([^\W\d]\w*+)\s*+\(")  # `Optimizer: Adam (`
_GROUP = re.compile(r"Parameter Group \d++")
_KEY = re.compile(r"(?<![\w.])([^\W\d]\w*+):")
_OF_SCHEDULERS = "initial_lr"  # beside lr, which is the rate in use
_NUMBERED = re.compile(r"_\d+\Z")  # `rm_sprop_1` is the second RMSprop
_NULL = re.compile(r"\bnull\b")  # of JSON

_Pairs = dict[str, tuple[int, str, int]]  # key to its place, its value as printed, that place


def is_meant(text: str) -> bool:
    """Whether a text is what a library prints."""
    return text.lstrip().startswith("{") or bool(_NAME.match(text) and _GROUP.search(text))


def thing(what: str, text: str) -> Thing:
    """The optimizer that a library printed. Raises `TextError`."""
    if text.lstrip().startswith("{"):
        return _configured(what, text)
    return _grouped(what, text)


def _grouped(what: str, text: str) -> Thing:
    """PyTorch's form; several groups have to agree, since all of x is one."""
    head, groups = _NAME.match(text), [*_GROUP.finditer(text)]
    assert head
    end = text.rstrip().removesuffix(")")
    spans = pairwise([*groups, None])
    parts = [
        _pairs(text, group.end(), follower.start() if follower else len(end))
        for group, follower in spans
        if group
    ]
    _refuse_different(what, text, parts)
    signs = [" "] * (len(end) + 1)
    signs[head.start(1) : head.end()] = text[head.start(1) : head.end()]
    for key, (at, value, start) in parts[0].items():
        if key != _OF_SCHEDULERS:
            signs[at : at + len(key) + 1] = f"{key}="
            signs[start : start + len(value) + 1] = f"{value},"
    signs[len(end)] = ")"
    try:
        return replace(syntax.read(what, "".join(signs)), dialect="torch")
    except TextError as error:
        raise TextError(what, one_line(text), error.at, error.message, error.length) from None


def _refuse_different(what: str, text: str, groups: list[_Pairs]) -> None:
    """Raises `TextError` for a group that has another value than the first."""
    first, *others = groups
    for number, group in enumerate(others, 1):
        for key, (at, value, _) in group.items():
            if key not in first or first[key][1] != value:
                message = f"another {key} in group {number}; all of x is one group here"
                raise TextError(what, one_line(text), at, message, len(key))


def _pairs(text: str, start: int, end: int) -> _Pairs:
    """The settings of a group."""
    keys = [*_KEY.finditer(text, start, end)]
    pairs = {}
    for key, follower in pairwise([*keys, None]):
        assert key
        value = text[key.end() : follower.start() if follower else end]
        begin = key.end() + len(value) - len(value.lstrip())
        pairs[key[1]] = (key.start(), value.strip(), begin)
    return pairs


def _configured(what: str, text: str) -> Thing:
    """Keras's form, of `get_config` or of `serialize`, which has a class with a configuration."""
    plain = _NULL.sub("None", neutral(text.rstrip().removesuffix(",")))
    try:
        node = syntax.value(what, plain)
    except TextError as error:
        raise TextError(what, one_line(text), error.at, error.message, error.length) from None
    made = _made(node)
    if made is None:
        message = "the name of the optimizer is wanted: 'name': 'adam'"
        raise TextError(what, one_line(text), node.at, message)
    return replace(made, dialect="keras")


def _made(node: Value) -> Thing | None:
    """What a configuration names, its values likewise; None if it has no name."""
    words = dict(_words(node))
    kind, inner = words.get("class_name"), words.get("config")
    name = kind or words.pop("name", None)
    if inner is not None:
        words = dict(_words(inner))
        words.pop("name", None)
    if not isinstance(name, Thing):
        return None
    values = {word: _made(value) or value for word, value in words.items()}
    function = name.name if kind else _NUMBERED.sub("", name.name).replace("_", "")
    return Thing(node.at, node.length, function, None, (), values)


def _words(node: Value) -> list[tuple[str, Value]]:
    items = node.items if isinstance(node, Paired) else ()
    return [(key.name, value) for key, value in items if isinstance(key, Thing)]
