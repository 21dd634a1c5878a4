"""A spec drawn as a finished page: its texts, and where its paths and marks are."""

import io
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from pages.reading import Array, Line, read
from pages.specs import Spec

from optviz.render import load
from optviz.render.draw.figure import draw, settings
from optviz.scene import Ceiling, Curve, Guide, Minimum, Panel, Path, Scene, Start

SPACING = 0.25  # points between the samples of a line


@dataclass(frozen=True)
class Page:
    """A finished page; lengths are in points.

    `paths` and `guides` are samples along lines (n, 2), `spots` the marks of starts and minima:
    their places and half their sizes. `frames` are the edges of panels that can be seen: segments
    (2, 2). `unit` is that of its size: px, in or cm.
    """

    spec: Spec
    pdf: bytes
    size: tuple[float, float]
    lines: list[Line]
    paths: list[tuple[str, Array]]
    spots: list[tuple[str, Array, float]]
    edges: list[Array]


def page(spec: Spec) -> Page:
    """Draws a spec as its command does, and reads the page. Raises `OptvizError`."""
    load()
    drawing = spec.read().fit(pictures=True, films=False).draw()
    scene, stream = drawing.scene, io.BytesIO()
    with settings():
        figure, em = (drawn := draw(scene, drawing.look)).figure, drawn.em
        # faster to write and easier to read than what a picture has, with letters of the same ink
        matplotlib.rcParams.update({"pdf.fonttype": 3, "pdf.compression": 0})
        for text in figure.findobj(Text):
            text.set_path_effects([])  # letters with a halo would be outlines, not text
        figure.savefig(stream, format="pdf")
        placed = list(_placed(scene, figure))
        scale = 72 / figure.dpi
        paths = [found for panel, ax in placed for found in _paths(panel, ax, scale)]
        spots = [found for panel, ax in placed for found in _spots(panel, ax, scale, em * scale)]
        edges = [edge * scale for ax in figure.axes for edge in _edges(ax)]
    size, lines = read(stream.getvalue())
    return Page(spec, stream.getvalue(), size, lines, paths, spots, edges)


def _placed(scene: Scene, figure: Figure) -> Any:
    """Each panel with its axes, which have its limits; other axes are keys."""
    left = list(figure.axes)
    for panel in scene.panels:
        ax = next(
            ax for ax in left
            if np.allclose([*ax.get_xlim(), *ax.get_ylim()], [*panel.xlim, *panel.ylim], rtol=1e-9)
        )  # fmt: skip
        left.remove(ax)
        yield panel, ax


def _paths(panel: Panel, ax: Axes, scale: float) -> Any:
    """What words must not stand on, as samples."""
    for mark in panel.marks:
        if isinstance(mark, Path | Curve) and not mark.faint:
            left = getattr(mark, "left", None)  # what comes after is out of view, and not drawn
            points = mark.points if left is None else mark.points[: left + 1]
            yield "curve" if isinstance(mark, Curve) else "path", _samples(points, ax, scale)
        elif isinstance(mark, Guide):
            yield "guide", _samples(mark.points, ax, scale)
        elif isinstance(mark, Ceiling):
            ends = np.array([[x, mark.y] for x in panel.xlim])
            yield "ceiling", _samples(ends, ax, scale)


def _samples(points: Array, ax: Axes, scale: float) -> Array:
    """Points along a line within its axes: (n, 2)."""
    with np.errstate(all="ignore"):
        xy = ax.transData.transform(points) * scale
    box = np.array(ax.bbox.extents) * scale
    start, move = xy[:-1], np.diff(xy, axis=0)
    known = np.isfinite(start).all(axis=1) & np.isfinite(move).all(axis=1)
    start, move = start[known], move[known]
    with np.errstate(all="ignore"):
        low, high = (box[:2] - start) / move, (box[2:] - start) / move
    inside = (start >= box[:2]) & (start <= box[2:])
    still = move == 0
    near = np.where(still, np.where(inside, 0.0, 2.0), np.minimum(low, high)).max(axis=1)
    far = np.where(still, np.where(inside, 1.0, -1.0), np.maximum(low, high)).min(axis=1)
    near, far = np.maximum(near, 0.0), np.minimum(far, 1.0)
    seen = near < far
    start, move, near, far = start[seen], move[seen], near[seen], far[seen]
    counts = np.ceil((far - near) * np.hypot(*move.T) / SPACING).astype(int) + 1
    owner = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    share = near[owner] + (far - near)[owner] * (place + 0.5) / counts[owner]
    return start[owner] + share[:, None] * move[owner]


def _spots(panel: Panel, ax: Axes, scale: float, em: float) -> Any:
    """Starts and minima in view; em in points."""
    for mark in panel.marks:
        if isinstance(mark, Start | Minimum):
            place = ax.transData.transform((mark.x, mark.y))
            if ax.bbox.contains(*place):
                half = 0.375 * em if isinstance(mark, Start) else 0.5 * em
                yield type(mark).__name__.lower(), place * scale, half


def _edges(ax: Axes) -> Any:
    """The sides of axes that have a spine, or a filled ground: segments in pixels."""
    left, bottom, right, top = ax.bbox.extents
    filled = ax.axison and ax.patch.get_visible() and ax.get_facecolor()[3] > 0
    sides = {
        "left": (left, bottom, left, top), "right": (right, bottom, right, top),
        "bottom": (left, bottom, right, bottom), "top": (left, top, right, top),
    }  # fmt: skip
    for name, side in sides.items():
        if filled or (ax.axison and ax.spines[name].get_visible()):
            yield np.array(side).reshape(2, 2)
