"""The scene of `polynomial`: Pₜ over the spectrum, a panel an optimizer and a curve a t."""

from dataclasses import replace

import numpy as np

from optviz.figures import _titles
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import common_settings, own_settings, panel_names
from optviz.figures._trajectory_kind import apart
from optviz.phrases import say
from optviz.scene import Border, Curve, Guide, Look, Mark, Panel, Scene, Spot
from optviz.studies.residuals import Residuals
from optviz.text.numbers import number, point, typed

COLUMNS = 3  # panels in a row
_FEW = 4  # panels that have the room of two columns, for their names
_ROOM = 0.025  # of the spectrum, beside it
_DONE = 1e-9  # of an eigenvector: what is left of it is rounding
_HIGHEST = 3.0  # |P| that an axis shows
_TICK = 0.045  # of the height of a panel: the mark of an eigenvalue

Limits = tuple[float, float]


@np.errstate(all="ignore")
def scene(
    content: list[Residuals], look: Look, degrees: tuple[int, ...], *, xlog: bool = False
) -> Scene:
    """The figure of polynomials over one spectrum."""
    many, ylim = len(content) > 1, look.ylim or _ylim(content, degrees)
    names = _names(content, look)
    own = own_settings([one.optimizer for one in content], names)
    panels = tuple(
        replace(
            _panel(one, look, degrees, ylim, name if many or look.labels else "", xlog=xlog),
            note=settings,
        )
        for one, name, settings in zip(content, names, own, strict=True)
    )
    last = degrees[-1]
    title = (
        say("polynomials", count=len(content), degree=last)
        if many
        else _claim(content[0], names[0], last)
    )
    alt = say(
        "polynomial alt",
        objective=objective_text(content[0].objective, latex=False),
        text="; ".join(map(_told, content, names, [last] * len(content))),
    )
    columns = min(len(panels), 2 if len(panels) <= _FEW else COLUMNS)
    return Scene(_titles.title(look, title), _subtitle(content), panels, alt, columns=columns)


def _names(content: list[Residuals], look: Look) -> list[str]:
    if look.labels:
        return [typed(label) for label in apart(look.labels, len(content))]
    return panel_names([one.optimizer for one in content])


def _subtitle(content: list[Residuals]) -> str:
    """The settings that all have in common, the objective, and the start if a run has one."""
    first = content[0]
    settings = common_settings([one.optimizer for one in content])
    objective = objective_text(first.objective)
    text = say("on", settings=settings, objective=objective) if settings else objective
    if all(one.planned for one in content):
        return text
    return say("from after facts", head=text, start=point(first.start))


def _panel(
    one: Residuals, look: Look, degrees: tuple[int, ...], ylim: Limits, title: str, *, xlog: bool
) -> Panel:
    """The curves, the worst value of each, and a tick at each eigenvalue."""
    low, high = _extent(one, xlog=xlog)
    marks: list[Mark] = [_eigenvalues(one, ylim), Guide(np.array([[low, 0.0], [high, 0.0]]), "")]
    for role, t in enumerate(degrees):
        points = np.column_stack([one.points, one.values[t]])
        marks.append(Curve(points, role, 0, say("polynomial of", degree=t)))
    for t in degrees[-1:] if title else degrees:
        x, y = one.worst(t)
        if ylim[0] <= y <= ylim[1]:
            marks.append(Spot(x, y, number(abs(y) if abs(y) >= _DONE else 0.0), theory=False))
    return Panel(
        tuple(marks),
        look.xlim or (low, high),
        ylim,
        say("axis eigenvalue"),
        say("axis polynomial"),
        title,
        xlog=xlog,
    )


def _extent(one: Residuals, *, xlog: bool) -> Limits:
    """The spectrum, and a little room beside it."""
    low, high = float(one.eigenvalues[0]), float(one.eigenvalues[-1])
    if low == high:
        return 0.9 * low, 1.1 * high
    if xlog:
        room = (high / low) ** _ROOM
        return low / room, high * room
    return low - _ROOM * (high - low), high + _ROOM * (high - low)


def _eigenvalues(one: Residuals, ylim: Limits) -> Border:
    """A short line at the foot of the panel for each eigenvalue."""
    foot, count = ylim[0], len(one.eigenvalues)
    top = foot + _TICK * (ylim[1] - foot)
    points = np.full((3 * count, 2), np.nan)
    points[::3] = np.column_stack([one.eigenvalues, np.full(count, foot)])
    points[1::3] = np.column_stack([one.eigenvalues, np.full(count, top)])
    return Border(points, theory=False)


def _ylim(content: list[Residuals], degrees: tuple[int, ...]) -> Limits:
    """From the least value to the greatest, and at least from 0 to 1, within what is sensible."""
    values = np.concatenate([one.values[list(degrees)].ravel() for one in content])
    low = max(float(values.min(initial=0.0)), -_HIGHEST)
    high = min(float(values.max(initial=1.0)), _HIGHEST)
    margin = 0.06 * (high - low)
    return low - 2 * margin, high + margin


def _claim(one: Residuals, name: str, t: int) -> str:
    """By what the worst eigenvector has been multiplied."""
    worst, steps = abs(one.worst(t)[1]), say("steps after", count=t)
    if worst < _DONE:
        return say("polynomial done", name=name, steps=steps)
    if worst < 1:
        share = say("percent", value=number(100 * worst))
        return say("polynomial leaves", name=name, share=share, steps=steps)
    return say("polynomial grows", name=name, factor=number(worst), steps=steps)


def _told(one: Residuals, name: str, t: int) -> str:
    x, y = one.worst(t)
    return say("polynomial told", name=name, degree=t, worst=number(y), place=number(x))
