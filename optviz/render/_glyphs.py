"""Letters drawn once: hinting and drawing a letter takes longer than setting it.

The same letter a whole number of pixels away is the same pixels. From matplotlib 3.11 on, for
upright words; before, and for others, letters are drawn as ever.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

_KEPT = 10_000  # letters, each at some share of a pixel
KNOWN: dict[Any, tuple[int, int, Any]] = {}  # left, top, pixels
_UPRIGHT = np.diag([0x10000, 0x10000])  # in 16.16 fixed point


def remember(renderer: Any) -> None:
    """Lets a renderer take letters from what all have drawn."""
    draw: Callable[..., None] | None = getattr(renderer, "_draw_text_glyphs_and_boxes", None)
    if draw is None:
        return
    from matplotlib.backends.backend_agg import get_hinting_flag
    from matplotlib.ft2font import RenderMode

    put, height, dpi = renderer._renderer.draw_text_image, renderer.height, renderer.dpi

    def drawn(gc: Any, x: float, y: float, angle: float, *ink: Any) -> None:
        glyphs, boxes = list(ink[0]), ink[1]
        even = all(slant == 0 and extend == 1 for _, _, _, slant, extend, _, _ in glyphs)
        if angle or not even or not gc.get_antialiased():
            return draw(gc, x, y, angle, glyphs, boxes)
        flags = get_hinting_flag()  # type: ignore[no-untyped-call]
        for font, size, index, _, _, dx, dy in glyphs:
            right, part = divmod(round(64 * (x + dx)), 64)
            up, rest = divmod(round(64 * (height - y + dy)), 64)
            key = font, size, dpi, index, flags, part, rest
            if key not in KNOWN:
                if len(KNOWN) >= _KEPT:
                    KNOWN.clear()
                font.set_size(size, dpi)
                font._set_transform(_UPRIGHT, [part, rest])
                letter = font._render_glyph(index, flags, RenderMode.NORMAL)
                KNOWN[key] = letter.left, letter.top, letter.buffer.copy()
            left, top, pixels = KNOWN[key]
            put(pixels, left + right, int(height) - top - up + pixels.shape[0], 0, gc)
        return draw(gc, x, y, angle, (), boxes)

    renderer._draw_text_glyphs_and_boxes = drawn
