"""Which command has a name that `explain`, `list` or `help` does not have.

Imported only when an error is told.
"""

from optviz import help as texts
from optviz.cli import _meant
from optviz.cli._commands import commands
from optviz.errors import OptvizError, Unfit, UnknownName
from optviz.errors.hints import meant, suggestion


def error(unknown: UnknownName, *, explained: bool = True) -> OptvizError:
    """The error with the command that has the name, or the same where none has it.

    What has a card is for `explain`, or else for the command that draws it.
    """
    name = unknown.name
    if suggestion(unknown.kind, name, unknown.choices):
        return unknown
    if name in commands():
        return Unfit(f"{name}: a command; write optviz help {name}")
    if name in texts.topics():
        return Unfit(f"{name}: a topic; write optviz help {name}")
    if word := _meant.word(name):
        return _of_kind(name, word) if explained else _drawn(name, word)
    topic = meant("topic", name, texts.topics())
    return Unfit(f"{name}: write optviz help {topic}") if topic else unknown


def _of_kind(name: str, word: _meant.Word) -> Unfit:
    """The error for a name that is known; what has a card is explained."""
    kind = word.kind.partition(",")[0]
    article, _, rest = kind.partition(" ")
    if rest.startswith(("optimizer", "schedule")):
        shown = rest.partition(" ")[2] if article == "the" else name
        return Unfit(f"{name}: {kind}; write optviz explain {shown}")
    return _drawn(name, word)


def _drawn(name: str, word: _meant.Word) -> Unfit:
    return Unfit(f"{name}: {word.kind.partition(',')[0]}; write {word.alone()}")
