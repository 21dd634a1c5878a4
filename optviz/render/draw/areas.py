"""Words of maps and spectra, and of what has no value: in areas, in lines, above stems."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from optviz.arrays import Array, Bools, Ints
from optviz.render.draw import levels, shapes
from optviz.render.draw.boxes import Box
from optviz.render.draw.page import Ink
from optviz.scene import Cells, Level, Mark, Region, Spot, Stem, Stop

if TYPE_CHECKING:
    from optviz.render.draw.names import Words

_DIVERGES, _BARE, _REASON = 1.1, 0.9, 0.9  # base letters
_SPOT = 0.95
_GAPS = (0.9, 1.2, 1.6, 2.0, 2.5)  # em: from a point to its name
_ROOMS = (3.0, 2.2, 1.6, 1.25, 1.0)  # times the words: how much of their kind is around them
_GRID = 48  # places a side that are tried


def write(words: "Words") -> None:
    """Writes the words of areas; those without room are left out, as the description has them."""
    for mark in words.panel.marks:
        if isinstance(mark, Cells):
            _bare(words, mark)
            _texts(words, mark)
    levels.write(words, [mark for mark in words.panel.marks if isinstance(mark, Level)])
    for mark in words.panel.marks:
        if type(mark) in _WRITE and mark.label:  # type: ignore[attr-defined]
            _WRITE[type(mark)](words, mark)


def _bare(words: "Words", mark: Cells) -> None:
    """Says what cells without a value mean, where there is the most room among them."""
    page = words.page
    extent = words.ax.get_window_extent()
    columns = shapes.pixels(words.ax, mark.xs, 0, round(extent.width))
    rows = shapes.pixels(words.ax, mark.ys, 1, round(extent.height))
    for bare in mark.bare:
        scale = _DIVERGES if bare.diverges else _BARE
        size = page.measure(bare.label, scale)
        inside = bare.cells[np.ix_(rows, columns)]
        boxes = _within(inside, (size.width, size.height), 0.3 * page.em)
        places = (box.moved(float(extent.x0), float(extent.y0)) for box in boxes)
        place = next((b for b in places if words.room.is_free(b.grown(0.4 * page.em))), None)
        if place:
            words.put(bare.label, place, scale, page.theme.muted)
        else:
            _pointed(words, bare.label, inside)


def _pointed(words: "Words", text: str, inside: Bools) -> None:
    """The word for an area that is too small for it, as near as it is free, with a leader."""
    page, extent = words.page, words.ax.get_window_extent()
    if inside.sum() < page.em**2:
        return
    corner, size = np.array([extent.x0, extent.y0]), page.measure(text, _BARE)
    lines = [words.ax.transData.transform(m.points) for m in words.panel.marks if type(m) is Level]
    tiny = next(_within(inside, (0.3 * page.em, 0.3 * page.em), 0.0), None)
    if tiny is None:
        return
    at = corner + tiny.centre
    offsets = np.stack(np.meshgrid(*[np.arange(-8, 8.1, 0.4)] * 2), axis=-1).reshape(-1, 2)
    offsets = offsets[np.argsort(np.hypot(*offsets.T), kind="stable")] * page.em
    for x, y in (at + offsets).tolist():
        box = Box(x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2)
        clear = words.room.is_free(box) and not _touches(box.grown(3), inside, corner)
        if clear and not any(box.grown(3).count(line) for line in lines):
            words.put(text, box, _BARE, page.theme.muted)
            near = (min(max(at[0], box.left), box.right), min(max(at[1], box.bottom), box.top))
            page.rule([tuple(at), near], color=page.theme.muted, linewidth=0.8, zorder=3.9)
            return


def _touches(box: Box, inside: Bools, corner: Array) -> bool:
    """Whether a box on the page covers any pixel of an area."""
    left, bottom = np.floor([box.left, box.bottom] - corner).astype(int)
    right, top = np.ceil([box.right, box.top] - corner).astype(int)
    return bool(inside[max(bottom, 0) : max(top, 0), max(left, 0) : max(right, 0)].any())


def _texts(words: "Words", mark: Cells) -> None:
    """The values in the middle of their cells, if all have room."""
    page = words.page
    corners = words.ax.transData.transform
    xs = corners(np.column_stack([mark.xs, np.full(len(mark.xs), mark.ys[0])]))[:, 0]
    ys = corners(np.column_stack([np.full(len(mark.ys), mark.xs[0]), mark.ys]))[:, 1]
    sizes = [page.measure(text, _BARE) for row in mark.texts for text in row]
    room = np.diff(xs).min(initial=np.inf), np.diff(ys).min(initial=np.inf)
    if not sizes or any(s.width > 0.8 * room[0] or s.height > 0.8 * room[1] for s in sizes):
        return
    for row, y in zip(mark.texts, (ys[1:] + ys[:-1]) / 2, strict=True):
        for text, x in zip(row, (xs[1:] + xs[:-1]) / 2, strict=True):
            size = page.measure(text, _BARE)
            left, bottom = float(x) - size.width / 2, float(y) - size.height / 2
            box = Box(left, bottom, left + size.width, bottom + size.height)
            if text and words.room.is_free(box):
                words.put(text, box, _BARE, page.theme.ink)


def _within(inside: Bools, size: tuple[float, float], gap: float) -> Iterator[Box]:
    """Boxes with nothing but pixels of an area around them, those with the most of it first."""
    sums = np.zeros(np.add(inside.shape, 1), dtype=np.int64)
    sums[1:, 1:] = inside.cumsum(axis=0).cumsum(axis=1)
    if not sums[-1, -1]:
        return
    ys, xs = (np.linspace(0, n, _GRID) for n in inside.shape)
    centres = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    rows, columns = np.nonzero(inside)
    middle = np.array([columns.mean(), rows.mean()])
    for times in _ROOMS:
        half = np.array(size) / 2 * times + gap
        whole = _full(sums, centres - half, centres + half)
        near = centres[whole][np.argsort(np.hypot(*(centres[whole] - middle).T), kind="stable")]
        for x, y in near.tolist():
            wide, high = size
            yield Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _full(sums: Ints, low: Array, high: Array) -> Bools:
    """Which boxes lie in the picture and in the area alone, from its summed areas."""
    limits = np.array(sums.shape)[::-1] - 1
    within = (low >= 0).all(axis=1) & (high <= limits).all(axis=1)
    (x0, y0), (x1, y1) = (np.clip(np.floor(v), 0, limits).astype(int).T for v in (low, high))
    count = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    return np.asarray(within & (count == (x1 - x0) * (y1 - y0)))


def _region(words: "Words", mark: Region) -> None:
    """The reason within the region, broken where it is narrow; else beside it with a leader."""
    page, frame = words.page, words.room.frame
    left, right = (words.pixel(x, words.panel.ylim[0])[0] for x in (mark.left, mark.right))
    left, right = max(left, frame.left), min(right, frame.right)
    text = page.wrap(mark.label, max(right - left - 0.6 * page.em, page.em), _REASON)
    size = page.measure(text, _REASON)
    if size.width <= right - left and text.count("\n") <= mark.label.count(" "):
        x = (left + right - size.width) / 2
        for y in _from_middle(frame, size.height):
            box = Box(x, y, x + size.width, y + size.height)
            if words.room.is_free(box):
                words.put(text, box, _REASON, page.theme.muted)
                return
    _outside(words, mark.label, (left, right))


def _outside(words: "Words", text: str, sides: tuple[float, float]) -> None:
    """The reason at the side of its region that has room, with a leader into it."""
    page, frame, (left, right) = words.page, words.room.frame, sides
    size, gap = page.measure(text, _REASON), 1.2 * page.em
    for y in _from_middle(frame, size.height):
        for x, near in (
            (right + gap, right + 0.8 * gap),
            (left - gap - size.width, left - 0.8 * gap),
        ):
            box = Box(x, y, x + size.width, y + size.height)
            if words.room.is_free(box.grown(0.4 * page.em)):
                words.put(text, box, _REASON, page.theme.muted)
                ends = [((left + right) / 2, box.centre[1]), (near, box.centre[1])]
                page.rule(ends, color=page.theme.muted, linewidth=0.8, zorder=3.9)
                return


def _from_middle(frame: Box, height: float) -> list[float]:
    """Lower edges of lines of text in a frame, from its middle outwards."""
    middle = (frame.bottom + frame.top - height) / 2
    edges = np.arange(frame.bottom, max(frame.top - height, frame.bottom + 1), height / 2)
    return sorted(edges.tolist(), key=lambda y: abs(y - middle))


def _spot(words: "Words", mark: Spot) -> None:
    """The name of a point at its right, or else where there is room, its values below it."""
    page, theme = words.page, words.page.theme
    lines = [(mark.label, _SPOT, theme.ink)]
    lines += [(mark.note, _BARE, theme.muted)] if mark.note else []
    sizes = [page.measure(text, scale) for text, scale, _ in lines]
    gap = 0.3 * page.em
    wide = max(size.width for size in sizes)
    high = sum(size.height for size in sizes) + gap * (len(lines) - 1)
    at = words.pixel(mark.x, mark.y)
    lefts = (at[0] + gap * page.em for gap in _GAPS)
    rights = (Box(x, at[1] - high / 2, x + wide, at[1] + high / 2) for x in lefts)
    box = words.room.largest(rights) or words.room.beside(at, (wide, high), _GAPS[0] * page.em)
    box = box or words.room.anywhere(at, (wide, high), page.em)
    if box is None:
        return
    top = box.top
    for (text, scale, colour), size in zip(lines, sizes, strict=True):
        ink, halo = levels.over_map(words, box, colour) or (colour, words.halo(box))
        page.write(text, box.left, top - size.above, Ink(scale, ink, halo=halo))
        top -= size.height + gap


def _stop(words: "Words", mark: Stop) -> None:
    """The reason beside the end of a curve, farther off with a leader."""
    at, colour = words.pixel(mark.x, mark.y), words.page.theme.muted
    if not words.beside(mark.label, at, _REASON, colour):
        words.led(mark.label, at, _REASON, colour)


def _stem(words: "Words", mark: Stem) -> None:
    """The name of an eigenvalue above its line, moved aside where another is in the way."""
    page = words.page
    x, y = words.pixel(mark.x, mark.y)
    size = page.measure(mark.label, _REASON)
    bottom = y + 0.45 * page.em
    for shift in (0.5, 0.0, 1.0):  # of its width left of the line
        left = x - shift * size.width
        box = Box(left, bottom, left + size.width, bottom + size.height)
        if words.room.is_free(box):
            words.put(mark.label, box, _REASON, page.theme.words[0])
            return


_WRITE: dict[type[Mark], Callable[..., Any]] = {
    Spot: _spot,
    Region: _region,
    Stop: _stop,
    Stem: _stem,
}
