"""The names of a film, which move with the heads of its paths."""

import numpy as np
from matplotlib.artist import Artist

from optviz.arrays import Array
from optviz.render.draw import paths
from optviz.render.draw.boxes import Box
from optviz.render.draw.page import Ink, Page, Written
from optviz.render.draw.tags import Tag
from optviz.scene.film import Film

_EASE = 10  # frames in which names move to the places that they have in the still
_GAP = 0.7  # em: from a head to its name
_TURN = 1.0  # em: how far a name may move about its head from one frame to the next


class MovingNames:
    """The names of paths beside their heads, at every frame of a film."""

    def __init__(self, page: Page, film: Film) -> None:
        self.tags: list[Tag] = [tag for tag in page.tags if tag.path.label]
        self.names = [
            _name(page, tag, name) for tag, name in zip(self.tags, _short(self.tags), strict=True)
        ]
        self.steps = film.steps
        self.places = _places(page, film.steps, self.tags, self.names)
        self._frames = {float(step): i for i, step in enumerate(film.steps)}
        self._now = [
            (name.box.left, name.box.bottom) if name else (0.0, 0.0) for name in self.names
        ]

    @property
    def artists(self) -> list[Artist]:
        """What matplotlib draws, of the film and of the still."""
        texts = (*(tag.written for tag in self.tags), *(name for name in self.names if name))
        return [artist for written in texts for artist in written.artists]

    def at(self, step: float, last: bool) -> None:
        """Moves the names to the heads at a step; at the last one, the words of the still."""
        frame = self._frames.get(float(step), len(self.steps) - 1)
        for i, (tag, name) in enumerate(zip(self.tags, self.names, strict=True)):
            tag.written.show(last)
            if name is None:
                continue
            name.show(not last and step >= 1)
            left, bottom = self.places[frame, i].tolist()
            name.move(left - self._now[i][0], bottom - self._now[i][1])
            self._now[i] = left, bottom


def _short(tags: list[Tag]) -> list[str]:
    """The names of paths, without their settings where they are different all the same."""
    short = [tag.path.name.partition(",")[0] for tag in tags]
    return short if len(set(short)) == len(short) else [tag.path.name for tag in tags]


def _name(page: Page, tag: Tag, name: str) -> Written | None:
    """The name of a path as a text of its own, None for a path without one."""
    if not name:
        return None
    ink = Ink(page.theme.sizes.outcome, tag.stroke.words, halo=page.theme.paper)
    written = page.write(name, 0.0, 0.0, ink)
    page.taken.pop()
    return written


def _places(page: Page, steps: Array, tags: list[Tag], names: list[Written | None]) -> Array:
    """The lower left corner of every name at every frame: (frames, names, 2)."""
    found = np.zeros((len(steps), len(names), 2))
    heads = np.array([_head(tag, steps) for tag in tags]).reshape(len(tags), len(steps), 2)
    offsets: list[Array | None] = [None] * len(names)
    minima = [place for tag in tags for place in tag.minima]
    for frame in range(len(steps)):
        taken = [_around(page, place) for place in (*heads[:, frame], *minima)]
        for i, (tag, name) in enumerate(zip(tags, names, strict=True)):
            if name is None:
                continue
            head, end = heads[i, frame], np.array(tag.written.box[:2]) - heads[i, -1]
            near = _eased(offsets[i], end, len(steps) - frame)
            offsets[i] = offset = _offset(page, tag, name.box, head, taken, near)
            found[frame, i] = head + offset
            left, bottom = found[frame, i].tolist()
            taken.append(Box(left, bottom, left + name.box.width, bottom + name.box.height))
    return found


def _eased(before: Array | None, end: Array, left: int) -> list[Array]:
    """Where a name would stand from its head if nothing else were there, if that is known.

    As in the frame before; in the last frames on the way to its place in the still.
    """
    if before is None:
        return []
    if left > _EASE:
        return [before]
    return [before + (end - before) / left, before]


def _head(tag: Tag, steps: Array) -> Array:
    """The pixels of a path's head at each of the steps: (steps, 2)."""
    points = paths.shown(tag.path)
    times = np.arange(0.0, len(points)) * tag.path.stride
    known = np.isfinite(points).all(axis=1)
    pixels = tag.ax.transData.transform(points[known])
    return np.stack([np.interp(steps, times[known], axis) for axis in pixels.T], axis=-1)


def _around(page: Page, head: Array) -> Box:
    x, y = head.tolist()
    return Box(x, y, x, y).grown(0.35 * page.em)


def _offset(  # noqa: PLR0917  # a name, its head, and what is around
    page: Page, tag: Tag, name: Box, head: Array, taken: list[Box], near: list[Array]
) -> Array:
    """Where a name stands from its head: about as before, at the right, at the left, off others.

    It turns about the head by little from one frame to the next unless it would be on another.
    """
    extent = tag.ax.get_window_extent()
    frame = Box(extent.x0, extent.y0, extent.x1, extent.y1)

    def is_free(offset: Array) -> bool:
        left, bottom = (head + offset).tolist()
        box = Box(left, bottom, left + name.width, bottom + name.height)
        return box.within(frame) and not any(box.overlaps(other) for other in taken)

    choices = _around_head(page, name)
    usual = next((choice for choice in choices if is_free(choice)), choices[0])
    if near:
        move = usual - near[-1]
        turned = near[-1] + move * min(_TURN * page.em / max(float(np.hypot(*move)), 1e-9), 1.0)
        near = [*near[:-1], turned, near[-1]]
    return next((offset for offset in near if is_free(offset)), usual)


def _around_head(page: Page, name: Box) -> list[Array]:
    """Places of a name around a head at 0: right, left, and over and under it ever farther."""
    gap, wide, high = _GAP * page.em, name.width, name.height
    sides = [(gap, -high / 2), (-gap - wide, -high / 2)]
    for far in (0.6 * gap, high, 2 * high, 3 * high):
        for x in (0.6 * gap, -0.6 * gap - wide):
            sides += [(x, far), (x, -far - high)]
    return [np.array(side) for side in sides]
