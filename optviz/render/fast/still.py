"""Still pictures, quick where many are alike: axes, landscapes and their words are drawn once.

A picture equals a full draw of the figure, pixel for pixel.
"""

from collections.abc import Hashable
from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from optviz.render import fast
from optviz.render.draw import axes, marks
from optviz.render.draw.figure import arranged, cleared, draw, over, paper
from optviz.render.draw.page import Page
from optviz.render.draw.panels import Place
from optviz.render.draw.plan import NoRoom, ladder
from optviz.render.fast.background import Background, in_order, renderer_of
from optviz.render.fast.pixels import Pixels, screen
from optviz.render.lru import LruCache
from optviz.scene import Look, Mark, Scene

_USUAL = {*marks.GROUND, *marks.OVER}


class Frame:
    """The axes of figures with what stands on the ground, and the picture of that."""

    def __init__(self, page: Page, scene: Scene, places: list[Place], look: Look) -> None:
        size = look.size[0] / look.dpi, look.size[1] / look.dpi
        figure = Figure(figsize=size, dpi=look.dpi)
        figure.set_facecolor(page.figure.get_facecolor())
        canvas = FigureCanvasAgg(figure)
        own = replace(page, figure=figure, canvas=canvas, taken=[], moving=[], tags=[])
        self.axes = [axes.bare(own, *one) for one in zip(scene.panels, places, strict=True)]
        for ax, panel in zip(self.axes, scene.panels, strict=True):
            marks.ground(own, ax, panel)
        self.taken = own.taken
        self.figure = figure
        self._own = {artist for ax in self.axes for artist in ax.get_children()}
        self.background = Background(figure, (), canvas)

    def added(self) -> list[Artist]:
        """What was put on the axes since, in drawing order."""
        found = (a for ax in self.axes for a in ax.get_children() if a not in self._own)
        return in_order(self.figure, found)

    def clear(self) -> None:
        """Takes off the axes what was put on them."""
        for artist in self.added():
            artist.remove()


FRAMES: LruCache[Frame] = LruCache(2**26, lambda frame: frame.background.pixels.nbytes)
CANVASES: LruCache[FigureCanvasAgg] = LruCache(1)  # so that its pixels need no new memory


def picture(scene: Scene, look: Look) -> Pixels:
    """The pixels of a scene: (height, width, 4); within `settings()`, and valid only there.

    Raises what `draw` raises.
    """
    canvas = _canvas(look)
    kinds = {type(mark) for panel in scene.panels for mark in panel.marks}
    if not fast.REUSE or not kinds <= _USUAL or look.size[0] * look.size[1] > 2**22:
        page = draw(scene, look)
        renderer = renderer_of(page.canvas)
        page.figure.draw(renderer)
        return screen(renderer)
    page = paper(scene, look)
    for plan in ladder(page, look.legend):
        frame = None
        try:
            made = arranged(page, scene, look, plan)
            key = _key(page, scene, look, made.places)
            frame = FRAMES.get(key, lambda: Frame(page, scene, made.places, look))  # noqa: B023
            page.taken += frame.taken
            over(page, scene, made, frame.axes)
            renderer = renderer_of(canvas)
            screen(renderer)[:] = frame.background.pixels
            for artist in (*frame.added(), *in_order(page.figure, page.figure.get_children()[1:])):
                artist.draw(renderer)
            return screen(renderer)
        except NoRoom:
            page = cleared(page, scene, look)
        finally:
            if frame:
                frame.clear()
    raise AssertionError("the last plan of the ladder has room for everything")


def _canvas(look: Look) -> FigureCanvasAgg:
    shape = look.size, look.dpi
    size = look.size[0] / look.dpi, look.size[1] / look.dpi
    return CANVASES.get(shape, lambda: FigureCanvasAgg(Figure(figsize=size, dpi=look.dpi)))


def _key(page: Page, scene: Scene, look: Look, places: list[Place]) -> Hashable:
    """All that decides a frame."""
    panels = tuple(replace(panel, marks=()) for panel in scene.panels)
    ground = tuple(
        _plain(mark) for panel in scene.panels for mark in panel.marks if type(mark) in marks.GROUND
    )
    paper = look.size, look.dpi, look.theme, look.colors, look.transparent, look.font_size
    return paper, page.families, panels, repr(places), ground


def _plain(value: Any) -> Any:
    """A mark, or what it holds, as plain data: every number of it."""
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, Mark):
        kind: type = type(value)
        return kind, *(_plain(getattr(value, name)) for name in _parts(kind))
    return value


@cache
def _parts(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))
