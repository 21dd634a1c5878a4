"""Fonts: Computer Modern for mathematics, and for words one that has every letter of them."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from optviz.errors import BadValue, Unfit

if TYPE_CHECKING:
    from matplotlib.font_manager import FontEntry

DEFAULT = "DejaVu Sans"


def families(texts: list[str], wanted: str | None) -> list[str]:
    """The font families to draw the texts with, the wanted one first, then fallbacks.

    Raises `BadValue` for a font that is not installed, `Unfit` where no installed font has a
    letter: a picture never shows boxes in silence.
    """
    chain = [_installed(wanted), DEFAULT] if wanted else [DEFAULT]
    letters = {ch for text in texts for ch in text if ord(ch) > 126}
    missing = {ch for ch in letters if not any(ord(ch) in _charset(name) for name in chain)}
    while missing:
        chain.append(_with(min(missing)))
        missing = {ch for ch in missing if ord(ch) not in _charset(chain[-1])}
    return chain


def _with(letter: str) -> str:
    """The first family that has a letter. Raises `Unfit` where none has it."""
    if name := next((name for name in _families() if ord(letter) in _charset(name)), None):
        return name
    import unicodedata

    sort = unicodedata.name(letter, f"U+{ord(letter):04X}").title()
    raise Unfit(
        f"no installed font has {letter!r} ({sort}); install one, for example a Noto font, "
        "or leave the letter out"
    )


def _installed(wanted: str) -> str:
    """The family as it spells itself. Raises `BadValue` where it is not installed."""
    same = (name for name in _families() if name.lower() == wanted.lower() and _charset(name))
    if name := next(same, None):
        return name
    from difflib import get_close_matches

    near = get_close_matches(wanted, sorted(_files()), n=3, cutoff=0.4)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise BadValue("font", wanted, f"an installed font is wanted{hint}")


def _families() -> Iterator[str]:
    """The families that matplotlib has listed; if that was not enough, all that are installed."""
    yield from sorted(_files())
    _look_again()
    yield from sorted(_files())


@cache
def _files() -> dict[str, list[str]]:
    """The files of each installed family, its regular face first; the font of boxes is none."""
    from matplotlib.font_manager import fontManager

    def odd(entry: "FontEntry") -> tuple[bool, float, str]:
        weight = entry.weight if isinstance(entry.weight, int) else 400
        return entry.style != "normal", abs(weight - 400), entry.fname

    files: dict[str, list[str]] = {}
    for entry in sorted(fontManager.ttflist, key=odd):
        if "Last Resort" not in entry.name:
            files.setdefault(entry.name, []).append(entry.fname)
    return files


@cache
def _charset(name: str) -> frozenset[int]:
    """The letters of a family; none where its files are gone since matplotlib listed them."""
    from matplotlib.ft2font import FT2Font

    for path in _files()[name]:
        with suppress(OSError, RuntimeError):
            return frozenset(FT2Font(path).get_charmap())
    return frozenset()


@cache
def _look_again() -> None:
    """Adds the fonts that were installed since matplotlib listed them, once a process.

    matplotlib keeps its list until one of the fonts is gone. To look takes as long as a figure, so
    this is for what would otherwise fail.
    """
    from matplotlib.font_manager import findSystemFonts, fontManager

    listed = {entry.fname for entry in fontManager.ttflist}
    for path in sorted(set(findSystemFonts()) - listed):
        with suppress(Exception):  # not a font that matplotlib can read, as when it makes its list
            fontManager.addfont(path)
    _files.cache_clear()
    _charset.cache_clear()
