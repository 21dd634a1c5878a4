"""The scene of `rates`: learning rates against the step on a log axis, under their ceilings."""

import numpy as np

from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.figures import _titles
from optviz.figures._optimizer_names import full_name
from optviz.figures._rates_ceilings import ceilings, crossings
from optviz.figures._rates_curves import curves, with_quantity
from optviz.figures._trajectory_kind import counter_values, labelled
from optviz.scene import Guide, Look, Mark, Panel, Scene, Spread
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

_SPAN = 1e9  # a rate this much below the largest is off the axis, or one 0 would flatten all
_NAMES = {
    "effective": "Effective learning rates",
    "realised": "Realised ratios −Δx/g",
    "asymptotic": "Asymptotic learning rates",
}
NOTHING = "no effective rates to draw: a step, with a rate above 0, is wanted"


def scene(runs: list[Trajectory], look: Look, quantity: str) -> Scene:
    """The figure of one of the three quantities of the option `rate`. Raises `Unfit`."""
    runs = [with_quantity(run, quantity) for run in labelled(runs, look)]
    positive = [run.rate[np.isfinite(run.rate) & (run.rate > 0)] for run in runs]
    rates = np.concatenate([np.empty(0), *positive])
    if not rates.size:
        raise Unfit(NOTHING)
    marks = curves(runs, float(rates.max()) / _SPAN)
    edges = [edge for m in marks if isinstance(m, Spread) for edge in (m.low, m.high)]
    rates = np.concatenate([rates, *(edge[np.isfinite(edge)] for edge in edges)])
    lines = ceilings(runs, quantity)
    low, high = _range(rates[rates >= rates.max() / _SPAN], [line.y for line in lines])
    marks = [*lines, *marks]
    marks += [c for c in crossings(runs, lines, quantity) if low < c.y < high]
    marks += _guides(runs) if quantity == "effective" else []
    last = max(run.steps for run in runs)
    first = min(run.stride for run in runs)
    panel = Panel(
        tuple(marks),
        look.xlim or ((first, last) if last > first else (first - 1, last + 1)),
        look.ylim or (low, high),
        "step $t$",
        _axis_label(runs, quantity),
        log=True,
        steps=True,
    )
    title = _titles.title(look, _titles.headline(runs))
    alt = f"{_NAMES[quantity]}. {_titles.headline(runs, latex=False)}. {_alt(runs)}"
    return Scene(title, _titles.subtitle(runs, panel.marks), (panel,), alt, counter_values(runs))


def _guides(runs: list[Trajectory]) -> list[Mark]:
    """t^(−1/2) from the first rate, where the rule sums gradients: the rate for a constant g."""
    summing = [
        run
        for run in runs
        if run.optimizer and run.optimizer.rule.sums_gradients and not run.coordinates
    ]  # logged gradients may begin with 0
    if not summing or len(summing[0].rate) < 4:
        return []
    run = summing[0]
    rate = run.rate[:, 0]
    first = float(np.nanmax(rate[0])) if np.isfinite(rate[0]).any() else np.nan
    if not first > 0 or run.stride != 1:
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


def _axis_label(runs: list[Trajectory], quantity: str) -> str:
    if quantity == "realised":
        return r"realised ratio $-\Delta x_i/g_i$"
    if quantity == "asymptotic":
        return "asymptotic learning rate"
    formulas = {run.optimizer.rule.rate for run in runs if run.optimizer}
    label = "effective learning rate"
    return f"{label} ${formulas.pop()}$" if len(formulas) == 1 else label


def _alt(runs: list[Trajectory]) -> str:
    parts = []
    for run in runs:
        spans = ", ".join(
            f"{name} {_span(run, run.rate[:, 0, i])}" for i, name in enumerate(run.names[:4])
        )
        parts.append(f"{full_name(run)}: {spans}")
    return "; ".join(parts) + "."


def _span(run: Trajectory, values: Array) -> str:
    """The first and the last rate, with their steps where these are not those of the run."""
    finite = np.flatnonzero(np.isfinite(values))
    if not finite.size:
        return "without a rate"
    first, last = (numbers.number(float(values[index])) for index in finite[[0, -1]])
    begin = f" at step {(finite[0] + 1) * run.stride}" if finite[0] else ""
    end = f" at step {(finite[-1] + 1) * run.stride}" if finite[-1] < len(values) - 1 else ""
    return f"from {first}{begin} to {last}{end}"
