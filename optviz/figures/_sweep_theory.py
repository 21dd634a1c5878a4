"""What theory draws over a sweep: the stable boundary, the best point, the expected curve."""

import numpy as np

from optviz.scene import Border, Guide, Mark, Spot
from optviz.studies.grid import Axis
from optviz.studies.sweep import Sweep
from optviz.theory import stability


def limits(axis: Axis) -> tuple[float, float]:
    return float(axis.edges[0]), float(axis.edges[-1])


def theory_lines(one: Sweep) -> list[Mark]:
    """Where there is any: the largest stable rate along the other axis, and the best settings."""
    names = [axis.name for axis in one.axes]
    if "eta" not in names or one.optimizer.moves_momentum:
        return []
    place = names.index("eta")
    axis = one.axes[place]
    other = one.axes[1 - place] if len(names) == 2 else None
    low, high = limits(other) if other else (0.0, 1.0)
    along = other.values if other else np.array([low, high])
    rates, letters = [], ""
    for value in along.tolist():
        point = [value, value] if other else [1.0]
        point[place] = 1.0
        q, optimizer, _ = one.at(*point)
        rate = stability.largest_rate(optimizer.rule, q)
        if rate is None:
            return []
        letters = (optimizer.rule.ceiling() or (0.0, ""))[1]
        rates.append(rate)
    line = np.column_stack([rates, along])
    inside = (line[:, 0] >= axis.edges[0]) & (line[:, 0] <= axis.edges[-1])
    line = line[:, ::-1] if place == 1 else line
    label = rf"$\eta={letters}/\lambda_{{\max}}$"
    marks: list[Mark] = [Border(line, label)] if inside.any() else []
    return marks + (_star(one, names) if other else [])


def _star(one: Sweep, names: list[str]) -> list[Mark]:
    """Theory's best point, if it is one of these two axes and in the picture."""
    best = stability.best(one.optimizer.rule, one.objective)
    if best is None:
        return []
    settings = one.optimizer.rule.best(*_ends(one))
    if settings is None or set(settings) != set(names):
        return []
    x, y = (settings[name] for name in names)
    (left, right), (low, high) = (limits(axis) for axis in one.axes)
    return [Spot(x, y, "best by theory")] if left <= x <= right and low <= y <= high else []


def _ends(one: Sweep) -> tuple[float, float]:
    values = one.objective.quadratic_for("best settings").eigenvalues
    curved = values[values > 0]
    return float(curved[0]), float(curved[-1])


def predicted(one: Sweep) -> list[Mark]:
    """Theory's curve for the same quantity: factors a step, or the steps they come to."""
    if one.of not in ("steps", "rate"):
        return []
    heights = []
    for value in one.axes[0].values.tolist():
        q, optimizer, _ = one.at(value)
        factor = stability.factor(optimizer, q)
        if factor is None:
            return []
        steps = stability.steps_to(one.tolerance, factor)
        heights.append(factor if one.of == "rate" else steps if steps <= one.steps else np.nan)
    points = np.column_stack(
        [one.axes[0].values, np.where(np.array(heights) <= 1e300, heights, np.nan)]
    )
    return [Guide(points, "theory")]
