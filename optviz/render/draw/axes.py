"""Axes of panels: scales, ticks, spines, and the words around them."""

from matplotlib.axes import Axes

from optviz.render.draw.page import Page
from optviz.render.draw.panels import Place
from optviz.render.draw.sheet import TICK_PAD, XNAME
from optviz.render.draw.written import Ink
from optviz.scene import Band, Cells, Curve, Panel, Spot

_SPINES = 1.16
_FOOT = 0.02  # of the height of a panel: a star that is no higher reaches below it
_BELOW_STAR = 0.4  # em: how much farther labels then are off the axis


def bare(page: Page, panel: Panel, place: Place) -> Axes:
    """The axes of a panel at its place with their ticks and names, without marks."""
    box = place.box
    ax = page.figure.add_axes(
        (
            box.left / page.width,
            box.bottom / page.height,
            box.width / page.width,
            box.height / page.height,
        )
    )
    ax.set_xscale("log" if panel.xlog else "linear")
    ax.set_yscale("log" if panel.log else "linear")
    ax.set(xlim=panel.xlim, ylim=panel.ylim)
    if panel.axes == "none":
        ax.set_axis_off()
    else:
        _ticks(page, ax, panel, place)
        _names(page, place)
    _titles(page, panel, place)
    return ax


def _ticks(page: Page, ax: Axes, panel: Panel, place: Place) -> None:
    """Ticks, spines and grid. A filled ground needs no frame; curves have a floor and a grid."""
    theme, scale, grounded = page.theme, page.scale, _is_grounded(page, panel)
    font = page.type(theme.sizes.ticks).font(formula=False)
    ylabels = [""] * len(place.yticks.labels) if place.inner else place.yticks.labels
    for axis, found, labels in (
        (ax.xaxis, place.xticks, place.xticks.labels),
        (ax.yaxis, place.yticks, ylabels),
    ):
        axis.set_ticks(found.places, labels=labels, fontproperties=font, color=theme.muted)
        axis.set_ticks([], minor=True)
    length = 0.0 if grounded else theme.sizes.tick * scale
    width, pad = theme.sizes.spine * scale, TICK_PAD * page.points
    ax.tick_params(color=theme.rule, length=length, width=width, pad=pad)
    if _has_star_below(panel):
        ax.tick_params(axis="x", pad=pad + _BELOW_STAR * page.points)
    if _is_of_curves(panel):
        ax.tick_params(axis="y", length=0.0)
        ax.yaxis.grid(visible=True, color=theme.grid, linewidth=0.7 * scale)
    ax.set_axisbelow(True)
    sides = ("bottom",) if _is_of_curves(panel) or panel.axes == "x" else ("left", "bottom")
    for side, spine in ax.spines.items():
        visible = side in sides and not grounded
        spine.set(visible=visible, color=theme.rule, zorder=_SPINES, linewidth=width)


def _has_star_below(panel: Panel) -> bool:
    """Whether a star lies on the horizontal axis, over the labels of its ticks."""
    low, high = panel.ylim
    stars = (mark for mark in panel.marks if isinstance(mark, Spot) and mark.theory)
    return not panel.log and any(abs(star.y - low) < _FOOT * (high - low) for star in stars)


def _is_of_curves(panel: Panel) -> bool:
    """Whether a panel shows quantities against something else, with a grid for their heights."""
    if any(isinstance(mark, Cells) for mark in panel.marks):
        return False
    return panel.steps or any(isinstance(mark, Curve) for mark in panel.marks)


def _is_grounded(page: Page, panel: Panel) -> bool:
    """Whether the whole panel has a ground that ends where the panel does."""
    if any(isinstance(mark, Cells) for mark in panel.marks):
        return True
    return page.theme.fill is not None and any(isinstance(mark, Band) for mark in panel.marks)


def _names(page: Page, place: Place) -> None:
    """The names of the axes: the horizontal one's at the right end below, the other's on top."""
    colour, scale = page.theme.text, page.theme.sizes.axis
    if place.xname:
        right = max(place.box.right, page.measure(place.xname, scale).width + page.em)
        base = place.box.bottom - XNAME * page.em
        page.write(place.xname, right, base, Ink(scale, colour, "right"))
    if place.yname.text:
        page.write(*place.yname, Ink(scale, colour))


def _titles(page: Page, panel: Panel, place: Place) -> None:
    """The panel's title at the left above it, its settings on a line of their own below that."""
    sizes = page.theme.sizes
    if place.note.text:
        with page.noting(None):
            page.write(*place.note, Ink(sizes.settings, page.theme.muted))
    if place.title.text:
        plain = panel.role < 0 or page.theme.keyed
        colour = page.theme.ink if plain else page.theme.curve(panel.role).words
        page.write(*place.title, Ink(place.title_scale, colour, weight="bold"))
