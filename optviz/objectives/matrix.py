"""Reads `quadratic(Q=[[0.2,0],[0,4]])`, `quadratic(eig=[0.2,4])`, `quadratic(kappa=100)`.

`P` and `q` of CVXPY and OSQP, `H` and `f` of quadprog are read as Q and c: f is ½xᵀQx + cᵀx + b.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import TextError, UnknownName
from optviz.notes import note
from optviz.objectives import matlab, spectrum
from optviz.objectives.lexer import MAX_DIM, WHAT
from optviz.objectives.objective import Quadratic
from optviz.objectives.source import Source
from optviz.objectives.transforms import turned
from optviz.text import syntax
from optviz.text.arguments import plain
from optviz.text.nodes import Listed, Number, Thing, Value
from optviz.text.numbers import shortest

_MAX_DEPTH = 20

# Other words of quadratic programs for ½xᵀQx + cᵀx.
CONVENTION = "the matrix is Q of f(x) = ½xᵀQx"
SYNONYMS = {"P": "Q", "H": "Q", "q": "c", "f": "c"}


def read(text: str) -> Quadratic:
    """The quadratic that `quadratic(…)` describes.

    Raises `TextError` with the place of what is wrong: settings, shapes, an asymmetric entry.
    """
    source = matlab.plain(Source.of(text))
    try:
        return _read(source.text, text)
    except TextError as error:
        raise source.error(error.message, error.at, error.length) from None


def _read(text: str, typed: str) -> Quadratic:
    _shallow(text)
    thing = _in_our_words(text, syntax.read(WHAT, text))
    settings = _Settings(text, thing)
    heads = [name for name in FORMS if name in thing.named]
    if thing.dialect is not None or thing.unnamed or len(heads) != 1:
        message = f"exactly one of {', '.join(FORMS)} is wanted, e.g. quadratic(Q=[[0.2,0],[0,4]])"
        raise TextError(WHAT, text, thing.at, message, len(thing.name))
    build, allowed = FORMS[heads[0]]
    for name, value in thing.named.items():
        if name not in allowed:
            error = UnknownName("setting", name, allowed, f"quadratic({heads[0]}=…)")
            typed = next(n for n in (name, *SYNONYMS) if text.rfind(n, 0, value.at) >= 0)
            raise TextError(WHAT, text, text.rindex(typed, 0, value.at), str(error), len(typed))
    Q = build(settings)
    c = settings.numbers("c") if "c" in thing.named else np.zeros(len(Q))
    if len(c) != len(Q):
        raise settings.error("c", f"as many numbers as Q has rows are wanted here, {len(Q)}")
    note_words(syntax.read(WHAT, text).named)
    return Quadratic(Q, c, settings.number("b", 0.0), typed.strip())


def note_words(names: Iterable[str]) -> None:
    """Notes what the other words among `names` are, such as P and q."""
    others = [name for name in names if name in SYNONYMS]
    if others:
        ours = [SYNONYMS[name] for name in others]
        are = "is" if len(others) == 1 else "are"
        note(f"{' and '.join(others)} {are} {' and '.join(ours)} of f(x) = ½xᵀQx + cᵀx")


def settings_of(text: str) -> dict[str, Any]:
    """The settings of a `quadratic(…)` that was read before: floats and tuples of them."""
    text = matlab.plain(Source.of(text)).text
    thing = _in_our_words(text, syntax.read(WHAT, text))
    return {name: plain(value) for name, value in thing.named.items()}


def _in_our_words(text: str, thing: Thing) -> Thing:
    """The settings under their own names. Raises `TextError` for one that is set twice."""
    named: dict[str, Value] = {}
    for typed, value in thing.named.items():
        name = SYNONYMS.get(typed, typed)
        if name in named:
            other = typed if typed != name else next(n for n in thing.named if n in SYNONYMS)
            message = f"{name} is set twice, as {other} is another word for it"
            raise TextError(WHAT, text, value.at, message, value.length)
        named[name] = value
    return replace(thing, named=named)


def asymmetry(rows: list[list[float]]) -> str | None:
    """The sentence on the first two entries that disagree, None where Q equals its transpose."""
    for i, row in enumerate(rows):
        for j in range(i):
            if row[j] != rows[j][i]:
                comma = "," if len(rows) > 9 else ""
                above, below = f"Q{j + 1}{comma}{i + 1}", f"Q{i + 1}{comma}{j + 1}"
                mean = shortest(rows[j][i] / 2 + row[j] / 2)
                hint = f"write {mean} for both, which is the same function"
                both = f"{above} = {rows[j][i]!r} but {below} = {row[j]!r}"
                return f"{both}; Q must be symmetric: {hint}"
    return None


class _Settings:
    """The settings of one `quadratic(…)`, by kind, each complaint at its place in the text."""

    def __init__(self, text: str, thing: Thing) -> None:
        self.text, self.named = text, thing.named

    def error(self, name: str, message: str) -> TextError:
        return self.at(self.named[name], message)

    def at(self, value: Value, message: str) -> TextError:
        return TextError(WHAT, self.text, value.at, message, min(value.length, 50))

    def number(self, name: str, default: float) -> float:
        return self._float(self.named[name]) if name in self.named else default

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        number = self.number(name, default)
        if not low <= number <= high or number != int(number):
            raise self.error(name, f"a whole number from {low} to {high} is wanted here")
        return int(number)

    def numbers(self, name: str) -> Array:
        return np.array([self._float(item) for item in self._items(self.named[name])])

    def matrix(self, name: str) -> Array:
        listed = self._items(self.named[name])
        rows = [[self._float(item) for item in self._items(row)] for row in listed]
        for row, value in zip(rows, listed, strict=True):
            if len(row) != len(rows):
                size = f"{len(rows)} rows but {len(row)} numbers in this one"
                raise self.at(value, f"{name} must be square; it has {size}")
        if message := asymmetry(rows):
            raise self.error(name, message)
        return np.array(rows)

    def _items(self, value: Value) -> tuple[Value, ...]:
        if not isinstance(value, Listed) or not 0 < len(value.items) <= MAX_DIM:
            raise self.at(value, f"a list of 1 to {MAX_DIM} is wanted here, in square brackets")
        return value.items

    def _float(self, value: Value) -> float:
        if not isinstance(value, Number):
            raise self.at(value, "a number is wanted here")
        return value.number


def _from_matrix(settings: _Settings) -> Array:
    return settings.matrix("Q")


def _from_eigenvalues(settings: _Settings) -> Array:
    """Diagonal; in 2-D the eigenvectors may be turned counter-clockwise, by `angle` degrees."""
    diagonal = np.diag(settings.numbers("eig"))
    if "angle" not in settings.named:
        return diagonal
    if len(diagonal) != 2:
        raise settings.error("angle", "only two eigenvalues can be turned by one angle")
    return turned(Quadratic(diagonal, np.zeros(2)), settings.number("angle", 0.0)).Q


def _from_kappa(settings: _Settings) -> Array:
    """Eigenvalues from 1/κ to 1 in geometric progression, in a random basis."""
    kappa = settings.number("kappa", 1.0)
    dim = settings.whole("dim", 2, 1, MAX_DIM)
    seed = settings.whole("seed", 0, 0, 2**53)
    if not 1 <= kappa <= 1e300:
        raise settings.error("kappa", "a condition number of 1 to 1e300 is wanted here")
    if dim == 1 and kappa != 1:
        raise settings.error("kappa", "one coordinate has κ = 1; give dim=2 or more")
    return spectrum.turned_at_random(spectrum.spaced(kappa, dim), seed)


# The setting that decides the form → the function that makes Q, and all settings of the form.
FORMS: dict[str, tuple[Callable[[_Settings], Array], tuple[str, ...]]] = {
    "Q": (_from_matrix, ("Q", "c", "b")),
    "eig": (_from_eigenvalues, ("eig", "angle", "c", "b")),
    "kappa": (_from_kappa, ("kappa", "dim", "seed", "c", "b")),
}


def _shallow(text: str) -> None:
    """`syntax` goes one call deeper at each bracket; a thousand would be too many."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "[(") - (sign in "])")
        if depth > _MAX_DEPTH:
            raise TextError(WHAT, text, at, f"nested more than {_MAX_DEPTH} deep")
