"""Optimizers: `NAME[@DIALECT][:key=value,…]` read into a rule and a schedule."""

from typing import Any

from optviz import schedules, syntax
from optviz.errors import BadValue, TextError, UnknownName
from optviz.optimizers._optimizer import Optimizer
from optviz.optimizers._outlook import Outlook, Prospect
from optviz.optimizers._rule import Point, Rule, Step
from optviz.registry import Registry
from optviz.schedules import Constant, Schedule
from optviz.settings import known_name, take
from optviz.syntax import Thing, Value

__all__ = [
    "Optimizer", "Outlook", "Point", "Prospect", "Rule", "Step", "read", "read_all", "registry",
]  # fmt: skip

registry: Registry[Rule] = Registry("optimizer", __name__, Rule)  # type: ignore[type-abstract]

_ALSO = {"lr": "eta"}  # read as


def read(text: str) -> Optimizer:
    """The optimizer that `text` names, e.g. `adagrad@keras:eta=0.4` or `adam(0.1, beta1=0.8)`.

    Raises `TextError` with the place, or `UnknownName`.
    """
    return read_all([text])[0]


def read_all(texts: list[str], common: dict[str, str] | None = None) -> list[Optimizer]:
    """The optimizers that `texts` name; a `common` setting goes to each that has it unset.

    Raises `BadValue` for a common setting that none of them has.
    """
    common = {_ALSO.get(key, key): text for key, text in (common or {}).items()}
    unused = set(common)
    optimizers = [_read(text, common, unused) for text in texts]
    if unused:
        key = min(unused)
        things = [syntax.read("optimizer", text) for text in texts]
        asked = list(dict.fromkeys(thing.name for thing in things))
        owners = [name for name in registry.names if key in registry[name].settings()]
        known = f"{_have(owners)} it" if owners else "no optimizer has it"
        raise BadValue(key, common[key], f"but {_have(asked)} no {key} to set; {known}")
    return optimizers


def _have(names: list[str]) -> str:
    return f"{', '.join(names)} {'has' if len(names) == 1 else 'have'}"


def _read(text: str, common: dict[str, str], unused: set[str]) -> Optimizer:
    what = "optimizer"
    thing = syntax.read(what, text)
    kind = registry[thing.name]
    dialect = thing.dialect.lower() if thing.dialect else ""
    if dialect not in kind.dialects and dialect:
        raise UnknownName(f"dialect of {kind.word()}", dialect, kind.dialects, text)
    names = ["eta", *kind.settings()]
    given = _given(what, text, kind, thing, names)
    values: dict[str, Any] = dict(kind.dialects[dialect or next(iter(kind.dialects))])
    values["eta"] = Constant(values["eta"])
    for key, typed in common.items():
        if key in names:
            unused.discard(key)
            if key not in given:
                values[key] = _value(key, typed, kind, key, syntax.value(key, typed))
    for key, node in given.items():
        values[key] = _value(what, text, kind, key, node)
    schedule: Schedule = values.pop("eta")
    return Optimizer(kind(**values), schedule, dialect)


def _given(
    what: str, text: str, kind: type[Rule], thing: Thing, names: list[str]
) -> dict[str, Value]:
    """The settings that the text itself makes; one unnamed value is the rate."""
    if len(thing.unnamed) > 1:
        extra = thing.unnamed[1]
        said = "only the rate may stand without a name"
        raise TextError(what, text, extra.at, said, extra.length)
    given = dict(zip(["eta"], thing.unnamed, strict=False))
    for name, node in thing.named.items():
        key = _ALSO.get(name, name)
        known_name(what, text, kind.word(), key, names)
        if key in given:
            raise TextError(what, text, node.at, f"{key} is set twice", node.length)
        given[key] = node
    return given


def _value(what: str, text: str, kind: type[Rule], key: str, node: Value) -> Any:
    if key == "eta":
        return schedules.read(what, text, node)
    return take(what, text, kind, key, node)
