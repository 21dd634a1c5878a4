"""A text in the plain notation of expressions, and where each character of it was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from optviz.errors import TextError

WHAT = "objective"


@dataclass(frozen=True)
class Source:
    """What was `typed`, its plain `text`, and the place in `typed` of each character of `text`.

    `places` has one entry more than `text`, for its end.
    """

    typed: str
    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "Source":
        """A text that is plain as it was typed."""
        return cls(text, text, range(len(text) + 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the plain characters from `start` to `end` were typed: the place and the length."""
        at = self.places[start]
        return at, max(1, self.places[end] - at) if end > start else 0

    def error(self, message: str, start: int, length: int = 1) -> TextError:
        """A `TextError` at a place of the plain text."""
        end = min(start + length, len(self.text))
        at, shown = self.span(start, max(start, end))
        return TextError(WHAT, self.typed, at, message, max(1, min(shown, 50)))


class Rewriter:
    """Builds a source from another, piece by piece."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.parts: list[str] = []
        self.places: list[int] = []
        self.last = ""  # the last character written

    def keep(self, start: int, end: int) -> None:
        """Copies the characters from `start` to `end`."""
        self._add(self.source.text[start:end], list(self.source.places[start:end]))

    def put(self, text: str, start: int) -> None:
        """Writes `text` for what stands at `start`."""
        self._add(text, [self.source.places[start]] * len(text))

    def take(self, other: "Rewriter") -> None:
        """Appends what another wrote."""
        self.parts += other.parts
        self.places += other.places
        self.last = other.last or self.last

    def _add(self, text: str, places: list[int]) -> None:
        self.parts.append(text)
        self.places += places
        self.last = text[-1:] or self.last

    def made(self) -> Source:
        """The source that was written."""
        end = self.source.places[len(self.source.text)]
        return Source(self.source.typed, "".join(self.parts), [*self.places, end])
