"""Still pictures, quick where many are alike: what is the same in the next is drawn once.

Every picture is made in two steps, the first as the last: what lies below the words of its panels
is drawn, or copied; the rest, lines and words and what stands over them, is drawn over it. It
equals a full draw of the figure, pixel for pixel.
"""

from collections.abc import Hashable
from dataclasses import fields, replace
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from optviz.arrays import Ints
from optviz.render.draw import axes, marks
from optviz.render.draw.figure import paper
from optviz.render.draw.heading import heading
from optviz.render.draw.moving import Tape
from optviz.render.draw.pen import Pen
from optviz.render.fast.deflate import Like
from optviz.render.fast.pixels import Pixels, Words, screen, words
from optviz.render.lru import Kept
from optviz.scene import Look, Mark, Scene


class Frame:
    """The axes of a scene with their ticks and names: all but marks and the words beside them.

    How each part wants to be drawn is recorded; matplotlib takes longer to find out than to draw.
    """

    def __init__(self, pen: Pen, scene: Scene, places: list[axes.Place]) -> None:
        figure = Figure(figsize=tuple(pen.figure.get_size_inches()), dpi=pen.figure.dpi)
        own = replace(pen, figure=figure)
        self.axes = [axes.bare(own, *one) for one in zip(scene.panels, places, strict=True)]
        self.own = {artist for ax in self.axes for artist in ax.get_children()}
        papers = {ax.patch for ax in self.axes}  # coloured by what they show
        self.tapes = WeakKeyDictionary({a: Tape(pen.renderer, a) for a in self.own - papers})
        self.spots: Kept[Line2D] = Kept(64, lambda _: 1)

    def draw(self, ax: Axes, renderer: Any, over: bool) -> None:
        """Draws what is on the axes from the words up, or below them; in matplotlib's order."""
        found = [artist for artist in ax.get_children() if artist is not ax.patch]
        found.sort(key=lambda artist: artist.get_zorder())
        spots = set(self.spots.values.values())
        for artist in found:
            if artist in spots and artist not in self.tapes:
                self.tapes[artist] = Tape(renderer, artist)
        for artist in found if over else [ax.patch, *found]:
            if (artist.get_zorder() >= marks.UNDER) == over:
                self.tapes.get(artist, artist).draw(renderer)

    def clear(self) -> None:
        """Takes off the axes what was put on them."""
        for ax in self.axes:
            for artist in ax.get_children():
                if artist not in self.own:
                    artist.remove()


class Ground(NamedTuple):
    """A picture up to its words, told by the one without anything that stands on the ground.

    They differ by what frames the panels, which is drawn later.
    """

    bare: Like
    framed: Ints  # numbers of the pixels that differ
    under: Words  # what they are in the ground

    def show(self, pixels: Pixels) -> None:
        """Makes a picture of it."""
        pixels[:] = self.bare.pixels
        words(pixels).reshape(-1)[self.framed] = self.under


FRAMES: Kept[Frame] = Kept(8, lambda _: 1)
CANVASES: Kept[FigureCanvasAgg] = Kept(1, lambda _: 1)  # so that its pixels need no new memory
GROUNDS: Kept[Ground] = Kept(2**26, lambda ground: ground.bare.pixels.nbytes)  # 24 usual ones


def picture(scene: Scene, look: Look) -> tuple[Pixels, Like | None]:
    """The pixels of a scene: (height, width, 4); within `settings()`, and valid only there.

    And a picture that others are like too, if there is one. Raises what `draw` raises.
    """
    shape = look.size, look.dpi
    pen = paper(scene, look, CANVASES.values.get(shape))
    CANVASES.get(shape, lambda: pen.canvas)
    top = heading(pen, scene, look)
    pixels = screen(pen.renderer)
    kinds = {type(mark) for panel in scene.panels for mark in panel.marks}
    odd = not kinds <= _USUAL or any(panel.axes != "both" for panel in scene.panels)
    if odd or pixels.nbytes > GROUNDS.room:
        axes.draw(pen, scene, top)
        pen.canvas.draw()  # type: ignore[no-untyped-call]
        return pixels, None
    places = axes.places(pen, scene, top)
    key = _same(pen, scene, look, places)
    frame = FRAMES.get(key, lambda: Frame(pen, scene, places))
    below = tuple(
        _told(mark) for panel in scene.panels for mark in panel.marks if type(mark) in marks.GROUND
    )
    try:
        ground = GROUNDS.get((key, below), lambda: _ground(pen, scene, frame))
        ground.show(pixels)
        pen.spots = frame.spots
        _over(pen, scene, frame)
    finally:
        frame.clear()
    return pixels, ground.bare


_USUAL = {*marks.GROUND, *marks.OVER}


def _ground(pen: Pen, scene: Scene, frame: Frame) -> Ground:
    pen.renderer.clear()  # type: ignore[no-untyped-call]
    pixels = screen(pen.renderer)
    pen.figure.patch.draw(pen.renderer)
    for ax, panel in zip(frame.axes, scene.panels, strict=True):
        marks.ground(pen, ax, panel)
        frame.draw(ax, pen.renderer, over=False)
    frame.clear()
    kept = pixels.copy()
    for ax in frame.axes:
        frame.draw(ax, pen.renderer, over=True)
    mine, now = words(kept).reshape(-1), words(pixels).reshape(-1)
    framed = np.flatnonzero(mine != now)
    under, mine[framed] = mine[framed], now[framed]
    return Ground(Like(kept), framed, under)


def _over(pen: Pen, scene: Scene, frame: Frame) -> None:
    """The picture from the words up."""
    for ax, panel in zip(frame.axes, scene.panels, strict=True):
        axes.fill(pen, ax, panel)
        frame.draw(ax, pen.renderer, over=True)
    for text in sorted(pen.figure.texts, key=lambda text: text.get_zorder()):
        text.draw(pen.renderer)


def _same(pen: Pen, scene: Scene, look: Look, places: list[axes.Place]) -> Hashable:
    """All that decides a frame."""
    panels = tuple(replace(panel, marks=()) for panel in scene.panels)
    paper = look.size, look.dpi, look.theme, look.transparent, pen.size, tuple(pen.families)
    return paper, panels, tuple(places)


def _told(value: Any) -> Any:
    """A mark, or what it holds, as plain data: every number of it."""
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if isinstance(value, tuple):
        return tuple(map(_told, value))
    if isinstance(value, Mark):
        kind: type = type(value)
        return kind, *(_told(getattr(value, name)) for name in _parts(kind))
    return value


@cache
def _parts(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))
