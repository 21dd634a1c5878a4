"""All the words of a panel: names beside lines, within areas, and in a legend."""

from matplotlib.axes import Axes

from optviz.render.draw import areas
from optviz.render.draw.labels import Box
from optviz.render.draw.lettering import Lettering, Named
from optviz.render.draw.pen import Pen
from optviz.scene import Ceiling, Cells, Panel, Path, Share

_CROWD = 5  # beyond this many names beside path ends, which is whose cannot be seen


def name(pen: Pen, ax: Axes, panel: Panel) -> None:
    """All the words of a panel. What finds no room beside its line goes into a legend."""
    extent = ax.get_window_extent()
    frame = Box(extent.x0 + 4, extent.y0 + 4, extent.x1 - 4, extent.y1 - 4)
    lettering = Lettering(pen, ax, panel, frame)
    for ceiling in (mark for mark in panel.marks if isinstance(mark, Ceiling)):
        lettering.ceiling(ceiling)
    lettering.ends()
    for mark in panel.marks:
        if isinstance(mark, Share) and mark.label:
            areas.layer(lettering, mark)
        elif isinstance(mark, Cells) and mark.bare:
            areas.bare(lettering, mark)
    marks = [mark for mark in panel.marks if isinstance(mark, Named) and mark.label]
    named = [mark for mark in marks if isinstance(mark, Path)]
    if len(named) > _CROWD:
        marks = [mark for mark in marks if not isinstance(mark, Path)]
    homeless = [mark for mark in marks if not lettering.beside(mark)]
    if len(named) > _CROWD or any(isinstance(mark, Path) for mark in homeless):
        lettering.legend(
            named if len(named) > _CROWD else [m for m in homeless if isinstance(m, Path)]
        )
