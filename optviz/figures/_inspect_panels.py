"""Panels of `inspect`: eigenvalues with Gershgorin's ranges, and the objective itself."""

import numpy as np

from optviz.arrays import Array
from optviz.figures._contour_options import Levels
from optviz.figures._eigenvectors import eigenvectors
from optviz.figures._frame import least
from optviz.figures._landscape import landscape
from optviz.figures._plane import name_latex
from optviz.objectives import Quadratic
from optviz.phrases import listed, say
from optviz.scene import Extent, Look, Mark, Minimum, Panel, Profile, Start, Stem, layout
from optviz.text import numbers
from optviz.theory.verdict import Disc

_NAMED = 4  # eigenvalues that have room for their names
_ROWS = 12  # ranges that have room for theirs
_STRIP = 0.45  # of the height of a landscape, where one stands below
_ACROSS = 2 * (layout.WORDS + layout.SIDE)  # labels beside the two columns
_DOWN = layout.TITLE + layout.BETWEEN + 2 * layout.BELOW  # and above and below the two rows
_ROOM = 1.2  # of a landscape, about its start


def diagonal(discs: tuple[Disc, ...]) -> bool:
    """Whether the ranges are points: the entries of the diagonal are the eigenvalues."""
    return all(disc.radius == 0 for disc in discs)


def spectrum(q: Quadratic, discs: tuple[Disc, ...], title: str) -> Panel:
    """Eigenvalues as lines through the ranges of the rows, the first row at the top."""
    bars = () if diagonal(discs) else discs
    rows = float(max(len(bars), 1))
    ys = [rows - 0.5 - i for i in range(len(bars))]
    marks: list[Mark] = [
        Extent(disc.centre - disc.radius, disc.centre + disc.radius, y)
        for disc, y in zip(bars, ys, strict=True)
    ]
    stems = [Stem(value, 1.06 * rows, text) for text, value in _named(q)]
    top = 1.65 if q.dim == 2 else 1.35 if stems[0].label else 1.15
    marks += stems
    texts = [name_latex(name) if len(bars) <= _ROWS else "" for name in q.names]
    return Panel(
        tuple(marks),
        _sides(q, discs),
        (0.0, top * rows),
        say("axis eigenvalue"),
        "",
        title,
        note=say("stems and ranges" if bars else "stems"),
        yticks=tuple(zip(ys, texts, strict=False)),
        height=_STRIP if q.dim == 2 else 1.0,
    )


def _named(q: Quadratic) -> list[tuple[str, float]]:
    """The distinct eigenvalues, each with its name where there are few."""
    texts: dict[str, float] = {}
    for value in q.eigenvalues.tolist():
        texts.setdefault(numbers.number(value), value)
    few = len(texts) <= _NAMED
    return [(say("eigenvalue", value=text) if few else "", v) for text, v in texts.items()]


def _sides(q: Quadratic, discs: tuple[Disc, ...]) -> tuple[float, float]:
    """The limits around 0, all eigenvalues and all ranges."""
    ends = [0.0, *q.eigenvalues.tolist()]
    ends += [d.centre - d.radius for d in discs] + [d.centre + d.radius for d in discs]
    room = 0.08 * (max(ends) - min(ends))
    room = room if room > least(np.array(ends)) else max(abs(ends[0]), 1.0)
    return min(ends) - room, max(ends) + room


def values_text(q: Quadratic) -> str:
    """`eigenvalues 0.2 and 4`."""
    texts = list(dict.fromkeys(numbers.number(value) for value in q.eigenvalues.tolist()))
    if len(texts) == 1:
        return say("all equal", value=texts[0], count=q.dim)
    return say("eigenvalues are", values=listed(texts), count=len(texts))


def contours(
    q: Quadratic,
    start: Array,
    look: Look,
    levels: Levels,
    labels: list[str],
    *,
    shape: tuple[int, int],
) -> Panel:
    """f over the plane about its minimum; `shape` are the columns and the rows of the figure."""
    columns, rows = shape
    down = _DOWN if rows > 1 else layout.BELOW + layout.TITLE
    across = _ACROSS * columns / 2
    aspect = layout.aspect(
        look.size, look.dpi, columns, 1, across=across, down=down, font_size=look.font_size
    )
    if rows > 1:
        aspect *= 1 + _STRIP
    centre = q.stationary if q.stationary is not None else start
    away = np.abs(start - centre)
    unit = _ROOM * max(float(away[0]) / aspect, float(away[1]))
    if unit <= least(np.array([centre, start])):
        unit = max(float(np.abs(centre).max()), 1.0)
    left, right = float(centre[0]) - unit * aspect, float(centre[0]) + unit * aspect
    bottom, top = float(centre[1]) - unit, float(centre[1]) + unit
    box = left, right, bottom, top
    marks: list[Mark] = [*landscape(q, box, float(q.value(start)), levels, look.size[0] / columns)]
    if q.stationary is not None:
        marks += eigenvectors(q, centre, box, equal=True)
        marks.append(_stationary(q, float(centre[0]), float(centre[1])))
    marks.append(Start(float(start[0]), float(start[1]), say("start")))
    return Panel(tuple(marks), (left, right), (bottom, top), labels[0], labels[1], equal=True)


def profile(q: Quadratic, start: Array) -> Panel:
    """The graph of a 1-D objective."""
    x = float(start[0])
    centre = x if q.stationary is None else float(q.stationary[0])
    reach = _ROOM * abs(x - centre)
    if reach <= least(np.array([x, centre])):
        reach = max(abs(x), 1.0)
    grid = np.linspace(centre - reach, centre + reach, 401)
    curve = np.column_stack([grid, q.value(grid[:, None])])
    bottom, top = float(curve[:, 1].min()), float(curve[:, 1].max())
    rise = top - bottom if top - bottom > least(curve[:, 1]) else max(abs(top), 1.0)
    marks: list[Mark] = [Profile(curve)]
    if q.stationary is not None:
        marks.append(_stationary(q, centre, float(q.value(q.stationary))))
    marks.append(Start(x, float(q.value(start)), say("start")))
    limits = (bottom - 0.08 * rise, top + 0.05 * rise)
    names = name_latex(q.names[0]), name_latex(q.names[0], "f(", ")")
    return Panel(tuple(marks), (float(grid[0]), float(grid[-1])), limits, *names)


def _stationary(q: Quadratic, x: float, y: float) -> Minimum:
    """The mark of the stationary point, a minimum or none."""
    saddle = not q.definite.startswith("positive")
    return Minimum(x, y, saddle, "" if saddle else say("minimum"))
