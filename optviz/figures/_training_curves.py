"""Panels of curves of logs of training: a colour a log, or one a part where there is one log."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _training_names
from optviz.figures._training_axis import Axis
from optviz.figures._trajectory_kind import check_colors
from optviz.phrases import capitalised, say
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.scene import Curve, Look, Mark, Panel
from optviz.text import numbers

_DESCRIBED = 8  # curves of a log in a description
MOST = 12  # curves that can be told apart; of more, the parts that are no whole groups are thin
_ROOM = 0.06  # of the height, above and below the curves
_FEW = 0.01  # the fraction of values at either end that may be off a log axis
_FAR = 30.0  # times the values within, how far an axis goes for those at its ends

Values = Callable[[Any], Array]


@dataclass(frozen=True)
class Quantity:
    """A number of each part of a log, on an axis of its own.

    `parts` are those of a log that have it; `values` (n,) are its values at the steps of a part.
    `missing` says what is not there if no part has a value. `first` is the role of the first part
    of a log alone.
    """

    parts: Callable[[TrainingLog], Sequence[Any]]
    values: Values
    label: str
    missing: str
    log: bool = True
    name: Callable[[Any], str] = lambda part: str(part.name)
    first: int = 0


@dataclass(frozen=True)
class Drawn:
    """A curve: its log's and its part's number, what it is of, and its marks' role and name."""

    log: int
    part: Any
    role: int
    dash: int
    name: str
    faint: bool


def drawn(
    logs: list[TrainingLog], names: list[str], quantity: Quantity, *, titled: bool = True
) -> list[Drawn]:
    """The curves of a quantity; without names unless `titled`.

    Raises `Unfit` if there are none.
    """
    per_log = [quantity.parts(log) for log in logs]
    alone, widest = len(logs) == 1, max(map(len, per_log))
    found = []
    for number, (own, name) in enumerate(zip(per_log, names, strict=True)):
        thin = len(own) > MOST
        for index, part in enumerate(own):
            own_name = quantity.name(part) if widest > 1 else ""
            label = own_name if alone else ", ".join(filter(None, [name, own_name]))
            faint = thin and not getattr(part, "whole", getattr(part, "group", 0) is None)
            role, dash = (index + quantity.first, 0) if alone else (number, index)
            shown = label if titled and not faint else ""
            found.append(Drawn(number, part, role, dash, shown, faint))
    values = [quantity.values(one.part) for one in found]
    if not any(np.isfinite(v).any() and (not quantity.log or (v > 0).any()) for v in values):
        raise Unfit(quantity.missing)
    return found


def check(look: Look, logs: list[TrainingLog], curves: Sequence[Drawn]) -> None:
    """Raises `BadValue` for colours that are not one a log, or one a part of a single log."""
    alone = len(logs) == 1
    check_colors(look, len(curves) if alone else len(logs), "layer" if alone else "log")


def panel(
    curves: Sequence[Drawn],
    quantity: Quantity,
    axis: Axis,
    look: Look,
    marks: Iterable[Mark] = (),
    **more: Any,
) -> Panel:
    """The panel of curves, over `marks` that lie below them."""
    lines = [curve(one, quantity, axis) for one in curves]
    heights = np.concatenate([line.points[:, 1] for line in lines])
    more = {"ylim": limits(heights[np.isfinite(heights)], log=quantity.log)} | more
    ylim = look.ylim or more.pop("ylim")
    more.pop("ylim", None)
    made = Panel(
        (*marks, *lines),
        (0.0, 1.0),
        ylim,
        "",
        quantity.label,
        log=quantity.log,
        steps=True,
        whole=axis.against == "step",
        **more,
    )
    return axis.finished(made, look)


def curve(one: Drawn, quantity: Quantity, axis: Axis) -> Curve:
    """The curve; where a value has no place there is a gap."""
    places, values = axis.places(one.part), quantity.values(one.part)
    shown = np.isfinite(values) & ((values > 0) | (not quantity.log))
    points = np.column_stack([places, np.where(shown, values, np.nan)])
    known, times = np.isfinite(places), axis.film_times(one.part)
    times = None if times is None else times[known]
    return Curve(points[known], one.role, one.dash, one.name, one.faint, times)


def limits(values: Array, *, log: bool) -> tuple[float, float]:
    """Around the values; on a log axis a few far from the others are off it."""
    low, high = float(values.min()), float(values.max())
    if not log:
        room = _ROOM * ((high - low) or abs(high) or 1.0)
        return low - room, high + room
    ends = np.quantile(values, [_FEW, 1 - _FEW])
    low, high = max(low, float(ends[0]) / _FAR), min(high, float(ends[1]) * _FAR)
    room = max((high / low) ** _ROOM, 1.3 if high > 1.2 * low else 2.0)
    return low / room, high * room


def whole(log: TrainingLog) -> list[Layer]:
    """The layers that are whole groups; all where none is."""
    return [layer for layer in log.layers if layer.whole] or list(log.layers)


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


def columns(panels: int) -> int:
    """How many panels of a layer each stand in a row."""
    return min(panels, 2 if panels in (2, 4) else 3 if panels <= 9 else 4)


def spans(curves: Sequence[Drawn], quantity: Quantity, names: list[str]) -> str:
    """The first and last value of each curve, by log, for a description."""
    told = []
    for number, name in enumerate(names):
        own = [one for one in curves if one.log == number][:_DESCRIBED]
        ends = [_span(quantity.name(one.part), quantity.values(one.part)) for one in own]
        told.append(say("of optimizer", name=name, text=", ".join(ends)))
    return "; ".join(told)


def told(curves: Sequence[Drawn], quantity: Quantity, names: list[str]) -> str:
    """The quantity in words, and its `spans`."""
    label = capitalised(plain(quantity))
    return say("of optimizer", name=label, text=spans(curves, quantity, names))


def plain(quantity: Quantity) -> str:
    """The name of a quantity without its symbol."""
    return re.sub(r"\s*\$.*?\$", "", quantity.label)


def _span(name: str, values: Array) -> str:
    known = values[np.isfinite(values)]
    if not known.size:
        return say("no value", name=name)
    first, last = (numbers.number(float(value)) for value in (known[0], known[-1]))
    return say("rate span", name=name, first=first, last=last)


def remark(curves: Sequence[Drawn]) -> str:
    """What thin curves are, "" where there are none."""
    faint = sum(one.faint for one in curves)
    return say("thin lines", count=faint) if faint else ""
