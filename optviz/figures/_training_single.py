"""The scene of one quantity of logs of training, the loss or the learning rate."""

from typing import Any

import numpy as np

from optviz.figures import _schedule_scene, _titles, _training_curves, _training_names
from optviz.figures._rates_claims import possessive
from optviz.figures._training_axis import Axis
from optviz.figures._training_curves import Drawn, Quantity
from optviz.figures._training_text import context, owners
from optviz.figures._training_verdict import lost
from optviz.phrases import say
from optviz.recorder.training_log import TrainingLog
from optviz.scene import Look, Scene
from optviz.text import numbers

_TOLD = 3  # losses that are not finite


def scene(logs: list[TrainingLog], look: Look, axis: Axis, quantity: Quantity, word: str) -> Scene:
    """A panel with all curves. Raises `Unfit` where there is nothing to draw."""
    names = _training_names.names(logs, look, latex=True)
    plain = _training_names.names(logs, look, latex=False)
    curves = _training_curves.drawn(logs, names, quantity)
    _training_curves.check(look, logs, curves)
    panel = _training_curves.panel(curves, quantity, axis, look, **_view(curves, quantity, word))
    remark = _training_curves.remark(curves)
    if word == "loss" and len(curves) > 1:
        remark = "; ".join(filter(None, [remark, *_lost(curves, quantity)]))
    subtitle = "; ".join(filter(None, [context(logs, names), remark]))
    title = _heading(names, curves, quantity, word)
    alt = [_heading(plain, curves, quantity, word), context(logs, plain)]
    alt.append(_training_curves.spans(curves, quantity, plain))
    return Scene(_titles.title(look, title), subtitle, (panel,), f"{'. '.join(alt)}.")


def _view(curves: list[Drawn], quantity: Quantity, word: str) -> dict[str, Any]:
    """The limits of learning rates, which begin at 0 unless their axis is logarithmic."""
    if word != "schedule" or quantity.log:
        return {}
    rates = np.concatenate([quantity.values(one.part) for one in curves])
    return {"ylim": _schedule_scene.from_zero(rates[np.isfinite(rates)])}


def _lost(curves: list[Drawn], quantity: Quantity) -> list[str]:
    """From which step on losses are not finite, of those that are not."""
    ends = [(one, lost(one.part.steps, quantity.values(one.part))) for one in curves]
    return [
        say("of optimizer", name=one.name, text=say("not finite since", step=end))
        for one, end in ends
        if end and one.name
    ][:_TOLD]


def _heading(names: list[str], curves: list[Drawn], quantity: Quantity, word: str) -> str:
    """What a single curve does, or of whom these curves are."""
    if len(curves) > 1:
        return say("rates of", quantity=say(f"{word} of trainings"), names=owners(names))
    part = curves[0].part
    values = quantity.values(part)
    known = np.isfinite(values)
    if word == "schedule":
        whose = say("learning rate of", whose=possessive(names[0]))
        return _schedule_scene.goes(whose, values[known], part.steps[known])
    if word == "loss" and (end := lost(part.steps, values)):
        return say("loss lost", whose=possessive(names[0]), step=end)
    first, last = (float(value) for value in values[known][[0, -1]])
    if word == "loss" and known.sum() == 1:
        return say("loss is", whose=possessive(names[0]), last=numbers.number(last))
    key = "loss falls" if last < first else "loss rises" if last > first else "loss stays"
    return say(
        key, whose=possessive(names[0]), first=numbers.number(first), last=numbers.number(last)
    )
