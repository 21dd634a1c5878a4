"""Panels of curves of logs of training: a colour a log, or one a part where there is one log."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _training_parts
from optviz.figures._training_axis import Axis
from optviz.figures._training_parts import Values
from optviz.figures._trajectory_kind import check_colors
from optviz.phrases import capitalised, say
from optviz.recorder.training_log import TrainingLog
from optviz.scene import Curve, Look, Mark, Panel
from optviz.text import numbers

_DESCRIBED = 8  # curves of a log in a description
_ROOM = 0.06  # of the height, above and below the curves
_FEW = 0.01  # the fraction of values at either end that may be off a log axis
_FAR = 30.0  # times the values within, how far an axis goes for those at its ends


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
    """A curve: the number of its log, the part it is of, and its marks' role, dash and name."""

    log: int
    part: Any
    role: int
    dash: int
    name: str
    faint: bool


def drawn(
    logs: list[TrainingLog], names: list[str], quantity: Quantity, *, by: Quantity | None = None
) -> list[Drawn]:
    """The curves of a quantity; where they are very many, those stand out that do so `by` another.

    Raises `Unfit` if there are none.
    """
    per_log = [quantity.parts(log) for log in logs]
    alone, widest = len(logs) == 1, max(map(len, per_log))
    found = []
    for number, (own, name) in enumerate(zip(per_log, names, strict=True)):
        seen = _training_parts.told_apart(own, (by or quantity).values)
        for index, part in enumerate(own):
            own_name = quantity.name(part) if widest > 1 else ""
            label = own_name if alone else ", ".join(filter(None, [name, own_name]))
            faint = index not in seen
            place = _training_parts.NOBODY if faint else seen.index(index) + quantity.first
            role, dash = (place, 0) if alone else (number, index)
            found.append(Drawn(number, part, role, dash, "" if faint else label, faint))
    values = [quantity.values(one.part) for one in found]
    if not any(np.isfinite(v).any() and (not quantity.log or (v > 0).any()) for v in values):
        raise Unfit(quantity.missing)
    return found


def check(look: Look, logs: list[TrainingLog], curves: Sequence[Drawn]) -> None:
    """Raises `BadValue` for colours that are not one a log, or one a part of a single log."""
    alone = len(logs) == 1
    count = sum(not one.faint for one in curves) if alone else len(logs)
    check_colors(look, count, "layer" if alone else "log")


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
    given = look.ylim or more.pop("ylim", None)
    more.pop("ylim", None)
    ylim = given or limits(heights[np.isfinite(heights)], log=quantity.log)
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


def columns(panels: int) -> int:
    """How many panels of a layer each stand in a row."""
    return min(panels, 2 if panels in (2, 4) else 3 if panels <= 9 else 4)


def spans(curves: Sequence[Drawn], quantity: Quantity, names: list[str]) -> str:
    """The first and last value of each curve, by log, for a description."""
    told = []
    for number, name in enumerate(names):
        own = [one for one in curves if one.log == number]
        own = sorted(own, key=lambda one: one.faint)[:_DESCRIBED]
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


def remark(curves: Sequence[Drawn], by: Quantity | None = None) -> str:
    """What thin curves are, and others that stand out `by` a quantity; "" where none is thin."""
    faint = sum(one.faint for one in curves)
    return thin(
        faint, any(not one.faint and not _training_parts.is_whole(one.part) for one in curves), by
    )


def thin(faint: int, others: bool, by: Quantity | None = None) -> str:
    """What so many thin curves are, and the `others` that are named."""
    if not faint:
        return ""
    if by is not None and others:
        return say("other thin lines by", count=faint, quantity=plain(by))
    return say("other thin lines" if others else "thin lines", count=faint)
