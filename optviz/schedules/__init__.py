"""Learning-rate schedules: `rate = schedule(t)` for the step number t = 1, 2, …"""

import re
from contextlib import suppress

from optviz.errors import OptvizError, TextError, Unfit, UnknownName, hints
from optviz.registry import Registry
from optviz.schedules._card import card, group, ignored_arguments, short_call
from optviz.schedules._library_schedule import LibrarySchedule
from optviz.schedules._schedule import Schedule
from optviz.schedules._unread import advice
from optviz.schedules.constant import Constant
from optviz.text import syntax
from optviz.text.nodes import Formula, Number, Thing, Value
from optviz.text.settings import read_call, read_setting

__all__ = [
    "Constant",
    "Schedule",
    "card",
    "group",
    "ignored_arguments",
    "parse",
    "read",
    "registry",
    "short_call",
]

_CALLED = re.compile(r"(?<!\w)[^\W\d]\w*+(?=\s*+\()")

registry: Registry[Schedule] = Registry("schedule", __name__, Schedule)  # type: ignore[type-abstract]


def read(what: str, text: str, value: Value) -> Schedule:
    """The schedule that the node `value` of `text` names; a bare number is a constant rate.

    Raises `TextError` or `UnknownName`.
    """
    if isinstance(value, Number):
        return Constant(read_setting(what, text, Constant, "eta", value))
    if isinstance(value, Formula) or (isinstance(value, Thing) and value.name == "t"):
        from optviz.schedules import _expression

        return _expression.read(what, text, value.at, value.length)
    if not isinstance(value, Thing) or value.dialect:
        raise TextError(what, text, value.at, "a rate is a number or a schedule", value.length)
    if value.name.lower() in ("nan", "inf", "infinity"):
        raise TextError(what, text, value.at, f"{value.name} is not a finite number", value.length)
    if value.length == len(value.name) and value.name.lower() not in registry.names:
        better = hints.meant("schedule", value.name, ())
        message = better or "a rate is a number, or a schedule such as cosine(0.3,60)"
        raise TextError(what, text, value.at, message, value.length)
    if value.name.lower() not in registry.names:
        raise _unknown(what, text, value)
    kind = registry[value.name]
    _refuse_optimizer(what, text, kind, value)
    return read_call(what, text, kind, value, read)


def parse(what: str, text: str) -> Schedule:
    """The schedule of a whole text. Raises `TextError` or `UnknownName`."""
    try:
        node = syntax.value(what, text)
    except TextError:
        for name in _CALLED.finditer(text):  # what is wrong may be of one that is not read at all
            if message := advice(name[0]):
                raise TextError(what, text, name.start(), message, len(name[0])) from None
        raise
    return read(what, text, node)


def _unknown(what: str, text: str, value: Thing) -> OptvizError:
    """The error for a call of what is no schedule, by its meaning if that is known."""
    words = [kind.word() for kind in registry]
    better, message = hints.meant("schedule", value.name, words), advice(value.name)
    if better in words:
        message = f"no schedule is called {value.name}; write {better}(…)"
    if message:
        return TextError(what, text, value.at, message, len(value.name))
    return UnknownName("schedule", value.name, words)


def _refuse_optimizer(what: str, text: str, kind: type[Schedule], value: Thing) -> None:
    """Raises `TextError` for an optimizer as the first argument, as scripts have it."""
    advice = kind.instead_of_optimizer() if issubclass(kind, LibrarySchedule) else ""
    first = value.unnamed[0] if value.unnamed else None
    node = first if "optimizer" in kind.library_arguments() else value.named.get("optimizer", first)
    if advice and isinstance(node, Thing) and node.length == len(node.name):
        with suppress(Unfit):  # one of several schedules has no base rate of its own
            if kind.base() in value.named:
                advice = f"leave it out; {kind.base()} is the base rate"
        raise TextError(what, text, node.at, advice, node.length)
