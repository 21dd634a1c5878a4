"""Reads the text of an optimizer, `NAME[@DIALECT][:key=value,…]`, in any vocabulary of its rule."""

import re
from dataclasses import dataclass, replace
from typing import Any

from optviz import schedules
from optviz.errors import TextError
from optviz.optimizers import _printed, _script
from optviz.optimizers._library_arguments import LIBRARIES, TOGETHER
from optviz.optimizers._optimizer import Optimizer
from optviz.optimizers._rule import Rule
from optviz.optimizers._script_text import one_line
from optviz.optimizers._typed_values import TypedValue, by_setting
from optviz.optimizers._vocabulary import Vocabulary, vocabulary_of
from optviz.registry import Registry
from optviz.schedules import Constant, Schedule
from optviz.text import syntax
from optviz.text.arguments import plain
from optviz.text.nodes import Thing, Value
from optviz.text.settings import read_setting

# A bare name, a comma, and more after it.
_HEAD = re.compile(r"\s*+([^\W\d]\w*+(?:\s*+@\s*+\w++)?)\s*+,(?=\s*+[^\s,])")
_CALL = re.compile(r"\s*+[^\W\d]\w*+\s*+\(")


def several(text: str) -> list[str]:
    """The optimizers in one text: `adam,rmsprop,adagrad:eta=0.1` is three.

    Bare names come first; settings, after a colon or in brackets, are those of the name before
    them, which is therefore the last: `adam:beta1=0.9,beta2=0.99` is one.
    """
    texts, at = [], 0
    while match := _HEAD.match(text, at):
        texts.append(match[1])
        at = match.end()
    return [*texts, text[at:]]


@dataclass(frozen=True)
class Reader:
    """Reads one text; `what` opens the sentence of an error. Raises `TextError` or `UnknownName`.

    Settings `common` to all optimizers are taken where the rule has them and the text does not set
    them; those taken are removed from `unused`.
    """

    rules: Registry[Rule]
    text: str
    what: str = "optimizer"

    def optimizer(self, common: dict[str, str], unused: set[str]) -> Optimizer:
        """The optimizer that the text names."""
        thing = self._thing()
        reader = replace(self, text=one_line(self.text))
        try:
            optimizer = reader.build(self.rules[thing.name], thing, common, unused)
        except TextError as error:
            called = _CALL.match(self.text) or _script.is_meant(self.text)
            raise (_script.of_variable(error) if called else error) from None
        rule, dialect = optimizer.rule, optimizer.dialect
        if dialect in rule.requires_rate and "eta" not in optimizer.explicit:
            usual = rule.dialects[dialect]["eta"]
            message = f"{dialect} leaves the rate to you; write eta={usual:g}, or another"
            raise TextError(self.what, self.text, thing.at, message, thing.length)
        return optimizer

    def _thing(self) -> Thing:
        """What the text names: in optviz's own form, in a script's, or as a library prints it."""
        for form in (_printed, _script):
            if form.is_meant(self.text):
                return self._in_dialect(form.thing(self.what, self.text))
        thing = syntax.read(self.what, self.text)
        return self._in_dialect(thing) if _CALL.match(self.text) else thing

    def _in_dialect(self, thing: Thing) -> Thing:
        """A call in the dialect of the one library that has all of its words, if not all are ours.

        `adamw(lr=1e-3,betas=(0.9,0.95))` is PyTorch's, since no other has `betas`.
        """
        if thing.dialect is not None:
            return thing
        named = {word: self._typed(node) for word, node in thing.named.items()}
        rule = self._rule(self.rules[thing.name], named)
        ours = {*vocabulary_of(rule, "").own_words, *self.rules[thing.name].becomes, *rule.becomes}
        libraries = [
            name
            for name in rule.dialects
            if name in LIBRARIES and all(map(vocabulary_of(rule, name).knows, named))
        ]
        if len(libraries) != 1 or named.keys() <= ours:
            libraries = [name for name in rule.dialects if TOGETHER.get(name, {""}) <= named.keys()]
        return replace(thing, dialect=libraries[0]) if libraries else thing

    def build(
        self, named: type[Rule], thing: Thing, common: dict[str, str], unused: set[str]
    ) -> Optimizer:
        """The optimizer of a parsed text: of the rule `named`, or of what arguments make of it."""
        own = {word: self._typed(node) for word, node in thing.named.items()}
        shared = {w: TypedValue(syntax.value(w, text), text, w) for w, text in common.items()}
        rule = self._rule(named, {**shared, **own})
        vocabulary = vocabulary_of(rule, thing.dialect, self.text)
        shared = {word: typed for word, typed in shared.items() if vocabulary.shares(word)}
        unused.difference_update(shared)
        self._check_rule(vocabulary, own)
        unnamed = [self._typed(node) for node in thing.unnamed]
        typed = by_setting(vocabulary, shared) | by_setting(vocabulary, own, unnamed)
        values = vocabulary.defaults | _inherited(vocabulary_of(named, thing.dialect), vocabulary)
        values["eta"] = Constant(values["eta"])
        values |= {name: self._value(rule, name, value) for name, value in typed.items()}
        schedule: Schedule = values.pop("eta")
        if (momentum := typed.get(rule.momentum)) and schedule.momentum(1) is not None:
            self._check_momentum(vocabulary, schedule, momentum)
        return Optimizer(rule(**values), schedule, vocabulary.dialect, frozenset(typed))

    def _check_rule(self, vocabulary: Vocabulary, typed: dict[str, TypedValue]) -> None:
        """Raises `TextError` for a setting of what the rule may become: β of `gd` is momentum's."""
        at = f"@{vocabulary.dialect}" if vocabulary.dialect else ""
        for word, value in typed.items():
            others = () if vocabulary.knows(word) else vocabulary.rule.becomes.values()
            for other in others:
                if word in self.rules[other].settings():
                    shown = value.text[value.value.at :][: value.value.length]
                    name = vocabulary.rule.word()
                    advice = f"write {other}{at}:{word}={shown}"
                    raise value.error(f"{name} has no {word}, {other} has; {advice}")

    def _rule(self, named: type[Rule], typed: dict[str, TypedValue]) -> type[Rule]:
        """The rule that arguments make of one: `sgd(momentum=0.9, nesterov=true)` is Nesterov.

        An argument that is off (0, false, None) changes nothing.
        """
        words = [w for w in named.becomes if w in typed and w not in named.settings()]
        on = next((word for word in words if plain(typed[word].value)), None)
        return self._rule(self.rules[named.becomes[on]], typed) if on else named

    def _check_momentum(
        self, vocabulary: Vocabulary, schedule: Schedule, momentum: TypedValue
    ) -> None:
        """Raises `TextError` for a momentum beside a schedule that sets it.

        In this text's PyTorch dialect both may stand, as in PyTorch, which overwrites the first.
        """
        if vocabulary.dialect != "torch" or momentum.what != self.what:
            name = schedule.word()
            raise momentum.error(f"{name} moves it; leave it out, or write cycle_momentum=false")

    def _value(self, rule: type[Rule], name: str, typed: TypedValue) -> Any:
        """The value of a setting; that of `eta` is a schedule."""
        node = typed.value
        if name == "eta":
            return schedules.read(typed.what, typed.text, node)
        if not isinstance(rule.defaults()[name], Rule):
            return read_setting(typed.what, typed.text, rule, name, node)
        if not isinstance(node, Thing):  # a rule within a rule, with no rate of its own
            raise typed.error(f"{name} is an optimizer")
        reader = replace(self, text=typed.text, what=typed.what)
        inner = reader.build(self.rules[node.name], node, {}, set())
        if "eta" in inner.explicit:
            raise typed.error("the rate stands outside")
        if inner.rule.clips:
            raise typed.error("clipping stands outside")
        return inner.rule

    def _typed(self, node: Value) -> TypedValue:
        return TypedValue(node, self.text, self.what)


def _inherited(named: Vocabulary, vocabulary: Vocabulary) -> dict[str, Any]:
    """The defaults of the rule that was named, if an argument made another rule of it."""
    if named.rule is vocabulary.rule:
        return {}
    defaults = {**named.rule.defaults(), **named.defaults}
    return {key: defaults[key] for key in ("eta", *vocabulary.rule.settings()) if key in defaults}
