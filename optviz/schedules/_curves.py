"""The few curves that schedules are made of; steps may be columns, as every setting may."""

import numpy as np

from optviz.arrays import cosine, power
from optviz.text.settings import Num

MOST = 1e300  # of a rate, and of steps: times 0 it is 0
_SHORTEST = 1e-6  # steps of a period: a float tells a billionth step from the one before


def share(k: Num, steps: Num) -> Num:
    """The part of `steps` that k steps are, from 0 to 1; of no steps, all once there is one."""
    return np.clip(k / np.maximum(steps, 1e-200), 0.0, 1.0)


def line(start: Num, end: Num, part: Num) -> Num:
    """From `start` to `end` in a straight line; no end is so far that a part of 0 is no number."""
    start, end = np.minimum(start, MOST), np.minimum(end, MOST)
    return start + (end - start) * part


def wave(start: Num, end: Num, part: Num) -> Num:
    """From `start` to `end` along half a cosine wave."""
    start, end = np.minimum(start, MOST), np.minimum(end, MOST)
    return end + (start - end) / 2 * (1 + cosine(180 * part))


def bend(start: Num, end: Num, part: Num, exponent: Num) -> Num:
    """From `start` to `end` along a power of the part that is left."""
    return end + (start - end) * power(1 - part, exponent)


def dip(part: Num, floor: Num, exponent: Num = 1.0) -> Num:
    """From 1 to `floor` along a power of half a cosine wave."""
    floor = np.minimum(floor, MOST)
    return floor + (1 - floor) * power(wave(1.0, 0.0, part), exponent)


def geometric(start: Num, factor: Num, times: Num) -> Num:
    """`start` multiplied so many times by the factor; nothing stays nothing, however often."""
    return np.where(np.equal(start, 0), 0.0, start * power(factor, times))[()]


def after_rise(k: Num, warmup: Num, start: Num, peak: Num, then: Num) -> Num:
    """`then`, but before step `warmup` a straight line from `start` to `peak`."""
    return np.where(k < warmup, line(start, peak, share(k, warmup)), then)[()]


def period(k: Num, first: Num, longer: Num) -> tuple[Num, Num, Num]:
    """Periods, each `longer` times the one before: which one k is in, how far, and its length."""
    first = np.maximum(first, _SHORTEST)
    number = np.where(np.equal(longer, 1), np.floor_divide(k, first), 0.0)
    begin, length = number * first, first + 0.0 * number
    # periods may shrink to nothing before k, and then the last of them is for ever
    while np.any(over := (k >= begin + length) & (begin + length > begin)):
        begin, number = np.where(over, begin + length, begin), number + over
        length = np.where(over, length * longer, length)
    return np.asarray(number)[()], k - begin, length
