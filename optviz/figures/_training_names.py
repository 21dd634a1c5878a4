"""Names of logs of trainings and of their layers, and their learning rates."""

import re
from pathlib import PurePath

import numpy as np

from optviz.errors import BadValue
from optviz.figures._trajectory_kind import apart
from optviz.phrases import listed, say
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.scene import Look
from optviz.text import numbers

_GROUPS = 3  # with rates of their own, beyond which only their range is given


def names(logs: list[TrainingLog], look: Look, latex: bool) -> list[str]:
    """The labels of the look, or what differs: the optimizers, then η, then the files.

    Raises `BadValue` unless there is a label for each log.
    """
    if look.labels:
        labels = apart(look.labels, len(logs))
        if len(labels) != len(logs):
            raise BadValue("label", f"{len(labels)} of them", f"{len(logs)} are wanted here")
        return [_typed(label, latex) for label in labels]
    kinds = [log.optimizer or say("training") for log in logs]
    longest = max(len(PurePath(log.file).parts) for log in logs)
    details = [
        [""] * len(logs),
        [learning_rates(log) if one_rate(log) else "" for log in logs],
        *([_typed(_tail(log, depth), latex) for log in logs] for depth in range(1, longest + 1)),
        [str(number) for number, _ in enumerate(logs, start=1)],  # the same file twice
    ]
    for detail in details:
        candidates = [", ".join(filter(None, pair)) for pair in zip(kinds, detail, strict=True)]
        if len(set(candidates)) == len(candidates):
            break
    return candidates


def _tail(log: TrainingLog, depth: int) -> str:
    """The last parts of the path of a log, without its suffix."""
    return "/".join(PurePath(log.file).with_suffix("").parts[-depth:])


def _typed(text: str, latex: bool) -> str:
    return numbers.typed(text) if latex else text


def layer_name(layer: Layer) -> str:
    """The layer's name; of a whole group without one, what `record` calls it, as a phrase."""
    if layer.whole and layer.name == "all parameters":
        return say("all parameters")
    word, _, number = layer.name.partition(" ")
    is_number = layer.whole and word == "group" and number.isdecimal()
    return say("group", number=number) if is_number else layer.name


def title(log: TrainingLog, layer: Layer) -> str:
    """The layer's name; its group's number too where the name stands in several."""
    same = {other.group for other in log.layers if other.name == layer.name}
    name = re.sub(r"[\t\r\n]", " ", layer_name(layer))
    return f"{name} ({layer.group + 1})" if len(same) > 1 else name


def titles(logs: list[TrainingLog]) -> dict[str, str]:
    """Each title and its text: with η if groups differ in it and all logs agree."""
    details: dict[str, set[str]] = {}
    for log in logs:
        differ = len({highest_rate(layer) for layer in log.layers}) > 1
        for layer in log.layers:
            detail = highest_rate(layer) if differ else ""
            details.setdefault(title(log, layer), set()).add(detail)
    return {
        name: ", ".join(filter(None, [numbers.typed(name), *(rates if len(rates) == 1 else ())]))
        for name, rates in details.items()
    }


def learning_rates(log: TrainingLog) -> str:
    """η = 0.1 → 0.001 under a schedule, η = 0.003 and 0.001, or η ≤ …, of groups; "" if unknown.

    These are the recorded rates, not the defaults of the optimizer.
    """
    courses = _courses(log)
    if len(courses) < 2:
        return _course_text(courses[0]) if courses else ""
    sign = _sign(courses)
    highest = [max(course) for course in courses]
    if len(courses) <= _GROUPS:
        values = [numbers.number(value, 6 if sign == "=" else 2) for value in highest]
        return _eta(sign, listed(values))
    ends = [numbers.number(end, 3) for end in (min(highest), max(highest))]
    groups = len({layer.group for layer in log.layers})
    return _eta(sign, say("rates of groups", first=ends[0], last=ends[1], count=groups))


def one_rate(log: TrainingLog) -> bool:
    """Whether all groups had one learning rate at all steps."""
    return [len(course) for course in _courses(log)] == [1]


def highest_rate(layer: Layer) -> str:
    """The rate of a layer's group, the highest under a schedule; "" if unknown."""
    if not (course := _course(layer)):
        return ""
    sign = _sign([course])
    return _eta(sign, numbers.number(max(course), 6 if sign == "=" else 2))


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


def _course_text(course: tuple[float, ...]) -> str:
    digits = 6 if len(course) == 1 else 2
    return _eta("=", " → ".join(numbers.number(value, digits) for value in course))


def _sign(courses: list[tuple[float, ...]]) -> str:
    """= where each rate was one at all steps, else ≤."""
    return "=" if all(len(course) == 1 for course in courses) else "≤"


def _eta(sign: str, value: str) -> str:
    return f"η {sign} {value}"
