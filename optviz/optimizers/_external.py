"""Optimizers of other packages and of files: `torch.optim:Adagrad(lr=0.4)`, `./mine.py:MyRule`.

Reading one runs its code, so only the command line and Python programs may do that.
"""

import ast
import re
import warnings
from inspect import signature
from typing import Any

from optviz.errors import BadValue, TextError
from optviz.optimizers import _external_class
from optviz.optimizers._optimizer import Optimizer
from optviz.optimizers._reader import Reader
from optviz.optimizers._rule import Rule
from optviz.registry import Registry
from optviz.text import syntax

_CLASS = re.compile(r"[A-Za-z_]\w*+")


def split(text: str, rules: Registry[Rule]) -> tuple[str, str, str] | None:
    """The module or file, the class, and its arguments; None if the text is in optviz's own form.

    In optviz's own form a rule's name stands before the colon, perhaps misspelt. So a module
    without a dot is only recognised if a class, with a capital, follows.
    """
    place, _, rest = (part.strip() for part in text.partition(":"))
    match = _CLASS.match(rest)
    if not match or not place or set("()=") & set(place):
        return None
    name, more = match[0], rest[match.end() :].strip()
    bracketed = more.startswith("(") and more.endswith(")")
    if more and not bracketed and not more.startswith(":"):
        return None
    if not set("./\\") & set(place) and (not name[0].isupper() or "@" in place or place in rules):
        return None
    return place, name, more[1:-1] if bracketed else more[1:]


def optimizer(
    reader: Reader, parts: tuple[str, str, str], common: dict[str, str], unused: set[str]
) -> Optimizer:
    """The optimizer of an external class, which is a `Rule` or one of PyTorch's.

    Raises `WorldError`, `UnknownName`, `BadValue`, `TextError`.
    """
    place, name, more = parts
    kind = _external_class.load(reader.text, place, name)
    if issubclass(kind, Rule):
        if not kind.__module__.startswith(f"{__package__}."):  # optviz's own have their names
            kind.external_name = f"{place}:{name}"
        return reader.build(kind, syntax.read(reader.what, f"{name}({more})"), common, unused)
    if any(base.__module__.startswith("torch.optim") for base in kind.__mro__):
        from optviz.optimizers import _torch

        own = arguments(reader.text, more)
        added = {k: v for k, v in _shared(kind, common, unused).items() if k not in own}
        options = {**own, **added}
        typed = _call(f"{place}:{name}", options) if added else reader.text.strip()
        clipping = {key: _positive(key, options.pop(key)) for key in _not_of(kind) & {*options}}
        return _torch.optimizer_of(kind, typed, options, clipping)
    message = "an optviz Rule or a torch.optim.Optimizer is wanted"
    raise BadValue("optimizer", f"{place}:{name}", message)


def arguments(text: str, more: str) -> dict[str, Any]:
    """The keyword arguments, plain Python values only. Raises `TextError`."""
    at = max(text.find("("), 0)
    message = "every argument wants its name: lr=0.4"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of unknown escapes such as \d
            call = ast.parse(f"f({more})", mode="eval").body
        if (
            isinstance(call, ast.Call)
            and not call.args
            and all(keyword.arg for keyword in call.keywords)
        ):
            return {str(part.arg): ast.literal_eval(part.value) for part in call.keywords}
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two: deep nesting
        message = "arguments are name=value with plain numbers, words in quotes, True, tuples"
    raise TextError("optimizer", text, at, message, len(more) + 2)


def _shared(kind: type, common: dict[str, str], unused: set[str]) -> dict[str, Any]:
    """The `common` settings that a class of PyTorch's has, its rate being `lr`, or every rule.

    They are removed from `unused`.
    """
    parameters = {*signature(kind).parameters, *Rule.settings()}
    shared: dict[str, Any] = {}
    for key, typed in common.items():
        word = "lr" if key == "eta" else key
        if word in parameters:
            unused.discard(key)
            shared |= arguments(typed, f"{word}={typed}")
    return shared


def _not_of(kind: type) -> set[str]:
    """The settings of every rule, less what a class of PyTorch's has arguments for."""
    return {*Rule.settings()} - {*signature(kind).parameters}


def _positive(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, float | int):
        raise BadValue(name, repr(value), "a number is wanted")
    return float(value)


def _call(name: str, options: dict[str, Any]) -> str:
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in options.items())})"
