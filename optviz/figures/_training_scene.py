"""The scene of logs of trainings: effective rates by layer, medians and bands over entries."""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _titles, _training_names
from optviz.figures._training_names import learning_rates, one_rate
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.scene import Curve, Look, Mark, Panel, Scene, Spread
from optviz.text import numbers
from optviz.text.options import listed

_OVERLAID = 3  # layers of one log that share a panel; more would hide one another
_PANELS = 16  # layers beyond which panels would be too small: one of thin medians then
_ABOVE = 30.0  # factor beyond the medians at which the axis ends at most
_FEW = 0.02  # the fraction of the edges of bands that may be off the axis at either end


@np.errstate(all="ignore")
def scene(logs: list[TrainingLog], look: Look) -> Scene:
    """The figure of one log, or of several to be compared layer by layer.

    A panel has one colour a log, or one a layer where few layers of one log share it. Raises
    `Unfit` or `BadValue` for what cannot be drawn.
    """
    names = _training_names.names(logs, look, latex=True)
    layers = _training_names.titles(logs)
    if len(logs) == 1 and (len(layers) <= _OVERLAID or len(layers) > _PANELS):
        panels: tuple[Panel, ...] = (_overlaid(logs[0], look),)
    elif len(layers) > _PANELS:
        count = f"{len(layers)} layers of {len(logs)} logs are too many for one figure"
        raise Unfit(f"{count}; draw the logs one at a time")
    else:
        panels = _multiples(logs, layers, names, look)
    heading = _titles.title(look, _heading(logs, names, latex=True))
    plain = _training_names.names(logs, look, latex=False)
    alt = ". ".join(
        [_heading(logs, plain, False), _subtitle(logs, plain, False), _alt(logs, plain)]
    )
    columns = min(len(panels), 2 if len(panels) in (2, 4) else 3 if len(panels) <= 9 else 4)
    subtitle = _subtitle(logs, names, latex=True)
    return Scene(heading, subtitle, panels, alt, columns=columns, shared=len(panels) > 1)


def _multiples(
    logs: list[TrainingLog], layers: dict[str, str], names: list[str], look: Look
) -> tuple[Panel, ...]:
    """A panel a layer, all with the same axes; the logs are named beside their lines in one.

    `layers` are the titles, and how each is shown.
    """
    rates = [(log, layer, role) for role, log in enumerate(logs) for layer in log.layers]
    xlim, ylim = _limits(logs, [(log, layer) for log, layer, _ in rates], look)
    columns = 2 if len(layers) in (2, 4) else 3 if len(layers) <= 9 else 4
    panels = []
    for index, (title, shown) in enumerate(layers.items()):
        named = len(logs) > 1 and index == min(columns, len(layers)) - 1
        marks: list[Mark] = []
        for log, layer, role in rates:
            if _training_names.title(log, layer) == title:
                marks += _layer_marks(log, layer, role, names[role] if named else "", bands=True)
        panels.append(
            Panel(
                tuple(marks), xlim, ylim, "step $t$", _axis(logs), title=shown, log=True, steps=True
            )
        )
    return tuple(panels)


def _overlaid(log: TrainingLog, look: Look) -> Panel:
    """All layers in one panel, a colour each; of very many, the medians alone."""
    many = len(log.layers) > _OVERLAID
    xlim, ylim = _limits([log], [(log, layer) for layer in log.layers], look)
    marks: list[Mark] = []
    titles = _training_names.titles([log])
    for role, layer in enumerate(log.layers):
        name = "" if many and not layer.whole else titles[_training_names.title(log, layer)]
        faint = many and not layer.whole
        marks += _layer_marks(log, layer, role, name, bands=not many, faint=faint)
    return Panel(tuple(marks), xlim, ylim, "step $t$", _axis([log]), log=True, steps=True)


def _layer_marks(
    log: TrainingLog, layer: Layer, role: int, name: str, *, bands: bool, faint: bool = False
) -> list[Mark]:
    """The bands, outermost first, and the median over them."""
    rates = np.where(layer.rates > 0, layer.rates, np.nan)
    drawn: list[Mark] = [
        Spread(layer.steps, rates[:, low], rates[:, high], role, depth)
        for depth, (low, high) in enumerate(log.bands[-2:] if bands else [])
    ]
    points = np.column_stack([layer.steps, rates[:, log.median]])
    return [*drawn, Curve(points, role, role, name, faint)]  # dashes differ, for pictures in grey


def _limits(
    logs: list[TrainingLog], layers: list[tuple[TrainingLog, Layer]], look: Look
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Limits: all steps, and the heights of the bands unless they are far from the medians."""
    medians = _positive([layer.rates[:, log.median] for log, layer in layers])
    every = _positive([layer.rates.ravel() for _, layer in layers])
    middle = medians if medians.size else every
    ends = np.quantile(every, [_FEW, 1 - _FEW])  # the first steps of a training reach far out
    low = max(min(float(ends[0]), float(middle.min())), float(middle.min()) / _ABOVE)
    high = min(max(float(ends[1]), float(middle.max())), float(middle.max()) * _ABOVE)
    first = min(float(layer.steps[0]) for _, layer in layers)
    last = max(float(log.steps) for log in logs)
    xlim = (first, last) if last > first else (first - 1, last + 1)
    return look.xlim or xlim, look.ylim or (low / 1.5, high * 1.5)


def _positive(parts: list[Array]) -> Array:
    values = np.concatenate(parts)
    return values[np.isfinite(values) & (values > 0)]


def _axis(logs: list[TrainingLog]) -> str:
    if not any(log.effective for log in logs):
        return r"realised ratio $-\Delta p/g$"
    return "effective learning rate" + ("" if all(log.effective for log in logs) else " or ratio")


def _heading(logs: list[TrainingLog], names: list[str], latex: bool) -> str:
    effective = any(log.effective for log in logs)
    quantity = "effective learning rates" if effective else "realised ratios"
    if len(logs) > 3:
        return f"{len(logs)} trainings, {quantity}"
    if len(logs) == 1 or all(map(one_rate, logs)):  # else the subtitle has them
        etas = [learning_rates(log, latex) for log in logs]
        names = [
            name if "=" in name else ", ".join(filter(None, [name, eta]))
            for name, eta in zip(names, etas, strict=True)
        ]
    if len(logs) == 1:
        return f"{names[0]}, {quantity}"
    return f"{listed(names, 'and')}: {quantity}"


def _subtitle(logs: list[TrainingLog], names: list[str], latex: bool) -> str:
    steps = sorted({log.steps for log in logs})
    count = f"{steps[0]} steps" if len(steps) == 1 else f"{steps[0]} to {steps[-1]} steps"
    shares = [f"{100 * logs[0].share(band):.3g}" for band in logs[0].bands[-2:]]
    bands_text = f"bands hold {' and '.join(reversed(shares))} % of the entries"
    text = f"{count} of a training; lines are medians, {bands_text}"
    if not shares:
        text = f"{count} of a training, the median of the entries"
    if len(logs) not in (2, 3) or all(map(one_rate, logs)):
        return text
    etas = [
        f"{name}: {eta}"
        for log, name in zip(logs, names, strict=True)
        if "=" not in name and (eta := learning_rates(log, latex))
    ]
    return "; ".join([*etas, text])


def _alt(logs: list[TrainingLog], names: list[str]) -> str:
    parts = []
    for log, name in zip(logs, names, strict=True):
        spans = [
            f"{layer.name} from {numbers.number(float(column[0]))} to "
            f"{numbers.number(float(column[-1]))}"
            for layer in log.layers[:8]
            for column in [layer.rates[:, log.median]]
        ]
        parts.append(f"{name}: {', '.join(spans)}")
    return "Medians: " + "; ".join(parts) + "."
