"""Labels of a sweep: its axes, the quantity it measures, the settings it holds fixed."""

import numpy as np

from optviz.arrays import Bools
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import optimizer_name, settings_text, symbol
from optviz.figures._run_text import status_names
from optviz.phrases import PHRASES, listed, say
from optviz.studies.grid import Axis
from optviz.studies.sweep import Sweep
from optviz.text import numbers

_FRACTIONS = {0.1: "tenth", 1e-2: "hundredth", 1e-3: "thousandth", 1e-6: "millionth"}
_FRACTIONS[1e-9] = "billionth"


def axis_label(one: Sweep, axis: Axis) -> str:
    """The name of an axis in the words of the field, with its letter."""
    rule = one.optimizer.rule
    setting = rule.settings().get(axis.name)
    letter = r"\eta" if axis.name == "eta" else setting.latex if setting else ""
    key = "axis momentum" if axis.name == rule.momentum else f"axis {axis.name}"
    if key in PHRASES:
        return say(key, letter=letter)
    return say("axis letter", letter=letter) if letter else axis.name


def ticks(axis: Axis) -> tuple[tuple[float, str], ...] | None:
    """A tick at each value of a list; None where render chooses them."""
    if not axis.listed:
        return None
    texts = [numbers.number(value, 6) for value in axis.values.tolist()]
    return tuple(zip(axis.places.tolist(), texts, strict=True))


def quantity_text(one: Sweep) -> str:
    """The quantity of each point, as a phrase for titles."""
    return say(f"sweep {one.of}", steps=one.steps, fraction=fraction(one.tolerance))


def fraction(share: float) -> str:
    """A small part in words: `a millionth`, `3×10⁻⁵`."""
    return say(_FRACTIONS[share]) if share in _FRACTIONS else numbers.number(share)


def value_label(one: Sweep) -> str:
    """The name of the measured quantity, beside its scale."""
    return say(f"value {one.of}")


def value_text(one: Sweep, value: float, diverged: bool) -> str:
    """What a run at a point gave: `23 steps`, `diverges`, `rate 0.95`."""
    if one.of == "status":
        return status_names()[int(value)]
    if diverged:
        return say("diverges")
    if not np.isfinite(value):
        return say("over steps", count=one.steps) if one.of == "steps" else say("not measurable")
    if one.of == "steps":
        return say("steps", count=f"{value:g}")
    return say(f"{one.of} is", value=numbers.number(value))


def fixed_settings(one: Sweep) -> str:
    """The settings that were held: `β₂ = 0.999`."""
    return settings_text(one.optimizer, without={axis.name for axis in one.axes})


def point_text(one: Sweep, point: tuple[float, ...]) -> str:
    """A point of the axes: `η = 0.668, β = 0.403`."""
    letters = [symbol(one.optimizer, axis.name) for axis in one.axes]
    return ", ".join(
        say("setting", letter=letter, value=numbers.number(value))
        for letter, value in zip(letters, point, strict=True)
    )


def description(one: Sweep) -> str:
    """The sweep in a sentence: where the quantity is least, and how much of it diverges."""
    axes = listed([_range(one, axis) for axis in one.axes])
    objective = objective_text(one.objective, latex=False)
    name = optimizer_name(one.optimizer)
    return say("sweep alt", name=name, objective=objective, axes=axes, summary=_summary(one))


def _range(one: Sweep, axis: Axis) -> str:
    name = _plain_name(one, axis)
    if axis.listed:
        values = ", ".join(numbers.number(value, 6) for value in axis.values.tolist())
        return say("axis list", name=name, values=values)
    low, high = (f"{value:g}" for value in axis.values[[0, -1]].tolist())
    return say("axis range", name=name, low=low, high=high)


def _plain_name(one: Sweep, axis: Axis) -> str:
    """The letter of an axis, or its name where it has none."""
    is_phrase = axis.name in ("angle", "start")
    return say(f"axis {axis.name}") if is_phrase else symbol(one.optimizer, axis.name)


def _summary(one: Sweep) -> str:
    lost = _percent(one.diverged)
    known = np.isfinite(one.values) & ~one.diverged
    if one.of == "status" or not known.any():
        counts = [
            say("sweep in", status=name, share=_percent(one.values == i))
            for i, name in enumerate(status_names())
            if one.of == "status" and (one.values == i).any()
        ]
        return ", ".join(counts) if counts else say("sweep lost", lost=lost)
    at = np.unravel_index(np.argmin(np.where(known, one.values, np.inf)), one.values.shape)
    place = ", ".join(
        say("setting", letter=_plain_name(one, a), value=f"{a.values[i]:.4g}")
        for a, i in zip(one.axes, reversed(at), strict=True)
    )
    quantity = say("f gap", steps=one.steps) if one.of == "f" else quantity_text(one)
    value = numbers.number(float(one.values[at]), 4)
    return say("sweep least", quantity=quantity, value=value, place=place, lost=lost)


def _percent(cells: Bools) -> str:
    return say("points", share=f"{100 * float(np.mean(cells)):.3g}")
