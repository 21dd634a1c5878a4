"""Words of maps: what cells without a value mean, values in cells, numbers in lines."""

from collections.abc import Iterator

import numpy as np

from optviz.arrays import Array, Bools, Ints
from optviz.render.draw import ends, levels, maps, spots
from optviz.render.draw.boxes import Box
from optviz.render.draw.words import Words
from optviz.scene import Border, Cells, Level, Spot

_DIVERGES, _BARE = 1.1, 0.9  # base letters
_ROOMS = (3.0, 2.2, 1.6, 1.25, 1.0)  # times the words: how much of their kind is around them
_GRID = 48  # places a side that are tried
_NEAR = 3.0  # em: from a boundary to its name at most


def write(words: Words) -> None:
    """Writes the words of areas; those without room are left out, as the description has them."""
    for mark in words.panel.marks:
        if isinstance(mark, Spot) and mark.label:
            spots.spot(words, mark)
    for mark in words.panel.marks:
        if isinstance(mark, Cells):
            _bare(words, mark)
            _texts(words, mark)
    levels.write(words, [mark for mark in words.panel.marks if isinstance(mark, Level)])
    for mark in words.panel.marks:
        if type(mark) in spots.WRITE and mark.label:  # type: ignore[attr-defined]
            spots.WRITE[type(mark)](words, mark)


def _bare(words: Words, mark: Cells) -> None:
    """Says what cells without a value mean, and named ones, where there is the most room."""
    extent = words.ax.get_window_extent()
    columns = maps.pixels(words.ax, mark.xs, 0, round(extent.width))
    rows = maps.pixels(words.ax, mark.ys, 1, round(extent.height))
    striped = mark.striped.cells if mark.striped else False
    pointed = []  # after the others, which stand within their areas
    for i, name in enumerate(mark.names):
        inside = ((mark.values == i) & ~np.asarray(striped))[np.ix_(rows, columns)]
        if not _inside(words, name, inside, _BARE) and not mark.label:  # no key tells it
            pointed.append((name, inside))
    for bare in [*mark.bare, *filter(None, [mark.striped])]:
        inside = bare.cells[np.ix_(rows, columns)]
        scale = _DIVERGES if bare.diverges else _BARE
        broken = "\n".join(bare.label.rsplit(" ", 1))
        tries = dict.fromkeys([(bare.label, scale), (bare.label, _BARE), (broken, _BARE)])
        if not any(_inside(words, text, inside, size) for text, size in tries):
            pointed.append((bare.label, inside))
    for text, inside in pointed:
        _pointed(words, text, inside)


def _inside(words: Words, text: str, inside: Bools, scale: float) -> bool:
    """Writes a word where an area has the most room around it; False where it has none."""
    page, extent = words.page, words.ax.get_window_extent()
    size = page.measure(text, scale)
    boxes = _within(inside, (size.width, size.height), 0.3 * page.em)
    found = [box.moved(float(extent.x0), float(extent.y0)) for box in boxes]
    for margin in (1.0, 0.4):
        place = next((b for b in found if words.room.is_free(b.grown(margin * page.em))), None)
        if place:
            words.put(text, place, scale, page.theme.muted)
            return True
    return False


def boundary(words: Words, mark: Border) -> None:
    """Names a boundary beside it and never on runs that diverge, where its regions are not."""
    points = ends.seen(words.panel, mark)
    page, extent = words.page, words.ax.get_window_extent()
    corner, size = np.array([extent.x0, extent.y0]), page.measure(mark.label, page.theme.sizes.mark)
    lost = [_lost(words, cells) for cells in words.panel.marks if isinstance(cells, Cells)]
    for part in (0.5, 0.35, 0.65, 0.2, 0.8):
        if not len(points):
            return
        x, y = words.pixel(*points[int(part * len(points))].tolist())
        for box in words.room.around((x, y), (size.width, size.height), page.em):
            away = max(box.left - x, x - box.right, 0.0), max(box.bottom - y, y - box.top, 0.0)
            if np.hypot(*away) > _NEAR * page.em:
                break
            if not any(_touches(box, inside, corner) for inside in lost):
                words.put(mark.label, box, page.theme.sizes.mark, page.theme.ink)
                return


def _lost(words: Words, mark: Cells) -> Bools:
    """The pixels of a map (rows, columns) whose runs diverge."""
    extent = words.ax.get_window_extent()
    columns = maps.pixels(words.ax, mark.xs, 0, round(extent.width))
    rows = maps.pixels(words.ax, mark.ys, 1, round(extent.height))
    inside = np.zeros((len(rows), len(columns)), dtype=bool)
    for bare in mark.bare:
        if bare.diverges:
            inside |= bare.cells[np.ix_(rows, columns)]
    return inside


def _pointed(words: Words, text: str, inside: Bools) -> None:
    """The word for an area that is too small for it, as near as it is free, with a leader."""
    page, extent = words.page, words.ax.get_window_extent()
    if inside.sum() < page.em**2:
        return
    corner, size = np.array([extent.x0, extent.y0]), page.measure(text, _BARE)
    tiny = next(_within(inside, (0.8 * page.em, 0.8 * page.em), 0.0), None)
    if tiny is None:
        return
    at = corner + tiny.centre
    offsets = np.stack(np.meshgrid(*[np.arange(-8, 8.1, 0.4)] * 2), axis=-1).reshape(-1, 2)
    offsets = offsets[np.argsort(np.hypot(*offsets.T), kind="stable")] * page.em
    for x, y in (at + offsets).tolist():
        box = Box(x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2)
        near = (min(max(at[0], box.left), box.right), min(max(at[1], box.bottom), box.top))
        leader = np.linspace(at, near, 60)
        if any(other.grown(3).count(leader) for other in words.room.taken):
            continue
        if words.room.is_free(box.grown(3)) and not _touches(box.grown(3), inside, corner):
            words.put(text, box, _BARE, page.theme.muted)
            page.rule([tuple(at), near], color=page.theme.muted, linewidth=0.8, zorder=3.9)
            return


def _touches(box: Box, inside: Bools, corner: Array) -> bool:
    """Whether a box on the page covers any pixel of an area."""
    left, bottom = np.floor([box.left, box.bottom] - corner).astype(int)
    right, top = np.ceil([box.right, box.top] - corner).astype(int)
    return bool(inside[max(bottom, 0) : max(top, 0), max(left, 0) : max(right, 0)].any())


def _texts(words: Words, mark: Cells) -> None:
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
