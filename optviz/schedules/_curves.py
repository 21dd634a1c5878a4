"""Curves that several schedules are made of. Any argument may be a column, as a setting may."""

import numpy as np

from optviz.arrays import cosine, power
from optviz.text.settings import Num

LARGEST = 1e300  # bound of rates and of step counts: finite, so that 0 times it is 0, not nan
_SHORTEST = 1e-6  # bound of a period, in steps, so that the loop of `period` ends


def fraction(k: Num, steps: Num) -> Num:
    """k/steps, clipped to [0, 1]; of 0 steps, 0 at k = 0 and 1 from k = 1 on."""
    return np.clip(k / np.maximum(steps, 1e-200), 0.0, 1.0)


def passed(k: Num, warmup: Num, steps: Num) -> Num:
    """What has passed of the way from step `warmup` to step `steps`; above 1 after the end."""
    return bounded((k - warmup) / np.maximum(steps - warmup, 1.0))


def fraction_left(k: Num, warmup: Num, steps: Num) -> Num:
    """What is left of the way from step `warmup` to step `steps`; 0 after the end."""
    return np.maximum((steps - k) / np.maximum(steps - warmup, 1.0), 0.0)


def bounded(value: Num) -> Num:
    """The value, at most a finite number of which twice is finite too."""
    return np.minimum(value, LARGEST)


def lerp(start: Num, end: Num, progress: Num) -> Num:
    """The line from `start` to `end`, both bounded so that a progress of 0 gives `start`."""
    start, end = np.minimum(start, LARGEST), np.minimum(end, LARGEST)
    return start + (end - start) * progress


def half_cosine(start: Num, end: Num, progress: Num) -> Num:
    """From `start` to `end` along half a cosine wave, both bounded as in `lerp`."""
    start, end = np.minimum(start, LARGEST), np.minimum(end, LARGEST)
    return end + (start - end) / 2 * (1 + cosine(180 * progress))


def power_decay(start: Num, end: Num, progress: Num, exponent: Num) -> Num:
    """From `start` to `end` along a power of what is left, 1 − progress."""
    return end + (start - end) * power(1 - progress, exponent)


def cosine_decay(progress: Num, floor: Num, exponent: Num = 1.0) -> Num:
    """From 1 to `floor` along a power of half a cosine wave."""
    floor = np.minimum(floor, LARGEST)
    return floor + (1 - floor) * power(half_cosine(1.0, 0.0, progress), exponent)


def geometric(start: Num, factor: Num, times: Num) -> Num:
    """start·factor^times; 0 if `start` is 0, even where the power overflows."""
    return np.where(np.equal(start, 0), 0.0, start * power(factor, times))[()]


def bounded_geometric(start: Num, factor: Num, times: Num, staircase: bool, end: Num | None) -> Num:
    """Optax's exponential decay: `start` before 0 times, and never beyond `end`."""
    times = np.maximum(np.floor(times) if staircase else times, 0.0)
    rate = geometric(start, factor, times)
    if end is None:
        return rate
    return np.where(np.less(factor, 1), np.maximum(rate, end), np.minimum(rate, end))[()]


def after_warmup(k: Num, warmup: Num, start: Num, peak: Num, rate: Num) -> Num:
    """`rate`, but before step `warmup` the line from `start` to `peak`."""
    return np.where(k < warmup, lerp(start, peak, fraction(k, warmup)), rate)[()]


def period(k: Num, first: Num, growth: Num) -> tuple[Num, Num, Num]:
    """(number, steps since its start, length) of the period that step k is in.

    The first is `first` steps long, each later one `growth` times as long as the one before.
    """
    first = np.maximum(first, _SHORTEST)
    number = np.where(np.equal(growth, 1), np.floor_divide(k, first), 0.0)
    begin, length = number * first, first + 0.0 * number
    # shrinking periods may end before k: the last that is longer than rounding then goes on
    while np.any(over := (k >= begin + length) & (begin + length > begin)):
        begin, number = np.where(over, begin + length, begin), number + over
        length = np.where(over, length * growth, length)
    return np.asarray(number)[()], k - begin, length
