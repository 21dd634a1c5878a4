"""Text read into an optimizer: `NAME[@DIALECT][:key=value,…]`, in our words or in a library's."""

import re
from dataclasses import dataclass, replace
from typing import Any

from optviz import schedules
from optviz.errors import TextError
from optviz.optimizers._optimizer import Optimizer
from optviz.optimizers._rule import Rule
from optviz.optimizers._typed import Typed, by_setting
from optviz.optimizers._vocabulary import Vocabulary, vocabulary_of
from optviz.registry import Registry
from optviz.schedules import Constant, Schedule
from optviz.text import syntax
from optviz.text.arguments import plain
from optviz.text.settings import read_setting
from optviz.text.syntax import Thing, Value

# A bare name, and more to come.
_HEAD = re.compile(r"\s*+([^\W\d]\w*+(?:\s*+@\s*+\w++)?)\s*+,(?=\s*+[^\s,])")


def several(text: str) -> list[str]:
    """The optimizers in one text: `adam,rmsprop,adagrad:eta=0.1` is three.

    Bare names come first; settings, after a colon or in brackets, are those of the name before
    them, which is therefore the last: `adam:beta1=0.9,beta2=0.99` is one.
    """
    found, at = [], 0
    while match := _HEAD.match(text, at):
        found.append(match[1])
        at = match.end()
    return [*found, text[at:]]


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
        made = self.build(self.kinds[thing.name], thing, common, unused)
        if made.dialect in made.rule.asks_rate and "eta" not in made.given:
            usual = made.rule.dialects[made.dialect]["eta"]
            message = f"{made.dialect} leaves the rate to you; write eta={usual:g}, or another"
            raise TextError(self.what, self.text, thing.at, message, thing.length)
        return made

    def build(
        self, named: type[Rule], thing: Thing, common: dict[str, str], unused: set[str]
    ) -> Optimizer:
        """The optimizer of a thing: of the rule `named`, or of what arguments make of it."""
        own = {name: self.typed(node) for name, node in thing.named.items()}
        shared = {key: Typed(syntax.value(key, text), text, key) for key, text in common.items()}
        kind = self.turned(named, own, shared)
        vocabulary = vocabulary_of(kind, thing.dialect, self.text)
        taken = {key: typed for key, typed in shared.items() if vocabulary.shares(key)}
        unused.difference_update(taken)
        rate = [self.typed(node) for node in thing.unnamed]
        given = by_setting(vocabulary, taken) | by_setting(vocabulary, own, rate)
        values = vocabulary.defaults | _carried(vocabulary_of(named, thing.dialect), vocabulary)
        values["eta"] = Constant(values["eta"])
        values |= {key: self.value(kind, key, typed) for key, typed in given.items()}
        schedule: Schedule = values.pop("eta")
        if (momentum := given.get(kind.momentum)) and schedule.momentum(1) is not None:
            self.moved(vocabulary, schedule, momentum)
        return Optimizer(kind(**values), schedule, vocabulary.dialect, frozenset(given))

    def turned(
        self, kind: type[Rule], own: dict[str, Typed], shared: dict[str, Typed]
    ) -> type[Rule]:
        """The rule that arguments make of this one: `sgd(momentum=0.9, nesterov=true)` is Nesterov.

        One that is off (0, false, None) makes nothing of it.
        """
        typed = {**shared, **own}
        turns = [w for w in kind.turns if w in typed and w not in kind.settings()]
        on = next((word for word in turns if plain(typed[word].value)), None)
        return self.turned(self.kinds[kind.turns[on]], own, shared) if on else kind

    def moved(self, vocabulary: Vocabulary, schedule: Schedule, momentum: Typed) -> None:
        """Raises `TextError` for a momentum beside a schedule that moves it.

        A line of PyTorch's may have one, which PyTorch overwrites.
        """
        if vocabulary.dialect != "torch" or momentum.what != self.what:
            name = schedule.word()
            raise momentum.error(f"{name} moves it; leave it out, or write cycle_momentum=false")

    def value(self, kind: type[Rule], key: str, typed: Typed) -> Any:
        """The value of a setting; that of `eta` is a schedule."""
        node = typed.value
        if key == "eta":
            return schedules.read(typed.what, typed.text, node)
        if not isinstance(kind.defaults()[key], Rule):
            return read_setting(typed.what, typed.text, kind, key, node)
        if not isinstance(node, Thing):  # a rule within a rule, with no rate of its own
            raise typed.error(f"{key} is an optimizer")
        within = replace(self, text=typed.text, what=typed.what)
        made = within.build(self.kinds[node.name], node, {}, set())
        if "eta" in made.given:
            raise typed.error("the rate stands outside")
        return made.rule

    def typed(self, node: Value) -> Typed:
        """A value of this text."""
        return Typed(node, self.text, self.what)


def _carried(named: Vocabulary, vocabulary: Vocabulary) -> dict[str, Any]:
    """The defaults of the rule that was named, where an argument made another of it."""
    if named.rule is vocabulary.rule:
        return {}
    usual = {**named.rule.defaults(), **named.defaults}
    return {key: usual[key] for key in ("eta", *vocabulary.rule.settings()) if key in usual}
