"""The scene of `ratio`: a curve a layer, or a panel a layer where logs are compared."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.figures import (
    _titles,
    _training_curves,
    _training_names,
    _training_parts,
    _training_text,
)
from optviz.figures._rates_claims import possessive
from optviz.figures._training_axis import Axis
from optviz.figures._training_curves import Drawn, Quantity
from optviz.figures._training_text import context, owners
from optviz.phrases import listed, say
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.scene import Ceiling, Look, Mark, Panel, Scene
from optviz.text import numbers

USUAL = -3.0  # log₁₀ of a thousandth, about which practitioners look for the ratio
_PANELS = 16  # layers of several logs beyond which panels would be too small
_STILL = 3  # layers that never moved, which are named
_MISSING = "no step moved a parameter: there is no ratio of update and parameter to draw"


def values(layer: Layer) -> Array:
    """log₁₀ of ‖update‖/‖parameter‖: (n,), nan where one of them is 0 or unknown."""
    with np.errstate(all="ignore"):
        ratio = np.log10(layer.update / layer.parameter)
    return np.where(np.isfinite(ratio), ratio, np.nan)


def scene(logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
    """The figure of logs. Raises `Unfit` where nothing moved."""
    every, logs = logs, _training_parts.with_room(logs, _PANELS)
    names = _training_names.names(logs, look, latex=True)
    quantity = Quantity(
        lambda log: log.layers,
        values,
        say("ratio axis"),
        missing=_MISSING,
        log=False,
        name=_training_parts.layer_names(logs),
    )
    curves = _training_curves.drawn(logs, names, quantity)
    _training_curves.check(look, logs, curves)
    if len(logs) == 1:
        panels: tuple[Panel, ...] = (_panel(curves, quantity, axis, look),)
    else:
        panels = _by_layer(logs, names, curves, quantity, axis=axis, look=look)
    plain = _training_names.names(logs, look, latex=False)
    groups = say("whole groups") if logs is not every else ""
    line = say("line of usual ratio") if len(panels) > 1 else ""
    ends = _training_text.ended(logs, plain)
    text = [
        context(logs, plain),
        _training_curves.remark(curves),
        groups,
        line,
        *ends,
        _still(logs),
    ]
    subtitle = "; ".join(filter(None, text))
    alt = ". ".join(
        [_heading(logs, plain), subtitle, _training_curves.spans(curves, quantity, plain)]
    )
    columns = _training_curves.columns(len(panels))
    title = _titles.title(look, _heading(logs, names))
    return Scene(title, subtitle, panels, f"{alt}.", columns=columns, shared=len(panels) > 1)


def _heading(logs: list[TrainingLog], names: list[str]) -> str:
    """Between what ratios the last updates are, of one log; or whose ratios these are."""
    if len(logs) > 1 or _training_text.ended(logs, names):
        return say("rates of", quantity=say("ratios"), names=owners(names))
    last = [known[-1] for layer in logs[0].layers if (known := _known(layer)).size]
    ends = [numbers.number(10.0 ** float(end), 2) for end in (min(last), max(last))]
    key = "last ratio" if ends[0] == ends[1] else "last ratios"
    return say(key, whose=possessive(names[0]), low=ends[0], high=ends[1])


def _still(logs: list[TrainingLog]) -> str:
    """Which layers have no curve, as no recorded step moved them."""
    moved: dict[str, bool] = {}
    for owner, layer in ((log, layer) for log in logs for layer in log.layers):
        title = numbers.typed(_training_names.title(owner, layer))
        moved[title] = moved.get(title, False) or bool((layer.update != 0).any())
    still = [title for title, moves in moved.items() if not moves]
    if not still:
        return ""
    more = ["…"] if len(still) > _STILL else []
    return say("never moved", layers=listed([*still[:_STILL], *more]), count=len(still))


def _known(layer: Layer) -> Array:
    found = values(layer)
    return found[np.isfinite(found)]


def _panel(curves: list[Drawn], quantity: Quantity, axis: Axis, look: Look) -> Panel:
    every = np.concatenate([quantity.values(one.part) for one in curves])
    ylim = _training_curves.limits(
        np.append(every[np.isfinite(every)], USUAL), log=False
    )  # the line is always in view
    line = Ceiling(USUAL, say("usual ratio"))
    return _training_curves.panel(curves, quantity, axis, look, (line,), ylim=ylim)


def _by_layer(
    logs: list[TrainingLog],
    names: list[str],
    curves: list[Drawn],
    quantity: Quantity,
    *,
    axis: Axis,
    look: Look,
) -> tuple[Panel, ...]:
    """A panel a layer with the same axes; each log is named in the first that has its curve."""
    titles = _training_names.titles(logs)
    whole = _panel(curves, quantity, axis, look)
    shared = replace(look, xlim=whole.xlim, ylim=whole.ylim)
    panels, named = [], set[int]()
    for title, shown in titles.items():
        own = [
            replace(
                one,
                name="" if one.log in named else names[one.log],
                role=one.log,
                dash=0,
                faint=False,
            )
            for one in curves
            if _training_names.title(logs[one.log], one.part) == title
        ]
        named |= {one.log for one in own if np.isfinite(quantity.values(one.part)).any()}
        panel = _panel(own, quantity, axis, shared)
        marks = tuple(_unnamed(mark) for mark in panel.marks)
        panels.append(replace(panel, title=shown, marks=marks))
    return tuple(panels)


def _unnamed(mark: Mark) -> Mark:
    """The line of a panel among several has no name; the subtitle says what it is."""
    return replace(mark, label="") if isinstance(mark, Ceiling) else mark
