"""A film decided before pixels: a scene, the step that each frame shows, and for how long."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Ints
from optviz.errors import BadValue
from optviz.scene import Curve, Panel, Path, Scene, Timing

_LEAST = 2  # hundredths of a second: browsers slow shorter frames down


@dataclass(frozen=True, eq=False)
class Film:
    """A scene and its frames: the step each shows (a fraction while interpolating), its ms.

    The first frame shows the start, the last one everything: it is the still picture.
    """

    scene: Scene
    steps: Array
    milliseconds: Ints
    timing: Timing

    def __len__(self) -> int:
        return len(self.steps)

    def thinned(self, every: int) -> "Film":
        """The film with every so manieth frame, the last kept, as long as before."""
        keep = np.unique(np.append(np.arange(0, len(self), every), len(self) - 1))
        owner = np.searchsorted(keep, np.arange(len(self)), side="right") - 1
        total = np.bincount(owner, weights=self.milliseconds).astype(np.int64)
        return Film(self.scene, self.steps[keep], total, self.timing)


def film(scene: Scene, timing: Timing) -> Film:
    """The film of a scene. Raises `BadValue` for a timing that cannot be."""
    checked(timing)
    last = max((panel_steps(panel) for panel in scene.panels), default=0)
    seconds = timing.duration if timing.duration is not None else min(max(0.12 * last, 1.5), 8.0)
    if last == 0:
        return Film(scene, np.zeros(1), _lengths(np.zeros(1), 2 * timing.hold)[1], timing)
    steps = np.arange(last + 1.0)
    clock = _clock(scene, last, timing.pace)  # the share of the motion gone at each step
    count = max(1, round(seconds * timing.fps))
    if timing.smooth or count < last:
        steps = np.interp(np.linspace(0, 1, count + 1), clock, steps)
        steps = steps if timing.smooth else np.unique(np.round(steps))
        steps[-1] = last
    begins = timing.hold + seconds * np.interp(steps, np.arange(last + 1.0), clock)
    begins[0] = 0.0
    kept, lengths = _lengths(begins, 2 * timing.hold + seconds)
    return Film(scene, steps[kept], lengths, timing)


def _lengths(begins: Array, end: float) -> tuple[Ints, Ints]:
    """Which frames are long enough to be shown, and their milliseconds; the last always is.

    In hundredths of a second, the unit of GIF, rounded as times and not as lengths, so that they
    add up to the whole.
    """
    marks = np.round(100 * begins).astype(np.int64)
    marks[0] = 0
    kept = [len(marks) - 1]
    for i in range(len(marks) - 2, 0, -1):  # from the end: a frame too short gives way
        if marks[kept[-1]] - marks[i] >= _LEAST:
            kept.append(i)
    while len(kept) > 1 and marks[kept[-1]] < _LEAST:
        kept.pop()
    order = np.unique([0, *kept])
    lengths = np.diff(np.append(marks[order], max(round(100 * end), marks[-1])))
    return order, 10 * np.maximum(lengths, _LEAST)


def panel_steps(panel: Panel) -> int:
    """The number of the last step that a panel's moving marks show."""
    paths = [(len(m.points) - 1) * m.stride for m in panel.marks if isinstance(m, Path)]
    grows = [m for m in panel.marks if isinstance(m, Curve) and len(m.points) and panel.steps]
    curves = [int((m.points[:, 0] if m.times is None else m.times)[-1]) for m in grows]
    return max([0, *paths, *curves])


def _clock(scene: Scene, last: int, pace: str) -> Array:
    """The share of the film gone when each step 0 … last is shown: (last+1,), from 0 to 1."""
    weights = np.ones(last)
    if pace == "progress":
        moved = np.zeros(last)
        for panel in scene.panels:
            size = np.array([np.ptp(panel.xlim), np.ptp(panel.ylim)])
            for mark in panel.marks:
                if isinstance(mark, Path) and mark.stride == 1:
                    move = np.diff(mark.points, axis=0) / size
                    length = np.nan_to_num(np.hypot(move[:, 0], move[:, 1]), nan=0.0, posinf=0.0)
                    moved[: len(length)] += np.minimum(length, 1.0)
        weights = np.sqrt(moved) + 0.02 * np.sqrt(moved).max() + 1e-300
    return np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])


def checked(timing: Timing) -> Timing:
    """The timing itself. Raises `BadValue` where it cannot be."""
    limits = (
        ("fps", timing.fps, 0.1, 100.0),
        ("hold", timing.hold, 0.0, 60.0),
        ("duration", timing.duration, 0.0, 3600.0),
        ("loop", timing.loop, 0, 65_535),
        ("tail", timing.tail, 1, 10**9),
        ("max-size", timing.max_size, 1, 10**12),
    )
    for name, value, low, high in limits:
        if value is not None and not low <= value <= high:
            raise BadValue(name, value, f"{low:g} to {high:g} is wanted")
    if timing.pace not in ("even", "progress"):
        raise BadValue("pace", timing.pace, "even or progress is wanted")
    return timing
