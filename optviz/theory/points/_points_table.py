"""The verdict at points as a page of aligned lines of plain text."""

from collections import Counter

import numpy as np

from optviz.arrays import Array
from optviz.optimizers import Optimizer
from optviz.phrases import listed
from optviz.text.numbers import number
from optviz.theory import stability
from optviz.theory.points._bearing import Bearing
from optviz.theory.points._survey import Place, Survey, settled

_SHOWN = 12  # points of which the table has a row each
_DIGITS = 9  # of places and values, so that eight are certain
_ENDINGS = {"minimum": "minima", "maximum": "maxima"}
_ALONE = (
    "the verdict is that on the local quadratic model; Gershgorin's discs, preconditioning",
    "and the steps to a tolerance are of quadratics alone",
)


@np.errstate(all="ignore")
def page(survey: Survey) -> str:
    """A table of the points, then a block an optimizer with a line a point."""
    f, shown = survey.objective, survey.places[:_SHOWN]
    blocks = [[f"{f.formula('plain')}    {f.dim}-D, {_where(survey)}"]]
    if shown:
        blocks += [_table(shown, len(survey.places))]
        blocks += [_optimizer(shown, i) for i in range(_optimizers(shown))]
    blocks += [[f"  {line}" for line in _ALONE]] if shown else []
    return "\n\n".join("\n".join(block) for block in blocks)


def _optimizers(places: tuple[Place, ...]) -> int:
    return max(len(place.bearings) for place in places)


def _where(survey: Survey) -> str:
    """`1 minimum and 2 saddles in [−2, 2]×[−1, 3]`, or the typed points."""
    if not survey.box:
        return "at the point that is typed" if len(survey.places) == 1 else "at typed points"
    sides = zip(survey.box[::2], survey.box[1::2], strict=True)
    box = "×".join(f"[{number(low)}, {number(high)}]" for low, high in sides)
    counts = Counter(place.kind for place in survey.places)
    parts = [
        f"{n} {kind if n == 1 else _ENDINGS.get(kind, f'{kind}s')}" for kind, n in counts.items()
    ]
    if not parts:
        return f"no stationary point found in {box}; --start moves the box, --at x,y looks anywhere"
    return f"{listed(parts)} in {box}"


def _table(places: tuple[Place, ...], count: int) -> list[str]:
    """A row a point: its number, kind, place, value, eigenvalues, κ."""
    rows = [("", "kind", "x", "f", "eigenvalues of H", "κ")]
    heights = settled(np.array([place.value for place in places]))
    for i, (place, height) in enumerate(zip(places, heights, strict=True), start=1):
        q = place.model
        values = "no Hessian" if q is None else ", ".join(_few(q.eigenvalues))
        kappa = "" if np.isnan(place.kappa) else number(place.kappa, 6)
        kind = place.kind
        if kind == "slope":
            kind = f"slope {number(place.slope)}"
        rows.append((str(i), kind, _point(place.x), number(height, _DIGITS), values, kappa))
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = ["  " + "   ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    more = [f"  … and {count - len(places)} more; --json has all"] if count > len(places) else []
    return [*lines, *more]


def _point(x: Array) -> str:
    parts = [number(value, _DIGITS) for value in settled(x)]
    if len(parts) > 4:
        parts = [*parts[:3], "…"]
    return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"


def _few(values: Array) -> list[str]:
    texts = [number(value, 6) for value in settled(values)]
    return texts if len(texts) <= 4 else [texts[0], texts[1], "…", texts[-1]]


def _optimizer(places: tuple[Place, ...], index: int) -> list[str]:
    """One optimizer: a line a point that could hold it, and one for all others of a kind."""
    lines: dict[str, list[int]] = {}
    for i, place in enumerate(places, start=1):
        if place.bearings:
            lines.setdefault(_line(place.bearings[index]), []).append(i)
    names = [listed([str(i) for i in numbers]) for numbers in lines.values()]
    wide = max(map(len, names), default=0)
    first = next(place.bearings[index] for place in places if place.bearings)
    pairs = zip(names, lines, strict=True)
    return [_title(first), *(f"  {name.ljust(wide)}   {text}" for name, text in pairs)]


def _title(one: Bearing) -> str:
    """The optimizer, by its name alone where its settings are the best of each point."""
    o = one.optimizer
    chosen = one.best is not None and "eta" not in o.explicit
    return o.rule.word() if chosen else str(o)


def _line(one: Bearing) -> str:
    """`0 < η < 0.00199; best η = 0.00199: 0.9992 a step`, or the verdict on its settings."""
    if one.max_eta is None or one.best is None or "eta" in one.optimizer.explicit:
        return one.verdict
    others = _settings(one.optimizer)
    at = f" at {others}" if others else ""
    best = ", ".join(filter(None, [f"η = {number(_eta(one.best), 6)}", _settings(one.best)]))
    least = one.best_factor or 0.0
    factor = number(least if least > 1e-12 else 0.0, 6)
    return f"0 < η < {number(one.max_eta, 6)}{at}; best {best}: {factor} a step"


def _eta(optimizer: Optimizer) -> float:
    return stability.constant(optimizer) or 0.0


def _settings(optimizer: Optimizer) -> str:
    """The settings but the rate, in symbols: `β = 0.668`."""
    meanings = optimizer.rule.settings()
    values = optimizer.settings().items()
    return ", ".join(
        f"{meanings[key].symbol} = {number(float(value), 6)}"
        for key, value in values
        if key != "eta" and isinstance(value, float)
    )
