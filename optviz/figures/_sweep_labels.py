"""Labels of a sweep: its axes, the quantity it measures, the settings it holds fixed."""

import numpy as np

from optviz.arrays import Bools
from optviz.figures._optimizer_names import optimizer_name, settings_text
from optviz.studies.grid import Axis
from optviz.studies.sweep import Sweep
from optviz.text import numbers
from optviz.walks.status import STATUSES

_OUTSIDE = {
    "angle": "landscape and start turned by, in degrees",
    "kappa": r"condition number $\kappa$",
    "start": "direction of the start, in degrees",
}


def axis_label(one: Sweep, axis: Axis) -> str:
    """The label of an axis: the name of the setting and its letter."""
    if axis.name == "eta":
        return r"learning rate $\eta$"
    if axis.name in _OUTSIDE:
        return _OUTSIDE[axis.name]
    meaning = one.optimizer.rule.settings()[axis.name]
    return f"{meaning.says}, ${meaning.latex}$" if meaning.latex else axis.name


def quantity_text(one: Sweep, latex: bool = True) -> str:
    """The quantity of each point, as a phrase for titles."""
    gap, share = (
        ("$f-f^*$", f"${numbers.tex(one.tolerance)}$")
        if latex
        else ("f − f*", numbers.number(one.tolerance))
    )
    return {
        "steps": f"steps until {gap} is {share} of its start",
        "f": f"{gap} after {one.steps} steps",
        "rate": f"what a step leaves of the distance to {'$x^*$' if latex else 'x*'}",
        "status": f"how {one.steps} steps end",
    }[one.of]


def value_label(one: Sweep) -> str:
    """The name of the measured quantity, beside its scale."""
    return {"steps": "steps", "f": "$f-f^*$", "rate": "factor a step", "status": "status"}[one.of]


def fixed_settings(one: Sweep) -> str:
    """The settings that were held, in LaTeX: `β₂ = 0.999`."""
    return settings_text(one.optimizer, without={axis.name for axis in one.axes})


def description(one: Sweep) -> str:
    """The sweep in a sentence: where the quantity is least, and how much of it diverges."""
    names = " and ".join(f"{a.name} from {a.values[0]:g} to {a.values[-1]:g}" for a in one.axes)
    where = f"{optimizer_name(one.optimizer)} on {one.objective.formula('plain')} over {names}"
    lost = _percent(one.diverged)
    finite = np.isfinite(one.values) & ~one.diverged
    if one.of == "status" or not finite.any():
        counts = [
            f"{name} in {_percent(one.values == i)}"
            for i, name in enumerate(STATUSES)
            if (one.values == i).any()
        ]
        return f"{where}: {', '.join(counts) if counts else f'diverges in {lost}'}."
    at = np.unravel_index(np.argmin(np.where(finite, one.values, np.inf)), one.values.shape)
    place = ", ".join(
        f"{a.name} = {a.values[i]:.4g}" for a, i in zip(one.axes, reversed(at), strict=True)
    )
    least = f"least {numbers.number(float(one.values[at]), 4)} at {place}"
    return f"{where}: {quantity_text(one, latex=False)}, {least}; diverges in {lost}."


def _percent(cells: Bools) -> str:
    return f"{100 * float(np.mean(cells)):.3g} % of the points"
