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
    letter, or matplotlib cannot write the letters in their order: a picture never shows boxes, or
    words back to front, in silence.
    """
    chain = [_installed(wanted), DEFAULT] if wanted else [DEFAULT]
    letters = {ch for text in texts for ch in text if ord(ch) > 126}
    _refuse_leftward(letters)
    missing = {ch for ch in letters if not any(ord(ch) in _charset(name) for name in chain)}
    region = _region(missing)
    while missing:
        chain.append(_with(min(missing), region))
        missing = {ch for ch in missing if ord(ch) not in _charset(chain[-1])}
    return chain


def has(family: str, letter: str) -> bool:
    """Whether a font has a letter."""
    return ord(letter) in _charset(family)


def _refuse_leftward(letters: set[str]) -> None:
    """Raises `Unfit` for letters that run to the left, which matplotlib joins from 3.11 on."""
    import unicodedata

    import matplotlib

    leftward = [ch for ch in letters if unicodedata.bidirectional(ch) in ("R", "AL")]
    if leftward and matplotlib.__version_info__[:2] < (3, 11):
        name, version = _name(min(leftward)), matplotlib.__version__
        raise Unfit(f"matplotlib {version} writes {name} from left to right; 3.11 is wanted")


def _region(letters: set[str]) -> str:
    """The region of a font for the East Asian letters: the forms of some differ."""
    names = " ".join(map(_name, letters))
    return "KR" if "Hangul" in names else "JP" if "kana" in names else "SC"


def _with(letter: str, region: str) -> str:
    """The first family that has a letter. Raises `Unfit` where none has it."""
    if name := next((name for name in _families(region) if ord(letter) in _charset(name)), None):
        return name
    raise Unfit(
        f"no installed font has {letter!r} ({_name(letter)}); install one "
        f"({_package(_name(letter))}), or leave the letter out"
    )


def _name(letter: str) -> str:
    """The name of a letter as Unicode has it, such as `Hangul Syllable Ga`."""
    import unicodedata

    return unicodedata.name(letter, f"U+{ord(letter):04X}").title().replace("Cjk", "CJK")


def _package(name: str) -> str:
    """The packages of a font for the letter of this name."""
    if any(word in name for word in ("CJK", "Hangul", "Hiragana", "Katakana", "Ideograph")):
        return "fonts-noto-cjk on Debian, brew install --cask font-noto-sans-cjk on a Mac"
    return "a Noto font, such as fonts-noto-core on Debian, or for signs fonts-symbola"


def _installed(wanted: str) -> str:
    """The family as it spells itself. Raises `BadValue` where it is not installed."""
    same = (name for name in _families() if name.lower() == wanted.lower() and _charset(name))
    if name := next(same, None):
        return name
    from difflib import get_close_matches

    near = get_close_matches(wanted, sorted(_files()), n=3, cutoff=0.4)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise BadValue("font", wanted, f"an installed font is wanted{hint}")


def _families(region: str = "") -> Iterator[str]:
    """The families that matplotlib has listed; if that was not enough, all that are installed.

    Those for the region come first, those with serifs or of one width last.
    """

    def order(name: str) -> tuple[bool, bool, str]:
        odd = any(word in name for word in ("Serif", "Mono", "Coding"))
        return not name.endswith(f"Sans CJK {region}"), odd, name

    yield from sorted(_files(), key=order)
    _look_again()
    yield from sorted(_files(), key=order)


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
