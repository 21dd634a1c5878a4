"""The panel of `loss`: f − f*, distance or gradient norm on a log axis, with theory's lines."""

from collections.abc import Sequence

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _loss_exits, _loss_guides, _loss_text
from optviz.figures._log_steps import logarithmic
from optviz.figures._loss_axes import measured, nothing, parts, placed, times, values
from optviz.figures._loss_limits import extent, view
from optviz.figures._optimizer_names import run_names
from optviz.figures._trajectory_kind import roles
from optviz.phrases import say
from optviz.scene import Curve, Exit, Look, Mark, Panel, Spread
from optviz.walks.seeds import BAND_FRACTIONS, SINGLE_CURVES, band
from optviz.walks.trajectory import Trajectory

Range = tuple[float, float]

_FAINT = 12  # runs beyond which their curves are thin, and without marks of their own
_ALIKE = 0.01  # of the axis' height, within which one of two curves would hide the other


def panels(
    runs: list[Trajectory], look: Look, measure: str, against: str, *, xlog: bool = False
) -> tuple[tuple[Panel, ...], str, str]:
    """One panel with the measure of each run, its description and claim. Raises `Unfit`."""
    series = [measured(run, measure) for run in runs]
    every = np.concatenate([np.empty(0), *(part[:, 1] for part in series)])
    if not (np.isfinite(every) & (every > 0)).any():
        raise Unfit(nothing(runs, measure))
    power = _loss_guides.POWER[measure]
    known = (
        _loss_guides.theories(runs, series, of_f=measure == "gap") if len(runs) <= _FAINT else []
    )
    lines = _loss_guides.guides(known, power, against, xlog=xlog)
    shown = [part[1:] for part in series] if xlog and _has_curves(series) else series
    panel = _panel(runs, series, look, measure, against, lines=lines, shown=shown)
    if xlog:
        first = min(placed(run, np.array([float(run.stride)]), against)[0] for run in runs)
        panel = logarithmic(panel, float(first))
    alts = [_loss_text.description(runs, series)]
    alts += _loss_guides.descriptions(known, power, named=len(runs) > 1)
    quantity = _loss_text.quantity(runs, measure)
    heading = say(
        "on log axes" if xlog else "on a log axis",
        quantity=quantity,
        against=say(f"against {against}"),
    )
    claim = _loss_text.title(runs, series, measure)
    return (panel,), f"{heading}: {'; '.join(alts)}", claim


def _has_curves(series: list[Array]) -> bool:
    """Whether something is above 0 after step 0."""
    return any((np.isfinite(part[1:, 1]) & (part[1:, 1] > 0)).any() for part in series)


def _panel(
    runs: list[Trajectory],
    series: list[Array],
    look: Look,
    measure: str,
    against: str,
    *,
    lines: Sequence[Mark],
    shown: list[Array],
) -> Panel:
    """Theory's lines, bands and curves, within the limits that the `shown` parts need."""
    bands = _bands(runs, measure, against)
    edges = [mark.low for mark in bands if isinstance(mark, Spread)]
    ylim = look.ylim or view(shown, edges, _loss_guides.POWER[measure])
    xlim = look.xlim or extent(runs, series, ylim, against)
    drawn = _curves(runs, series, measure, against, (xlim, ylim))
    return Panel(
        (*lines, *bands, *drawn), xlim, ylim,
        say(f"{against} axis"), _loss_text.axis_label(runs, measure), log=True, steps=True,
        whole=against == "step" or (against == "epoch" and xlim[1] >= 4),
    )  # fmt: skip


def _curves(
    runs: list[Trajectory],
    series: list[Array],
    measure: str,
    against: str,
    limits: tuple[Range, Range],
) -> list[Mark]:
    """The curves down to the bottom of the axis, and arrows where they leave through it."""
    (left, right), ylim = limits
    faint = len(runs) > _FAINT
    marks: list[Mark] = []
    exits: list[Exit] = []
    drawn: list[tuple[int, Array]] = []
    labelled: set[int] = set()
    for run, part, role, name in zip(runs, series, roles(runs), run_names(runs), strict=True):
        places = placed(run, part[:, 0], against)
        shown = slice(int(np.searchsorted(places, right)) + 1)  # a film is no longer than the axis
        points = np.column_stack([places, part[:, 1]])[shown]
        curve = _loss_exits.lowered(points, part[shown, 0], ylim[0])
        if run.law is not None:
            marks += _parts(run, measure, role, ylim, against)
        dash = int(any(_alike(points, other, ylim) for mine, other in drawn if mine != role))
        label = "" if role in labelled else _loss_text.label(run, name)
        at = None if against == "step" else curve.times
        marks.append(Curve(curve.points, role, dash, label, faint, at))
        if not faint and (arrow := _loss_exits.arrow(part, curve, ylim[0], role)):
            exits.append(arrow)
        labelled.add(role)
        drawn.append((role, points))
    return [*marks, *_loss_exits.named_once(exits, right - left)]


def _alike(points: Array, other: Array, ylim: Range) -> bool:
    """Whether two curves lie on one another all the way, as they are drawn."""
    if len(points) != len(other) or not np.array_equal(points[:, 0], other[:, 0]):
        return False
    with np.errstate(all="ignore"):
        one, two = (np.log(np.clip(y, *ylim)) for y in (points[:, 1], other[:, 1]))
    away = np.abs(one - two) / np.log(ylim[1] / ylim[0])
    return bool(np.nanmax(away, initial=0.0) <= _ALIKE and len(points) > 1)


def _parts(run: Trajectory, measure: str, role: int, view: Range, against: str) -> list[Mark]:
    """The parts of an exact law: what the mean and the noise have of it.

    The noise ends, with its name, where it is all of the sum from then on.
    """
    whole, (mean, noise) = measured(run, measure)[:, 1], parts(run, measure)
    steps = times(run, len(whole))
    apart = np.flatnonzero(np.abs(np.log(whole / noise)) > _ALIKE * np.log(view[1] / view[0]))
    end = min(int(apart[-1]) + 2, len(noise)) if len(apart) else len(noise)
    curves: list[Mark] = []
    for dash, (part, key) in enumerate([(mean, "mean"), (noise[:end], "noise")], start=1):
        at = steps[: len(part)]
        points = np.column_stack([placed(run, at, against), part])
        curve = _loss_exits.lowered(points, at, view[0])
        curves.append(Curve(curve.points, role, dash, say(key), times=curve.times))
    return curves


def _bands(runs: list[Trajectory], measure: str, against: str) -> list[Mark]:
    """The bands of many seeds, and a few of their curves; of several runs the outer bands only."""
    marks: list[Mark] = []
    alone = sum(run.spread is not None for run in runs) == 1
    for run, role in zip(runs, roles(runs), strict=True):
        if run.spread is None or run.law is not None:
            continue
        heights = values(run.spread, measure)
        steps = times(run, len(heights))
        places = placed(run, steps, against)
        for depth, fraction in enumerate(BAND_FRACTIONS if alone else BAND_FRACTIONS[:1]):
            marks.append(Spread(places, *band(heights, fraction), role, depth))
        for y in heights.T[: SINGLE_CURVES if alone else 0]:
            points = np.column_stack([places, np.where(y > 0, y, np.nan)])
            marks.append(Curve(points, role, 0, faint=True, times=steps))
    return marks
