"""What is typed for an optimizer, sorted by the settings of its rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from optviz.errors import TextError, UnknownName
from optviz.optimizers._libraries import UNNAMED
from optviz.optimizers._spelling import Negative, Spelling, Switch
from optviz.optimizers._vocabulary import Vocabulary
from optviz.text.syntax import Listed, Number, Value


@dataclass(frozen=True)
class Typed:
    """A value as it stands in a text; `what` opens the sentence of an error about it."""

    value: Value
    text: str
    what: str = "optimizer"

    def error(self, message: str) -> TextError:
        """An error at the place of the value."""
        return TextError(self.what, self.text, self.value.at, message, self.value.length)


def by_setting(
    vocabulary: Vocabulary, typed: Mapping[str, Typed], unnamed: Sequence[Typed] = ()
) -> dict[str, Typed]:
    """The values by our names, the one without a name being the rate.

    Raises `TextError` for what is refused or set twice, `UnknownName` for what is no word here.
    """
    if len(unnamed) > 1:
        raise unnamed[1].error("only the rate may stand without a name")
    if unnamed and (argument := vocabulary.argument(UNNAMED)):
        raise unnamed[0].error(argument.reason)
    found = dict(zip(["eta"], unnamed, strict=False))
    for word, each in typed.items():
        if _passed_over(vocabulary, word, each):
            continue
        for key, part in _parts(vocabulary, word, each):
            if key in found:
                raise part.error(f"{key} is set twice")
            found[key] = part
    return found


def _passed_over(vocabulary: Vocabulary, word: str, typed: Typed) -> bool:
    """Whether the library's argument leaves the path alone. Raises `TextError` if refused."""
    argument = vocabulary.argument(word)
    if argument is None:
        return False
    if argument.passes(typed.value):
        return True
    if vocabulary.meaning(word) is None or argument.forbids(typed.value):
        prefix = "" if typed.what == word else f"{word}: "
        raise typed.error(prefix + argument.reason)
    return False


def _parts(vocabulary: Vocabulary, word: str, typed: Typed) -> Iterator[tuple[str, Typed]]:
    """Our names with their values: a library's `betas=(0.9,0.99)` is two settings."""
    meaning = _meaning(vocabulary, word, typed)
    if isinstance(meaning, str):
        yield meaning, typed
        return
    if isinstance(meaning, Negative | Switch):
        yield meaning.name, _turned(word, meaning, typed)
        return
    items = typed.value.items if isinstance(typed.value, Listed) else ()
    if len(items) != len(meaning):
        raise typed.error(f"{word} is {len(meaning)} values in brackets")
    for i, (key, item) in enumerate(zip(meaning, items, strict=True)):
        argument = vocabulary.argument(f"{word}[{i}]")
        if not (argument and argument.passes(item)):
            yield key, replace(typed, value=item)


def _turned(word: str, meaning: Negative | Switch, typed: Typed) -> Typed:
    """The value of our setting, of an argument that says it in another way."""
    positive = isinstance(typed.value, Number) and typed.value.number > 0
    if isinstance(meaning, Negative) and positive:
        raise typed.error(f"{word} ≤ 0 is wanted")
    return replace(typed, value=meaning.node(typed.value))


def _meaning(vocabulary: Vocabulary, word: str, typed: Typed) -> Spelling:
    """The settings of ours that a word stands for. Raises `TextError` or `UnknownName`."""
    meaning = vocabulary.meaning(word)
    if meaning is not None:
        return meaning
    name = vocabulary.rule.word()
    if others := vocabulary.elsewhere(word):
        raise typed.error(f"{word} is a word of @{', @'.join(others)}; write {name}@{others[0]}")
    raise UnknownName(f"setting of {name}", word, vocabulary.words, f"{typed.what} {typed.text}")
