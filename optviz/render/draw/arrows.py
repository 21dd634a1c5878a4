"""How arrows are drawn: single ones with a halo, and fields of small ones."""

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.patheffects import Stroke

from optviz.render.draw.page import Page
from optviz.scene import Arrow, Quiver

_THICK, _THIN = (2.0, 13), (1.1, 9)  # points: the line of an arrow and its head
_HALO = 2.6  # points, of an arrow


def quiver(page: Page, ax: Axes, mark: Quiver) -> None:
    """Arrows as long as the moves."""
    ax.quiver(
        *mark.points.T,
        *mark.moves.T,
        angles="xy",
        scale_units="xy",
        scale=1.0,
        color=page.theme.text,
        width=1.5 * page.scale,
        units="dots",
        zorder=2.6,
        headwidth=4.5,
        headlength=5.5,
        headaxislength=5.0,
    )


def arrow(page: Page, ax: Axes, mark: Arrow) -> None:
    """One arrow, tip to tail."""
    colour = page.theme.ink if mark.role < 0 else page.theme.line(mark.role)
    ends = (mark.x, mark.y), (mark.x + mark.dx, mark.y + mark.dy)
    line, head = _THIN if mark.thin else _THICK
    halo = [Stroke(linewidth=(line + _HALO) * page.scale, foreground=page.halo)]  # of its shape
    for color, effects, order in ((page.halo, halo, 3.8), (colour, None, 3.9)):
        patch = FancyArrowPatch(
            *ends,
            arrowstyle="-|>",
            mutation_scale=head * page.scale,
            shrinkA=0,
            shrinkB=0,
            color=color,
            linewidth=line * page.scale,
            zorder=order,
            joinstyle="miter",
            path_effects=effects,
        )
        ax.add_patch(patch)
