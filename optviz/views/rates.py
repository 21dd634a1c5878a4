"""The effective learning rate of each coordinate against the step, under its ceilings."""

from dataclasses import replace

import numpy as np

from optviz.arrays import Array
from optviz.errors import BadValue, Unfit
from optviz.objectives.quadratic import Quadratic
from optviz.scene import Ceiling, Crossing, Curve, Guide, Look, Mark, Panel, Scene
from optviz.trajectory import Trajectory
from optviz.views import _numbers, _words
from optviz.views._plane import name_latex
from optviz.views._view import View, counted, named, roles

_SPAN = 1e9  # a rate this much below the largest is off the axis, or one 0 would flatten all

_NAMES = {
    "effective": "Effective learning rates",
    "realised": "Realised ratios −Δx/g",
    "asymptotic": "Asymptotic learning rates",
}
_MANY = 8  # coordinates beyond which their curves are a band and share one name


class Rates(View):
    """η(t)·scale on a log axis; above the ceiling 2/λ of a coordinate that coordinate grows."""

    says = "effective learning rate of each coordinate, with the ceilings 2/λ"

    def scene(self, runs: list[Trajectory], look: Look) -> Scene:
        runs = [replace(run, rate=_chosen(run, look.rate)) for run in named(runs, look)]
        if look.ylim and look.ylim[0] <= 0:
            raise BadValue("ylim", f"{look.ylim[0]:g}", "above 0 is wanted on a logarithmic axis")
        heights = [run.rate[np.isfinite(run.rate) & (run.rate > 0)] for run in runs]
        found = np.concatenate([*heights, np.empty(0)])
        if not found.size:
            raise Unfit("no effective rates to draw: a step, with a rate above 0, is wanted")
        marks = _curves(runs, float(found.max()) / _SPAN)
        ceilings = _ceilings(runs, look.rate)
        low, high = _range(found[found >= found.max() / _SPAN], [c.y for c in ceilings])
        marks = [*ceilings, *marks]
        marks += [c for c in _crossings(runs, ceilings, look.rate) if low < c.y < high]
        marks += _guides(runs) if look.rate == "effective" else []
        last = max(run.steps for run in runs)
        first = min(run.stride for run in runs)
        panel = Panel(
            tuple(marks), look.xlim or ((first, last) if last > first else (first - 1, last + 1)),
            look.ylim or (low, high), "step $t$", _axis(runs, look.rate), log=True, steps=True,
        )  # fmt: skip
        heading = _words.headline(runs) if look.title is None else _numbers.typed(look.title)
        alt = f"{_NAMES[look.rate]}. {_words.headline(runs, latex=False)}. {_alt(runs)}"
        return Scene(heading, _words.journey(runs), (panel,), alt, counted(runs))


def _chosen(run: Trajectory, which: str) -> Array:
    """The quantity asked for, in place of the effective rate: (steps, batch, dim)."""
    if which == "effective":
        return run.rate
    if which == "asymptotic":
        return run.rate * ((run.optimizer and run.optimizer.rule.asymptotic()) or np.nan)
    if run.stride > 1:
        raise Unfit("the realised ratio needs every step; these runs keep every Kth")
    with np.errstate(all="ignore"):
        return np.asarray(-np.diff(run.x, axis=0) / run.grad)


def _curves(runs: list[Trajectory], floor: float) -> list[Mark]:
    """A curve a coordinate; coordinates whose rates are the same all along share one."""
    marks: list[Mark] = []
    seen: set[tuple[int, int]] = set()
    for run, role, name in zip(runs, roles(runs), _words.names(runs), strict=True):
        t = np.arange(1, len(run.x)) * float(run.stride)
        rate = np.where(run.rate[:, 0] > floor, run.rate[:, 0], np.nan)
        faint = len(runs) > 12 or run.dim > _MANY
        for dash, (members, values) in enumerate(_shared(rate)):
            label = _coordinates(run, members) if run.dim <= _MANY else f"{run.dim} coordinates"
            known = (role, dash if run.dim <= _MANY else 0) in seen
            label = "" if known else ", ".join(word for word in (name, label) if word)
            seen.add((role, dash))
            marks.append(Curve(np.column_stack([t, values]), role, dash, label, faint))
    return marks


def _shared(rate: Array) -> list[tuple[list[int], Array]]:
    groups: list[tuple[list[int], Array]] = []
    for i in range(rate.shape[1]):
        for members, values in groups:
            if np.array_equal(values, rate[:, i], equal_nan=True):
                members.append(i)
                break
        else:
            groups.append(([i], rate[:, i]))
    return groups


def _coordinates(run: Trajectory, members: list[int]) -> str:
    names = run.names
    if len(members) == run.dim > 3:
        return "all coordinates"
    if len(members) > 3:
        return f"{name_latex(names[members[0]])} … {name_latex(names[members[-1]])}"
    return ", ".join(name_latex(names[i]) for i in members)


def _factor(run: Trajectory, which: str) -> tuple[float, str] | None:
    """The constant of the ceiling: the realised ratio of any rule flips its coordinate at 2/λ."""
    if which == "realised":
        return 2.0, "2"
    return run.optimizer.rule.ceiling() if run.optimizer and which == "effective" else None


def _ceilings(runs: list[Trajectory], which: str) -> list[Ceiling]:
    """C/λ of each distinct λ > 0 where Q is diagonal; else of λmax alone, which bounds them all.

    Where rules differ in C each line says whose it is.
    """
    q = runs[0].objective
    owners: dict[tuple[float, str], list[str]] = {}
    for run in runs:
        if (constant := _factor(run, which)) and run.optimizer:
            titles = owners.setdefault(constant, [])
            titles += [t for t in [_words.title(run.optimizer)] if t not in titles]
    if q is None or len(owners) > 2:  # more lines than can be told apart
        return []
    return [
        replace(line, label=line.label + (f" {', '.join(titles)}" if len(owners) > 1 else ""))
        for (factor, letters), titles in owners.items()
        for line in _lines(q, factor, letters)
    ]


def _lines(q: Quadratic, factor: float, letters: str) -> list[Ceiling]:
    """The ceilings of one constant."""
    if not _diagonal(q) or q.dim > 4:
        steepest = float(q.eigenvalues[-1])
        return [_ceiling(factor, letters, steepest, "max")] if steepest > 0 else []
    indices: dict[float, list[str]] = {}
    for i, curvature in enumerate(np.diag(q.Q).tolist(), start=1):
        if curvature > 0:
            indices.setdefault(curvature, []).append(str(i))
    return [_ceiling(factor, letters, k, ",".join(who)) for k, who in indices.items()]


def _ceiling(factor: float, letters: str, curvature: float, index: str) -> Ceiling:
    slash = r"\,/\," if "frac" in letters else "/"
    height = factor / curvature
    return Ceiling(height, rf"${letters}{slash}\lambda_{{{index}}}={_numbers.tex(height)}$")


def _diagonal(q: Quadratic) -> bool:
    return not (q.Q - np.diag(np.diag(q.Q))).any()


def _crossings(
    runs: list[Trajectory], ceilings: list[Ceiling], which: str
) -> list[Crossing]:  # fmt: skip
    """Where a coordinate's rate first rises through its own ceiling: diagonal Q, one path each."""
    q = runs[0].objective
    if q is None or not ceilings or not _diagonal(q) or len(runs) > 4:
        return []
    found = []
    for run, role in zip(runs, roles(runs), strict=True):
        factor = (_factor(run, which) or (np.nan, ""))[0]
        for i, curvature in enumerate(np.diag(q.Q).tolist()):
            rate = run.rate[:, 0, i]
            if curvature <= 0 or len(rate) < 2:
                continue
            rises = (rate[1:] > factor / curvature) & (rate[:-1] <= factor / curvature)
            if rises.any():
                step = (int(rises.argmax()) + 2) * run.stride
                label = f"step {step}"
                found.append(Crossing(float(step), factor / curvature, label, role))
    return found


def _guides(runs: list[Trajectory]) -> list[Mark]:
    """t^(−1/2) from the first rate, where the rule sums gradients: what a constant g would do."""
    summing = [run for run in runs if run.optimizer and run.optimizer.rule.sums_gradients
               and not run.coordinates]  # fmt: skip  # logged gradients may begin with 0
    if not summing or len(summing[0].rate) < 4:
        return []
    run = summing[0]
    rate = run.rate[:, 0]
    first = float(np.nanmax(rate[0])) if np.isfinite(rate[0]).any() else np.nan
    if not first > 0 or run.stride != 1:
        return []
    t = np.linspace(1.0, float(run.steps), 200)
    return [Guide(np.column_stack([t, first / np.sqrt(t)]), "$t^{-1/2}$")]


def _range(rates: Array, ceilings: list[float]) -> tuple[float, float]:
    """Log limits around the rates and such ceilings as are within a factor of 6 of them."""
    low, high = float(rates.min()), float(rates.max())
    near = [y for y in ceilings if low / 6 < y < high * 6]
    low, high = min([low, *near]), max([high, *near])
    room = max((high / low) ** 0.08, 1.5)
    return low / room, high * room


def _axis(runs: list[Trajectory], which: str) -> str:
    if which == "realised":
        return r"realised ratio $-\Delta x_i/g_i$"
    if which == "asymptotic":
        return "asymptotic learning rate"
    rules = {run.optimizer.rule.rate for run in runs if run.optimizer}
    words = "effective learning rate"
    return f"{words} ${rules.pop()}$" if len(rules) == 1 else words


def _alt(runs: list[Trajectory]) -> str:
    parts = []
    for run in runs:
        rate = run.rate[:, 0]
        spans = ", ".join(
            f"{name} from {_numbers.number(float(first))} to {_numbers.number(float(last))}"
            for name, first, last in zip(run.names[:4], rate[0], rate[-1], strict=False)
        )
        parts.append(f"{_words.full_name(run)}: {spans}")
    return "; ".join(parts) + "."
