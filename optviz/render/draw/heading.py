"""Title and subtitle over the panels of a picture, and the counter of a film."""

from math import ceil
from typing import Any

import numpy as np
from matplotlib.cbook import is_math_text
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from optviz.render.draw.labels import Box
from optviz.render.draw.marks import MOVES
from optviz.render.draw.moving import Counter
from optviz.render.draw.pen import Pen, shrink
from optviz.scene import Look, Scene
from optviz.scene.film import panel_steps

_ABOVE, _BELOW = 0.93, 0.36  # of a letter's size, above and below the base: room for x₁²


def heading(pen: Pen, scene: Scene, look: Look) -> float:
    """Title and subtitle at the top left; returns the height in pixels that is left below them.

    A line without exponents has the height of one with them: figures that differ in a number have
    their panels in the same place.
    """
    width, height = pen.figure.bbox.width, pen.figure.bbox.height
    y = height - 0.9 * pen.em
    styles = (
        (scene.title, pen.style(1.28, weight="bold")),
        (scene.subtitle, pen.style(1.0, color=pen.theme.muted)),
    )
    for words, style in styles:
        if not words:
            continue
        text = Line(1.0 * pen.em / width, 0, words, transform=pen.figure.transFigure, **style)
        text.set_figure(pen.figure)
        pen.figure.texts.append(text)
        box = shrink(pen, text, width - 2 * pen.em)
        size = float(text.get_fontsize()) * pen.figure.dpi / 72
        base = round(y - max(box.top, ceil(_ABOVE * size)))  # of the last line, in whole pixels
        text.set_y(base / height)
        if look.counter and words is scene.title:
            _counter(pen, scene, base)
        y = base + min(box.bottom, -ceil(_BELOW * size)) - 0.45 * pen.em
    return y - 0.25 * pen.em


def _counter(pen: Pen, scene: Scene, base: float) -> None:
    """The step and f at the top right, where a film counts them."""

    def words(step: int) -> str:
        known = scene.values[step] if step < len(scene.values) else np.nan
        return f"step {step}" + (f"   f = {known:.3g}" if np.isfinite(known) else "")

    last = max(panel_steps(panel) for panel in scene.panels)
    style = pen.style(1.0, color=pen.theme.muted, zorder=MOVES)
    place = base / pen.figure.bbox.height
    text = pen.figure.text(0, place, words(last) + "e-10 ", **style)
    box = pen.box(text)
    left = pen.figure.bbox.width - (box.right - box.left) - 0.5 * pen.em
    text.set_x(left / pen.figure.bbox.width)
    text.set_text(words(last))
    room = Box(left - 3, box.bottom - 3, pen.figure.bbox.width, box.top + 3)
    pen.moving.append(Counter(text, words, room))


class Line(Text):
    """Words from the left along a base; drawn as matplotlib does, in half the time for one line.

    A `Text` finds out, and again to be drawn, how any number of lines stand at any angle.
    """

    def get_window_extent(self, renderer: Any = None, dpi: Any = None) -> Bbox:
        if renderer is None or "\n" in self.get_text():
            return super().get_window_extent(renderer, dpi)
        words, formula = self._told()
        font = self.get_fontproperties()
        width, height, depth = renderer.get_text_width_height_descent(words, font, formula)
        x, y = self.get_transform().transform(self.get_position())
        return Bbox.from_extents(x, y - depth, x + width, y - depth + height)

    def draw(self, renderer: Any) -> None:
        if "\n" in self.get_text():
            super().draw(renderer)
            return
        renderer.open_group("text", self.get_gid())
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        x, y = self.get_transform().transform(self.get_position())
        words, formula = self._told()
        down = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
        renderer.draw_text(
            gc, x, down, words, self.get_fontproperties(), 0, ismath=formula, mtext=self
        )
        gc.restore()
        renderer.close_group("text")

    def _told(self) -> tuple[str, bool]:
        """The words, and whether there are formulas among them."""
        words = self.get_text()
        formula = bool(is_math_text(words))
        return (words, True) if formula else (words.replace(r"\$", "$"), False)
