"""Which fonts draw a text: for reports, where a letter without a font is a line and no error."""

from itertools import groupby
from typing import NamedTuple

from optviz.errors import OptvizError
from optviz.render.draw import backend, fonts


class FontUse(NamedTuple):
    """Letters of one script in a text, with the font that draws them, or why none does."""

    script: str
    letters: str
    font: str
    problem: str


def uses(text: str, wanted: str | None = None) -> list[FontUse]:
    """The fonts of a text, script by script. Raises `BadValue` for a font that is not installed."""
    backend.ready()
    fonts.families([], wanted)
    try:
        chain = fonts.families([text], wanted)
    except OptvizError:
        chain = []  # some letter has no font: each is looked for by itself
    letters = dict.fromkeys(ch for ch in text if not ch.isspace())
    found = [(_script(ch), *_font(ch, chain or _alone(ch, wanted)), ch) for ch in letters]
    groups = groupby(sorted(found, key=lambda one: one[:3]), key=lambda one: one[:3])
    return [FontUse(s, "".join(one[3] for one in ones), f, p) for (s, f, p), ones in groups]


def _alone(letter: str, wanted: str | None) -> list[str] | str:
    """The fonts for one letter, or the sentence that says that there is none."""
    try:
        return fonts.families([letter], wanted)
    except OptvizError as error:
        return str(error)


def _font(letter: str, chain: list[str] | str) -> tuple[str, str]:
    if isinstance(chain, str):
        return "", chain
    return next(name for name in chain if fonts.has(name, letter)), ""


def _script(letter: str) -> str:
    """The script of a letter, such as Hangul, by its name in Unicode; of others: signs."""
    import unicodedata

    name = unicodedata.name(letter, "").split()
    return (name[0].title().replace("Cjk", "CJK") if letter.isalpha() and name else "") or "signs"
