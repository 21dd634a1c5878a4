"""Keywords of a call as the options of a figure kind: synonyms are read, others are answered."""

from collections.abc import Callable, Mapping
from dataclasses import Field
from typing import Any

from optviz.api import _workers
from optviz.api._objective_text import of_function, with_form
from optviz.api._python_values import converted, gathered
from optviz.api._shown import shown
from optviz.errors import BadValue, ForeignOption, OptvizError, Unfit
from optviz.errors.synonyms import OPTIONS, Meaning
from optviz.objectives import Objective
from optviz.spec.kind_options import unknown

Fields = Mapping[str, "Field[Any]"]
Refuse = Callable[[str, str, Any], OptvizError]  # of the kind, the word and its value
_PRINTING = ("format", "show", "quiet", "json", "color", "strict", "help")
FORM = ("c", "b")  # of an objective that is a matrix


def refusal(kind: str, word: str, value: Any) -> OptvizError:
    """The error for a keyword that is no option of the kind."""
    del value
    meaning = OPTIONS.get(word)
    if word == "output" or (meaning and meaning.option == "output"):
        call = f'optviz.{kind}(…).save("a.png")'
        return Unfit(f"{word}: a figure is saved by its method; write {call}")
    if word in _PRINTING or (meaning and any(f"--{flag}" in meaning.value for flag in _PRINTING)):
        return Unfit(f"{word}: of the command line, which prints; nothing is printed here")
    if having := _workers.kinds_with(word):
        return ForeignOption(word, kind, having)
    return unknown(word, kind)


def options(
    kind: str, fields: Fields, keywords: Mapping[str, Any], refuse: Refuse = refusal
) -> dict[str, Any]:
    """The options that the keywords set, of the types of their fields. Raises `OptvizError`.

    A word of another program is read as a flag of that name is; None is the default.
    """
    values = {key: value for key, value in keywords.items() if value is not None}
    form = {key: values.pop(key, None) for key in FORM if "objective" in fields}
    named: dict[str, Any] = {}
    for word, value in values.items():
        found = _named(fields, word, value)
        if found is None:
            raise refuse(kind, word, value)
        name, own = found
        if name in named and name != "param":
            raise Unfit(f"{name} is there twice, in other words; leave one out")
        named[name] = [*_listed(named[name]), *_listed(own)] if name in named else own
    if form:
        named = with_form(named, **form)
    own = named.get("objective")
    if callable(own) and not isinstance(own, Objective | type):
        named["objective"] = of_function(named["objective"], named.get("start"))
    converts = {name: converted(fields[name], value) for name, value in named.items()}
    return {name: value for name, value in converts.items() if value is not None}


def _named(fields: Fields, word: str, value: Any) -> tuple[str, Any] | None:
    """The option that a keyword stands for, and its value; None if it stands for none."""
    if word in fields:
        return word, value
    meaning = OPTIONS.get(word)
    if meaning and meaning.read and meaning.option in fields:
        return meaning.option, _meant(fields, meaning, value)
    return None


def _meant(fields: Fields, meaning: Meaning, value: Any) -> Any:
    """The value in the words of the option, where these are others: `figsize=(8, 6)`."""
    if meaning.value == "{}":
        return value
    f = fields[meaning.option]
    if isinstance(value, bool | Mapping) or value is None:
        raise BadValue(meaning.option, shown(value), f"{meaning.value.format('…')} is wanted")
    parts = value if isinstance(value, tuple | list) else [value]
    text = ("x" if f.name == "size" else ",").join(map(str, parts))
    return meaning.value.replace("{}", text)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return [f"{key}={one}" for key, one in value.items()]
    return list(value) if isinstance(value, tuple | list) else [value]


def merged(
    kind: str, positional: tuple[str, ...], values: tuple[Any, ...], keywords: Mapping[str, Any]
) -> dict[str, Any]:
    """The keywords with the values that stand without a name, in order.

    Raises `Unfit` for one too many, and for one that is there twice.
    """
    if len(values) > len(positional):
        raise Unfit(
            f"{kind} takes {' and '.join(positional)} without a name, and {len(values)} values are "
            "there; every other option has its name before it, as in steps=20"
        )
    values = tuple(map(gathered, values))
    keywords = {name: gathered(value) for name, value in keywords.items()}
    placed = dict(zip(positional, values, strict=False))
    for name in placed.keys() & keywords.keys():
        raise Unfit(f"{name} is there twice, with its name and without; leave one out")
    return {**placed, **keywords}
