"""Names of the logs of a figure, and titles of their layers."""

import re
from pathlib import PurePath

from optviz.errors import BadValue
from optviz.figures._training_learning_rates import highest_rate, learning_rates, one_rate
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.scene import Look
from optviz.text import numbers


def names(logs: list[TrainingLog], look: Look, latex: bool) -> list[str]:
    """The labels of the look, or what differs: the optimizers, then η, then the files."""
    if look.labels:
        if len(look.labels) != len(logs):
            raise BadValue("label", f"{len(look.labels)} of them", f"{len(logs)} are wanted here")
        return [_typed(label, latex) for label in look.labels]
    kinds = [log.optimizer or "training" for log in logs]
    longest = max(len(PurePath(log.file).parts) for log in logs)
    details = [
        [""] * len(logs),
        [learning_rates(log, latex) if one_rate(log) else "" for log in logs],
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


def title(log: TrainingLog, layer: Layer) -> str:
    """The layer's name; its group's number too where the name stands in several."""
    same = {other.group for other in log.layers if other.name == layer.name}
    name = re.sub(r"[\t\r\n]", " ", layer.name)
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
