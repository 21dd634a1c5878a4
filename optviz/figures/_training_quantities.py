"""The quantities of logs of training that several figures draw: each a `Quantity`."""

from collections.abc import Sequence

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _training_parts, _training_text, _training_verdict
from optviz.figures._training_curves import Quantity
from optviz.figures._training_edge_text import part_name
from optviz.phrases import say
from optviz.recorder.training_log import Logged, TrainingLog
from optviz.text import numbers


def sharpness(logs: list[TrainingLog]) -> Quantity:
    """λmax(H): of one log by group, of several that of all groups."""
    for log in logs:
        _training_verdict.whole(log)
    alone = len(logs) == 1
    return Quantity(
        (lambda log: log.curvatures) if alone else (lambda log: [_training_verdict.whole(log)]),
        lambda part: part.raw,
        say("raw sharpness axis"),
        missing="no sharpness above 0 has been measured; leave that row out",
        name=part_name,
    )


def rates(logs: list[TrainingLog]) -> Quantity:
    """The medians of the rates of whole groups."""
    median = {id(layer): log.median for log in logs for layer in log.layers}
    return Quantity(
        _training_parts.whole,
        lambda layer: layer.rates[:, median[id(layer)]],
        _training_text.axis(logs),
        missing="no effective rates to draw: a step, with a rate above 0, is wanted",
        name=_training_parts.layer_names(logs),
    )


def schedule(*, log: bool = False) -> Quantity:
    """The learning rates of the groups, as the optimizer had them."""
    return Quantity(
        _training_parts.whole,
        lambda layer: layer.eta,
        say("nominal rate axis"),
        missing="no learning rate is in the log",
        log=log,
        name=_training_parts.group_name,
    )


def losses(logs: list[TrainingLog]) -> Quantity:
    """The logged numbers that are called a loss, on a log axis if all are above 0.

    Raises `Unfit` for a log without one.
    """
    for log in logs:
        if not _losses(log):
            met = ", ".join(one.name for one in log.logged)
            message = f"; it has {met}" if met else ""
            raise Unfit(f"{log.file or 'the log'} has no loss{message}; rec.log(loss=…) writes one")
    every = np.concatenate([one.values for log in logs for one in _losses(log)])
    known = every[np.isfinite(every)]
    return Quantity(
        _losses,
        _values,
        say("loss axis"),
        missing="no loss that is finite has been logged",
        log=bool(known.size and (known > 0).all()),
        name=_logged_name,
    )


def _losses(log: TrainingLog) -> Sequence[Logged]:
    return [one for one in log.logged if "loss" in one.name.lower()]


def _logged_name(part: Logged) -> str:
    """The name that the training gave it; of `loss` alone what that is."""
    return say("loss axis") if part.name == "loss" else numbers.typed(part.name)


def _values(part: Logged) -> Array:
    return part.values
