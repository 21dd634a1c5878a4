"""The images of a GIF: the first frame whole, then the smallest rectangles of what changed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optviz.render.draw import colour
from optviz.render.draw.theme import theme
from optviz.render.fast.pixels import Box, Pixels, as_numbers, tight
from optviz.render.fast.stage import Frame, Stage
from optviz.render.format import Watch
from optviz.render.formats._palette import Palette, codes
from optviz.scene import Look

_SHORTEST = 20  # milliseconds: browsers slow shorter images down
_CLEAR = 64  # of 255: what is less opaque is see-through

Numbers = NDArray[np.uint8]  # of the palette; 0 shows what is below


@dataclass
class Image:
    """A rectangle of numbers and its time; after that, if `cleared`, nothing is there."""

    numbers: Numbers
    box: Box
    milliseconds: int = 0
    cleared: bool = False

    def clear(self, box: Box) -> None:
        """Makes the image hold another rectangle too, and clears both."""
        whole = _hull(self.box, box)
        rows = self.box.top - whole.top, whole.bottom - self.box.bottom
        columns = self.box.left - whole.left, whole.right - self.box.right
        self.numbers, self.box = np.pad(self.numbers, (rows, columns)), whole
        self.cleared = True


def images(stage: Stage, look: Look, watch: Watch) -> Iterator[Palette | Image]:
    """The palette, then the images, each as soon as it is known for how long it shows.

    An image can only add to what is seen. Where something becomes see-through, the image before is
    cleared: an empty one that has the last of its time, or itself if that is too short.
    """
    first, last = (solid(stage.show(step), look).copy() for step in stage.film.steps[[0, -1]])
    palette = Palette(first, last, look.colours)
    yield palette
    wanted = np.zeros(look.size[::-1], dtype=np.uint8)
    screen, waiting = wanted.copy(), None
    for index, frame in enumerate(stage.frames()):
        watch(index + 1, len(stage.film))
        _number(frame, look, palette, wanted)
        area = frame.box
        if waiting and look.transparent and (gone := _gone(area, wanted, screen)):
            if waiting.milliseconds >= 2 * _SHORTEST:
                waiting.milliseconds -= _SHORTEST
                yield waiting
                waiting = Image(np.zeros_like(gone.of(screen)), gone, _SHORTEST)
            waiting.clear(gone)
            waiting.box.of(screen)[:] = 0
            area = _hull(area or gone, waiting.box)
        if image := _new(area, wanted, screen, waiting):
            if waiting:
                yield waiting
            waiting = image
        assert waiting is not None
        waiting.milliseconds += frame.milliseconds
    assert waiting is not None
    yield waiting


def _number(frame: Frame, look: Look, palette: Palette, wanted: Numbers) -> None:
    """Writes the numbers of what changed."""
    if frame.box is not None and not look.transparent:
        new = codes(frame.box.of(frame.numbers)[frame.changed])
        frame.box.of(wanted)[frame.changed] = palette.indices(new)
    elif frame.box is not None:
        pixels = np.ascontiguousarray(frame.box.of(frame.pixels))
        numbers = palette.indices(codes(as_numbers(solid(pixels, look))))
        frame.box.of(wanted)[:] = np.where(pixels[..., 3] < _CLEAR, 0, numbers)


def _gone(area: Box | None, wanted: Numbers, screen: Numbers) -> Box | None:
    """The rectangle of what is seen and should not be."""
    if area is None:
        return None
    return _within(area, tight((area.of(wanted) == 0) & (area.of(screen) != 0)))


def _new(area: Box | None, wanted: Numbers, screen: Numbers, before: Image | None) -> Image | None:
    """The image that makes the screen as wanted, None if it is; updates the screen."""
    if area is None:
        return None
    if before is None:
        box: Box | None = area
    else:
        box = _within(area, tight(area.of(wanted) != area.of(screen)))
        if box is None and before.cleared:
            box = Box(0, 0, 1, 1)
    if box is None:
        return None
    now, seen = box.of(wanted), box.of(screen)
    numbers = now * (now != seen)
    seen[:] = now
    return Image(numbers, box)


def solid(pixels: Pixels, look: Look) -> Pixels:
    """Pixels without half-transparent ones: these are as they would be on the theme's paper."""
    if not look.transparent:
        return pixels
    paper = 255 * colour.rgb(theme(look.theme).paper)
    alpha = pixels[..., 3:] / 255
    mixed = np.round(alpha * pixels[..., :3] + (1 - alpha) * paper).astype(np.uint8)
    return np.concatenate([mixed, np.full_like(pixels[..., 3:], 255)], axis=-1)


def _within(area: Box, box: Box | None) -> Box | None:
    """A box of an area as a box of the whole picture."""
    if box is None:
        return None
    left, top = area.left, area.top
    return Box(box.left + left, box.top + top, box.right + left, box.bottom + top)


def _hull(one: Box, other: Box) -> Box:
    low = (min(one[i], other[i]) for i in (0, 1))
    high = (max(one[i], other[i]) for i in (2, 3))
    return Box(*low, *high)
