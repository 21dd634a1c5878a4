"""The values typed for an optimizer, sorted by the settings of its rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from optviz.errors import TextError, UnknownName
from optviz.optimizers._library_arguments import UNNAMED
from optviz.optimizers._spelling import Negative, Spelling, Switch
from optviz.optimizers._vocabulary import Vocabulary
from optviz.text.nodes import Listed, Number, Value


@dataclass(frozen=True)
class TypedValue:
    """A value and the text it stands in; `what` opens the sentence of an error about it."""

    value: Value
    text: str
    what: str = "optimizer"

    def error(self, message: str) -> TextError:
        """An error at the place of the value."""
        return TextError(self.what, self.text, self.value.at, message, self.value.length)


def by_setting(
    vocabulary: Vocabulary, named: Mapping[str, TypedValue], unnamed: Sequence[TypedValue] = ()
) -> dict[str, TypedValue]:
    """The values by the names of the rule's settings; one without a name is the rate.

    Raises `TextError` for what is refused or set twice, `UnknownName` for an unknown word.
    """
    if len(unnamed) > 1:
        raise unnamed[1].error("only the rate may stand without a name")
    if unnamed and (argument := vocabulary.argument(UNNAMED)):
        raise unnamed[0].error(argument.reason)
    values = dict(zip(["eta"], unnamed, strict=False))
    for word, typed in named.items():
        if _ignored(vocabulary, word, typed):
            continue
        for setting, part in _parts(vocabulary, word, typed):
            if setting in values:
                raise part.error(f"{setting} is set twice")
            values[setting] = part
    return values


def _ignored(vocabulary: Vocabulary, word: str, typed: TypedValue) -> bool:
    """Whether a library's argument does not change the path. Raises `TextError` if refused."""
    argument = vocabulary.argument(word)
    if argument is None:
        return False
    if argument.ignores(typed.value):
        return True
    if vocabulary.spelling(word) is None or argument.forbids(typed.value):
        prefix = "" if typed.what == word else f"{word}: "
        raise typed.error(prefix + argument.reason)
    return False


def _parts(
    vocabulary: Vocabulary, word: str, typed: TypedValue
) -> Iterator[tuple[str, TypedValue]]:
    """The settings and their values: a library's `betas=(0.9,0.99)` is two settings."""
    spelling = _spelling(vocabulary, word, typed)
    if isinstance(spelling, str):
        yield spelling, typed
        return
    if isinstance(spelling, Negative | Switch):
        yield spelling.name, _converted(word, spelling, typed)
        return
    items = typed.value.items if isinstance(typed.value, Listed) else ()
    if len(items) != len(spelling):
        raise typed.error(f"{word} is {len(spelling)} values in brackets")
    for i, (setting, item) in enumerate(zip(spelling, items, strict=True)):
        argument = vocabulary.argument(f"{word}[{i}]")
        if not (argument and argument.ignores(item)):
            yield setting, replace(typed, value=item)


def _converted(word: str, spelling: Negative | Switch, typed: TypedValue) -> TypedValue:
    """The setting's value from that of the library's argument."""
    positive = isinstance(typed.value, Number) and typed.value.number > 0
    if isinstance(spelling, Negative) and positive:
        raise typed.error(f"{word} ≤ 0 is wanted")
    return replace(typed, value=spelling.node(typed.value))


def _spelling(vocabulary: Vocabulary, word: str, typed: TypedValue) -> Spelling:
    """What a word stands for. Raises `TextError` or `UnknownName` if it stands for nothing."""
    spelling = vocabulary.spelling(word)
    if spelling is not None:
        return spelling
    name = vocabulary.rule.word()
    if others := vocabulary.other_dialects(word):
        raise typed.error(f"{word} is a word of @{', @'.join(others)}; write {name}@{others[0]}")
    raise UnknownName(f"setting of {name}", word, vocabulary.words, f"{typed.what} {typed.text}")
