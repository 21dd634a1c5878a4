"""Where a training is: at the edge of stability, below it or above, and its spikes."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Bools
from optviz.errors import Unfit
from optviz.recorder.training_log import Curvature, TrainingLog

LOW, HIGH = 0.8, 1.4  # of λ/C: within, a training is at the edge; a rising rate keeps it above 1
_MIDDLE = (0.87, 1.3)  # for the median of what is at the edge
_OUTSIDE = 0.1  # the share of measurements at the edge that may be outside
_ARRIVED = 0.9  # λ/C from which a rise through 1 begins, or a training that never rises is there
_HIGHER = 1.5  # λ/C of a spike: the edge itself is wavy
_LEAST = 5  # measurements of which something is said


@dataclass(frozen=True)
class Spike:
    """A stay far above the edge: its highest measurement, and the step of the first."""

    step: int
    ratio: float
    first: int


@dataclass(frozen=True)
class Verdict:
    """What can be said of λ/C.

    `place` is at, below, above, or "" where nothing can be said; `since` the step from which on it
    is so, None for all steps; `ratio` the median of λ/C in the second half, from there at most;
    `nearest` what came nearest to 1 of that below or above, since then. At the edge a tenth of the
    measurements may be outside 0.8 to 1.4; below and above none is inside. A training that comes to
    the edge from below is there since the first measurement above 1, where a figure has its ring.
    `crosses` tells of one of which nothing else can be said that it was below the edge and above.
    `lost` is the step from which on λ/C is not finite, as that of a training that diverged.
    """

    place: str
    since: int | None
    ratio: float | None
    spikes: tuple[Spike, ...]
    lost: int | None = None
    nearest: float | None = None
    crosses: bool = False


def whole(log: TrainingLog) -> Curvature:
    """The curvature of all groups together. Raises `Unfit` for a log without curvature."""
    if not log.curvatures:
        name = log.file or "this log"
        raise Unfit(f"{name} has no curvature; record it with optviz.record(…, curvature=closure)")
    return next((part for part in log.curvatures if part.group is None), log.curvatures[0])


def of(log: TrainingLog) -> Verdict:
    """The verdict on all groups together. Raises as `whole`."""
    return of_part(whole(log))


def of_part(part: Curvature) -> Verdict:
    """The verdict on one curvature."""
    steps, ratio = _known(part)
    place, start = _place(ratio) if len(ratio) >= _LEAST else ("", 0)
    end = lost(part.steps, part.effective)
    if not place:
        crosses = len(ratio) >= _LEAST and bool((ratio > 1).any() and (ratio < 1).any())
        return Verdict("", None, None, spikes(part), end, crosses=crosses)
    since = int(steps[start]) if start or place == "at" else None
    middle = float(np.median(ratio[max(start, len(ratio) // 2) :]))
    nearest = {"below": ratio[start:].max(), "above": ratio[start:].min()}.get(place)
    near = None if nearest is None else float(nearest)
    return Verdict(place, since, middle, spikes(part), end, near)


def lost(steps: Array, values: Array) -> int | None:
    """The step from which on values (n,) that were finite before are not; None if they are."""
    known = np.flatnonzero(np.isfinite(values))
    if not len(known) or known[-1] == len(values) - 1:
        return None
    return int(steps[known[-1] + 1])


def spikes(part: Curvature) -> tuple[Spike, ...]:
    """The stays far above the edge, highest first."""
    steps, ratio = _known(part)
    above = np.concatenate([[False], ratio > _HIGHER, [False]])
    starts, ends = np.flatnonzero(~above[:-1] & above[1:]), np.flatnonzero(above[:-1] & ~above[1:])
    found = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        top = start + int(ratio[start:end].argmax())
        found.append(Spike(int(steps[top]), float(ratio[top]), int(steps[start])))
    return tuple(sorted(found, key=lambda spike: -spike.ratio))


def rises(ratio: Array) -> list[int]:
    """The numbers of measurements that rose above 1 from below 0.9: the edge itself is wavy."""
    found, below = [], False
    for i, value in enumerate(ratio.tolist()):
        if below and value > 1:
            found.append(i)
        below = value < _ARRIVED or (below and value <= 1)
    return found


def _known(part: Curvature) -> tuple[Array, Array]:
    """Steps and λ/C of the measurements that have one."""
    known = np.isfinite(part.ratio)
    return part.steps[known], part.ratio[known]


def _place(ratio: Array) -> tuple[str, int]:
    """Where the measurements end up, and the number of the first that is there."""
    risen = rises(ratio)
    there = np.flatnonzero(_within(ratio) & (ratio >= _ARRIVED)).tolist()
    for start in sorted({*there, *risen}):
        rest = ratio[start:]
        if len(rest) < _LEAST:
            break
        middle = float(np.median(rest))
        if np.mean(~_within(rest)) <= _OUTSIDE and _MIDDLE[0] <= middle <= _MIDDLE[1]:
            return "at", _arrival(ratio, start, risen)
    for place, is_there in (("below", ratio < LOW), ("above", ratio > HIGH)):
        others = np.flatnonzero(~is_there)
        start = int(others[-1]) + 1 if len(others) else 0
        if len(ratio) - start >= max(_LEAST, len(ratio) // 2):
            return place, start
    return "", 0


def _arrival(ratio: Array, start: int, risen: list[int]) -> int:
    """The number of the rise through 1 that `start` is the beginning of, if it is."""
    later = [i for i in risen if i >= start]
    from_below = start > 0 and ratio[start - 1] < _ARRIVED
    return later[0] if later and from_below and (ratio[start : later[0]] <= 1).all() else start


def _within(ratio: Array) -> Bools:
    inside: Bools = (ratio >= LOW) & (ratio <= HIGH)
    return inside
