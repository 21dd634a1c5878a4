"""The names of a film, which move with the heads of its paths."""

import numpy as np
from matplotlib.artist import Artist

from optviz.arrays import Array
from optviz.render.draw.boxes import Box
from optviz.render.draw.page import Page
from optviz.render.draw.tags import Tag
from optviz.render.draw.tracks import Drawn, Surroundings, Track, frame_of
from optviz.render.draw.written import Ink, Written
from optviz.scene.film import Film

_EASE = 10  # frames in which names move to the places that they have in the still
_GAP = 0.7  # em: from a head to its name
_TURN = 1.0  # em: how far a name may move about its head from one frame to the next
_CLEAR = 0.15  # em: between a name and a path


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
    tracks = [Track.of(tag) for tag in tags]
    heads = np.array([track.heads(steps) for track in tracks]).reshape(len(tags), len(steps), 2)
    drawn = Drawn(tracks, page.width, page.height)
    offsets: list[Array | None] = [None] * len(names)
    minima = [place for tag in tags for place in tag.minima]
    for frame, step in enumerate(steps.tolist()):
        taken = [_around(page, place) for place in (*heads[:, frame], *minima)]
        for i, (tag, name) in enumerate(zip(tags, names, strict=True)):
            if name is None:
                continue
            head, end = heads[i, frame], np.array(tag.written.box[:2]) - heads[i, -1]
            around = Surroundings(frame_of(tag), taken, drawn, step, _CLEAR * page.em)
            near = _eased(offsets[i], end, len(steps) - frame)
            offsets[i] = offset = _offset(page, name.box, head, around, near)
            found[frame, i] = head + offset
            taken.append(name.box.moved(*(found[frame, i] - name.box[:2]).tolist()))
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


def _around(page: Page, head: Array) -> Box:
    x, y = head.tolist()
    return Box(x, y, x, y).grown(0.35 * page.em)


def _offset(page: Page, name: Box, head: Array, around: Surroundings, near: list[Array]) -> Array:
    """Where a name stands from its head: about as before, at the right, at the left, off others.

    It turns about the head by little from one frame to the next unless it would be on another name
    or head, or on a path where another place is clear.
    """

    def at(offset: Array) -> Box:
        return name.moved(*(head + offset - name[:2]).tolist())

    choices = _around_head(page, name)
    free = [choice for choice in choices if around.is_free(at(choice))] or choices[:1]
    usual = next((choice for choice in free if around.is_clear(at(choice))), free[0])
    if near:
        move = usual - near[-1]
        turned = near[-1] + move * min(_TURN * page.em / max(float(np.hypot(*move)), 1e-9), 1.0)
        near = [*near[:-1], turned, near[-1]]
    clear = [offset for offset in (*near, usual) if around.is_clear(at(offset))]
    return next((offset for offset in (*clear, *near) if around.is_free(at(offset))), usual)


def _around_head(page: Page, name: Box) -> list[Array]:
    """Places of a name around a head at 0: right, left, and over and under it ever farther."""
    gap, wide, high = _GAP * page.em, name.width, name.height
    sides = [(gap, -high / 2), (-gap - wide, -high / 2)]
    for far in (0.6 * gap, high, 2 * high, 3 * high):
        for x in (0.6 * gap, -0.6 * gap - wide):
            sides += [(x, far), (x, -far - high)]
    return [np.array(side) for side in sides]
