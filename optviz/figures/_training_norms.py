"""The scene of `norms`: a panel each for gradient, update and parameters."""

from functools import partial

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _titles, _training_curves, _training_names, _training_parts
from optviz.figures._training_axis import Axis
from optviz.figures._training_curves import Quantity
from optviz.figures._training_rows import stacked
from optviz.figures._training_text import context, ended, owners
from optviz.phrases import capitalised, listed, say
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.scene import Look, Scene

QUANTITIES = ("grad", "update", "parameter")
_MISSING = "no norms above 0 to draw on a log axis: a step that moves a parameter is wanted"


def scene(logs: list[TrainingLog], look: Look, axis: Axis) -> Scene:
    """The figure of logs; of several, whole groups alone."""
    names = _training_names.names(logs, look, latex=True)
    parts = _training_parts.of_layers(logs)
    name = _training_parts.layer_names(logs)
    quantities = [
        Quantity(parts, partial(_norm, which), say(f"norm of {which}"), missing=_MISSING, name=name)
        for which in QUANTITIES
        if any(_has(layer, which) for log in logs for layer in parts(log))
    ]
    if not quantities:
        raise Unfit(_MISSING)
    first = quantities[0]
    rows = [_training_curves.drawn(logs, names, one, by=first) for one in quantities]
    _training_curves.check(look, logs, rows[0])
    panels = stacked(
        [
            _training_curves.panel(curves, quantity, axis, look)
            for curves, quantity in zip(rows, quantities, strict=True)
        ]
    )
    plain = _training_names.names(logs, look, latex=False)
    skipped = len(logs) > 1 and any(not layer.whole for log in logs for layer in log.layers)
    remarks = [_training_curves.remark(rows[0], first), say("whole groups") if skipped else ""]
    remarks += ended(logs, plain)
    subtitle = "; ".join(filter(None, [context(logs, names), *remarks]))
    spans = [
        _training_curves.told(curves, quantity, plain)
        for curves, quantity in zip(rows, quantities, strict=True)
    ]
    alt = ". ".join([_heading(plain, quantities), context(logs, plain), *spans])
    title = _titles.title(look, _heading(names, quantities))
    return Scene(title, subtitle, panels, f"{alt}.", columns=1)


def _heading(names: list[str], quantities: list[Quantity]) -> str:
    """The quantities that are drawn, of their trainings."""
    drawn = listed([_training_curves.plain(quantity) for quantity in quantities])
    whole = len(quantities) == len(QUANTITIES)
    quantity = say("norms") if whole else capitalised(drawn)
    return say("rates of", quantity=quantity, names=owners(names))


def _has(layer: Layer, which: str) -> bool:
    """Whether a norm above 0 is known, which logs of other monitors may lack of updates."""
    return bool((_norm(which, layer) > 0).any())


def _norm(which: str, layer: Layer) -> Array:
    values: Array = getattr(layer, which)
    return values
