"""What the words of a library, or of the book, mean for a rule."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from optviz.errors import UnknownName
from optviz.optimizers._libraries import LIBRARIES
from optviz.optimizers._rule import Rule
from optviz.optimizers._spelling import Spelling
from optviz.text.arguments import Argument

ALSO = {"lr": "eta", "weight_decay": "decay"}  # read by every rule, unless its library differs
_SAME = {"tf": "keras"}  # TensorFlow's optimizers are Keras's

# The symbols that flags set for every optimizer: the same symbol for all, whatever a library has
# called so (`beta` is ε in Keras's Ftrl).
_SYMBOLS = ("eta", "beta", "rho", "beta1", "beta2", "eps")


@dataclass(frozen=True)
class Vocabulary:
    """The words by which a rule's settings are typed in a dialect, which is "" for the bare form.

    A word that the library's class has means what it means there; a word that it lacks is ours. In
    the book's form our words are read, and those that all libraries with the rule agree on.
    """

    rule: type[Rule]
    dialect: str

    @property
    def defaults(self) -> dict[str, Any]:
        """The rate, as `eta`, and the settings that differ from the rule's; not to be changed."""
        return self.rule.dialects[self.dialect or next(iter(self.rule.dialects))]

    @cached_property
    def spelled(self) -> dict[str, Spelling]:
        """The library's own words, and the setting or settings of ours that each stands for."""
        if self.dialect in {*LIBRARIES, *self.rule.spelled}:
            return self.rule.spelled.get(self.dialect, {})
        ours = {"eta", *self.rule.settings()}
        libraries = self.rule.spelled.values()
        words = [word for each in libraries for word in each if word not in ours]
        meanings = {word: {each[word] for each in libraries if word in each} for word in words}
        return {word: found.pop() for word, found in meanings.items() if len(found) == 1}

    @cached_property
    def arguments(self) -> dict[str, Argument]:
        """Arguments of the library that are no settings, or that are not read in every value."""
        own = self.rule.arguments
        return {**LIBRARIES.get(self.dialect, {}), **own.get("", {}), **own.get(self.dialect, {})}

    def argument(self, word: str) -> Argument | None:
        """What becomes of an argument of the library; None where that is as for any setting."""
        return self.arguments.get(word)

    def meaning(self, word: str) -> Spelling | None:
        """The setting or settings of ours that the word stands for; None where it is none."""
        if word in self.spelled:
            return self.spelled[word]
        if self.argument(word):
            return None
        ours = ALSO.get(word, word)
        return ours if ours == "eta" or ours in self.rule.settings() else None

    def word(self, setting: str) -> str:
        """The word by which a setting of ours is read: our own, unless the library differs."""
        words = [setting, *self.spelled, *ALSO]
        return next((word for word in words if self.meaning(word) == setting), setting)

    def knows(self, word: str) -> bool:
        """Whether the word is read, passed over, refused with a reason, or makes another rule."""
        return bool(self.meaning(word) or self.argument(word) or word in self.rule.turns)

    def shares(self, word: str) -> bool:
        """Whether a setting for all optimizers is one of this, as if it stood in its text."""
        return self.knows(word) and (word not in _SYMBOLS or self.meaning(word) == word)

    def elsewhere(self, word: str) -> list[str]:
        """The libraries with the rule that know the word."""
        libraries = [name for name in self.rule.dialects if name in LIBRARIES]
        others = (_vocabulary(self.rule, name) for name in libraries)  # type: ignore[arg-type]
        return [other.dialect for other in others if other.knows(word)]

    @property
    def words(self) -> list[str]:
        """Every word that is read, ours first."""
        ours = [word for word in ("eta", *self.rule.settings()) if self.meaning(word)]
        return list(dict.fromkeys([*ours, *self.spelled]))


_vocabulary = cache(Vocabulary)


def vocabulary_of(rule: type[Rule], typed: str | None, text: str = "") -> Vocabulary:
    """The rule's dialect of that name in any case. Raises `UnknownName`, with those there are."""
    name = (typed or "").lower()
    name = name if name in rule.dialects else _SAME.get(name, name)
    if name and name not in rule.dialects:
        raise UnknownName(f"dialect of {rule.word()}", typed or "", rule.dialects, text)
    return _vocabulary(rule, name)  # type: ignore[arg-type]  # mypy takes the hash of its instances
