"""The learning rates of a training as text, by group and over its steps."""

import numpy as np

from optviz.recorder.training_log import Layer, TrainingLog
from optviz.text import numbers

_GROUPS = 3  # with rates of their own, beyond which only their range is given


def learning_rates(log: TrainingLog, latex: bool) -> str:
    """η = 0.1 → 0.001 under a schedule, η = 0.003 and 0.001, or η ≤ …, of groups; "" if unknown.

    These are the recorded rates, not the defaults of the optimizer.
    """
    courses = _courses(log)
    if len(courses) < 2:
        return _course_words(courses[0], latex) if courses else ""
    sign = _sign(courses, latex)
    highest = [max(course) for course in courses]
    if len(courses) <= _GROUPS:
        first, *others = [_number(value, latex, 6 if sign == "=" else 2) for value in highest]
        return _joined([_eta(sign, first, latex), *others])
    ends = [_number(end, latex, 3) for end in (min(highest), max(highest))]
    groups = len({layer.group for layer in log.layers})
    return f"{_eta(sign, ends[0], latex)} to {ends[1]} in {groups} groups"


def one_rate(log: TrainingLog) -> bool:
    """Whether all groups had one learning rate at all steps."""
    return [len(course) for course in _courses(log)] == [1]


def highest_rate(layer: Layer) -> str:
    """The rate of a layer's group in LaTeX, the highest under a schedule; "" if unknown."""
    if not (course := _course(layer)):
        return ""
    sign = _sign([course], latex=True)
    return _eta(sign, _number(max(course), True, 6 if sign == "=" else 2), latex=True)


def _courses(log: TrainingLog) -> list[tuple[float, ...]]:
    """The distinct courses of the rates of the groups."""
    layers = [layer for layer in log.layers if layer.whole] or list(log.layers)
    return [course for course in dict.fromkeys(map(_course, layers)) if course]


def _course(layer: Layer) -> tuple[float, ...]:
    """The first rate, the highest and the lowest if they lie between, and the last."""
    finite = layer.eta[np.isfinite(layer.eta)]
    if not finite.size:
        return ()
    indices = sorted({0, int(finite.argmax()), int(finite.argmin()), len(finite) - 1})
    values = finite[indices].tolist()
    return tuple(value for i, value in enumerate(values) if i == 0 or value != values[i - 1])


def _course_words(course: tuple[float, ...], latex: bool) -> str:
    digits = 6 if len(course) == 1 else 2
    if not latex:
        return _eta("=", " → ".join(_number(value, latex, digits) for value in course), latex)
    arrows = r"\to ".join(numbers.tex(value, digits) for value in course)
    return _eta("=", f"${arrows}$", latex)


def _sign(courses: list[tuple[float, ...]], latex: bool) -> str:
    """= where each rate was one at all steps, else ≤."""
    if all(len(course) == 1 for course in courses):
        return "="
    return r"\leq " if latex else "≤"


def _number(value: float, latex: bool, digits: int) -> str:
    return f"${numbers.tex(value, digits)}$" if latex else numbers.number(value, digits)


def _eta(sign: str, value: str, latex: bool) -> str:
    return rf"$\eta{sign}{value[1:]}" if latex else f"η {sign} {value}"


def _joined(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
