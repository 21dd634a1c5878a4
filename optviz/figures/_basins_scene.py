"""The map of basins: a colour for each minimum, its λmax beside it, and where no run rests."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array, Ints
from optviz.figures import _titles
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import optimizer_name, settings_text
from optviz.figures._plane import name_latex
from optviz.figures._trace_grid import axes_of
from optviz.phrases import capitalised, listed, say
from optviz.scene import Bare, Cells, Look, Mark, Minimum, Panel, Scene
from optviz.studies.basins import DIVERGED, MOVING, Basins
from optviz.text.numbers import number

_COLOURS = 4  # minima that have a colour each, unlike that of no minimum; more by their λmax
_MARKED = 100  # minima that are marked; more are a curve of them
_DIGITS = 4
_ALIKE = 0.05  # of λmax: minima that it does not tell apart are told by their height
_WORDED = 6  # minima beside which their λmax stands


def scene(content: list[Basins], look: Look, *, equal: bool) -> Scene:
    """A panel for each optimizer."""
    many = len(content) > 1
    panels = [_panel(one, look, equal=equal) for one in content]
    if many:
        names = look.labels or [optimizer_name(one.optimizer) for one in content]
        panels = [
            replace(panel, title=name, role=role)
            for role, (panel, name) in enumerate(zip(panels, names, strict=True))
        ]
    first = content[0]
    quantity = say("starts basin", steps=first.steps)
    heading = capitalised(quantity)
    if not many:
        heading = say("sweep of one", name=optimizer_name(first.optimizer), quantity=quantity)
    alt = say(
        "starts alt",
        quantity=capitalised(quantity),
        count=len(first.start),
        objective=objective_text(first.objective, latex=False),
        summaries="; ".join(_summary(one) for one in content),
    )
    subtitle = _subtitle(content)
    return Scene(
        _titles.title(look, heading), subtitle, tuple(panels), alt, columns=len(panels), shared=many
    )


def _subtitle(content: list[Basins]) -> str:
    """The objective, the starts, the settings, and which minima hold nobody."""
    first = content[0]
    parts = [objective_text(first.objective), say("starts", count=len(first.start))]
    if len(content) == 1:
        parts += [settings_text(first.optimizer), _refused(first)]
    return ", ".join(filter(None, parts))


def _refused(one: Basins) -> str:
    """The minima above C/η, which hold nobody; or ""."""
    if one.limit is None:
        return ""
    above = one.curvature > one.limit
    if not above.any() or one.reached[above].any():
        return ""
    values = listed([number(value, 4) for value in sorted(one.curvature[above].tolist())])
    return say("basins refused", values=values, limit=number(one.limit, 4))


def _panel(one: Basins, look: Look, *, equal: bool) -> Panel:
    across, up = axes_of(one.start)
    shape = len(up), len(across)
    order = np.lexsort((one.start[:, 0], one.start[:, 1]))
    owner = one.minimum[order].reshape(shape)
    near = one.near[order].reshape(shape)
    f = one.objective
    return Panel(
        (_cells(one, owner, near, across.edges, up.edges), *_minima(one)),
        look.xlim or (across.edges[0], across.edges[-1]),
        look.ylim or (up.edges[0], up.edges[-1]),
        name_latex(f.names[0]),
        name_latex(f.names[1]),
        equal=equal,
    )


def _cells(one: Basins, owner: Ints, near: Ints, xs: Array, ys: Array) -> Cells:
    """Each start in the colour of its minimum; of more than four minima, in that of their λmax."""
    about = near >= 0
    bare = tuple(
        Bare(label, cells, diverges=lost)
        for label, cells, lost in [
            (say("basin none"), (owner == MOVING) & ~about, False),
            (say("diverges"), owner == DIVERGED, True),
        ]
        if cells.any()
    )
    striped = Bare(say("basin about"), about) if about.any() else None
    shown = np.where(about, near, owner)
    if len(set(shown[shown >= 0].tolist())) <= _COLOURS:
        values = np.where(shown >= 0, shown, np.nan)
        names = tuple(map(_place, one.minima))
        label = say("value basin")
        return Cells(xs, ys, values, label, names=names, bare=bare, striped=striped)
    heights = one.objective.value(one.minima)
    kinks = np.isinf(one.curvature).any()
    equal = kinks or np.ptp(one.curvature) < _ALIKE * one.curvature.max()
    alike = equal and np.ptp(heights) > 0
    quantity = np.append(heights if alike else one.curvature, np.nan)  # nan for what none holds
    values = quantity[np.where(shown >= 0, shown, -1)]
    label = say("value height") if alike else say("value curvature")
    return Cells(xs, ys, values, label, bare=bare, striped=striped)


def _place(x: Array) -> str:
    return "(" + ", ".join(number(float(value), _DIGITS) for value in x) + ")"


def _minima(one: Basins) -> list[Mark]:
    """The minima, each with its λmax, and with the limit where it is above that."""
    if len(one.minima) > _MARKED:
        return []
    worded = len(one.minima) <= _WORDED
    return [
        Minimum(float(x[0]), float(x[1]), label=_worded(one, i) if worded else "")
        for i, x in enumerate(one.minima)
    ]


def _worded(one: Basins, index: int) -> str:
    value = float(one.curvature[index])
    above = one.limit is not None and value > one.limit
    return say("basin above" if above else "basin curvature", value=number(value, 4))


def _summary(one: Basins) -> str:
    """The share of each minimum, of the starts that go on, and of those that diverge."""
    shares = _curve(one) if len(one.minima) > _MARKED else _shares(one)
    still = one.share(MOVING) - float(np.mean(one.near >= 0))
    rest = [(still, say("basin none")), (one.share(DIVERGED), say("diverges"))]
    shares += [f"{_percent(share)} {word}" for share, word in rest if share > 0]
    refused = [_refused(one)] if _refused(one) else []
    return say(
        "sweep of one", name=optimizer_name(one.optimizer), quantity=", ".join(shares + refused)
    )


def _shares(one: Basins) -> list[str]:
    """How many starts end at each minimum, and stay about it."""
    shares = []
    for i, x in enumerate(one.minima[: 2 * _WORDED]):
        words = {"point": _place(x), "value": number(float(one.curvature[i]), 4)}
        for key, share in (("basin share", one.share(i)), ("basin share about", one.about(i))):
            if share:
                shares.append(say(key, share=_percent(share), **words))
    return shares


def _curve(one: Basins) -> list[str]:
    """How many starts end at any of very many minima, and between which λmax."""
    held = one.curvature[one.reached]
    if not len(held):
        return []
    low, high = (number(float(value), 4) for value in (held.min(), held.max()))
    share = _percent(float(np.mean(one.minimum >= 0)))
    return [say("basin share of many", share=share, low=low, high=high)]


def _percent(share: float) -> str:
    return f"{number(100 * share, 3)} %"
