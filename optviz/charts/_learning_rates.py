"""The learning rates that a training had, by group and over its steps, in words."""

import numpy as np

from optviz.training import Layer, TrainingLog
from optviz.views import _numbers

_GROUPS = 3  # with rates of their own, beyond which only their range is told


def learning_rates(log: TrainingLog, latex: bool) -> str:
    """η = 0.003 and 0.001 of two groups, η = 0.1 → 0.001 under a schedule; "" where not recorded.

    These are the rates that were used, which the defaults of the optimizer need not be.
    """
    courses = _courses(log)
    if not courses:
        return ""
    if len(courses) > _GROUPS:
        highest = [max(course) for course in courses]
        ends = [_told((end,), latex) for end in (min(highest), max(highest))]
        groups = len({layer.group for layer in log.layers})
        return f"{_equals(ends[0], latex)} to {ends[1]} in {groups} groups"
    first, *others = [_told(course, latex) for course in courses]
    return _joined([_equals(first, latex), *others])


def one_rate(log: TrainingLog) -> bool:
    """Whether all groups had one learning rate at all steps."""
    return [len(course) for course in _courses(log)] == [1]


def of_layer(layer: Layer) -> str:
    """The learning rate of a layer's group in LaTeX; "" where it was not recorded."""
    return _equals(_told(course, True), True) if (course := _course(layer)) else ""


def _courses(log: TrainingLog) -> list[tuple[float, ...]]:
    """How the rate of each group went, those that went alike once."""
    layers = [layer for layer in log.layers if layer.whole] or list(log.layers)
    return [course for course in dict.fromkeys(map(_course, layers)) if course]


def _course(layer: Layer) -> tuple[float, ...]:
    """The first rate, the highest and the lowest if they lie between, and the last."""
    known = layer.eta[np.isfinite(layer.eta)]
    if not known.size:
        return ()
    places = sorted({0, int(known.argmax()), int(known.argmin()), len(known) - 1})
    values = known[places].tolist()
    return tuple(value for i, value in enumerate(values) if i == 0 or value != values[i - 1])


def _told(course: tuple[float, ...], latex: bool) -> str:
    digits = 6 if len(course) == 1 else 3
    if latex:
        return "$" + r"\to ".join(_numbers.tex(value, digits) for value in course) + "$"
    return " → ".join(_numbers.number(value, digits) for value in course)


def _equals(told: str, latex: bool) -> str:
    return rf"$\eta={told[1:]}" if latex else f"η = {told}"


def _joined(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
