"""Parts of logs of training: which are drawn, which can be told apart, and their names."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _training_names
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.text import numbers

MOST = 12  # curves that can be told apart; of more, most that are no whole groups are thin
_NAMED = 2  # of those, how many that end highest, and how many that end lowest, are not
NOBODY = -1  # the role of the thin ones of a log alone

Values = Callable[[Any], Array]


def told_apart(parts: Sequence[Any], values: Values) -> list[int]:
    """The numbers of the parts whose curves can be told apart: all, if they are not very many.

    Else those of whole groups, and of what ends highest and lowest.
    """
    if len(parts) <= MOST:
        return list(range(len(parts)))
    whole_ones = {index for index, part in enumerate(parts) if is_whole(part)}
    known = {index: v[np.isfinite(v)] for index, part in enumerate(parts) for v in [values(part)]}
    others = [index for index in known if known[index].size and index not in whole_ones]
    others.sort(key=lambda index: float(known[index][-1]))
    return sorted(whole_ones | {*others[:_NAMED], *others[-_NAMED:]})


def is_whole(part: Any) -> bool:
    """Whether a part is all of a group, or of the model."""
    return bool(getattr(part, "whole", getattr(part, "group", 0) is None))


def whole(log: TrainingLog) -> list[Layer]:
    """The layers that are whole groups; all where none is."""
    return [layer for layer in log.layers if layer.whole] or list(log.layers)


def with_room(logs: list[TrainingLog], most: int) -> list[TrainingLog]:
    """The logs; with whole groups alone where several have more layers than `most`, of which one
    would be a panel. Raises `Unfit` if these are too many too.
    """
    titles = _training_names.titles(logs)
    if len(logs) == 1 or len(titles) <= most:
        return logs
    wholes = [replace(log, layers=tuple(whole(log))) for log in logs]
    if len(_training_names.titles(wholes)) > most:
        count = f"{len(titles)} layers of {len(logs)} logs are too many for one figure"
        raise Unfit(f"{count}; draw the logs one at a time")
    return wholes


def of_layers(logs: list[TrainingLog]) -> Callable[[TrainingLog], Sequence[Layer]]:
    """The layers of a log alone; of several the whole groups."""
    return (lambda log: log.layers) if len(logs) == 1 else whole


def layer_names(logs: list[TrainingLog]) -> Callable[[Layer], str]:
    """The function from a layer to its name as text of a figure."""
    layers = [(log, layer) for log in logs for layer in log.layers]
    texts = {id(one): numbers.typed(_training_names.title(log, one)) for log, one in layers}
    return lambda layer: texts[id(layer)]


def group_name(layer: Layer) -> str:
    """The name of a whole group as text of a figure."""
    return numbers.typed(_training_names.layer_name(layer))
