"""Marks of the stationary points in view, with words where they are few."""

from collections.abc import Callable, Sequence

import numpy as np

from optviz.arrays import Array, Bools
from optviz.objectives import Box, Objective, Stationary
from optviz.objectives.region import within
from optviz.phrases import listed, say
from optviz.scene import Minimum

_FEW = 25  # points of all kinds; of more only minima are marked
_SMALL, _MOST = 12, 200  # minima of which all but the lowest are small, or are not marked
_EACH = 3  # points of a kind that have a word each; of more one has
_LOWEST = 1e-9  # of the values' range: minima that are not higher than that above the lowest
_SEEN, _AROUND = 0.03, 16  # of the view: as far from a point f is seen to change, in directions
_RIPPLE = 0.01  # of the height above the lowest point: a smaller change does not show

Kept = Callable[[Array], bool]


def stationary_points(
    f: Objective, box: Box, room: float = 1.0, worded: bool = False, kept: Kept | None = None
) -> list[Minimum]:
    """Marks of the stationary points in the box, the lowest minima first.

    Those of a quadratic are looked for in the box widened by `room` of its size to each side: what
    lies just outside still shows half its mark, but has no word if they are `worded`. Points that
    are not to be `kept` are left out; of very many all but the minima.
    """
    left, right, bottom, top = box
    room = 0.0 if f.quadratic is None else room
    wide, high = room * (right - left), room * (top - bottom)
    points = f.stationary_in((left - wide, right + wide, bottom - high, top + high))
    points = tuple(point for point in points if kept is None or kept(point.x))
    points = visible(f, points, box)
    heights = f.value(np.array([point.x for point in points]).reshape(-1, 2))
    return marks(points, [(float(p.x[0]), float(p.x[1])) for p in points], heights, box, worded)


def marks(
    points: Sequence[Stationary],
    places: Sequence[tuple[float, float]],
    heights: Array,
    box: Box,
    worded: bool,
) -> list[Minimum]:
    """The marks at these places of the picture, from f at the points (n,)."""
    lowest = _lowest(points, heights)
    minima = sum(point.kind == "minimum" for point in points)
    order = np.argsort(np.logical_not(lowest), kind="stable").tolist()
    shown = [i for i in order if lowest[i] or _is_shown(points, i, minima)]
    words = _words([points[i].kind for i in shown], [places[i] for i in shown], box)
    return [
        Minimum(
            places[i][0],
            places[i][1],
            saddle=points[i].kind not in ("minimum", "maximum"),
            label=word if worded else "",
            maximum=points[i].kind == "maximum",
            small=minima > _SMALL and not lowest[i],
        )
        for i, word in zip(shown, words, strict=True)
    ]


def visible(f: Objective, points: Sequence[Stationary], box: Box) -> tuple[Stationary, ...]:
    """The points without the ripples of a plain, which no contour line would show."""
    if f.quadratic is not None or not points:
        return tuple(points)
    low, high = np.reshape(box, (-1, 2)).T
    x = np.array([point.x for point in points])
    angles = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])[:, : f.dim]
    heights = f.value(x)
    around = f.value(x[:, None] + _SEEN * (high - low) * ring)
    change = np.nanmax(np.abs(around - heights[:, None]), axis=1, initial=0.0)
    shown = ~(change < _RIPPLE * (heights - heights.min()))
    return tuple(points[i] for i in np.flatnonzero(shown).tolist())


def in_view(f: Objective, box: Box) -> str:
    """A sentence on the stationary points in view, for a description; "" for none."""
    kinds = [point.kind for point in visible(f, f.stationary_in(box), box)]
    counts = [(kinds.count(kind), kind) for kind in ("minimum", "saddle", "maximum")]
    parts = [say(f"count {kind}", count=count) for count, kind in counts if count]
    return say("stationary in view", points=listed(parts)) if parts else ""


def _lowest(points: Sequence[Stationary], heights: Array) -> Bools:
    """Which points are minima as low as the lowest."""
    is_minimum = np.array([point.kind == "minimum" for point in points], dtype=bool)
    if not is_minimum.any():
        return is_minimum
    least = heights[is_minimum].min()
    return np.asarray(is_minimum & (heights <= least + _LOWEST * max(np.ptp(heights), 1e-300)))


def _is_shown(points: Sequence[Stationary], i: int, minima: int) -> bool:
    """Whether a point is one of few, or of not too many minima."""
    is_one_of_many = points[i].kind == "minimum" and minima <= _MOST
    return is_one_of_many or not minima or len(points) <= _FEW


def _words(kinds: list[str], places: list[tuple[float, float]], box: Box) -> list[str]:
    """The words beside the marks: of a kind that has many, one has it that is far from others."""
    inside = [within(np.array(place), box) for place in places]
    words = [""] * len(kinds)
    for kind in dict.fromkeys(kinds):
        those = [i for i, other in enumerate(kinds) if other == kind and inside[i]]
        if len(those) > _EACH:
            those = those[:1] if kind == "minimum" else [_apart(those, places, box)]
        for i in those:
            words[i] = say(kind)
    return words


def _apart(those: list[int], places: list[tuple[float, float]], box: Box) -> int:
    """The place among `those` whose nearest neighbour, or side of the box, is farthest."""
    low, high = np.reshape(box, (2, 2)).T
    z = (np.array(places) - low) / (high - low)
    distances = np.hypot(*(z[those][:, None] - z).transpose(2, 0, 1))
    distances[np.arange(len(those)), those] = np.inf
    edges = np.minimum(z[those], 1 - z[those]).min(axis=1)
    return those[int(np.minimum(distances.min(axis=1), edges).argmax())]
