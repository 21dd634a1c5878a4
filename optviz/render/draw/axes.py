"""Axes of panels: scales, ticks, spines, and the words around them."""

from matplotlib.axes import Axes

from optviz.render.draw.page import Ink, Page
from optviz.render.draw.panels import NOTE, XNAME, Place
from optviz.scene import Band, Cells, Panel

_TICKS = 0.5  # below every mark
_SPINES = 1.16


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
    theme, scale = page.theme, page.scale
    grounded = any(isinstance(mark, Cells) for mark in panel.marks) or (
        theme.fill is not None and any(isinstance(mark, Band) for mark in panel.marks)
    )
    font = page.type(theme.sizes.ticks).font(formula=False)
    look = {"fontproperties": font, "color": theme.muted}
    ylabels = [""] * len(place.yticks.labels) if place.inner else place.yticks.labels
    ax.yaxis.set_ticks(place.yticks.places, labels=ylabels, **look)
    ax.xaxis.set_ticks(place.xticks.places, labels=place.xticks.labels, **look)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks([], minor=True)
    length = 0.0 if grounded else theme.sizes.tick * scale
    pad = 0.35 * page.points
    ax.tick_params(color=theme.rule, length=length, width=theme.sizes.spine * scale, pad=pad)
    if panel.steps or panel.log or not grounded:
        ax.tick_params(axis="y", length=0.0 if panel.steps else length)
    ax.set_axisbelow(True)
    sides = (
        () if grounded else ("bottom",) if panel.steps or panel.axes == "x" else ("left", "bottom")
    )
    for side, spine in ax.spines.items():
        spine.set(visible=side in sides, color=theme.rule, zorder=_SPINES)
        spine.set_linewidth(theme.sizes.spine * scale)
    if panel.steps:
        ax.yaxis.grid(visible=True, color=theme.grid, linewidth=0.7 * scale)


def _names(page: Page, place: Place) -> None:
    """The names of the axes: the horizontal one's at the right end below, the other's on top."""
    sizes, colour = page.theme.sizes, page.theme.text
    if place.xname:
        base = place.box.bottom - XNAME * page.em
        base += 0.0 if "\n" not in place.xname else 0.35 * page.em
        page.write(
            place.xname, place.box.right, base, _ink(place.xname, colour, sizes.axis, "right")
        )
    if place.yname:
        lines = page.measure(place.yname, sizes.axis)
        rise = lines.below if "\n" in place.yname else 0.0
        x, y = place.yname_at
        page.write(
            place.yname,
            x,
            y + (rise if rise else 0.0) * 0.0,
            _ink(place.yname, colour, sizes.axis, "left"),
        )


def _ink(name: str, colour: str, scale: float, align: str) -> Ink:
    """A single letter with its index is a little larger than a name of words."""
    single = name.startswith("$") and len(name) <= 7
    return Ink(scale * (1.1 if single else 1.0), colour, align)


def _titles(page: Page, panel: Panel, place: Place) -> None:
    """The panel's title at the left above it, its settings on a line of their own below that."""
    sizes, em, box = page.theme.sizes, page.em, place.box
    base = box.top + NOTE * em
    if place.note:
        size = page.measure(place.note, sizes.settings)
        drop = size.height - page.measure("x", sizes.settings).height
        page.write(place.note, box.left, base + drop, Ink(sizes.settings, page.theme.muted))
        base += max(size.height + 0.3 * em, 1.4 * em)
    if place.title:
        stroke = page.theme.curve(max(panel.role, 0))
        plain = panel.role < 0 or page.theme.keyed
        colour = page.theme.ink if plain else stroke.words
        drop = page.measure(place.title, sizes.panel).height - page.measure("x", sizes.panel).height
        ink = Ink(sizes.panel, colour, weight="bold")
        page.write(place.title, box.left, base + drop, ink)
