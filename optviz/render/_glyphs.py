"""Letters drawn once: hinting and drawing a letter takes longer than setting it.

The same letter a whole number of pixels away is the same pixels. From matplotlib 3.11 on; before,
letters are drawn as ever.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

_KEPT = 10_000  # letters, each at some share of a pixel
KNOWN: dict[Any, tuple[int, int, Any]] = {}


class _Bitmap(NamedTuple):
    """A drawn letter, and where its top left stands."""

    left: int
    top: int
    buffer: Any


class _Face:
    """A font, as far as a renderer asks it for pixels."""

    def __init__(self, font: Any) -> None:
        self.font = font

    def set_size(self, size: float, dpi: float) -> None:
        self.size = size, dpi

    def _set_transform(self, matrix: Any, delta: Iterable[int]) -> None:
        self.matrix, self.delta = matrix, delta  # in 64ths of a pixel

    def _render_glyph(self, index: Any, flags: Any, mode: Any) -> _Bitmap:
        (right, x), (up, y) = (divmod(part, 64) for part in self.delta)
        key = self.font, self.size, self.matrix.tobytes(), x, y, index, flags, mode
        if key not in KNOWN:
            self.font.set_size(*self.size)
            self.font._set_transform(self.matrix, [x, y])
            drawn = self.font._render_glyph(index, flags, mode)
            if len(KNOWN) >= _KEPT:
                KNOWN.clear()
            KNOWN[key] = drawn.left, drawn.top, drawn.buffer.copy()
        left, top, buffer = KNOWN[key]
        return _Bitmap(left + right, top + up, buffer)


def remember(renderer: Any) -> None:
    """Lets a renderer take letters from what all have drawn."""
    draw: Callable[..., None] | None = getattr(renderer, "_draw_text_glyphs_and_boxes", None)
    if draw is None:
        return

    def drawn(gc: Any, x: float, y: float, angle: float, *ink: Any) -> None:
        glyphs, boxes = ink
        if gc.get_antialiased():  # else the renderer changes what it is given
            glyphs = ((_Face(font), *rest) for font, *rest in glyphs)
        draw(gc, x, y, angle, glyphs, boxes)

    renderer._draw_text_glyphs_and_boxes = drawn
