"""The scene of `rates --of sharpness`: λmax(diag(rate)·H) against C, a curve a run."""

import re

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _run_text, _sharpness_claims, _titles
from optviz.figures._log_steps import logarithmic
from optviz.figures._optimizer_names import run_names
from optviz.figures._sharpness_data import Measured, measured
from optviz.figures._trajectory_kind import counter_values, labelled, roles
from optviz.phrases import listed, say
from optviz.scene import Ceiling, Crossing, Curve, Excess, Look, Mark, Panel, Scene, Spread
from optviz.text import numbers
from optviz.walks.seeds import BAND_FRACTIONS, band
from optviz.walks.trajectory import Trajectory

NOTHING = "no sharpness to draw: a step with rates, where f curves upwards, is wanted"
_ABOVE, _BELOW = 1e4, 1e6  # times C: a run that overflows, and one at rest, leave the view
_MARKED = 40  # crossings of a run beyond which only the first is marked


def scene(runs: list[Trajectory], look: Look, *, xlog: bool = False) -> Scene:
    """The sharpness of each run, as a multiple of C where rules differ in C. Raises `Unfit`."""
    every = [measured(run) for run in labelled(runs, look)]
    ratio = is_ratio(every, look)
    panel = _panel(every, look, ratio=ratio)
    panel = logarithmic(panel, 1.0) if xlog else panel
    heading = _sharpness_claims.claim(every)
    title, subtitle = _titles.heading(look, [one.run for one in every], panel.marks, heading)
    remarks = _sharpness_claims.remarks(every)
    subtitle = "; ".join([subtitle, *remarks])
    alt = f"{_titles.sentence(runs)}. {'; '.join([_sharpness_claims.alt(every), *remarks])}."
    return Scene(title, subtitle, (panel,), alt, counter_values(runs))


def is_ratio(every: list[Measured], look: Look) -> bool:
    """Whether λ/C is drawn: for rules that differ in C, and in small multiples, of one axis.

    Raises `Unfit` for a rule without C among them.
    """
    constants = {one.ceiling for one in every}
    ratio = len(constants - {None}) > 1 or (look.shape is not None and constants != {None})
    bare = [one.run.optimizer for one in every if one.ceiling is None]
    if ratio and bare:
        name = bare[0].rule.word() if bare[0] else "a run without an optimizer"
        raise Unfit(f"{name} has no constant C to set its sharpness against; leave it out")
    return ratio


def _panel(every: list[Measured], look: Look, *, ratio: bool) -> Panel:
    """Curves, C, where they cross it, and the tint above it."""
    small = look.shape is not None
    heights = [_heights(one, ratio=ratio) for one in every]
    ceiling = next((one.ceiling for one in every if one.ceiling is not None), None)
    line = 1.0 if ratio else ceiling
    view = look.ylim or _view(heights, line)
    marks: list[Mark] = []
    if len(every) == 1 and line is not None and not small:
        marks += _excess(every[0], heights[0], line)
    if line is not None:
        marks.append(Ceiling(line, _name(every, ratio=ratio, small=small)))
    marks += _curves(every, heights, view, ratio=ratio)
    for one, role in zip(every, roles([one.run for one in every]), strict=True):
        marks += _crossings(one, role, line) if line is not None else []
    last = max(one.run.steps for one in every)
    xlim = look.xlim or ((1, last) if last > 1 else (0, 2))
    label = say("sharpness ratio axis" if ratio else "sharpness axis")
    return Panel(tuple(marks), xlim, view, say("step axis"), label, log=True, steps=True)


def _heights(one: Measured, *, ratio: bool) -> Array:
    """What is drawn of a run; nan where it is not above 0, which a log axis has not: (steps,)."""
    values = one.values / one.ceiling if ratio and one.ceiling else one.values
    return np.where(values > 0, values, np.nan)


def _view(heights: list[Array], line: float | None) -> tuple[float, float]:
    """Log limits around C and the values near it. Raises `Unfit` without any value."""
    values = np.concatenate(heights)
    values = values[np.isfinite(values)]
    if not values.size:
        raise Unfit(NOTHING)
    middle = line or float(np.median(values))
    near = np.clip(values, middle / _BELOW, middle * _ABOVE)
    low, high = min(float(near.min()), middle), max(float(near.max()), middle)
    room = max((high / low) ** 0.08, 1.5)
    return low / room, high * room


def _curves(
    every: list[Measured], heights: list[Array], view: tuple[float, float], *, ratio: bool
) -> list[Mark]:
    """A curve a run, named where it ends and by how it overflows; the seeds as bands."""
    runs = [one.run for one in every]
    marks: list[Mark] = []
    named: set[int] = set()
    for one, y, role, name in zip(every, heights, roles(runs), run_names(runs), strict=True):
        t = np.arange(1.0, len(y) + 1)
        faint = len(every) > 12
        if one.seeds is not None and not faint:
            factor = one.ceiling if ratio and one.ceiling else 1.0
            values = np.maximum(one.seeds / factor, view[0])
            marks += [
                Spread(t, *band(values, fraction), role, depth)
                for depth, fraction in enumerate(BAND_FRACTIONS)
            ]
        label = "" if role in named else _run_text.named(name, _end(one.run))
        named.add(role)
        quantity = "ratio" if ratio else "sharpness"
        marks.append(Curve(np.column_stack([t, y]), role, 0, label, faint, quantity=quantity))
    return marks


def _end(run: Trajectory) -> str:
    """`overflows at step 7`; "" for a run that does not."""
    return "" if np.isfinite(run.f[-1, 0]) else _run_text.outcome(run)


def _excess(one: Measured, y: Array, line: float) -> list[Mark]:
    """The tint where the curve is above C, with what that means."""
    if not one.above.size:
        return []
    points = np.column_stack([np.arange(1.0, len(y) + 1), y])
    return [Excess(points, line, 0, say("grows above sharpness"))]


def _crossings(one: Measured, role: int, line: float) -> list[Mark]:
    """Where the curve rises through C: each time, or the first of very many; the first named."""
    steps = one.crossings.tolist()
    steps = steps if len(steps) <= _MARKED else steps[:1]
    return [
        Crossing(float(step), line, "" if i else say("at step", step=step), role)
        for i, step in enumerate(steps)
    ]


def _name(every: list[Measured], *, ratio: bool, small: bool) -> str:
    """`ceiling C = 2`, `ceiling C = 2(1+β) = 3.8`; of several rules, the values of C."""
    constants = {one.ceiling: one.letters for one in every if one.ceiling is not None}
    texts = [numbers.number(value) for value in sorted(constants)]
    if small:
        return say("ceilings", count=len(texts), values=listed(texts))
    if ratio:
        return say("sharpness ceilings", values=listed(texts))
    (letters,) = constants.values()
    if letters == texts[0]:
        return say("ceiling", formula="$C$", value=texts[0])
    letters = re.sub(r"\\frac\{(.*)\}\{(.*)\}", r"(\1)/(\2)", letters)
    return say("ceiling", formula=f"$C={letters}$", value=texts[0])
