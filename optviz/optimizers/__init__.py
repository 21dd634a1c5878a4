"""Optimizers: `NAME[@DIALECT][:key=value,…]` read into a rule and a schedule."""

import re
from collections.abc import Iterable
from typing import Any

from optviz.errors import BadValue, TextError, UnknownName, hints
from optviz.optimizers import _printed
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._optimizer import Optimizer, StepResult
from optviz.optimizers._reader import Reader, several
from optviz.optimizers._rule import Point, Rule, Step
from optviz.optimizers._spelling import Negative, Spelling, Switch, settings_of
from optviz.optimizers._vocabulary import vocabulary_of
from optviz.registry import Registry

__all__ = [
    "Forecast",
    "Negative",
    "Optimizer",
    "Point",
    "Rule",
    "Setup",
    "Spelling",
    "Step",
    "StepResult",
    "Switch",
    "agree",
    "apart",
    "code_files",
    "foreign",
    "forget",
    "read",
    "read_all",
    "registry",
    "settings_of",
    "vocabulary_of",
]

_BASE: type[Rule] = Rule  # type: ignore[type-abstract]
registry: Registry[Rule] = Registry("optimizer", __name__, _BASE, group="optviz.optimizers")


def read(text: str) -> Optimizer:
    """The optimizer that `text` names, e.g. `adagrad@keras:eta=0.4` or `adam(0.1, beta1=0.8)`.

    Raises `TextError` with the place, `UnknownName`, or `BadValue` if it names several.
    """
    optimizers = read_all([text])
    if len(optimizers) > 1:
        raise BadValue("optimizer", text, "one is wanted")
    return optimizers[0]


def read_all(texts: list[str], common: dict[str, str] | None = None) -> list[Optimizer]:
    """The optimizers that `texts` name; a `common` setting goes to each that has it unset.

    A text may name several: `adam,rmsprop,adagrad:eta=0.1`, where the settings are the last one's.
    Raises `BadValue` for a common setting that none of them has.
    """
    common = common or {}
    unused = set(common)
    optimizers = [_one(text, common, unused) for text in apart(texts)]
    for key, typed in common.items():
        agree(key, typed, optimizers, "set it in the optimizers' own texts")
    if unused:
        key = min(unused)
        raise BadValue(key, common[key], _unknown(key, optimizers))
    return optimizers


def foreign(texts: Iterable[str]) -> list[str]:
    """Those of the texts that name external code, which reading them runs."""
    return [text for text in apart(texts) if _external_parts(text)]


def code_files(texts: Iterable[str]) -> list[str]:
    """The files of external code that the texts name."""
    from optviz.optimizers import _external_class

    places = (parts[0] for text in apart(texts) if (parts := _external_parts(text)))
    return [str(path) for place in places if (path := _external_class.file(place))]


def forget(paths: Iterable[str]) -> bool:
    """Lets files of external code that have changed be run anew; whether any of them had been."""
    from optviz.optimizers import _external_class

    return _external_class.forget(paths)


def apart(texts: Iterable[str]) -> list[str]:
    """The text of each optimizer, where one text may name several."""
    return [one for text in texts for one in several(text)]


def agree(key: str, typed: str, optimizers: list[Optimizer], advice: str) -> None:
    """Raises `BadValue` if the word for all is one setting here and another there."""
    first: dict[Any, Optimizer] = {}
    for optimizer in optimizers:
        vocabulary = optimizer.vocabulary
        if vocabulary.shares(key) and (spelling := vocabulary.spelling(key)):
            first.setdefault(spelling, optimizer)
    if len(first) > 1:
        each = " and ".join(
            f"{', '.join(settings_of(spelling))} in {optimizer.text().partition(':')[0]}"
            for spelling, optimizer in first.items()
        )
        raise BadValue(key, typed, f"but it is {each}; {advice}")


def _one(text: str, common: dict[str, str], unused: set[str]) -> Optimizer:
    reader = Reader(registry, text)
    if parts := _external_parts(text):
        from optviz.optimizers import _external

        return _external.optimizer(reader, parts, common, unused)
    try:
        return reader.optimizer(common, unused)
    except TextError as error:
        if name := _in_words(text):
            raise UnknownName("optimizer", name, registry.names) from None
        if error.text == text and re.fullmatch(r"[\w\s.]++=[^=:(]*+", text):
            message = "settings follow a colon, as in adam:eta=0.1"
            raise TextError(error.what, text, error.at, message, error.length) from None
        raise


def _in_words(text: str) -> str:
    """A name in several words, such as `Adam optimizer`, if it is known what it means, or ""."""
    name = re.split("[:@(]", text)[0].strip()
    several = not name.isidentifier() and "," not in name
    return name if several and hints.suggestion("optimizer", name, registry.names) else ""


def _external_parts(text: str) -> tuple[str, str, str] | None:
    if ":" not in text or _printed.is_meant(text):
        return None
    from optviz.optimizers import _external  # seldom needed

    return _external.split(text, registry)


def _unknown(key: str, optimizers: list[Optimizer]) -> str:
    """Why a common setting is refused, and which rules have it."""
    names = list(dict.fromkeys(optimizer.rule.word() for optimizer in optimizers))
    owners = [name for name in registry.names if vocabulary_of(registry[name], "").knows(key)]
    near = {other for optimizer in optimizers for other in optimizer.rule.becomes.values()}
    owners = [name for name in owners if name in near] or owners
    some = owners if len(owners) < 5 else [*owners[:3], "others"]
    hint = f"{_have(some)} it" if owners else "no optimizer has it"
    words = [set(optimizer.vocabulary.words) for optimizer in optimizers]
    if words and (better := hints.setting(key, set.intersection(*words))):
        hint = f"{better} comes near"
    return f"but {_have(names)} no {key} to set; {hint}"


def _have(names: list[str]) -> str:
    return f"{', '.join(names)} {'has' if len(names) == 1 else 'have'}"
