"""What can go wrong, one class a kind; each holds facts and writes its own sentence.

Nothing here is raised for what a run does: divergence is an outcome, not an error.
"""

from collections.abc import Iterable

from optviz.errors.printable import visible

_SHOWN = 200  # characters of a value in a sentence


class OptvizError(Exception):
    """The root of everything optviz raises on purpose.

    `exit_code` is what the command line answers with: 2 for what the user asked, 1 for what the
    world did.
    """

    exit_code = 2

    def __str__(self) -> str:
        return visible(super().__str__())


class TextError(OptvizError):
    """A text that cannot be read, with the place: three lines, the last one a caret."""

    def __init__(self, what: str, text: str, at: int, said: str, length: int = 1) -> None:
        self.what, self.text, self.at, self.said, self.length = what, text, at, said, length
        super().__init__(what, text, at, said, length)

    def __str__(self) -> str:
        start = max(0, self.at - 50)  # a long text is shown around the place only
        before = ("…" if start else "") + self.text[start : self.at]
        after = self.text[self.at : start + 100] + ("…" if len(self.text) > start + 100 else "")
        line = visible(before) + visible(after)
        caret = " " * len(before) + "^" * max(1, min(self.length, len(after)))
        return f"{visible(f'{self.what}: {self.said}')}\n  {line}\n  {caret}"


class UnknownName(OptvizError):
    """A name that nothing is registered under; suggests the nearest."""

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = "") -> None:
        self.kind, self.name, self.known, self.where = kind, name, tuple(known), where
        super().__init__(kind, name, self.known, where)

    def __str__(self) -> str:
        from difflib import get_close_matches

        known = {name.lower(): name for name in self.known}
        near = get_close_matches(self.name[:_SHOWN].lower(), known, n=1, cutoff=0.5)
        hint = f"did you mean {known[near[0]]}?" if near else f"known: {', '.join(self.known)}"
        place = f" in {_cut(self.where)}" if self.where else ""
        return visible(f"no {self.kind} is called {_cut(self.name)!r}{place}; {hint}")


class ForeignOption(OptvizError):
    """An option that this kind of figure does not have, and the kinds that have it."""

    def __init__(self, name: str, kind: str, having: Iterable[str]) -> None:
        self.name, self.kind, self.having = name, kind, tuple(having)
        super().__init__(name, kind, self.having)

    def __str__(self) -> str:
        *most, last = self.having
        kinds = f"{', '.join(most)} and {last}" if most else last
        return visible(f"{_cut(self.name)}: an option of {kinds}, not of {self.kind}")


class NoEffect(OptvizError):
    """An option that changes nothing here, and why."""

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(what, reason)

    def __str__(self) -> str:
        return visible(f"{self.what}: {self.reason}")


class BadValue(OptvizError):
    """A value of the right form that cannot be taken: what, the value, what is wanted."""

    def __init__(self, what: str, value: object, wanted: str) -> None:
        self.what, self.value, self.wanted = what, value, wanted
        super().__init__(what, value, wanted)

    def __str__(self) -> str:
        return visible(f"{self.what}: {_cut(self.value)} given, {self.wanted}")


class Unfit(OptvizError):
    """Two things, each well said, that do not go together (a 3-D start on a 2-D objective)."""


class BadFile(OptvizError):
    """A file that was read but does not hold what it should."""

    def __init__(self, path: str, said: str, line: int | None = None) -> None:
        self.path, self.said, self.line = path, said, line
        super().__init__(path, said, line)

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line is not None else self.path
        return visible(f"{place}: {self.said}")


class TooMuch(BadFile):
    """A file that asks for more work or memory than a stranger's is given; `instead` is a hint."""

    def __init__(self, path: str, asked: str, most: str, instead: str) -> None:
        super().__init__(path, f"it asks for {asked}; {most} at most are drawn; {instead}")
        self.args = path, asked, most, instead  # what a pickle makes it of again


class WorldError(OptvizError):
    """The world said no: a disk, a permission, a missing folder."""

    exit_code = 1

    def __init__(self, did: str, path: str, why: str) -> None:
        self.did, self.path, self.why = did, path, why
        super().__init__(did, path, why)

    def __str__(self) -> str:
        return visible(f"cannot {self.did} {self.path}: {self.why}")


def _cut(value: object) -> str:
    """A value in a sentence: not all of it where it is long."""
    try:
        text = str(value)
    except ValueError:  # Python writes no integer of more than 4300 digits
        text = "a whole number with too many digits"
    return visible(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
