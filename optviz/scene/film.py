"""A film as data: a scene, the step that each frame shows, and how long it shows it."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Ints
from optviz.errors import BadValue
from optviz.scene import Curve, Panel, Path, Scene, Timing

_SHORTEST = 2  # hundredths of a second: browsers slow shorter frames down


@dataclass(frozen=True, eq=False)
class Film:
    """A scene and its frames: the step of each (a fraction between two steps), and its duration.

    The first frame shows the start, the last one the whole: it is the still picture.
    """

    scene: Scene
    steps: Array
    milliseconds: Ints
    timing: Timing

    def __len__(self) -> int:
        return len(self.steps)

    def thinned(self, every: int) -> "Film":
        """The film with every n-th frame and the last, as long as before."""
        keep = np.unique(np.append(np.arange(0, len(self), every), len(self) - 1))
        owner = np.searchsorted(keep, np.arange(len(self)), side="right") - 1
        total = np.bincount(owner, weights=self.milliseconds).astype(np.int64)
        return Film(self.scene, self.steps[keep], total, self.timing)


def film(scene: Scene, timing: Timing) -> Film:
    """The film of a scene. Raises what `checked` raises."""
    checked(timing)
    last = max((panel_steps(panel) for panel in scene.panels), default=0)
    seconds = timing.duration if timing.duration is not None else min(max(0.12 * last, 1.5), 8.0)
    if last == 0:
        return Film(scene, np.zeros(1), _lengths(np.zeros(1), sum(timing.hold))[1], timing)
    steps = np.arange(last + 1.0)
    clock = _clock(scene, last, timing.pace)
    count = max(1, round(seconds * timing.fps))
    if timing.smooth or count < last:
        steps = np.interp(np.linspace(0, 1, count + 1), clock, steps)
        steps = steps if timing.smooth else np.unique(np.round(steps))
        steps[-1] = last
    times = timing.hold[0] + seconds * np.interp(steps, np.arange(last + 1.0), clock)
    times[0] = 0.0
    shown, milliseconds = _lengths(times, sum(timing.hold) + seconds)
    return Film(scene, steps[shown], milliseconds, timing)


def _lengths(times: Array, end: float) -> tuple[Ints, Ints]:
    """The frames that are long enough to be shown, with the first and the last; milliseconds.

    Frames begin at `times`, in seconds. The unit is that of GIF, a hundredth of a second; times are
    rounded and not lengths, so that the lengths add up to the whole.
    """
    ticks = np.round(100 * times).astype(np.int64)
    ticks[0] = 0
    frames = [len(ticks) - 1]
    for i in range(len(ticks) - 2, 0, -1):  # backwards, so that the last frame stays
        if ticks[frames[-1]] - ticks[i] >= _SHORTEST:
            frames.append(i)
    while len(frames) > 1 and ticks[frames[-1]] < _SHORTEST:
        frames.pop()
    order = np.unique([0, *frames])
    lengths = np.diff(np.append(ticks[order], max(round(100 * end), ticks[-1])))
    return order, 10 * np.maximum(lengths, _SHORTEST)


def panel_steps(panel: Panel) -> int:
    """The last step that the paths and curves of a panel show."""
    paths = [(len(m.points) - 1) * m.stride for m in panel.marks if isinstance(m, Path)]
    curves = [m for m in panel.marks if isinstance(m, Curve) and len(m.points) and panel.steps]
    ends = [int((m.points[:, 0] if m.times is None else m.times)[-1]) for m in curves]
    return max([0, *paths, *ends])


def _clock(scene: Scene, last: int, pace: str) -> Array:
    """The fraction of the motion before each step 0 … last: (last+1,), from 0 to 1."""
    weights = np.ones(last)
    if pace == "progress":
        paths = [(panel, m) for panel in scene.panels for m in panel.marks if isinstance(m, Path)]
        travels = [_travel(panel, path, last) for panel, path in paths if path.stride == 1]
        root = np.sqrt(sum(travels, np.zeros(last)))
        weights = root + 0.02 * root.max() + 1e-300
    return np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])


def _travel(panel: Panel, path: Path, last: int) -> Array:
    """How far each step of a path moves in panels, at most 1: (last,)."""
    move = np.diff(path.points, axis=0) / [np.ptp(panel.xlim), np.ptp(panel.ylim)]
    length = np.nan_to_num(np.hypot(move[:, 0], move[:, 1]), nan=0.0, posinf=0.0)
    return np.pad(np.minimum(length, 1.0), (0, last - len(length)))


def checked(timing: Timing) -> Timing:
    """The timing. Raises `BadValue` for a number out of range and for an unknown pace."""
    limits = (
        ("fps", timing.fps, 0.1, 100.0),
        ("hold", timing.hold[0], 0.0, 60.0),
        ("hold", timing.hold[1], 0.0, 60.0),
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
