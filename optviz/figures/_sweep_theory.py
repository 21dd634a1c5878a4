"""What theory draws over a sweep: the stable boundary, the best point, the expected curve."""

import numpy as np

from optviz.arrays import Array
from optviz.figures._sweep_labels import point_text, value_text
from optviz.phrases import say
from optviz.scene import Border, Guide, Spot
from optviz.studies.axes import NOT_SETTINGS
from optviz.studies.grid import Axis
from optviz.studies.sweep import Sweep, sweep
from optviz.text import numbers
from optviz.theory import stability
from optviz.walks.status import STATUSES

_MODES = 4  # eigenvalues whose factors still are told apart
_LARGEST = 1e300  # factor that an axis can hold


def limits(axis: Axis) -> tuple[float, float]:
    return float(axis.edges[0]), float(axis.edges[-1])


def border(one: Sweep) -> Border | None:
    """The largest stable rate along the other axis of a map; None where theory has none."""
    names = [axis.name for axis in one.axes]
    if "eta" not in names or any(axis.listed for axis in one.axes):
        return None
    place = names.index("eta")
    along = one.axes[1 - place].values
    rates = [largest_rate(one, value) for value in along.tolist()]
    known = [rate for rate in rates if rate is not None]
    if len(known) < len(rates):
        return None
    line = _to_edges(np.column_stack([known, along]), *limits(one.axes[1 - place]))
    letters = (one.optimizer.rule.ceiling() or (0.0, ""))[1]
    return Border(line[:, ::-1] if place else line, rf"$\eta={letters}/\lambda_{{\max}}$")


def _to_edges(line: Array, low: float, high: float) -> Array:
    """The line (n, 2) with both ends continued to the edges of its second coordinate."""
    ends = []
    for (x, y), (x2, y2), edge in ((line[0], line[1], low), (line[-1], line[-2], high)):
        ends.append([x + (x - x2) / (y - y2) * (edge - y), edge])
    return np.array([ends[0], *line.tolist(), ends[1]])


def largest_rate(one: Sweep, other: float | None = None) -> float | None:
    """The rate up to which a sweep of eta is stable, at a value of its other axis."""
    if one.optimizer.moves_momentum:
        return None
    point = [1.0 if axis.name == "eta" or other is None else other for axis in one.axes]
    q, optimizer, _ = one.at(*point)
    return stability.largest_rate(optimizer.rule, q)


def star(one: Sweep) -> Spot | None:
    """Theory's best point with what a run there gives, if it is one of these axes and in view."""
    best = stability.best(one.optimizer.rule, one.objective)
    if best is None or one.optimizer.moves_momentum or any(axis.listed for axis in one.axes):
        return None
    settings = one.optimizer.rule.best(*_ends(one))
    if settings is None or set(settings) != {axis.name for axis in one.axes}:
        return None
    x, y = (settings[axis.name] for axis in one.axes)
    (left, right), (low, high) = map(limits, one.axes)
    if not (left <= x <= right and low <= y <= high):
        return None
    note = say("point", point=point_text(one, (x, y)), value=run_at(one, (x, y)))
    return Spot(x, y, say("best by theory"), note=note)


def run_at(one: Sweep, point: tuple[float, ...]) -> str:
    """What a run at a point gives, in words."""
    result = _point_sweep(one, point, one.of)
    return value_text(result, float(result.values.ravel()[0]), bool(result.diverged.ravel()[0]))


def status_at(one: Sweep, point: tuple[float, ...]) -> str:
    """The status of a run at a point."""
    return STATUSES[int(_point_sweep(one, point, "status").values.ravel()[0])]


def _point_sweep(one: Sweep, point: tuple[float, ...], of: str) -> Sweep:
    """The sweep over a single point."""
    at = tuple(Axis(a.name, np.array([v])) for a, v in zip(one.axes, point, strict=True))
    return sweep(
        one.objective,
        one.optimizer,
        one.start,
        at,
        of=of,
        steps=one.steps,
        tolerance=one.tolerance,
        oracle=one.oracle,
    )


def _ends(one: Sweep) -> tuple[float, float]:
    values = one.objective.quadratic_for("best settings").eigenvalues
    curved = values[values > 0]
    return float(curved[0]), float(curved[-1])


def predicted(one: Sweep) -> list[Guide]:
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
    known = np.where(np.array(heights) <= _LARGEST, heights, np.nan)
    whole = Guide(np.column_stack([one.axes[0].places, known]), say("by theory"))
    return [*_of_modes(one), whole] if one.of == "rate" else [whole]


def _of_modes(one: Sweep) -> list[Guide]:
    """The factor of each of a few eigenvalues along the axis; the worst of them is the whole."""
    axis, curves = one.axes[0], []
    curvatures = np.empty(0)
    for value in axis.values.tolist():
        f, optimizer, _ = one.at(value)
        curvatures = f.quadratic_for("factors of modes").curvatures
        eta = stability.constant(optimizer)
        if eta is None or not 1 < len(curvatures) <= _MODES:
            return []
        found = stability.factors(optimizer.rule, eta, curvatures)
        assert found is not None  # the whole has a factor
        curves.append(found)
    if len({len(curve) for curve in curves}) > 1:
        return []
    marks: list[Guide] = []
    for factors, curvature in zip(np.array(curves).T, curvatures.tolist(), strict=True):
        shown = np.where(factors <= _LARGEST, factors, np.nan)
        fixed = axis.name not in NOT_SETTINGS  # else the eigenvalue is another at each place
        label = say("eigenvalue", value=numbers.number(curvature)) if fixed else ""
        marks.append(Guide(np.column_stack([axis.places, shown]), label))
    return marks


def in_view(line: Border, axes: tuple[Axis, Axis]) -> bool:
    """Whether a border passes through the map."""
    inside = np.ones(len(line.points), dtype=bool)
    for axis, part in zip(axes, line.points.T, strict=True):
        low, high = limits(axis)
        inside &= (part >= low) & (part <= high)
    return bool(inside.any())
