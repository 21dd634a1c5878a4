"""Lines of text that fill a panel: rows aligned at their signs of equality, and prose."""

from matplotlib.axes import Axes

from optviz.render.draw.page import Page
from optviz.render.draw.written import Ink
from optviz.scene import Line, Lines

_HEIGHTS = {"row": 1.75, "prose": 1.75, "muted": 1.7, "gap": 0.7}  # em, of a line
_LARGEST = 1.5  # times these heights: lines as far apart as their panel is high
_CLOSEST = 0.75  # times them at the least
_SIGN = 0.3  # em: between what ends and what begins at the sign of equality
_MUTED = 0.92  # of the size of other lines


def lines(page: Page, ax: Axes, mark: Lines) -> None:
    """Lines over the height of the panel, smaller where they would not fit.

    Where the smallest letters are too large lines are broken, and the first ones go.
    """
    extent = ax.get_window_extent()
    shown = list(mark.lines)
    size = min(1.0, extent.height / _height(page, shown))
    at, wide = _columns(page, shown, size)
    for _ in range(3):  # letters have whole pixels, so their widths do not go with their size
        if wide <= extent.width:
            break
        size *= extent.width / wide
        at, wide = _columns(page, shown, size)
    if size < page.least or wide > extent.width:
        size = page.least
        at, _ = _columns(page, shown, size)
        shown = [_broken(page, line, at, extent.width) for line in shown]
    while len(shown) > 1 and _CLOSEST * size * _height(page, shown) > extent.height:
        shown.pop(0)
    apart = min(extent.height / _height(page, shown), _LARGEST)
    y = extent.y1 + 0.75 * (_HEIGHTS["row"] * apart - 1) * page.em
    for line in shown:
        y -= _HEIGHTS[line.style] * apart * page.em
        _write(page, line, (extent.x0, extent.x0 + at), y, size)
        y -= _HEIGHTS[line.style] * apart * page.em * _breaks(line)


def _height(page: Page, shown: list[Line]) -> float:
    return page.em * sum(_HEIGHTS[line.style] * (1 + _breaks(line)) for line in shown)


def _breaks(line: Line) -> int:
    return max(line.text.count("\n"), line.rest.count("\n"))


def _columns(page: Page, shown: list[Line], size: float) -> tuple[float, float]:
    """Where the texts of rows end, and the width of all lines, in pixels."""
    rows = [line for line in shown if line.rest]
    at = max((page.measure(line.text, size).width for line in rows), default=0.0)
    rests = [at + _SIGN * page.em + page.measure(line.rest, size).width for line in rows]
    others = [page.measure(line.text, _MUTED * size).width for line in shown if not line.rest]
    return at, max([1.0, *rests, *others])


def _broken(page: Page, line: Line, at: float, width: float) -> Line:
    """A line in as many as its width asks for."""
    if line.rest:
        room = max(width - at - _SIGN * page.em, page.em)
        return line._replace(rest=page.wrap(line.rest, room, page.least))
    return line._replace(text=page.wrap(line.text, width, page.least))


def _write(page: Page, line: Line, sides: tuple[float, float], y: float, size: float) -> None:
    left, at = sides
    ink = Ink(size, page.theme.ink)
    if line.rest:
        page.write(line.text, at, y, ink._replace(align="right"))
        page.write(line.rest, at + _SIGN * page.em, y, ink)
    elif line.text:
        muted = Ink(_MUTED * size, page.theme.muted)
        page.write(line.text, left, y, muted if line.style == "muted" else ink)
