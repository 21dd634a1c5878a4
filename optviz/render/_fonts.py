"""Fonts: Computer Modern for mathematics, and for words one that has every letter of them."""

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
    chain = [DEFAULT]
    if wanted:
        chain = [_installed(wanted), DEFAULT]
    letters = {ch for text in texts for ch in text if ord(ch) > 126}
    missing = {ch for ch in letters if not any(ord(ch) in _charset(name) for name in chain)}
    while missing:
        ch = min(missing)
        name = next((f for f in sorted(_files()) if ord(ch) in _charset(f)), None)
        if name is None:
            import unicodedata

            sort = unicodedata.name(ch, f"U+{ord(ch):04X}").title()
            raise Unfit(
                f"no installed font has {ch!r} ({sort}); install one, for example a Noto font, "
                "or leave the letter out"
            )
        chain.append(name)
        missing = {ch for ch in missing if ord(ch) not in _charset(name)}
    return chain


def _installed(wanted: str) -> str:
    for name in sorted(_files()):
        if name.lower() == wanted.lower():
            return name
    from difflib import get_close_matches

    near = get_close_matches(wanted, sorted(_files()), n=3, cutoff=0.4)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise BadValue("font", wanted, f"an installed font is wanted{hint}")


@cache
def _files() -> dict[str, str]:
    """Each installed family and one of its files; matplotlib's own font of boxes is none."""
    from matplotlib.font_manager import fontManager

    def odd(entry: "FontEntry") -> tuple[bool, float, str]:
        weight = entry.weight if isinstance(entry.weight, int) else 400
        return entry.style != "normal", abs(weight - 400), entry.fname

    entries = sorted(fontManager.ttflist, key=odd)  # the regular face stands for its family
    return {entry.name: entry.fname for entry in entries[::-1] if "Last Resort" not in entry.name}


@cache
def _charset(name: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(_files()[name]).get_charmap())
