"""Optimizers: `NAME[@DIALECT][:key=value,…]` read into a rule and a schedule."""

from collections.abc import Iterable
from typing import Any

from optviz.errors import BadValue
from optviz.optimizers import _reading
from optviz.optimizers._forecast import Forecast, Setup
from optviz.optimizers._optimizer import Optimizer
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
    "Switch",
    "agree",
    "apart",
    "foreign",
    "read",
    "read_all",
    "registry",
    "settings_of",
    "vocabulary_of",
]  # fmt: skip

_BASE: type[Rule] = Rule  # type: ignore[type-abstract]
registry: Registry[Rule] = Registry("optimizer", __name__, _BASE, group="optviz.optimizers")


def read(text: str) -> Optimizer:
    """The optimizer that `text` names, e.g. `adagrad@keras:eta=0.4` or `adam(0.1, beta1=0.8)`.

    Raises `TextError` with the place, `UnknownName`, or `BadValue` where it names several.
    """
    found = read_all([text])
    if len(found) > 1:
        raise BadValue("optimizer", text, "one is wanted")
    return found[0]


def read_all(texts: list[str], common: dict[str, str] | None = None) -> list[Optimizer]:
    """The optimizers that `texts` name; a `common` setting goes to each that has it unset.

    A text may name several: `adam,rmsprop,adagrad:eta=0.1`, the settings being the last one's.
    Raises `BadValue` for a common setting that none of them has.
    """
    common = common or {}
    unused = set(common)
    optimizers = [_one(text, common, unused) for text in apart(texts)]
    for key in common:
        agree(key, common[key], optimizers, "set it in the optimizers' own texts")
    if unused:
        key = min(unused)
        asked = list(dict.fromkeys(optimizer.rule.word() for optimizer in optimizers))
        owners = [name for name in registry.names if vocabulary_of(registry[name], "").knows(key)]
        some = owners if len(owners) < 5 else [*owners[:3], "others"]
        known = f"{_have(some)} it" if owners else "no optimizer has it"
        raise BadValue(key, common[key], f"but {_have(asked)} no {key} to set; {known}")
    return optimizers


def foreign(texts: Iterable[str]) -> list[str]:
    """Those of the texts that name code from outside, which reading them runs."""
    from optviz.optimizers import _external

    return [text for text in apart(texts) if ":" in text and _external.split(text, registry)]


def apart(texts: Iterable[str]) -> list[str]:
    """The text of each optimizer, where one text may name several."""
    return [one for text in texts for one in _reading.several(text)]


def _one(text: str, common: dict[str, str], unused: set[str]) -> Optimizer:
    reader = _reading.Reader(registry, text)
    if ":" in text:
        from optviz.optimizers import _external

        if where := _external.split(text, registry):
            return _external.optimizer(reader, where, common, unused)
    return reader.optimizer(common, unused)


def agree(key: str, typed: str, optimizers: list[Optimizer], advice: str) -> None:
    """Raises `BadValue` where the word for all stands for one thing here and another there."""
    meanings: dict[Any, Optimizer] = {}
    for optimizer in optimizers:
        vocabulary = optimizer.vocabulary
        if vocabulary.shares(key) and (meaning := vocabulary.meaning(key)):
            meanings.setdefault(meaning, optimizer)
    if len(meanings) > 1:
        each = " and ".join(
            f"{', '.join(settings_of(m))} in {_name(one)}" for m, one in meanings.items()
        )
        raise BadValue(key, typed, f"but it is {each}; {advice}")


def _name(optimizer: Optimizer) -> str:
    return optimizer.text().partition(":")[0]


def _have(names: list[str]) -> str:
    return f"{', '.join(names)} {'has' if len(names) == 1 else 'have'}"
