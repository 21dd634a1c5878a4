"""The scene of logs of trainings: effective rates by layer, medians and bands over entries."""

import numpy as np

from optviz.arrays import Array
from optviz.figures import (
    _titles,
    _training_curves,
    _training_names,
    _training_parts,
    _training_text,
)
from optviz.figures._training_axis import Axis
from optviz.figures._trajectory_kind import check_colors
from optviz.phrases import say
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.scene import Curve, Look, Mark, Panel, Scene, Spread

_OVERLAID = 3  # layers of one log that share a panel; more would hide one another
_PANELS = 16  # layers beyond which panels would be too small: one of thin medians then
_ABOVE = 30.0  # factor beyond the medians at which the axis ends at most
_FEW = 0.02  # the fraction of the edges of bands that may be off the axis at either end


@np.errstate(all="ignore")
def scene(logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
    """The figure of one log, or of several to be compared layer by layer.

    A panel has one colour a log, or one a layer where few layers of one log share it. Raises
    `Unfit` or `BadValue` for what cannot be drawn.
    """
    every, logs = logs, _training_parts.with_room(logs, _PANELS)
    names = _training_names.names(logs, look, latex=True)
    layers = _training_names.titles(logs)
    overlaid = len(logs) == 1 and (len(layers) <= _OVERLAID or len(layers) > _PANELS)
    seen = _seen(logs[0]) if overlaid else []
    owners = (len(seen), "layer") if overlaid else (len(logs), "log")
    check_colors(look, *owners)
    bands = _bands(len(logs[0].layers) if overlaid else len(logs))
    if overlaid:
        panels: tuple[Panel, ...] = (_overlaid(logs[0], look, bands, axis, seen),)
    else:
        panels = _multiples(logs, layers, names, look, bands, axis=axis)
    plain = _training_names.names(logs, look, latex=False)
    heading = _training_text.heading(logs, plain)
    remark = say("whole groups") if logs is not every else ""
    if overlaid and len(seen) < len(layers):
        remark = _training_curves.thin(len(layers) - len(seen), others=True)
    described = "; ".join(filter(None, [_training_text.subtitle(logs, plain, bands), remark]))
    alt = ". ".join([heading, described, _training_text.medians(logs, plain)])
    title = _titles.title(look, _training_text.heading(logs, names))
    subtitle = _training_text.subtitle(logs, names, bands)
    subtitle = "; ".join(filter(None, [subtitle, remark]))
    columns = _training_curves.columns(len(panels))
    return Scene(title, subtitle, panels, alt, columns=columns, shared=len(panels) > 1)


def _bands(curves: int) -> int:
    """How many bands each of so many curves in a panel has.

    The outer bands of two or three, one over the other, can be read; with the inner ones they
    cannot, and neither can more.
    """
    return 2 if curves == 1 else 1 if curves <= _OVERLAID else 0


def _multiples(
    logs: list[TrainingLog],
    layers: dict[str, str],
    names: list[str],
    look: Look,
    bands: int,
    *,
    axis: Axis,
) -> tuple[Panel, ...]:
    """A panel a layer, all with the same axes; the logs are named in the first.

    `layers` are the titles, and how each is shown.
    """
    rates = [(log, layer, role) for role, log in enumerate(logs) for layer in log.layers]
    xlim, ylim = _limits([(log, layer) for log, layer, _ in rates], look, axis)
    panels = []
    for index, (title, shown) in enumerate(layers.items()):
        named = len(logs) > 1 and index == 0
        marks: list[Mark] = []
        for log, layer, role in rates:
            if _training_names.title(log, layer) == title:
                marks += _layer_marks(
                    log, layer, role, names[role] if named else "", bands, axis=axis
                )
        panels.append(
            Panel(
                tuple(marks),
                xlim,
                ylim,
                axis.label,
                _training_text.axis(logs),
                title=shown,
                log=True,
                steps=True,
                whole=axis.against == "step",
            )
        )
    return tuple(panels)


def _seen(log: TrainingLog) -> list[int]:
    """The numbers of the layers that have a colour and a name."""

    def median(layer: Layer) -> Array:
        rates: Array = layer.rates[:, log.median]
        return rates

    return _training_parts.told_apart(log.layers, median)


def _overlaid(log: TrainingLog, look: Look, bands: int, axis: Axis, seen: list[int]) -> Panel:
    """All layers in one panel, a colour each; of very many, the medians alone."""
    xlim, ylim = _limits([(log, layer) for layer in log.layers], look, axis)
    marks: list[Mark] = []
    titles = _training_names.titles([log])
    for index, layer in enumerate(log.layers):
        faint = index not in seen
        role = _training_parts.NOBODY if faint else seen.index(index)
        name = "" if faint else titles[_training_names.title(log, layer)]
        marks += _layer_marks(log, layer, role, name, bands, axis=axis, faint=faint)
    return Panel(
        tuple(marks),
        xlim,
        ylim,
        axis.label,
        _training_text.axis([log]),
        log=True,
        steps=True,
        whole=axis.against == "step",
    )


def _layer_marks(
    log: TrainingLog,
    layer: Layer,
    role: int,
    name: str,
    bands: int,
    *,
    axis: Axis,
    faint: bool = False,
) -> list[Mark]:
    """So many bands, outermost first, and the median over them."""
    rates = np.where(layer.rates > 0, layer.rates, np.nan)
    places = axis.places(layer)
    drawn: list[Mark] = [
        Spread(places, rates[:, low], rates[:, high], role, depth)
        for depth, (low, high) in enumerate(log.bands[-2:][:bands])
    ]
    points = np.column_stack([places, rates[:, log.median]])
    times = axis.film_times(layer)
    dash = max(role, 0)  # they differ, for grey
    return [*drawn, Curve(points, role, dash, name, faint, times)]


def _limits(
    layers: list[tuple[TrainingLog, Layer]], look: Look, axis: Axis
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Limits: all steps, and the heights of the bands unless they are far from the medians."""
    medians = _positive([layer.rates[:, log.median] for log, layer in layers])
    every = _positive([layer.rates.ravel() for _, layer in layers])
    middle = medians if medians.size else every
    ends = np.quantile(every, [_FEW, 1 - _FEW])  # the first steps of a training reach far out
    low = max(min(float(ends[0]), float(middle.min())), float(middle.min()) / _ABOVE)
    high = min(max(float(ends[1]), float(middle.max())), float(middle.max()) * _ABOVE)
    places = np.concatenate([axis.places(layer) for _, layer in layers])
    first, last = float(np.nanmin(places)), float(np.nanmax(places))
    xlim = (first, last) if last > first else (first - 1, last + 1)
    return look.xlim or xlim, look.ylim or (low / 1.5, high * 1.5)


def _positive(parts: list[Array]) -> Array:
    values = np.concatenate(parts)
    return values[np.isfinite(values) & (values > 0)]
