"""The scene of `phase`: a panel a portrait, and for `--cases` the map of regimes."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.figures import _phase_map, _titles
from optviz.figures._frame import left_at
from optviz.figures._landscape import Box
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import (
    common_settings,
    full_name_of,
    own_settings,
    panel_names,
    settings_text,
)
from optviz.figures._phase_orbits import Portrait
from optviz.figures._trajectory_kind import apart
from optviz.phrases import say
from optviz.scene import Guide, Look, Mark, Minimum, Panel, Path, Scene, Start
from optviz.text.numbers import number, typed

COLUMNS = 3  # panels in a row
_BEYOND = 1.6  # times where orbits begin that diverge: a panel shows no more of them
_ROOM = 0.12  # of the orbits, beside them


@np.errstate(all="ignore")
def scene(content: list[Portrait], look: Look, *, cases: bool) -> Scene:
    """The figure of portraits."""
    names = _names(content, look, cases=cases)
    several = not cases and len({one.optimizer for one in content}) > 1
    own = own_settings([one.optimizer for one in content], names) if several else [""] * len(names)
    panels = [
        replace(_panel(one, look, name, cases=cases, several=several), note=_note(one, settings))
        for one, name, settings in zip(content, names, own, strict=True)
    ]
    if cases and (chart := _phase_map.panel(content)):
        panels.append(chart)
    alt = say("phase alt", text="; ".join(map(_told, content)))
    columns = len(panels) if len(panels) <= COLUMNS else COLUMNS
    title = _titles.title(look, _heading(content, names, cases=cases))
    return Scene(title, _subtitle(content, cases=cases), tuple(panels), alt, columns=columns)


def _names(content: list[Portrait], look: Look, *, cases: bool) -> list[str]:
    """The name of the optimizer of each portrait; all cases are of one."""
    owners = list(dict.fromkeys(one.optimizer for one in content))[: 1 if cases else None]
    labels = apart(look.labels, len(owners)) if look.labels else ()
    names = list(map(typed, labels)) if labels else panel_names(owners)
    texts = dict(zip(owners, names, strict=True))
    return [texts.get(one.optimizer, names[0]) for one in content]


def _heading(content: list[Portrait], names: list[str], *, cases: bool) -> str:
    first = content[0]
    if cases:
        return say("phase cases", name=names[0])
    if len(content) == 1 and first.regime:
        return say(f"phase {first.regime}", name=names[0], value=number(first.eigenvalue))
    if len(set(names)) == 1:
        return say("phase modes", name=names[0])
    return say("phase several", value=number(first.eigenvalue))


def _subtitle(content: list[Portrait], *, cases: bool) -> str:
    """What all portraits have in common; of cases all settings but the rate, which differs."""
    first = content[0]
    same = len({one.optimizer for one in content}) == 1
    without = ("eta",) if cases else ()
    if same or cases:
        settings = settings_text(first.optimizer, without, room="line")
    else:
        settings = common_settings([one.optimizer for one in content])
    objective = objective_text(first.objective)
    return say("on", settings=settings, objective=objective) if settings else objective


def _panel(one: Portrait, look: Look, name: str, *, cases: bool, several: bool) -> Panel:
    """The orbits, where they begin and end, and the lines on which real roots keep a mode."""
    box = _box(one, look)
    marks: list[Mark] = [*_lines(one, box), Minimum(0.0, 0.0)]
    pairs = max(1, len(one.orbits) // 2)
    for number_, points in enumerate(one.orbits):
        left = left_at(points, box)
        marks.append(Path(points, number_ % pairs, left=left, name=name))
    marks += [Start(float(x), float(v)) for x, v in one.orbits[:, 0]]
    vertical = say("axis mean" if one.measured else "axis velocity")
    return Panel(
        tuple(marks),
        box[:2],
        box[2:],
        say("axis distance"),
        vertical,
        _panel_title(one, name, cases=cases, several=several),
    )


def _panel_title(one: Portrait, name: str, *, cases: bool, several: bool) -> str:
    word = say(f"regime {one.regime}") if one.regime else name
    if several:
        return say("phase of", name=name, regime=word) if one.regime else name
    if cases:
        return say(
            "phase case", regime=word, setting=settings_text(one.optimizer, _all_but_eta(one))
        )
    return say("phase mode", value=number(one.eigenvalue), regime=word)


def _all_but_eta(one: Portrait) -> tuple[str, ...]:
    return tuple(key for key in one.optimizer.settings() if key != "eta")


def _note(one: Portrait, settings: str) -> str:
    """The settings, and by what a step shrinks the mode in the end."""
    factor = say("phase factor", value=number(abs(one.roots[0]))) if one.roots else ""
    return "; ".join(filter(None, [settings, factor]))


def _box(one: Portrait, look: Look) -> Box:
    """Around the orbits; of those that diverge, what is not far beyond where they begin."""
    bounds = []
    for axis, limits in ((0, look.xlim), (1, look.ylim)):
        if limits:
            bounds.append(limits)
            continue
        values = one.orbits[..., axis]
        first = values[:, :2] if one.regime == "diverging" else values
        begin = float(np.nanmax(np.abs(first))) or 1.0
        inside = np.abs(values[np.isfinite(values) & (np.abs(values) <= _BEYOND * begin)])
        high = (1 + _ROOM) * max(float(inside.max(initial=0.0)), 0.3 * begin)
        bounds.append((-high, high))
    return (*bounds[0], *bounds[1])


def _lines(one: Portrait, box: Box) -> list[Mark]:
    """The line of each real root z: on it eₜ = z eₜ₋₁, so v = (1 − 1/z) e."""
    marks: list[Mark] = []
    for root in dict.fromkeys(one.roots or ()):
        if root.imag or not root.real:
            continue
        slope = 1 - 1 / root.real
        reach = min(box[1], box[3] / abs(slope) if slope else box[1])
        ends = reach * np.array([-1.0, 1.0])
        marks.append(Guide(_line(ends, slope), ""))
    return marks


def _line(ends: Array, slope: float) -> Array:
    return np.column_stack([ends, slope * ends])


def _told(one: Portrait) -> str:
    """The regime of a portrait, or how far its orbits are in the end."""
    name, value = full_name_of(one.optimizer), number(one.eigenvalue)
    if one.regime and one.roots:
        factor = number(abs(one.roots[0]))
        regime = say(f"regime {one.regime}")
        return say("phase told", name=name, value=value, regime=regime, factor=factor)
    last = float(np.nanmax(np.abs(one.orbits[:, -1, 0])))
    steps = say("steps after", count=one.orbits.shape[1] - 1)
    return say("phase measured", name=name, value=value, last=number(last), steps=steps)
