"""The words of a panel: which pixels are taken, and where names stand beside lines."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from optviz.arrays import Array
from optviz.render.draw.labels import Box, beside, emptiest, spread
from optviz.render.draw.marks import UNDER, exit_point, ink, marker_of, path_dash
from optviz.render.draw.pen import Pen, broken
from optviz.scene import (
    Arrow,
    Border,
    Ceiling,
    Crossing,
    Curve,
    Guide,
    Panel,
    Path,
    Rectangle,
    Spot,
    finite,
)

Named = Path | Crossing | Spot | Border | Arrow | Rectangle


@dataclass
class Lettering:
    """A panel that gets its words: its frame in pixels, and the boxes that words take."""

    pen: Pen
    ax: Axes
    panel: Panel
    frame: Box
    taken: list[Box] = field(default_factory=list)

    @cached_property
    def covered(self) -> Array:
        """The pixels of its lines and dots."""
        return ink(self.ax, self.panel)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        px, py = self.ax.transData.transform((x, y))
        return float(px), float(py)

    def put(self, text: Text, place: Box) -> None:
        """Moves the text so that its ink, not its baseline, fills the place."""
        to_data = self.ax.transData.inverted()
        text.set_position(tuple(to_data.transform((place.left, place.bottom))))
        box = self.pen.box(text)
        shifted = (2 * place.left - box.left, 2 * place.bottom - box.bottom)
        text.set_position(tuple(to_data.transform(shifted)))
        self.taken.append(place)

    def text(self, words: str, scale: float, colour: str) -> tuple[Text, float, float]:
        """A text with a halo somewhere, its width and its height."""
        x, y = self.panel.xlim[0], self.panel.ylim[0]
        text = self.ax.text(x, y, words, zorder=UNDER, **self.pen.style(scale, color=colour))
        text.set_path_effects([self.pen.halo_effect()])
        box = self.pen.box(text)
        return text, box.right - box.left, box.top - box.bottom

    def beside(self, mark: Named) -> bool:
        """Names a mark near its anchor; False where there is no room."""
        theme, scale, gap = self.pen.theme, 0.95, 0.7
        match mark:
            case Path():
                at, colour = self.end(mark), theme.line(mark.role)
            case Crossing():
                at, colour, scale = (mark.x, mark.y), theme.text, 0.88
            case Spot():
                at, colour, gap = (mark.x, mark.y), theme.ink, 1.1 if mark.theory else 0.7
            case Border():
                at, colour = self.middle(mark), theme.lines[0] if mark.theory else theme.ink
            case Arrow():
                at, colour = (mark.x + mark.dx, mark.y + mark.dy), theme.line(mark.role)
                colour = theme.ink if mark.role < 0 else colour
            case Rectangle():
                at, colour = (mark.x + mark.dx, mark.y + mark.dy), theme.text
        return self.place(mark.label, self.pixel(*at), scale, colour, gap=gap)

    def middle(self, mark: Border) -> tuple[float, float]:
        """The point halfway along what is in view of a line."""
        points = self.seen(mark)
        x, y = points[len(points) // 2] if len(points) else (self.panel.xlim[0], self.panel.ylim[0])
        return float(x), float(y)

    def place(
        self, words: str, at: tuple[float, float], scale: float, colour: str, *, gap: float = 0.7
    ) -> bool:
        """Puts words near a pixel where the least is covered; False where there is no room.

        gap: how far off at least, in letters.
        """
        text, *size = self.text(words, scale, colour)
        found = beside(
            at, (size[0], size[1]), self.frame, self.taken, ink=self.covered, gap=gap * self.pen.em
        )
        if found is None:
            text.remove()
            return False
        self.put(text, found)
        return True

    def end(self, mark: Path) -> tuple[float, float]:
        """The last point of a path that is in view, or the place where it goes out."""
        points = mark.points if mark.left is None else mark.points[: mark.left + 1]
        known = finite(points)
        last = known[-1]
        if mark.left and 1 < len(known) == len(points):
            last = exit_point(points[-2], points[-1], self.panel)
        return float(last[0]), float(last[1])

    def ceiling(self, mark: Ceiling) -> None:
        """Names a ceiling on its line, above or below, where the fewest curves pass."""
        frame = self.frame
        y = self.pixel(self.panel.xlim[0], mark.y)[1]
        words = mark.label
        if y > frame.top or y < frame.bottom:  # named at the edge that it lies behind
            words += "  ↑" if y > frame.top else "  ↓"
        text, width, height = self.text(words, 0.9, self.pen.theme.text)
        y = min(max(y, frame.bottom), frame.top - height - 6)
        places = []
        for bottom in (y + 3, y - 3 - height, y - 6 - 2 * height):
            for share in np.linspace(0, 1, 15):
                left = frame.left + 4 + share * (frame.right - frame.left - width - 8)
                place = Box(left, bottom, left + width, bottom + height)
                bad = sum(place.overlaps(other) for other in self.taken) + (not place.within(frame))
                cost = place.count(self.covered) + 1000 * bad + 5 * share + (y - bottom) / height
                places.append((cost, left, place))
        self.put(text, min(places, key=lambda entry: entry[:2])[2])

    def seen(self, mark: Curve | Guide | Border) -> Array:
        """The points of a curve that are in view."""
        points = finite(mark.points)
        (left, right), (low, high) = self.panel.xlim, self.panel.ylim
        x, y = points[:, 0], points[:, 1]
        return points[(x >= left) & (x <= right) & (y >= low) & (y <= high)]

    def early(self, mark: Curve | Guide) -> bool:
        """Whether a curve ends well before the right edge, and has its name there."""
        x, y = self.pixel(*self.seen(mark)[-1].tolist())
        if x > self.frame.right - 2.5 * self.pen.em:
            return False
        theme = self.pen.theme
        colour = theme.line(mark.role) if isinstance(mark, Curve) else theme.muted
        return self.place(mark.label, (x, y), 0.95, colour)

    def ends(self) -> None:
        """Names curves and guides right of the frame, spread so that none touches another."""
        pen, frame, ax = self.pen, self.frame, self.ax
        named = [m for m in self.panel.marks if isinstance(m, Curve | Guide) and m.label]
        marks = [m for m in named if len(self.seen(m)) and not self.early(m)]
        height, low, high = 1.25 * pen.em, frame.bottom - pen.em, frame.top + pen.em
        marks = marks[: int((high - low) / height)]  # those that there is room for
        lasts = [self.seen(m)[-1] for m in marks]
        wanted = [min(max(self.pixel(*p)[1], frame.bottom), frame.top) for p in lasts]
        to_data, to_axes = ax.transData.inverted(), ax.transAxes.inverted()
        for mark, y, at in zip(marks, wanted, spread(wanted, height, low, high), strict=True):
            colour = pen.theme.line(mark.role) if isinstance(mark, Curve) else pen.theme.muted
            place = to_data.transform((frame.right + 4 + 0.7 * pen.em, at))
            style = pen.style(0.95, color=colour, va="center_baseline")
            ax.text(float(place[0]), float(place[1]), mark.label, zorder=UNDER, **style)
            if abs(y - at) > 0.4 * height:  # a leader, so that the name finds its line
                tips = [(frame.right + 5, y), (frame.right + 2 + 0.6 * pen.em, at)]
                line = Line2D(*to_axes.transform(tips).T, color=colour, linewidth=0.6)
                line.set(clip_on=False, transform=ax.transAxes)
                ax.add_artist(line)

    def legend(self, marks: list[Path]) -> None:
        """Line, marker and name of each path in the emptiest corner."""
        theme = self.pen.theme
        handles = []
        for mark in marks:
            dash, marker = path_dash(theme, mark.role), marker_of(mark.role)
            line = Line2D([], [], color=theme.line(mark.role), marker=marker, markersize=4)
            line.set(markeredgewidth=0, linestyle=(0, dash) if dash else "-")
            handles.append(line)
        style = self.pen.style(0.9)
        font = {key: style[key] for key in ("family", "size", "math_fontfamily")}
        legend = self.ax.legend(
            handles,
            [mark.label for mark in marks],
            loc="lower left",
            prop=font,
            borderaxespad=0,
            facecolor=theme.paper,
            edgecolor="none",
            labelcolor=theme.ink,
            framealpha=0.85,
        )
        legend.set_zorder(UNDER)
        for text in legend.get_texts():
            self.pen.box(text)  # refuses a formula that cannot be read
        extent = legend.get_window_extent(self.pen.renderer)
        share = (self.frame.right - self.frame.left) / extent.width
        if share < 1:
            for text in legend.get_texts():
                text.set_text(broken(text.get_text(), 0.8 * share))
            extent = legend.get_window_extent(self.pen.renderer)
        size = extent.width, extent.height
        place = emptiest(size, self.frame, self.taken, self.covered)
        corner = self.ax.transAxes.inverted().transform((place.left, place.bottom))
        legend.set_loc(tuple(corner))
