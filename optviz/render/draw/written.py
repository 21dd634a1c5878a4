"""A text on a page: how it is written, and where it stands."""

from typing import NamedTuple

from matplotlib.lines import Line2D
from matplotlib.text import Text

from optviz.render.draw.boxes import Box
from optviz.render.draw.typeset import Extent

WORDS = 6.0  # over all that is drawn
ENDS = {"left": 0.0, "right": 1.0, "centre": 0.5}  # of a text, where it is aligned


class Ink(NamedTuple):
    """How a text is written: its scale in em, its colour, which end stands at x, its halo."""

    scale: float
    colour: str
    align: str = "left"
    weight: str = "normal"
    halo: str | None = None
    z: float = WORDS


class Written(NamedTuple):
    """A text on the page: its box, and the artists that draw it."""

    box: Box
    artists: list[Text | Line2D]
    dpi: float

    def move(self, right: float, up: float) -> None:
        """Moves the text by so many pixels."""
        for artist in self.artists:
            if isinstance(artist, Text):
                x, y = artist.get_position()
                artist.set_position((x + right / self.dpi, y + up / self.dpi))

    def show(self, visible: bool) -> None:
        """Shows or hides the text."""
        for artist in self.artists:
            artist.set_visible(visible)


def box_at(x: float, y: float, size: Extent, align: str = "left") -> Box:
    """The box of a text whose first baseline is y and whose end named `align` is at x."""
    left = x - size.width * ENDS[align]
    return Box(left, y - size.below, left + size.width, y + size.above)
