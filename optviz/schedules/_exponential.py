"""Optax's exponential fall, which two of its schedules share."""

import numpy as np

from optviz.schedules._curves import geometric
from optviz.text.settings import Num


def bounded(start: Num, factor: Num, times: Num, stairs: bool, end: Num | None) -> Num:
    """`start` times the factor so often, not before its begin and not beyond its end."""
    times = np.maximum(np.floor(times) if stairs else times, 0.0)
    rate = geometric(start, factor, times)
    if end is None:
        return rate
    return np.where(np.less(factor, 1), np.maximum(rate, end), np.minimum(rate, end))[()]
