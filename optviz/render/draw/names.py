"""The words within a panel: names at the ends of paths, ceilings, crossings, marks, regions."""

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes

from optviz.render.draw import areas, contour_numbers, end_names, ends, legend, marks, paths
from optviz.render.draw.boxes import Box
from optviz.render.draw.moving import Appearing
from optviz.render.draw.page import Page
from optviz.render.draw.plan import MOST_NAMED, NoRoom, Plan
from optviz.render.draw.room import Room
from optviz.render.draw.tags import Tag
from optviz.render.draw.words import Words
from optviz.render.draw.written import Written
from optviz.scene import (
    Arrow,
    Border,
    Ceiling,
    Crossing,
    Excess,
    Exit,
    Minimum,
    Panel,
    Path,
    Rectangle,
    Start,
)

Point = Crossing | Border | Arrow | Rectangle | Exit
_MARGIN = 0.2  # em: from words to lines
_NARROW = 0.45  # of a panel: a longer name is broken
_GAP = 0.9  # em: from a mark to its name


def write(page: Page, ax: Axes, panel: Panel, plan: Plan) -> None:
    """All the words of a panel. Raises `NoRoom` where a name of a path or a curve has no place."""
    extent = ax.get_window_extent()
    frame = Box(extent.x0, extent.y0, extent.x1, extent.y1).grown(-0.3 * page.em)
    room = Room(frame, marks.ink(page, ax, panel), page.taken, margin=_MARGIN * page.em)
    words = Words(page, ax, panel, plan, room)
    end_names.write(words)
    _ceilings(words)
    if plan.where == "inside":
        _corner(words)
    _paths(words)
    for mark in panel.marks:
        if isinstance(mark, Border) and mark.label and not mark.theory:
            areas.boundary(words, mark)
        elif isinstance(mark, Point) and mark.label:
            with words.page.noting(mark):
                _point(words, mark)
    areas.write(words)
    contour_numbers.write(words)
    _places(words)
    for mark in panel.marks:
        if isinstance(mark, Excess) and mark.label:
            with words.page.noting(mark):
                _excess(words, mark)


def _ceilings(words: Words) -> None:
    """Names ceilings on their lines, from the left; those out of view in the right corners."""
    page = words.page
    for mark in words.panel.marks:
        if isinstance(mark, Ceiling) and mark.label:
            with page.noting(mark):
                _ceiling(words, mark)


def _ceiling(words: Words, mark: Ceiling) -> None:
    page, frame = words.page, words.room.frame
    scale, colour = page.theme.sizes.ceiling_name, page.theme.muted
    size = page.measure(mark.label, scale)
    y = words.pixel(words.panel.xlim[0], mark.y)[1]
    places = _along(page, frame, y, (size.width, size.height))
    box = words.room.largest(places, 0.8 * page.em)
    if box:
        words.put(mark.label, box, scale, colour)
    elif frame.bottom < y < frame.top and not page.small:
        words.led(mark.label, (frame.left + 0.3 * frame.width, y), scale, colour)


def _along(page: Page, frame: Box, y: float, size: tuple[float, float]) -> Iterator[Box]:
    """Boxes over a horizontal line and then under it, from the left; in a corner if it is out."""
    gap, (wide, high) = 0.2 * page.em, size
    inside = frame.bottom - page.em < y < frame.top + page.em
    lefts = np.arange(frame.left, frame.right - wide, 0.7 * page.em).tolist()
    if not inside:
        start = frame.top - high if y > frame.top else frame.bottom
        step = -1.3 * high if y > frame.top else 1.3 * high
        for i in range(6):
            for left in reversed([*lefts, frame.right - wide]):
                bottom = start + i * step
                yield Box(left, bottom, left + wide, bottom + high)
        return
    for bottom in (y + gap, y - gap - high):
        for left in [frame.left, *lefts, frame.right - wide]:
            yield Box(left, bottom, left + wide, bottom + high)


def _paths(words: Words) -> None:
    """Names paths beside their ends, or farther off with leaders. Raises `NoRoom`."""
    named = [m for m in words.panel.marks if isinstance(m, Path) and m.label]
    if words.plan.where == "none":
        named = [mark for mark in named if not mark.name]
    if len(named) > MOST_NAMED:
        named = _extremes(words, named)
    lost = [mark for mark in named if not _path(words, mark, named) and mark.name]
    if lost and words.plan.where == "beside" and not words.page.small:
        raise NoRoom


def _extremes(words: Words, named: list[Path]) -> list[Path]:
    """The paths that end nearest to the minimum and farthest from it; none without a minimum."""
    minima = [
        mark
        for mark in words.panel.marks
        if isinstance(mark, Minimum) and not mark.saddle and not mark.maximum
    ]
    if not minima:
        return []
    ends_at = np.array([words.pixel(*paths.end(mark, words.panel)) for mark in named])
    away = np.hypot(*(ends_at - words.pixel(minima[0].x, minima[0].y)).T)
    return [named[int(away.argmin())], named[int(away.argmax())]]


def _texts(words: Words, mark: Path, number: int) -> list[str]:
    """What may stand at the end of a path, from the most words to the fewest."""
    if words.plan.where == "numbers" and mark.name:
        return [str(number)]
    if words.plan.has_legend and mark.name:
        rest = mark.label.removeprefix(mark.name).strip(" ,:")
        return [rest] if rest else []
    return list(dict.fromkeys(filter(None, [mark.label, mark.name])))


def _tag(words: Words, written: Written, mark: Path) -> Tag:
    """The words at the end of a path, for a film."""
    minima = [m for m in words.panel.marks if isinstance(m, Minimum)]
    places = [np.array(words.pixel(m.x, m.y)) for m in minima]
    stroke = paths.stroke_of(words.page, mark, words.panel)
    return Tag(written, mark, words.ax, stroke, places)


def _path(words: Words, mark: Path, named: list[Path]) -> bool:
    with words.page.noting(mark):
        return _written(words, mark, named)


def _written(words: Words, mark: Path, named: list[Path]) -> bool:
    page, at = words.page, words.pixel(*paths.end(mark, words.panel))
    stroke = paths.stroke_of(page, mark, words.panel)
    scale = page.theme.sizes.outcome * words.plan.scale
    texts = _texts(words, mark, named.index(mark) + 1)
    word = max((page.widest_word(text, scale) for text in texts), default=0.0)
    wide = min(max(_NARROW * words.room.frame.width, word), words.room.frame.width)
    for text in texts:
        broken = page.balance(text, wide, scale)
        for candidate in dict.fromkeys((text, broken) if "\n" in broken else (text,)):
            if written := words.beside(candidate, at, scale, stroke.words):
                page.tags.append(_tag(words, written, mark))
                return True
    for text in texts:
        broken = page.balance(text, wide, scale)
        if written := words.led(broken, at, scale, stroke.words):
            page.tags.append(_tag(words, written, mark))
            return True
    return not texts


def _corner(words: Words) -> None:
    """A legend of the panel's names in a corner of it. Raises `NoRoom` without a free one."""
    page = words.page
    found = legend.of_panel(page, words.panel)
    if not found:
        return
    made = legend.arranged(page, found, 0.6 * words.room.frame.width, words.plan.scale, most=1)
    box = words.room.corner((made.width, made.height), 0.3 * page.em)
    if box is None:
        raise NoRoom
    legend.write(page, made, box.left, box.top)


def _point(words: Words, mark: Point) -> None:
    """Names a mark beside it, or farther off with a leader; left out without room."""
    theme, panel = words.page.theme, words.panel
    scale, gap = theme.sizes.mark, _GAP
    match mark:
        case Crossing():
            at, colour = (mark.x, mark.y), theme.text
        case Border():
            points = ends.seen(panel, mark)
            if not len(points):
                return
            at = tuple(points[len(points) // 2].tolist())
            colour = theme.words[0]
        case Arrow():
            at = mark.x + mark.dx, mark.y + mark.dy
            colour = theme.ink if mark.role < 0 else theme.curve(mark.role).words
        case Rectangle():
            at, colour = (mark.x + mark.dx, mark.y + mark.dy), theme.text
        case Exit():
            at, colour, gap = (mark.x, panel.ylim[0]), theme.curve(mark.role).words, 1.0
    pixel = words.pixel(*at)
    written = words.beside(mark.label, pixel, scale, colour, gap)
    written = written or words.led(mark.label, pixel, scale, colour)
    if written and isinstance(mark, Crossing | Exit):
        time = mark.time if isinstance(mark, Crossing) and mark.time is not None else mark.x
        words.page.moving.append(Appearing(list(written.artists), time))


def _places(words: Words) -> None:
    """The words beside starts and minima, where there is room."""
    theme = words.page.theme
    for mark in words.panel.marks:
        if isinstance(mark, Start | Minimum) and mark.label:
            at = words.pixel(mark.x, mark.y)
            with words.page.noting(mark):
                words.beside(mark.label, at, theme.sizes.mark, theme.text, 0.95)


def _excess(words: Words, mark: Excess) -> None:
    """The sentence of a tint in free room near it, where there is any."""
    page = words.page
    above = mark.points[mark.points[:, 1] > mark.y]
    if not len(above):
        return
    at = words.pixel(*above[len(above) // 2].tolist())
    scale = page.theme.sizes.mark
    size = page.measure(mark.label, scale)
    box = words.room.anywhere(at, (size.width, size.height), page.em)
    if box:
        written = words.put(mark.label, box, scale, page.theme.curve(mark.role).words)
        page.moving.append(Appearing(list(written.artists), float(above[0, 0])))
