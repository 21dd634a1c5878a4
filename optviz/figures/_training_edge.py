"""The scene of `edge`: λ/C with the line 1, and other quantities of the log below it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.figures import _titles, _training_curves, _training_names, _training_verdict
from optviz.figures import _training_edge_text as text
from optviz.figures._training_axis import Axis
from optviz.figures._training_curves import Drawn, Quantity
from optviz.figures._training_quantities import losses, rates, schedule, sharpness
from optviz.figures._training_rows import stacked
from optviz.phrases import say
from optviz.recorder.training_log import Curvature, TrainingLog
from optviz.scene import Ceiling, Crossing, Excess, Look, Mark, Panel, Scene

_LOWER = 0.6  # the height of the other rows, that of λ/C being 1
_CROSSED = 3  # logs beyond which words at crossings would hide the curves
_NEAR = (0.5, 2.0)  # what the axis of λ/C always shows
_MISSING = "no curvature above 0 has been measured yet"


def scene(logs: list[TrainingLog], look: Look, axis: Axis, rows: tuple[str, ...]) -> Scene:
    """The figure of logs. Raises `Unfit` where a row has nothing to show."""
    names = _training_names.names(logs, look, latex=True)
    plain = _training_names.names(logs, look, latex=False)
    makers: dict[str, Callable[[], Quantity]] = {
        "edge": lambda: _edge(logs),
        "sharpness": lambda: sharpness(logs),
        "rates": lambda: rates(logs),
        "schedule": schedule,
        "loss": lambda: losses(logs),
    }
    panels, spans, first = [], [], list[Drawn]()
    for row in rows:
        quantity = makers[row]()
        if row in ("rates", "schedule") and len(logs) == 1 and len(logs[0].curvatures) > 1:
            quantity = replace(quantity, first=1)  # as the groups after all parameters
        curves = _training_curves.drawn(logs, names, quantity)
        first = first or curves
        limited = look if row == rows[0] else replace(look, ylim=None)
        if row == "edge":
            panels.append(_edge_panel(curves, quantity, axis, limited))
        else:
            panels.append(_training_curves.panel(curves, quantity, axis, limited, height=_LOWER))
        spans.append(_training_curves.told(curves, quantity, plain))
    _training_curves.check(look, logs, first)
    verdicts = [_training_verdict.of(log) for log in logs] if "edge" in rows else []
    title, subtitle = text.heading(logs, names, verdicts, rows)
    alt = ". ".join([*text.heading(logs, plain, verdicts, rows), *spans])
    return Scene(_titles.title(look, title), subtitle, stacked(panels), f"{alt}.", columns=1)


def _edge(logs: list[TrainingLog]) -> Quantity:
    """λ/C: of one log by group, of several that of all groups."""
    for log in logs:
        _training_verdict.whole(log)
    alone = len(logs) == 1
    return Quantity(
        (lambda log: log.curvatures) if alone else (lambda log: [_training_verdict.whole(log)]),
        lambda part: part.ratio,
        text.axis(logs),
        missing=_MISSING,
        name=text.part_name,
    )


def _edge_panel(curves: list[Drawn], quantity: Quantity, axis: Axis, look: Look) -> Panel:
    every = np.concatenate([_but_first(quantity.values(one.part)) for one in curves])
    seen = every[np.isfinite(every) & (every > 0)]
    ylim = _training_curves.limits(np.append(seen, _NEAR), log=True)
    below: list[Mark] = [Ceiling(1.0, say("edge line"))]
    if len(curves) == 1:
        values = quantity.values(curves[0].part)
        points = np.column_stack([axis.places(curves[0].part), values])
        times = axis.film_times(curves[0].part)
        below.insert(0, Excess(points, 1.0, curves[0].role, times=times))
    panel = _training_curves.panel(curves, quantity, axis, look, below, ylim=ylim)
    logs = {one.log for one in curves}
    rings = [ring for log in sorted(logs) for ring in _crossings(log, curves, axis, len(logs))]
    inside = [ring for ring in rings if panel.xlim[0] <= ring.x <= panel.xlim[1]]
    return replace(panel, marks=(*panel.marks, *inside))


def _but_first(ratio: Array) -> Array:
    """λ/C without the first, if that is the highest: of Adam and Adagrad far above all others."""
    later = ratio[1:]
    return later if (later <= ratio[:1]).all() else ratio


def _crossings(log: int, curves: list[Drawn], axis: Axis, count: int) -> list[Crossing]:
    """Where λ/C of all groups rises through 1: as it comes to the edge to stay, or else first, and
    before its two spikes.
    """
    one = next(curve for curve in curves if curve.log == log)
    part: Curvature = one.part
    known = np.isfinite(part.ratio)
    places, steps, ratio = axis.places(part)[known], part.steps[known], part.ratio[known]
    rises, verdict = _training_verdict.rises(ratio), _training_verdict.of_part(part)
    arrived = [i for i in rises if steps[i] == verdict.since]
    first = arrived if verdict.place == "at" else rises[:1]
    chosen = sorted({*first, *_spike_starts(part, steps[rises], rises)})
    return [
        Crossing(
            _where(places, ratio, i),
            1.0,
            say("at step", step=int(steps[i])) if count <= _CROSSED else "",
            one.role,
            _where(steps, ratio, i),
        )
        for i in chosen
    ]


def _spike_starts(part: Curvature, steps: Array, rises: list[int]) -> set[int]:
    """Those of the `rises`, at `steps`, that come before the two highest spikes."""
    ends = [int((steps <= spike.first).sum()) for spike in _training_verdict.spikes(part)[:2]]
    return {rises[end - 1] for end in ends if end}


def _where(places: Array, ratio: Array, i: int) -> float:
    """Where the line between two measurements crosses 1, on the log axis."""
    low, high = np.log(max(float(ratio[i - 1]), 1e-12)), np.log(float(ratio[i]))
    share = -low / (high - low) if high > low else 0.0
    return float(places[i - 1] + share * (places[i] - places[i - 1]))
