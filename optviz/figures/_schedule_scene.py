"""The scene of `schedule`: a curve a schedule, and in words how each goes."""

import numpy as np

from optviz.arrays import Array
from optviz.figures import _titles
from optviz.figures._log_steps import logarithmic
from optviz.figures._schedule_names import full_text, names
from optviz.figures._schedule_rates import Rates
from optviz.phrases import capitalised, counted, say
from optviz.scene import Curve, Look, Panel, Scene
from optviz.text.numbers import number, typed

_SPAN = 1e9  # on a log axis a rate this much below the largest is off it
_FEW = 3  # schedules whose course the subtitle tells
_HIGHEST = 1e99  # that an axis shows
_SAME = 1e-12  # of the highest rate: a smaller change is rounding

Limits = tuple[float, float]


@np.errstate(all="ignore")
def scene(content: list[Rates], look: Look, *, log: bool, xlog: bool = False) -> Scene:
    """The figure of schedules over the same steps."""
    steps, labels = say("steps", count=len(content[0].rate)), names(content, look)
    alone = len(content) == 1
    curves = [
        Curve(_points(one.rate, log=log), role, 0, "" if alone else label)
        for role, (one, label) in enumerate(zip(content, labels, strict=True))
    ]
    title, subtitle = _alone(content[0], look, steps) if alone else _several(content, labels, steps)
    courses = [_goes(full_text(one.schedule), one) for one in content]
    alt = say("schedule alt", steps=steps, text="; ".join(courses))
    panel = _panel(curves, look, log=log)
    panel = logarithmic(panel, 1.0) if xlog else panel
    return Scene(_titles.title(look, title), subtitle, (panel,), alt)


def _alone(one: Rates, look: Look, steps: str) -> tuple[str, str]:
    """What the schedule does as title, its text as subtitle."""
    name = typed(look.labels[0]) if look.labels else one.schedule.word()
    return _goes(name, one), say("schedule subtitle", name=full_text(one.schedule), steps=steps)


def _several(content: list[Rates], labels: list[str], steps: str) -> tuple[str, str]:
    """How many there are as title, and what they do, or between which rates, as subtitle."""
    count = len(content)
    title = say("schedules", word=capitalised(counted(count)), steps=steps)
    if count <= _FEW:
        return title, "; ".join(map(_goes, labels, content))
    every = np.concatenate([one.rate for one in content])
    return title, say("rates between", low=number(every.min()), high=number(every.max()))


def _goes(name: str, one: Rates) -> str:
    """What the rate does over its steps: `StepLR falls from 0.1 to 10⁻⁴`."""
    return goes(name, one.rate, np.arange(1.0, len(one.rate) + 1))


def goes(name: str, rate: Array, steps: Array) -> str:
    """What a rate (n,) does at the steps (n,)."""
    top, bottom = int(rate.argmax()), int(rate.argmin())
    values = {
        "name": name,
        **{"first": number(rate[0]), "last": number(rate[-1])},
        **{"high": number(rate[top]), "low": number(rate[bottom])},
        **{"top": int(steps[top]), "bottom": int(steps[bottom])},
    }
    least = _SAME * rate[top] if np.isfinite(rate[top]) else 0.0
    up, down = rate[1:] > rate[:-1] + least, rate[1:] < rate[:-1] - least
    if not (up | down).any():
        return say("schedule stays", **values)
    if not up.any() or not down.any():
        return say("schedule rises" if up.any() else "schedule falls", **values)
    if not down[:top].any() and not up[top:].any():
        return say("schedule rises and falls", **values)
    if not up[:bottom].any() and not down[bottom:].any():
        return say("schedule falls and rises", **values)
    return say("schedule goes between", **values)


def _points(rate: Array, *, log: bool) -> Array:
    """Steps and rates (n, 2), nan where a rate has no place on the axis."""
    highest = float(rate[np.isfinite(rate)].max(initial=0.0))
    lowest = min(highest, _HIGHEST) / _SPAN if log else -1.0
    steps = np.arange(1.0, len(rate) + 1)
    return np.column_stack([steps, np.where(np.isfinite(rate) & (rate > lowest), rate, np.nan)])


def _panel(curves: list[Curve], look: Look, *, log: bool) -> Panel:
    rates = np.concatenate([curve.points[:, 1] for curve in curves])
    rates, last = rates[np.isfinite(rates)], len(curves[0].points)
    xlim = look.xlim or ((1.0, float(last)) if last > 1 else (0.0, 2.0))
    view = look.ylim or (_log_range(rates) if log else from_zero(rates))
    label = say("schedule axis")
    return Panel(tuple(curves), xlim, view, say("step axis"), label, log=log, steps=True)


def from_zero(rates: Array) -> Limits:
    """From 0, a little below it so that a curve at 0 is seen whole, to above the highest."""
    high = min(float(rates.max(initial=0.0)), _HIGHEST) or 1.0
    return -0.02 * high, 1.06 * high


def _log_range(rates: Array) -> Limits:
    high = min(float(rates.max(initial=0.0)), _HIGHEST)
    low = min(float(rates.min(initial=np.inf)), high / 1.01)
    room = max((high / low) ** 0.06, 1.3)
    return max(low / room, 1 / _HIGHEST), min(high * room, _HIGHEST)
