"""The words by which a rule's settings are typed, in optviz's form or in that of a library."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from optviz.errors import UnknownName
from optviz.errors.name_synonyms import OF_ALL_LIBRARIES, SETTINGS
from optviz.optimizers._library_arguments import CLIPPING, LIBRARIES
from optviz.optimizers._rule import Rule
from optviz.optimizers._spelling import Spelling
from optviz.text.arguments import Argument

# Of every rule, unless its library differs.
SYNONYMS = {word: SETTINGS[word][0] for word in OF_ALL_LIBRARIES}
_SAME_LIBRARY = {"tf": "keras"}  # TensorFlow's optimizers are Keras's

# The symbols that flags set for every optimizer: the same symbol for all, whatever a library has
# called so (`beta` is ε in Keras's Ftrl).
_SYMBOLS = ("eta", "beta", "rho", "beta1", "beta2", "eps")


@dataclass(frozen=True)
class Vocabulary:
    """The words by which a rule's settings are typed in a dialect, which is "" for the bare form.

    In a library's dialect a word of the library's class means what it means there, and any other
    is the name of a setting. In the bare form the names of settings are read, and the words on
    which all libraries with the rule agree.
    """

    rule: type[Rule]
    dialect: str

    @property
    def defaults(self) -> dict[str, Any]:
        """The rate, as `eta`, and the settings that differ from the rule's; not to be changed."""
        return self.rule.dialects[self.dialect or next(iter(self.rule.dialects))]

    @property
    def library_spellings(self) -> dict[str, Spelling]:
        """The library's own words alone; none in a dialect that is no library's."""
        return {**self.rule.spellings.get(self.dialect, {}), **CLIPPING.get(self.dialect, {})}

    @cached_property
    def spellings(self) -> dict[str, Spelling]:
        """The library's own words, and what each stands for."""
        if self.dialect in {*LIBRARIES, *self.rule.spellings}:
            return self.library_spellings
        settings = {"eta", *self.rule.settings()}
        libraries: list[Mapping[str, Spelling]]
        libraries = [*self.rule.spellings.values(), *CLIPPING.values()]
        words = [word for each in libraries for word in each if word not in settings]
        spellings = {word: {each[word] for each in libraries if word in each} for word in words}
        return {word: some.pop() for word, some in spellings.items() if len(some) == 1}

    @cached_property
    def arguments(self) -> dict[str, Argument]:
        """Arguments of the library that are no settings, or that are not read in every value."""
        own = self.rule.arguments
        return {**LIBRARIES.get(self.dialect, {}), **own.get("", {}), **own.get(self.dialect, {})}

    def argument(self, word: str) -> Argument | None:
        """The library's argument of that name, or None if it is read as any setting is."""
        return self.arguments.get(word)

    def spelling(self, word: str) -> Spelling | None:
        """The setting or settings that the word stands for, or None."""
        if word in self.spellings:
            return self.spellings[word]
        if self.argument(word):
            return None
        setting = SYNONYMS.get(word, word)
        return setting if setting == "eta" or setting in self.rule.settings() else None

    def word(self, setting: str) -> str:
        """The word by which a setting is read: its name, unless the library uses that otherwise."""
        words = [setting, *self.spellings, *SYNONYMS]
        return next((word for word in words if self.spelling(word) == setting), setting)

    def knows(self, word: str) -> bool:
        """Whether the word is read, ignored, refused with a reason, or makes another rule."""
        return bool(self.spelling(word) or self.argument(word) or word in self.rule.becomes)

    def shares(self, word: str) -> bool:
        """Whether a setting for all optimizers is read here, as if it stood in this one's text."""
        return self.knows(word) and (word not in _SYMBOLS or self.spelling(word) == word)

    def other_dialects(self, word: str) -> list[str]:
        """The libraries with the rule that know the word."""
        libraries = [name for name in self.rule.dialects if name in LIBRARIES]
        others = (_vocabulary(self.rule, name) for name in libraries)  # type: ignore[arg-type]
        return [other.dialect for other in others if other.knows(word)]

    @property
    def own_words(self) -> set[str]:
        """The words that mean the same in every dialect, unless its library differs."""
        return {"eta", *self.rule.settings(), *SYNONYMS}

    @property
    def words(self) -> list[str]:
        """Every word that is read, the names of settings first."""
        settings = [name for name in ("eta", *self.rule.settings()) if self.spelling(name)]
        return list(dict.fromkeys([*settings, *self.spellings]))


_vocabulary = cache(Vocabulary)


def vocabulary_of(rule: type[Rule], typed: str | None, text: str = "") -> Vocabulary:
    """The vocabulary of a rule's dialect, in any case. Raises `UnknownName`, with the dialects."""
    name = (typed or "").lower()
    name = name if name in rule.dialects else _SAME_LIBRARY.get(name, name)
    if name and name not in rule.dialects:
        raise UnknownName(f"dialect of {rule.word()}", typed or "", rule.dialects, text)
    return _vocabulary(rule, name)  # type: ignore[arg-type]  # mypy takes the hash of its instances
