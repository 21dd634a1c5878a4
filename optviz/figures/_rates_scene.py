"""The scene of `rates`: learning rates against the step on a log axis, under their ceilings."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _rates_claims, _rates_moving, _titles
from optviz.figures._claims import subject
from optviz.figures._log_steps import first_step, logarithmic
from optviz.figures._optimizer_names import full_name
from optviz.figures._rates_ceilings import Threshold, factor, first_crossings, thresholds
from optviz.figures._rates_curves import curves, groups, with_quantity
from optviz.figures._rates_many import is_carpet, remark
from optviz.figures._rates_marks import ceilings, crossings, excesses
from optviz.figures._rates_moving import Moving, moving
from optviz.figures._trajectory_kind import counter_values, labelled
from optviz.phrases import listed, say
from optviz.scene import Curve, Guide, Look, Mark, Panel, Scene, Spread
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

_SPAN = 1e9  # a rate this much below the largest is off the axis, or one 0 would flatten all
_SEEN = 0.1  # of the steps: a guide that has left the view by then says nothing
_DESCRIBED = 4  # curves of a run, and coordinates of a curve, that a description names
NOTHING = "no effective rates to draw: a step, with a rate above 0, is wanted"


def scene(runs: list[Trajectory], look: Look, quantity: str, *, xlog: bool = False) -> Scene:
    """The figure of one of the three quantities of the option `rate`. Raises `Unfit`."""
    runs = [with_quantity(run, quantity) for run in labelled(runs, look)]
    lines = thresholds(runs, quantity)
    moved = moving(runs, quantity)
    panel = _panel(runs, lines, moved, look, quantity)
    panel = logarithmic(panel, first_step(runs)) if xlog else panel
    heading = _rates_claims.claim(runs, lines, quantity, moved) or _name(runs, quantity)
    title, subtitle = _titles.heading(look, runs, panel.marks, heading)
    remarks = [remark(runs, panel.marks), _rates_moving.remark(moved)]
    remarks += [say("gaps")] if any((run.rate < 0).any() for run in runs) else []
    texts = [subtitle, _alt(runs, lines, moved, quantity)]
    texts = ["; ".join(filter(None, [text, *remarks])) for text in texts]
    alt = f"{_titles.sentence(runs)}. {say(f'{quantity} rates')}: {texts[1]}."
    return Scene(title, texts[0], (panel,), alt, counter_values(runs))


def _panel(
    runs: list[Trajectory], lines: list[Threshold], moved: list[Moving], look: Look, quantity: str
) -> Panel:
    """Curves, ceilings and what is about them."""
    positive = [run.rate[np.isfinite(run.rate) & (run.rate > 0)] for run in runs]
    largest = max((float(rates.max()) for rates in positive if rates.size), default=0.0)
    if not largest:
        raise Unfit(NOTHING)
    drawn = [
        replace(mark, quantity=quantity)
        if isinstance(mark, Curve) and quantity != "effective"
        else mark
        for mark in curves(runs, largest / _SPAN)
    ]
    heights = [m.points[:, 1] for m in drawn if isinstance(m, Curve)]
    heights += [edge for m in drawn if isinstance(m, Spread) for edge in (m.low, m.high)]
    rates = np.concatenate(heights)
    ceilings_at = [line.y for line in lines]
    ceilings_at += [y for line in moved for y in _rates_moving.heights(line).tolist()]
    view = look.ylim or _range(rates[rates >= largest / _SPAN], ceilings_at)
    small = look.shape is not None
    below, above = _about(runs, lines, view, quantity, small=small)
    below = [*below, *_rates_moving.guides(moved, runs)]
    above = [*above, *_rates_moving.crossings(moved, runs)]
    last, first = max(run.steps for run in runs), min(run.stride for run in runs)
    xlim = look.xlim or ((first, last) if last > first else (first - 1, last + 1))
    return Panel(
        (*below, *drawn, *above), xlim, view,
        say("step axis"), _axis_label(runs, quantity, small), log=True, steps=True,
    )  # fmt: skip


def _about(
    runs: list[Trajectory],
    lines: list[Threshold],
    view: tuple[float, float],
    quantity: str,
    *,
    small: bool,
) -> tuple[list[Mark], list[Mark]]:
    """The marks about the curves: those below them, and those over them."""
    below: list[Mark] = [*ceilings(lines, runs[0].names, view, short=small)]
    above: list[Mark] = [*crossings(runs, lines, quantity, view)]
    if quantity == "effective":
        below = [*excesses(runs, lines, view, short=small), *below]
        above += [] if small else _guides(runs, view)
    return below, above


def _name(runs: list[Trajectory], quantity: str) -> str:
    """`Effective learning rates of four optimizers`."""
    return say("rates of", quantity=say(f"{quantity} rates"), names=subject(runs))


def _guides(runs: list[Trajectory], view: tuple[float, float]) -> list[Mark]:
    """t^(−1/2) from the first rate, where the rule sums gradients: the rate for a constant g.

    None where it leaves the view so soon that it is a line downwards.
    """
    summing = [
        run
        for run in runs
        if run.optimizer and run.optimizer.rule.sums_gradients and not run.coordinates
    ]  # logged gradients may begin with 0
    if not summing or len(summing[0].rate) < 4:
        return []
    run = summing[0]
    rate = run.rate[:, 0]
    highest = np.nanmedian if is_carpet(run, len(groups(rate))) else np.nanmax
    first = float(highest(rate[0])) if np.isfinite(rate[0]).any() else np.nan
    if not first > 0 or run.stride != 1 or first / np.sqrt(_SEEN * run.steps) < view[0]:
        return []
    t = np.linspace(1.0, float(run.steps), 200)
    return [Guide(np.column_stack([t, first / np.sqrt(t)]), "$t^{-1/2}$")]


def _range(rates: Array, heights: list[float]) -> tuple[float, float]:
    """Log limits around the rates and such ceilings as are within a factor of 6 of them."""
    low, high = float(rates.min()), float(rates.max())
    near = [y for y in heights if low / 6 < y < high * 6]
    low, high = min([low, *near]), max([high, *near])
    room = max((high / low) ** 0.08, 1.5)
    return max(low / room, 1e-300), min(high * room, 1e300)  # ticks are powers of ten too


def _axis_label(runs: list[Trajectory], quantity: str, small: bool) -> str:
    formulas = {run.optimizer.rate_formula for run in runs if run.optimizer}
    formula = f"${formulas.pop()}$" if len(formulas) == 1 and not small else ""
    formula = r"$-\Delta x_i/g_i$" if quantity == "realised" else formula
    return say(f"{quantity} rate axis", formula=formula).strip()


def _alt(runs: list[Trajectory], lines: list[Threshold], moved: list[Moving], quantity: str) -> str:
    parts = []
    for number, run in enumerate(runs):
        heights = _own_ceilings(run, lines, quantity)
        spans = [_span(run, members) for members, _ in groups(run.rate[:, 0])[:_DESCRIBED]]
        spans += [
            say("crossing", name=run.names[i], value=heights[i], step=step)
            for i, step in first_crossings(run, lines, quantity).items()
        ]
        text = ", ".join([*spans, *_rates_moving.described(moved, run, number)])
        parts.append(say("of optimizer", name=full_name(run), text=text) if len(runs) > 1 else text)
    return "; ".join(parts)


def _own_ceilings(run: Trajectory, lines: list[Threshold], quantity: str) -> dict[int, str]:
    """The height of each coordinate's ceiling under the rule of `run`; other rules have others."""
    constant = factor(run, quantity)
    own = [line for line in lines if constant and line.factor == constant[0]]
    return {i: numbers.number(line.y) for line in own for i in line.coordinates}


def _span(run: Trajectory, members: list[int]) -> str:
    """The first and the last rate, with their steps where these are not those of the run."""
    values, name = run.rate[:, 0, members[0]], listed([run.names[i] for i in members])
    if len(members) > _DESCRIBED:
        name = say("coordinates", count=len(members))
    finite = np.flatnonzero(np.isfinite(values))
    if not finite.size:
        return say("no rate", name=name)
    ends = finite[[0, -1]]
    first, last = (numbers.number(float(value)) for value in values[ends])
    begin, end = ((int(place) + 1) * run.stride for place in ends)
    if np.ptp(values[finite]) == 0 and len(finite) == len(values):
        return say("rate constant", name=name, value=first)
    whole = ends[0] == 0 and ends[1] == len(values) - 1
    key = "rate span" if whole else "rate span, between"
    return say(key, name=name, first=first, last=last, begin=begin, end=end)
