"""Axes of the user's as a page, and the names in them.

The user may move the axes, change their limits or their resolution after they are drawn. So words
are tied to places of the axes, not of the page, and all of them stand within the panel.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from optviz.render.draw import names, ticks
from optviz.render.draw.page import IN_PANELS, Page
from optviz.render.draw.plan import NoRoom, Plan
from optviz.render.draw.ticks import Ticks
from optviz.render.draw.written import Ink, Written
from optviz.scene import Panel

_PLANS = (Plan("beside", 1.0), Plan("beside", 0.85))
_OTHERS, _NONE = Plan("own", 1.0), Plan("none", 1.0)
_APART = 0.6  # em: between labels of ticks


@dataclass
class AxesPage(Page):
    """The page of axes that are not ours: what is written goes into `axes`."""

    axes: Axes = field(kw_only=True)
    inside: bool = True
    words: list[Artist] = field(default_factory=list)

    def write(self, text: str, x: float, y: float, ink: Ink, ax: Axes | None = None) -> Written:
        """Sets a text as a page does, its runs tied together to one place of the axes."""
        written = super().write(text, x, y, ink, ax)
        dpi = float(self.figure.dpi)
        place: Any = self.axes.transData  # which need not be affine, as its stub says
        anchor = ScaledTranslation(*self._data(x, y), place)
        for artist in written.artists:
            assert isinstance(artist, Text)
            left, base = artist.get_position()
            artist.set_position((left - x / dpi, base - y / dpi))
            artist.set_transform(self.figure.dpi_scale_trans + anchor)
        return written

    def rule(
        self, points: Sequence[tuple[float, float]], ax: Axes | None = None, **look: Any
    ) -> Line2D:
        """A line through pixels, whose ends are places of the axes."""
        line = super().rule(points, ax, **look)
        line.set_data(*np.array([self._data(x, y) for x, y in points]).T)
        line.set_transform(self.axes.transData)
        return line

    def _data(self, x: float, y: float) -> tuple[float, float]:
        left, low = self.axes.transData.inverted().transform((x, y))
        return float(left), float(low)

    def _add(self, artist: Text | Line2D, ax: Axes | None) -> None:
        artist.set_zorder(IN_PANELS)
        artist.set_in_layout(False)
        self.axes.add_artist(artist)
        self.words.append(artist)


def is_dark(ax: Axes) -> bool:
    """Whether the ground of the axes is dark, that of their figure where they have none."""
    figure = ax.get_figure(root=True)
    grounds = [ax.get_facecolor(), *([figure.get_facecolor()] if figure else [])]
    shown = next(
        (ground for ground in map(to_rgba, grounds) if ground[3] > 0.5), (1.0, 1.0, 1.0, 1.0)
    )
    return sum(shown[:3]) < 1.5


def name(page: AxesPage, panel: Panel, legend: str) -> bool:
    """Writes the words of the panel; False where its paths and curves have no room for theirs.

    With `legend` none they have no names, and need none.
    """
    for plan in _PLANS if legend != "none" else (_NONE,):
        try:
            names.write(page, page.axes, panel, plan)
            return True
        except NoRoom:
            for artist in page.words:
                artist.remove()
            page.words.clear()
            page.taken.clear()
    names.write(page, page.axes, panel, _OTHERS)
    return False


def ticks_that_fit(page: AxesPage, panel: Panel) -> tuple[Ticks | None, Ticks | None]:
    """The ticks that a panel names on each axis, as many as have room; None for none of its own."""
    extent = page.axes.get_window_extent()

    def fit_across(found: Ticks) -> bool:
        widths = [page.measure(label).width + _APART * page.em for label in found.labels]
        return sum(widths) < extent.width

    def fit_upwards(found: Ticks) -> bool:
        heights = [page.measure(label).height + _APART * page.em for label in found.labels]
        return sum(heights) < extent.height

    across = panel.xticks and ticks.fitting(partial(ticks.horizontal, panel), fit_across)
    upwards = panel.yticks and ticks.fitting(partial(ticks.vertical, panel), fit_upwards)
    return across or None, upwards or None
