"""A panel that gets its words: texts are written where there is room, readable on their ground."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np
from matplotlib.axes import Axes

from optviz.arrays import Array
from optviz.render.draw import ground, marks
from optviz.render.draw.boxes import Box
from optviz.render.draw.page import Page
from optviz.render.draw.plan import Plan
from optviz.render.draw.room import Room
from optviz.render.draw.written import Ink, Written
from optviz.scene import Minimum, Panel

Point = tuple[float, float]
Segment = tuple[Point, Point]

_LEADERS = 3  # in a panel; more are a web
_TRIED = 300  # places for words with a leader
_CLOSE, _OTHER = 1.2, 5.0  # em: nearer than this to another mark is worth so much length
_LINE = 0.8  # em of length that a point on a line is worth
_DIRECTED = 0.75  # em: how far off a name stands at the least


@dataclass
class Words:
    """A panel that gets its words, the plan for names, and the room that is left."""

    page: Page
    ax: Axes
    panel: Panel
    plan: Plan
    room: Room
    leaders: list[Segment] = field(default_factory=list)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        place = self.ax.transData.transform((x, y))
        return float(place[0]), float(place[1])

    def ink(self, box: Box, scale: float, colour: str) -> Ink:
        """How a text in a box is written: readable on its ground, with a halo of it."""
        colour, halo = ground.under(self.page, self.ax, self.panel, box, colour)
        return Ink(scale, colour, halo=halo)

    def put(self, text: str, box: Box, scale: float, colour: str) -> Written:
        """Writes a text so that it fills the box."""
        size = self.page.measure(text, scale)
        ink = self.ink(box, scale, colour)
        written = self.page.write(text, box.left, box.top - size.above, ink, self.ax)
        self.room.taken.append(box)
        return written

    def beside(
        self, text: str, at: tuple[float, float], scale: float, colour: str, gap: float = _DIRECTED
    ) -> Written | None:
        """Writes a text near a pixel where it covers nothing; None where there is no room."""
        size = self.page.measure(text, scale)
        box = self.room.beside(at, (size.width, size.height), gap * self.page.em)
        return self.put(text, box, scale, colour) if box else None

    def led(self, text: str, at: Point, scale: float, colour: str, *or_at: Point) -> Written | None:
        """Writes a text farther off, with a leader in its colour; None where there is no room.

        A leader crosses no word and no other leader, few lines, and a panel has few. It leads to
        `at` or, where that is nearer, to one of `or_at`.
        """
        size = self.page.measure(text, scale)
        ways = []
        for point in (at, *or_at):
            boxes = islice(self.room.around(point, (size.width, size.height), self.page.em), _TRIED)
            found = (self._way(point, box, text, scale) for box in boxes)
            ways += [(self._cost(way), *way) for way in found if way]
        if not ways or len(self.leaders) >= _LEADERS:
            return None
        _, box, leader = min(ways, key=lambda way: way[0])
        self.leaders.append(leader)
        written = self.put(text, box, scale, colour)
        line = self.page.rule(leader, self.ax, color=colour, linewidth=0.8)
        written.artists.append(line)
        return written

    def _way(self, at: Point, box: Box, text: str, scale: float) -> tuple[Box, Segment] | None:
        """A box with the leader to its text, None if that crosses a word or another leader."""
        end = min((_nearest(at, line) for line in self._lines(box, text, scale)), key=_from(at))
        between = np.linspace(at, end, 60)
        if any(other.count(between) for other in self.room.taken):
            return None
        if any(_cross((at, end), leader) for leader in self.leaders):
            return None
        return box, (at, end)

    def _cost(self, way: tuple[Box, Segment]) -> float:
        """The length of a leader in em, and the lines that it crosses."""
        (x, y), (to_x, to_y) = way[1]
        long = float(np.hypot(to_x - x, to_y - y))
        points = np.linspace((x, y), (to_x, to_y), max(int(long / 2), 2))
        beyond = points[np.hypot(*(points - (x, y)).T) > 0.6 * self.page.em]
        box, em = way[0].grown(_CLOSE * self.page.em), self.page.em
        others = self.marks[np.hypot(*(self.marks - (x, y)).T) > em]
        return long / em + _LINE * self.room.crossed(beyond) + _OTHER * box.count(others)

    def _lines(self, box: Box, text: str, scale: float) -> list[Box]:
        """The boxes of the lines of a text, which may be narrower than that of all."""
        lines = text.split("\n")
        if len(lines) == 1:
            return [box]
        high = box.height / len(lines)
        return [
            Box(
                box.left,
                box.top - (i + 1) * high,
                box.left + self.page.measure(line, scale).width,
                box.top - i * high,
            )
            for i, line in enumerate(lines)
        ]

    @cached_property
    def marks(self) -> Array:
        """The pixels of minima and of the heads of paths, whose names others should not seem."""
        minima = [self.pixel(m.x, m.y) for m in self.panel.marks if isinstance(m, Minimum)]
        return np.array([*minima, *marks.heads(self.ax, self.panel)]).reshape(-1, 2)


def _nearest(at: Point, box: Box) -> Point:
    """The point of a box that is nearest to another."""
    return min(max(at[0], box.left), box.right), min(max(at[1], box.bottom), box.top)


def _from(at: Point) -> Callable[[Point], float]:
    """How far points are from one."""
    return lambda point: float(np.hypot(point[0] - at[0], point[1] - at[1]))


def _cross(one: Segment, other: Segment) -> bool:
    """Whether two segments cross each other."""
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    """Above 0 where c is left of the way from a to b, below 0 where it is right of it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
