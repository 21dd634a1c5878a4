"""The rules of words on a page, and where a page breaks them."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
from pages.page import SPACING, Page
from pages.reading import Array, Line

# Letters of the page are not hinted, those that were measured are: advances differ by hundredths of
# a letter, and ink that touches by half a point is still two words to the eye.
TOUCH = 0.5  # points in both directions
GAP = 0.4  # of a letter: a blank is 0.32, and words that are hardly farther apart read as one text
OUTSIDE = 0.25  # points: less than the edge of a letter is anti-aliased over
ROUNDING = 0.02  # points: sizes on the page are rounded
COVERED = 1.0  # points of a line within a word: less is a corner of its box
FLOORS = {"px": (9.0, 7.0), "in": (6.0, 4.5)}  # letters and indices, in pixels or points


class Fault(NamedTuple):
    """What is wrong with a page, in one sentence."""

    kind: str
    message: str
    boxes: tuple[tuple[float, float, float, float], ...] = ()


def faults(page: Page) -> list[Fault]:
    """Every fault of a page."""
    rules = (_overlaps, _glued, _outside, _small, _turned, _bold, _on_paths, _on_spots, _on_edges)
    return [fault for rule in rules for fault in rule(page)]


def _overlaps(page: Page) -> Iterator[Fault]:
    """Ink of different texts; a formula's own glyphs may touch."""
    for one, other in combinations(page.lines, 2):
        if _meet(one.box, other.box) and (shared := _shared(one.inks, other.inks)) is not None:
            size = f"{shared[0]:.1f} × {shared[1]:.1f} pt"
            yield Fault("overlap", f"{one} and {other} share {size}", (one.box, other.box))


def _glued(page: Page) -> Iterator[Fault]:
    """Words that read as one with those of another text beside them."""
    words = [line for line in page.lines if not line.is_formula]
    for one, other in combinations(words, 2):
        left, bottom = np.maximum(one.box[:2], other.box[:2])
        right, top = np.minimum(one.box[2:], other.box[2:])
        low = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
        if top - bottom > 0.5 * low and 0 <= left - right < GAP * min(one.size, other.size):
            message = f"{one} and {other} are {left - right:.1f} pt apart"
            yield Fault("glued", message, (one.box, other.box))


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > TOUCH and min(a[3], b[3]) - max(a[1], b[1]) > TOUCH


def _shared(ones: Array, others: Array) -> Array | None:
    """Width and height of the largest overlap of a character with another, None if none is."""
    high = np.minimum(ones[:, None, 2:], others[None, :, 2:])
    sides = (high - np.maximum(ones[:, None, :2], others[None, :, :2])).reshape(-1, 2)
    sides = sides[(sides > TOUCH).all(axis=1)]
    return sides[sides.prod(axis=1).argmax()] if len(sides) else None


def _outside(page: Page) -> Iterator[Fault]:
    width, height = page.size
    for line in page.lines:
        left, bottom, right, top = line.box
        far = max(-left, -bottom, right - width, top - height)
        if far > OUTSIDE:
            yield Fault("off the page", f"{line} leaves the page by {far:.1f} pt", (line.box,))


def _small(page: Page) -> Iterator[Fault]:
    """Letters under the floor, once for each size."""
    options = page.spec.options
    pixels = options.get("size", "960x720")[-1].isdigit()
    unit = 72 / options.get("dpi", 120) if pixels else 1.0
    floors = [size * unit for size in FLOORS["px" if pixels else "in"]]
    small: dict[tuple[float, float], list[Line]] = {}
    for line in page.lines:
        for size in {round(character.size, 2) for character in line.characters}:
            least = floors[size < 0.95 * line.size]
            if size < least - ROUNDING:
                small.setdefault((size, least), []).append(line)
    for (size, least), lines in sorted(small.items()):
        sizes = f"{size:.2f} pt, and {least:.2f} pt is the least, also in {len(lines) - 1} others"
        yield Fault("small", f"{lines[0]} has letters of {sizes}", tuple(one.box for one in lines))


def _turned(page: Page) -> Iterator[Fault]:
    turned = (line for line in page.lines if any(c.turned for c in line.characters))
    yield from (Fault("turned", f"{line} does not stand upright", (line.box,)) for line in turned)


def _bold(page: Page) -> Iterator[Fault]:
    """A row that holds a formula is not bold."""
    for line in page.lines:
        if line.is_bold and line.is_formula:
            yield Fault("bold", f"{line} is bold and a formula", (line.box,))
    bold = [line for line in page.lines if line.is_bold and not line.is_formula]
    formulas = [line for line in page.lines if line.is_formula]
    for one in bold:
        for other in formulas:
            gap = max(one.box[0], other.box[0]) - min(one.box[2], other.box[2])
            if abs(one.baseline - other.baseline) < 0.1 * one.size and -1 < gap < 0.6 * one.size:
                yield Fault("bold", f"{one} is bold beside {other}", (one.box, other.box))


def _shrunk(line: Line) -> tuple[float, float, float, float]:
    left, bottom, right, top = line.box
    return left + TOUCH, bottom + TOUCH, right - TOUCH, top - TOUCH


def _on_paths(page: Page) -> Iterator[Fault]:
    """Lines under letters, or between two of them: what passes over low letters is beside them."""
    for line in page.lines:
        left, bottom, right, top = _shrunk(line)
        for kind, points in page.paths:
            x, y = points.T
            near = points[(x > left) & (x < right) & (y > bottom) & (y < top)]
            if len(near) * SPACING > COVERED and (covered := _under(line, near)) > COVERED:
                yield Fault(f"on a {kind}", f"{line} covers {covered:.1f} pt of it", (line.box,))


def _under(line: Line, points: Array) -> float:
    """The length of a line that the letters cover, each up to the next one."""
    inks = line.inks[np.argsort(line.inks[:, 0])]
    inks[:-1, 2] = np.maximum(inks[:-1, 2], inks[1:, 0])
    low, high = inks[:, :2] + [0, TOUCH], inks[:, 2:] - [0, TOUCH]
    inside = (points[:, None] > low) & (points[:, None] < high)
    return float(inside.all(axis=2).any(axis=1).sum() * SPACING)


def _on_spots(page: Page) -> Iterator[Fault]:
    for line in page.lines:
        left, bottom, right, top = _shrunk(line)
        for kind, (x, y), half in page.spots:
            if left < x + half and right > x - half and bottom < y + half and top > y - half:
                yield Fault(f"on a {kind}", f"{line} covers that at {x:.1f}, {y:.1f}", (line.box,))


def _on_edges(page: Page) -> Iterator[Fault]:
    for line in page.lines:
        left, bottom, right, top = _shrunk(line)
        for (x0, y0), (x1, y1) in page.edges:
            if left < x1 and right > x0 and bottom < y1 and top > y0:
                place = f"x {x0:.1f}–{x1:.1f}, y {y0:.1f}–{y1:.1f}"
                yield Fault("on an edge", f"{line} crosses a panel's edge at {place}", (line.box,))
                break
