"""The exceptions of optviz, one class a kind; each holds facts and writes its own sentence.

None is raised for how a run ends: divergence is an outcome, not an error.
"""

from collections.abc import Callable, Iterable

from optviz.errors.printable import printable

_SHOWN = 200  # characters of a value in a sentence


def _as_it_is(sentence: str) -> str:
    return sentence


class OptvizError(Exception):
    """The base class of the exceptions of optviz.

    `exit_code` is the exit status of the command: 2 for a mistake in its arguments or files, 1 for
    a failure of the system. `wording` rewrites what a sentence says itself, not what it quotes:
    from Python options are keywords, not flags.
    """

    exit_code = 2
    wording: Callable[[str], str] = staticmethod(_as_it_is)

    def __str__(self) -> str:
        return printable(self.wording(super().__str__()))


class TextError(OptvizError):
    """A text that cannot be read, with the place in three lines, the last one a caret."""

    def __init__(self, what: str, text: str, at: int, message: str, length: int = 1) -> None:
        self.what, self.text, self.at, self.message, self.length = what, text, at, message, length
        super().__init__(what, text, at, message, length)

    def __str__(self) -> str:
        start = max(0, self.at - 50)  # a long text is shown around the place only
        before = ("…" if start else "") + self.text[start : self.at]
        after = self.text[self.at : start + 100] + ("…" if len(self.text) > start + 100 else "")
        excerpt = printable(before) + printable(after)
        caret = " " * len(before) + "^" * max(1, min(self.length, len(after)))
        return f"{printable(f'{self.what}: {self.wording(self.message)}')}\n  {excerpt}\n  {caret}"


class UnknownName(OptvizError):
    """A name that does not exist; the message has the one that means the same, or is near."""

    def __init__(self, kind: str, name: str, choices: Iterable[str], where: str = "") -> None:
        self.kind, self.name, self.choices, self.where = kind, name, tuple(choices), where
        super().__init__(kind, name, self.choices, where)

    def __str__(self) -> str:
        from optviz.errors import hints

        hint = self.wording(hints.hint(self.kind, self.name[:_SHOWN], self.choices))
        place = f" in {_cut(self.where)}" if self.where else ""
        return printable(f"no {self.kind} is called {_cut(self.name)!r}{place}; {hint}")


class UnknownColumn(UnknownName):
    """A column that a table does not have; the message has the nearest, and all that there are."""

    def __init__(self, name: str, choices: Iterable[str], where: str) -> None:
        super().__init__("column", name, choices, where)
        self.args = name, self.choices, where  # from which unpickling calls this

    def __str__(self) -> str:
        message = super().__str__()
        if "; known: " in message:
            return message
        return printable(f"{message} There are {_cut(', '.join(self.choices))}")


class ForeignOption(OptvizError):
    """An option that this kind of figure does not have, and the kinds that have it."""

    def __init__(self, name: str, kind: str, having: Iterable[str]) -> None:
        self.name, self.kind, self.having = name, kind, tuple(having)
        super().__init__(name, kind, self.having)

    def __str__(self) -> str:
        *most, last = self.having
        kinds = f"{', '.join(most)} and {last}" if most else last
        return printable(f"{_cut(self.name)}: an option of {kinds}, not of {self.kind}")


class NoEffect(OptvizError):
    """An option that changes nothing here, and why."""

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(what, reason)

    def __str__(self) -> str:
        return printable(f"{self.what}: {self.wording(self.reason)}")


class BadValue(OptvizError):
    """A value that is not allowed: what it is for, the value, what is expected instead."""

    def __init__(self, what: str, value: object, expected: str) -> None:
        self.what, self.value, self.expected = what, value, expected
        super().__init__(what, value, expected)

    def __str__(self) -> str:
        return printable(f"{self.what}: {_cut(self.value)} given, {self.wording(self.expected)}")


class Unfit(OptvizError):
    """Two things, each valid, that do not go together (a 3-D start on a 2-D objective)."""


class BadFile(OptvizError):
    """A file that can be read but whose content is wrong."""

    def __init__(self, path: str, message: str, line: int | None = None) -> None:
        self.path, self.message, self.line = path, message, line
        super().__init__(path, message, line)

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line is not None else self.path
        return printable(f"{place}: {self.wording(self.message)}")


class NothingYet(BadFile):
    """A file in which nothing has been recorded yet, as while a training begins."""


class TooMuch(BadFile):
    """A file that needs more work or memory than a file from outside may; `instead` is a hint."""

    def __init__(self, path: str, asked: str, most: str, instead: str) -> None:
        super().__init__(path, f"it asks for {asked}; {most} at most are drawn; {instead}")
        self.args = path, asked, most, instead  # from which unpickling calls this


class WorldError(OptvizError):
    """A refusal of the system: a disk, a permission, a missing folder."""

    exit_code = 1

    def __init__(self, action: str, path: str, reason: str) -> None:
        self.action, self.path, self.reason = action, path, reason
        super().__init__(action, path, reason)

    def __str__(self) -> str:
        return printable(f"cannot {self.action} {self.path}: {self.wording(self.reason)}")


def _cut(value: object) -> str:
    """A value for a sentence, its first characters where it is long."""
    try:
        text = str(value)
    except ValueError:  # Python writes no integer of more than 4300 digits
        text = "a whole number with too many digits"
    return printable(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
