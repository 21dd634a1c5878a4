"""Names of curves beside their ends, right of the panel, or on the curves within a panel."""

from collections.abc import Iterator

import numpy as np

from optviz.arrays import Array
from optviz.render.draw import ends
from optviz.render.draw.boxes import Box, spread
from optviz.render.draw.ends import Name
from optviz.render.draw.moving import Appearing
from optviz.render.draw.plan import NoRoom
from optviz.render.draw.words import Words
from optviz.render.draw.written import Ink, Written
from optviz.scene import Curve

_EARLY = 2.5  # em before the right edge: a curve that ends there has its name there
_OUT = 1.2  # em: how far a column of names reaches over and under its panel
_FEW = 2  # columns of small multiples: a name left out may be in none of the others
_LED = 4  # parts of a curve, at the beginning of which a leader to it may end
_APART = 0.3  # of a curve at its beginning, where others begin too: no name stands there alone
_BENT = 0.45  # em: names farther than this from their curves have a leader


def write(words: Words) -> None:
    """Writes the names of a panel's curves. Raises `NoRoom` where one has no place."""
    found = ends.named(words.page, words.panel, words.plan)
    if words.page.small or words.page.inside:
        lost = [name for name in found if not _noted(words, name, found)]
        if lost and words.page.inside and words.plan.where == "beside":
            raise NoRoom
        return
    _column(words, [name for name in found if not _noted(words, name)])


def _noted(words: Words, name: Name, found: list[Name] | None = None) -> bool:
    """Names a curve on it, among those that are `found`, or at its early end."""
    with words.page.noting(name.mark):
        return _early(words, name) if found is None else _on_curve(words, name, found)


def _pixels(words: Words, name: Name) -> Array:
    """The pixels of a curve that are in view: (n, 2)."""
    return np.asarray(words.ax.transData.transform(ends.seen(words.panel, name.mark)))


def _height(words: Words, name: Name) -> float:
    """The pixel at which a curve ends; of curves that end in one the upper one before is higher."""
    ys = _pixels(words, name)[:, 1]
    return float(ys[-1] + 0.01 * (ys[-max(len(ys) // 5, 1) :].mean() - ys[-1]))


def _early(words: Words, name: Name) -> bool:
    """Names a curve that ends well before the right edge at its end; False for another."""
    x, y = _pixels(words, name)[-1].tolist()
    if x > words.room.frame.right - _EARLY * words.page.em:
        return False
    scale = ends.scale_of(words.page, name, words.plan)
    colour = ends.colour_of(words.page, name, words.panel)
    written = words.beside(name.text, (x, y), scale, colour)
    written = written or words.led(name.text, (x, y), scale, colour)
    return _appears(words, name, written, x)


def _appears(words: Words, name: Name, written: Written | None, x: float) -> bool:
    """Lets a film show a name once its curve has reached the pixel x; False without a name."""
    if written and isinstance(name.mark, Curve):
        points, times = name.mark.points, name.mark.times
        at = float(words.ax.transData.inverted().transform((x, 0.0))[0])
        reached = int(np.argmin(np.abs(points[:, 0] - at)))
        time = points[reached, 0] if times is None else times[reached]
        words.page.moving.append(Appearing(list(written.artists), float(time)))
    return bool(written)


def _column(words: Words, found: list[Name]) -> None:
    """The names right of the panel, spread so that none touches another, with leaders."""
    if not found:
        return
    page, plan, frame = words.page, words.plan, words.ax.get_window_extent()
    texts = [ends.broken(page, name, plan) for name in found]
    heights = [ends.line_of(page, n, text, plan) for n, text in zip(found, texts, strict=True)]
    low, high = frame.y0 - _OUT * page.em, frame.y1 + _OUT * page.em
    if sum(heights) > high - low:
        if plan.where == "beside":
            raise NoRoom
        count = int((high - low) / max(heights))
        found, texts, heights = found[:count], texts[:count], heights[:count]
    wanted = [_height(words, name) for name in found]
    left = frame.x1 + ends.gap(page, len(found))
    places = spread(wanted, heights, low, high)
    for name, text, y, at in zip(found, texts, wanted, places, strict=True):
        with page.noting(name.mark):
            _write(words, name, text, (left, at))
            if abs(y - at) > _BENT * page.em:
                leader = [(frame.x1 + 0.45 * page.em, y), (left - 0.2 * page.em, at)]
                page.rule(leader, color=page.theme.rule, linewidth=0.8, zorder=3.2)


def _write(words: Words, name: Name, text: str, at: tuple[float, float]) -> None:
    """Writes a name with its swatch from a pixel on, which is its middle's height."""
    page, (left, middle) = words.page, at
    scale = ends.scale_of(page, name, words.plan)
    size = page.measure(text, scale)
    base = middle + (size.below - size.above) / 2
    if name.stroke:
        em = page.type(words.plan.scale).em
        page.swatch(left, base + 0.33 * em, name.stroke, em)
    ink = Ink(scale, ends.colour_of(page, name, words.panel))
    page.write(text, left + ends.swatch_of(page, name, words.plan), base, ink)


def _on_curve(words: Words, name: Name, found: list[Name]) -> bool:
    """Names a curve on it, from its end backwards, above it or below; False without room.

    In small multiples a name has no leader where several panels beside it have the same names.
    """
    scale = ends.scale_of(words.page, name, words.plan)
    size = words.page.measure(name.text, scale)
    colour = ends.colour_of(words.page, name, words.panel)
    others = [one for one in found if one.mark is not name.mark]
    near = (abs(_height(words, one) - _height(words, name)) < 1.5 * size.height for one in others)
    low = any(near) and _height(words, name) <= min(_height(words, one) for one in others)
    points = _pixels(words, name)
    first = points[:, 0].min() + _APART * np.ptp(points[:, 0]) * words.page.inside
    for box in _along(words, points, (size.width, size.height), low, first):
        if words.room.is_free(box, 0.4 * words.page.em):
            written = words.put(name.text, box, scale, colour)
            return _appears(words, name, written, box.right)
    if words.page.columns > _FEW:
        return False
    places = map(tuple, points[points[:, 0] >= first][:: max(len(points) // _LED, 1)].tolist())
    end: tuple[float, float] = tuple(points[-1].tolist())
    led = words.led(name.text, end, scale, colour, *places)
    return _appears(words, name, led, end[0])


def _along(
    words: Words, points: Array, size: tuple[float, float], low: bool, first: float
) -> Iterator[Box]:
    """Boxes over and under a curve from the pixel `first` on, right-aligned at its end first.

    The `low` ones under it first.
    """
    order = np.argsort(points[:, 0], kind="stable")
    xs, ys = points[order].T
    em = words.page.em
    for x in np.arange(xs[-1], max(xs[0], first) + size[0], -0.5 * em).tolist():
        right = min(x, words.room.frame.right)
        heights = np.interp(np.linspace(right - size[0], right, 9), xs, ys)
        bottoms = heights.max() + 0.22 * em, heights.min() - 0.22 * em - size[1]
        for bottom in reversed(bottoms) if low else bottoms:
            yield Box(right - size[0], float(bottom), right, float(bottom) + size[1])
