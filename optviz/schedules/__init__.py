"""Learning-rate schedules: `rate = schedule(t)` for the step number t = 1, 2, …"""

from dataclasses import fields

from optviz.errors import BadValue, TextError
from optviz.registry import Registry
from optviz.schedules._schedule import Schedule
from optviz.schedules.constant import Constant
from optviz.settings import known_name, spelled, take
from optviz.syntax import Number, Thing, Value

__all__ = ["Constant", "Schedule", "read", "registry"]

registry: Registry[Schedule] = Registry("schedule", __name__, Schedule)  # type: ignore[type-abstract]


def read(what: str, text: str, value: Value) -> Schedule:
    """The schedule that the node `value` of `text` names; a bare number is a constant rate.

    Raises `TextError` or `UnknownName`.
    """
    if isinstance(value, Number):
        return Constant(take(what, text, Constant, "eta", value))
    if not isinstance(value, Thing) or value.dialect:
        raise TextError(what, text, value.at, "a rate is a number or a schedule", value.length)
    if value.name.lower() in ("nan", "inf", "infinity"):
        raise TextError(what, text, value.at, f"{value.name} is not a finite number", value.length)
    if value.length == len(value.name) and value.name.lower() not in registry.names:
        said = "a rate is a number, or a schedule such as cosine(0.3,60)"
        raise TextError(what, text, value.at, said, value.length)
    kind = registry[value.name]
    names = list(kind.settings())
    if len(value.unnamed) > len(names):
        extra = value.unnamed[len(names)]
        said = f"{kind.word()} takes at most {len(names)} values: {', '.join(names)}"
        raise TextError(what, text, extra.at, said, extra.length)
    given = dict(zip(names, value.unnamed, strict=False))
    for typed, node in value.named.items():
        name = spelled(typed, names)
        known_name(what, text, kind.word(), name, names)
        if name in given:
            raise TextError(what, text, node.at, f"{name} is set twice", node.length)
        given[name] = node
    required = [f.name for f in fields(kind) if f.default is f.default_factory]
    if missing := [name for name in required if name not in given]:
        said = f"{kind.word()} also needs {', '.join(missing)}"
        raise TextError(what, text, value.at, said, value.length)
    settings = {name: take(what, text, kind, name, node) for name, node in given.items()}
    try:
        return kind(**settings)
    except BadValue as error:  # settings that do not go together
        setting = error.what.rpartition(" ")[2]
        raise TextError(what, text, value.at, f"{setting}: {error.wanted}", value.length) from None
