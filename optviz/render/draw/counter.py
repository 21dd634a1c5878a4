"""The step counter of a film, on a part of the page that has no words and no panel."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.text import Text

from optviz import phrases
from optviz.render.draw.boxes import Box
from optviz.render.draw.page import Page
from optviz.render.draw.written import box_at
from optviz.scene import Scene
from optviz.scene.film import panel_steps
from optviz.text.numbers import number

_LARGE = 1.35  # em
_ROOM = 0.4  # em: around it
_TITLE, _SUBTITLE = 1.9, 3.55  # em: baselines from the top
_FOOT = 0.9  # em: the baseline of the name of the horizontal axis, from the bottom
_OVER = 0.75  # em: a baseline above the first panel


class Counter:
    """The step, and f of a single run where there is room for it; the last frame has none.

    It stands at the right of the title if that is free, else of the subtitle, above the first row
    of panels, or at the bottom left; in smaller letters and without f before it is left out.
    """

    def __init__(self, page: Page, scene: Scene) -> None:
        self.values, self.text = scene.values, Text(visible=False)
        place = _place(page, scene, scene.values)
        if place is None and scene.values:
            self.values, place = (), _place(page, scene, ())
        if place:
            self._put(page, place)

    def _put(self, page: Page, place: "_Place") -> None:
        dpi = float(page.figure.dpi)
        self.text = Text(
            place.x / dpi,
            place.base / dpi,
            "",
            color=page.theme.muted,
            fontproperties=page.type(place.scale).font(formula=False),
            transform=page.figure.dpi_scale_trans,
            ha=place.align,
            va="baseline",
            zorder=9,
        )
        page.figure.add_artist(self.text)

    @property
    def artists(self) -> list[Artist]:
        """What matplotlib draws: nothing where the page has no room."""
        return [self.text] if self.text.figure else []

    def at(self, step: float, last: bool) -> None:
        """Shows the last whole step."""
        self.text.set_visible(not last)
        self.text.set_text(count(self.values, int(step + 1e-9)))


class _Place(NamedTuple):
    """Where a text stands: its end named `align`, its baseline, in pixels; its scale in em."""

    x: float
    base: float
    align: str
    scale: float


def _place(page: Page, scene: Scene, values: tuple[float, ...]) -> _Place | None:
    """The first place with room for the longest text of the counter."""
    last = max((panel_steps(panel) for panel in scene.panels), default=0)
    longest = max((count(values, step) for step in range(last + 1)), key=len)
    taken = [*page.taken, *_panels(page)]
    for place in _places(page):
        size = page.measure(longest, place.scale)
        box = box_at(place.x, place.base, size, place.align)
        room = box.grown(_ROOM * page.em)
        inside = box.left >= 0 and box.right <= page.width
        if inside and not any(room.overlaps(other) for other in taken):
            return place
    return None


def _places(page: Page) -> Iterator[_Place]:
    """Large letters before small ones; beside the heading before elsewhere."""
    right, top = page.width - page.em, max(ax.get_window_extent().y1 for ax in page.figure.axes)
    for scale in (_LARGE, 1.0, page.least):
        for down in (_TITLE, _SUBTITLE):
            yield _Place(right, page.height - down * page.em, "right", scale)
        yield _Place(right, top + _OVER * page.em, "right", scale)
        yield _Place(page.em, _FOOT * page.em, "left", scale)


def _panels(page: Page) -> Iterator[Box]:
    """The boxes of the panels, and those of their ticks."""
    for ax in page.figure.axes:
        around = (axis.get_tightbbox(page.renderer) for axis in (ax.xaxis, ax.yaxis))
        for extent in (ax.get_window_extent(), *around):
            if extent is not None:
                yield Box(extent.x0, extent.y0, extent.x1, extent.y1)


def count(values: tuple[float, ...], step: int) -> str:
    """The words of the counter at a step."""
    known = step < len(values) and np.isfinite(values[step])
    if not known:
        return phrases.say("counter", step=step)
    return phrases.say("counter_with_value", step=step, value=number(values[step]))
