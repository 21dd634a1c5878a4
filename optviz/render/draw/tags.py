"""Names that move with the heads of paths in a film."""

from typing import NamedTuple

from matplotlib.axes import Axes

from optviz.arrays import Array
from optviz.render.draw.theme import Stroke
from optviz.render.draw.written import Written
from optviz.scene import Path


class Tag(NamedTuple):
    """The words at the end of a path, as a still has them."""

    written: Written
    path: Path
    ax: Axes
    stroke: Stroke
    minima: list[Array]  # pixels of the minima of its panel
