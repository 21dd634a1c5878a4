"""Letters drawn once: hinting and drawing a letter takes longer than setting it.

The same letter a whole number of pixels away is the same pixels, and the same words have the same
letters. For upright words; others are drawn as ever.
"""

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

import numpy as np

from optviz.render.fast.pixels import Pixels
from optviz.render.lru import Kept

_KEPT = 10_000  # letters, each at some share of a pixel
KNOWN: dict[Any, tuple[int, int, Pixels]] = {}  # left, top, how much of each pixel is covered
LINES: Kept[tuple[list[Any], Any]] = Kept(500, lambda _: 1)  # letters and boxes of words
_UPRIGHT = np.diag([0x10000, 0x10000])  # in 16.16 fixed point


class Letter(NamedTuple):
    """How much of each pixel a letter covers, and where it stands, from the top left."""

    cover: Pixels
    left: int
    top: int


def remember(renderer: Any) -> None:
    """Lets a renderer take letters from what all have drawn."""
    own = _Drawn(renderer)
    renderer.draw_text, renderer._draw_text_glyphs_and_boxes = own.words, own.letters


class _Drawn:
    """How a renderer draws words, and how it did before."""

    def __init__(self, renderer: Any) -> None:
        self._renderer = renderer
        self._words, self._letters = renderer.draw_text, renderer._draw_text_glyphs_and_boxes
        self._shaped: Hashable = None  # the words that are being made letters of

    def words(  # noqa: PLR0917  # as the renderer has them
        self,
        gc: Any,
        x: float,
        y: float,
        words: str,
        font: Any,
        angle: float,
        ismath: bool = False,
        mtext: Any = None,
    ) -> None:
        """Words at a place, counted from the top left, once as letters and then by them."""
        key = words, hash(font), ismath, self._renderer.dpi
        if mtext and (mtext.get_fontfeatures() or mtext.get_language()):
            self._words(gc, x, y, words, font, angle, ismath, mtext)
        elif key in LINES.values:
            LINES.values.move_to_end(key)
            self.letters(gc, x, y, angle, *LINES.values[key])
        else:
            self._shaped = key
            try:
                self._words(gc, x, y, words, font, angle, ismath, mtext)
            finally:
                self._shaped = None

    def letters(self, gc: Any, x: float, y: float, angle: float, *ink: Any) -> None:
        """The letters of words, and the boxes: bars of fractions and roots."""
        glyphs, boxes = list(ink[0]), ink[1]
        if self._shaped:
            LINES.get(self._shaped, lambda: (glyphs, boxes))
        even = all(slant == 0 and extend == 1 for _, _, _, slant, extend, _, _ in glyphs)
        if angle or not even or not gc.get_antialiased():
            self._letters(gc, x, y, angle, glyphs, boxes)
            return
        for cover, left, top in _together(_letters(glyphs, x, y, self._renderer)):
            self._renderer._renderer.draw_text_image(cover, left, top + len(cover), 0, gc)
        if boxes:
            self._letters(gc, x, y, angle, (), boxes)


def _letters(glyphs: list[Any], x: float, y: float, renderer: Any) -> Iterator[Letter]:
    """The letters of a line that begins at x, y."""
    from matplotlib.backends.backend_agg import get_hinting_flag
    from matplotlib.ft2font import RenderMode

    height, dpi = renderer.height, renderer.dpi
    flags = get_hinting_flag()  # type: ignore[no-untyped-call]
    hinted = flags.value  # whose hash is quicker
    for font, size, index, _, _, dx, dy in glyphs:
        right, up = round(64 * (x + dx)), round(64 * (height - y + dy))  # in 64ths of a pixel
        key = font, size, dpi, index, hinted, right & 63, up & 63
        if key not in KNOWN:
            if len(KNOWN) >= _KEPT:
                KNOWN.clear()
            font.set_size(size, dpi)
            font._set_transform(_UPRIGHT, [right & 63, up & 63])
            letter = font._render_glyph(index, flags, RenderMode.NORMAL)
            KNOWN[key] = letter.left, letter.top, letter.buffer.copy()
        left, top, cover = KNOWN[key]
        if cover.size:
            yield Letter(cover, left + (right >> 6), int(height) - top - (up >> 6))


def _together(line: Iterator[Letter]) -> Iterator[Letter]:
    """The same, letters that stand apart as one; where two share a column the renderer blends."""
    some: list[Letter] = []
    end = 0
    for letter in line:
        if some and letter.left < end:
            yield _joined(some)
            some = []
        some.append(letter)
        end = letter.left + letter.cover.shape[1]
    if some:
        yield _joined(some)


def _joined(some: list[Letter]) -> Letter:
    """Letters from left to right as one."""
    if len(some) == 1:
        return some[0]
    left, top = some[0].left, min(one.top for one in some)
    bottom = max(one.top + len(one.cover) for one in some)
    right = some[-1].left + some[-1].cover.shape[1]
    cover = np.zeros((bottom - top, right - left), dtype=np.uint8)
    for one in some:
        down, on = one.top - top, one.left - left
        high, wide = one.cover.shape
        cover[down : down + high, on : on + wide] = one.cover
    return Letter(cover, left, top)
