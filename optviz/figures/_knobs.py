"""The sliders of an optimizer in a page, and the optimizer at one of their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from optviz.errors import BadValue
from optviz.scene import Knob
from optviz.text.settings import show
from optviz.walks.tapes import numbers

if TYPE_CHECKING:
    from optviz.optimizers import Optimizer


_NEAREST = 0.9999  # of a setting in [0, 1), if none nearer to 1 is typed


def knobs_of(
    optimizer: Optimizer, wanted: tuple[str, ...], *, shares: bool = True
) -> tuple[Knob, ...]:
    """The sliders `wanted` of an optimizer, in the order of its settings.

    By default they are the rate and, with `shares`, the settings in [0, 1).
    """
    found = []
    for name, value in numbers(optimizer).items():
        of_rule = name in optimizer.rule.settings()
        part = optimizer.rule if of_rule else optimizer.schedule
        setting = part.settings()[name]
        share = shares and of_rule and not setting.variant and setting.within == "[0, 1)"
        rate = name == optimizer.schedule.base()
        if name in wanted if wanted else share or rate:
            found.append(_knob(name, setting.symbol or name, value, setting.within))
    return tuple(found)


def _knob(name: str, symbol: str, value: float, within: str) -> Knob:
    if within.endswith("1)"):
        high = max(_NEAREST, value)
        return Knob(name, symbol, value, 0.0, high, log=False, near_one=True)
    if within.endswith("1]"):
        return Knob(name, symbol, value, 0.0, 1.0, log=False)
    size = value or 1.0
    return Knob(name, symbol, value, size / 100, size * 100, log=True)


def pattern_of(optimizer: Optimizer, knobs: Sequence[Knob]) -> str:
    """The optimizer as people type it, `{0}` in the place of the first knob; "" if it cannot be."""
    marks = [knob.value * (1 - 2**-20) + 2**-40 * (i + 1) for i, knob in enumerate(knobs)]
    try:
        for knob, value in zip(knobs, marks, strict=True):
            optimizer = with_value(optimizer, knob.name, value)
    except BadValue:
        return ""
    text = str(optimizer)
    for i, value in enumerate(marks):
        if text.count(show(value)) != 1:
            return ""
        text = text.replace(show(value), f"{{{i}}}")
    return text


def with_value(optimizer: Optimizer, name: str, value: float) -> Optimizer:
    """The optimizer with another value of a setting. Raises `BadValue`."""
    if name in optimizer.rule.settings():
        optimizer.rule.settings()[name].check(name, value)
        return replace(optimizer, rule=replace(optimizer.rule, **{name: value}))
    optimizer.schedule.settings()[name].check(name, value)
    return replace(optimizer, schedule=replace(optimizer.schedule, **{name: value}))
