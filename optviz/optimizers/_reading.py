"""Text read into an optimizer: `NAME[@DIALECT][:key=value,…]`, in our words or in a library's."""

import re
from dataclasses import dataclass, replace
from typing import Any

from optviz import schedules, syntax
from optviz.errors import TextError, UnknownName
from optviz.optimizers._optimizer import ALSO, Optimizer
from optviz.optimizers._rule import Rule
from optviz.registry import Registry
from optviz.schedules import Constant, Schedule
from optviz.settings import known_name, take
from optviz.syntax import Listed, Number, Thing, Value

_SAME = {"tf": "keras"}  # TensorFlow's optimizers are Keras's
# A bare name, and more to come.
_HEAD = re.compile(r"\s*([^\W\d]\w*(?:\s*@\s*\w+)?)\s*,(?=\s*[^\s,])")


def several(text: str) -> list[str]:
    """The optimizers in one text: `adam,rmsprop,adagrad:eta=0.1` is three.

    Bare names come first; settings, after a colon or in brackets, are those of the name before
    them, which is therefore the last: `adam:beta1=0.9,beta2=0.99` is one.
    """
    found = []
    while match := _HEAD.match(text):
        found.append(match[1])
        text = text[match.end() :]
    return [*found, text]


@dataclass(frozen=True)
class Reader:
    """Reads a text; `what` opens the sentence of an error. Raises `TextError` or `UnknownName`."""

    kinds: Registry[Rule]
    text: str
    what: str = "optimizer"

    def optimizer(self, common: dict[str, str], unused: set[str]) -> Optimizer:
        """What the text names, with the `common` settings that it has and does not set itself.

        Those that it takes leave `unused`.
        """
        thing = syntax.read(self.what, self.text)
        kind, thing = self.turned(self.kinds[thing.name], thing)
        dialect = _dialect(kind, thing)
        names = {kind.spelled.get(dialect, {}).get(n, ALSO.get(n, n)) for n in thing.named}
        if dialect in kind.asks_rate and not (thing.unnamed or "eta" in {*names, *common}):
            usual = kind.dialects[dialect]["eta"]
            said = f"{dialect} leaves the rate to you; write eta={usual:g}, or another"
            raise TextError(self.what, self.text, thing.at, said, thing.length)
        return self.build(kind, thing, common, unused)

    def turned(self, kind: type[Rule], thing: Thing) -> tuple[type[Rule], Thing]:
        """The rule that a library's switch makes of this one: `sgd(momentum=0.9, nesterov=true)`.

        A switch that is off, or that the new rule has no setting for, is dropped.
        """
        named, found = dict(thing.named), kind
        switches = {s: o for s, o in kind.turns.items() if s in named and s not in kind.settings()}
        for switch, other in switches.items():
            if _on(named[switch]):
                found = self.kinds[other]
        spelled = found.spelled.get(_dialect(found, thing), {})
        for switch in switches:
            if not _on(named[switch]) or switch not in {*found.settings(), *spelled}:
                del named[switch]
        return found, replace(thing, named=named)

    def build(
        self, kind: type[Rule], thing: Thing, common: dict[str, str], unused: set[str]
    ) -> Optimizer:
        """The optimizer of rule `kind` with the settings of a thing."""
        dialect = _dialect(kind, thing)
        if dialect and dialect not in kind.dialects:
            raise UnknownName(f"dialect of {kind.word()}", dialect, kind.dialects, self.text)
        given = self.given(kind, thing, dialect)
        shared = {key: text for key, text in common.items() if key in ["eta", *kind.settings()]}
        values: dict[str, Any] = dict(kind.dialects[dialect or next(iter(kind.dialects))])
        values["eta"] = Constant(values["eta"])
        unused.difference_update(shared)
        for key, typed in shared.items():
            if key not in given:
                reader = replace(self, text=typed, what=key)
                values[key] = reader.value(kind, key, syntax.value(key, typed))
        for key, node in given.items():
            values[key] = self.value(kind, key, node)
        schedule: Schedule = values.pop("eta")
        return Optimizer(kind(**values), schedule, dialect, frozenset({*given, *shared}))

    def given(self, kind: type[Rule], thing: Thing, dialect: str) -> dict[str, Value]:
        """The settings that the thing makes, by our names; one unnamed value is the rate."""
        if len(thing.unnamed) > 1:
            raise self.error("only the rate may stand without a name", thing.unnamed[1])
        given = dict(zip(["eta"], thing.unnamed, strict=False))
        spelled = kind.spelled.get(dialect, {})
        known = list(dict.fromkeys(["eta", *kind.settings(), *spelled]))
        for name, node in thing.named.items():
            for key, part in self.pairs(name, spelled.get(name, ALSO.get(name, name)), node):
                known_name(self.what, self.text, kind.word(), key, known)
                if key in given:
                    raise self.error(f"{key} is set twice", node)
                given[key] = part
        return given

    def pairs(self, name: str, ours: str | tuple[str, ...], node: Value) -> list[tuple[str, Value]]:
        """Our names with their values: a library's `betas=(0.9,0.99)` is two settings."""
        if isinstance(ours, str):
            return [(ours, node)]
        if not isinstance(node, Listed) or len(node.items) != len(ours):
            raise self.error(f"{name} is {len(ours)} values in brackets", node)
        return list(zip(ours, node.items, strict=True))

    def value(self, kind: type[Rule], key: str, node: Value) -> Any:
        """The value of a setting; that of `eta` is a schedule."""
        if key == "eta":
            return schedules.read(self.what, self.text, node)
        if not isinstance(kind.defaults()[key], Rule):
            return take(self.what, self.text, kind, key, node)
        if not isinstance(node, Thing):  # a rule within a rule, with no rate of its own
            raise self.error(f"{key} is an optimizer", node)
        if "eta" in node.named or node.unnamed:
            raise self.error("the rate stands outside", node)
        return self.build(self.kinds[node.name], node, {}, set()).rule

    def error(self, said: str, node: Value) -> TextError:
        """An error at the node's place."""
        return TextError(self.what, self.text, node.at, said, node.length)


def _on(node: Value) -> bool:
    """Whether a switch is neither 0 nor false."""
    if isinstance(node, Number):
        return node.number != 0
    return not (isinstance(node, Thing) and node.name.lower() == "false")


def _dialect(kind: type[Rule], thing: Thing) -> str:
    dialect = (thing.dialect or "").lower()
    return dialect if dialect in kind.dialects else _SAME.get(dialect, dialect)
