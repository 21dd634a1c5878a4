"""The verdict as a page of aligned lines of plain text."""

from textwrap import wrap

import numpy as np

from optviz.text.numbers import number
from optviz.theory import stability
from optviz.theory.verdict._features import Features
from optviz.theory.verdict._forecast import Forecast
from optviz.theory.verdict._judge import Verdict
from optviz.theory.verdict._phrases import (
    MANY,
    direction,
    factor,
    listed,
    nature,
    shortened,
    vector,
)
from optviz.theory.verdict._sentences import about
from optviz.theory.verdict._spectrum import Disc

_WIDTH = 96
_NAME = 14  # columns of the names at the left

_Line = tuple[str, str]


@np.errstate(all="ignore")
def report(verdict: Verdict) -> str:
    """The objective's facts, then a block an optimizer, each ending in its sentence."""
    q = verdict.objective
    blocks = [
        [f"{q.formula('plain')}    {q.dim}-D, {nature(q)}"],
        _lines([*_matrix(verdict), *_places(verdict)]),
        _directions(verdict),
        _lines(_conditions(verdict)),
        *([_lines(_features(verdict.features))] if verdict.features else []),
        *(_optimizer(verdict, forecast) for forecast in verdict.forecasts),
    ]
    return "\n\n".join("\n".join(block) for block in blocks)


def _lines(pairs: list[_Line]) -> list[str]:
    """Names at the left, what they are beside them, wrapped."""
    lines = []
    for name, text in pairs:
        for i, part in enumerate(wrap(text, _WIDTH - _NAME) or [""]):
            lines.append(f"  {('' if i else name).ljust(_NAME - 2)}{part}")
    return lines


def _matrix(verdict: Verdict) -> list[_Line]:
    q = verdict.objective
    rows = [shortened([number(value, 6) for value in row]) for row in q.Q.tolist()]
    if q.dim > MANY:
        rows = [*rows[:3], ["…"] * len(rows[0]), rows[-1]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    shown = ["  ".join(map(str.rjust, row, widths)) for row in rows]
    lines = [("" if i else "Q", row) for i, row in enumerate(shown)]
    return [*lines, ("c", listed(q.c)), ("b", number(q.b, 6))]


def _places(verdict: Verdict) -> list[_Line]:
    """Minimum and start."""
    q, start = verdict.objective, verdict.start
    with np.errstate(all="ignore"):
        height = number(float(q.value(start[None])[0]), 6)
    begin = ("start", f"x = {listed(start)}, f = {height}")
    if q.minimiser is not None and q.minimum is not None:
        many = ", and at every point flat of it" if q.eigenvalues[0] == 0 else ""
        place = f"f* = {number(q.minimum, 6)} at x* = {listed(q.minimiser)}{many}"
        return [("minimum", place), begin]
    here = "" if q.stationary is None else f"; ∇f = 0 at {listed(q.stationary)}"
    return [("minimum", f"none{here}"), begin]


def _directions(verdict: Verdict) -> list[str]:
    """A line an eigenvector: λ, itself, and how x* moves with c along it."""
    q, moves = verdict.objective, verdict.spectrum.sensitivity
    indices = list(range(q.dim))
    shown = indices if q.dim <= MANY else [*indices[:3], indices[-1]]
    rows = [("eigenvalue", "direction", "x* moves there, for each 1 that c does")]
    for i in shown:
        along = listed(vector(q, i)) if q.dim > 1 else direction(q, i)
        moved = number(float(moves[i])) if np.isfinite(moves[i]) else "without end"
        rows.append((f"λ{i + 1} = {number(float(q.eigenvalues[i]), 6)}", along, moved))
    if len(shown) < q.dim:
        rows.insert(-1, ("…", "", ""))
    widths = [max(len(row[i]) for row in rows) for i in range(2)]
    return [
        f"  {row[0].ljust(widths[0])}   {row[1].ljust(widths[1])}   {row[2]}".rstrip()
        for row in rows
    ]


def _conditions(verdict: Verdict) -> list[_Line]:
    """κ as it is and after changes of variables, with the discs of each."""
    q, s = verdict.objective, verdict.spectrum
    lines = [("κ", number(q.kappa, 6)), ("discs", _intervals(s.discs))]
    if s.kappa_diagonal is None or s.discs_diagonal is None:
        lines.append(("κ diagonal", "none: an entry of the diagonal is not above 0"))
    else:
        after = f"{number(s.kappa_diagonal, 6)} after z = D^½x, D the diagonal of Q"
        lines += [("κ diagonal", after), ("discs", _intervals(s.discs_diagonal))]
    if s.kappa_exact is not None:
        lines.append(("κ exact", f"{number(s.kappa_exact)} after z = Λ^½Uᵀx"))
    return lines


def _features(features: Features) -> list[_Line]:
    """The data, its flattest and steepest mix of features, and the reasons."""
    lines = [("data", features.summary), ("flat", features.direction(0))]
    lines.append(("steep", features.direction(-1)))
    return [
        *lines,
        *(("" if i else "why", str(reason)) for i, reason in enumerate(features.reasons)),
    ]


def _intervals(discs: tuple[Disc, ...]) -> str:
    return ",  ".join(shortened([f"{number(d.centre)} ± {number(d.radius)}" for d in discs]))


def _optimizer(verdict: Verdict, forecast: Forecast) -> list[str]:
    """One optimizer's block."""
    lines: list[_Line] = []
    if forecast.max_eta is not None:
        lines.append(("stable", f"0 < η < {number(forecast.max_eta, 6)}"))
    elif forecast.factors is not None:
        lines.append(("stable", "at no rate"))
    if forecast.best is not None and forecast.best_factor is not None:
        best = forecast.best.settings() | {"eta": stability.constant(forecast.best)}
        shown = ", ".join(f"{key} = {number(float(value), 6)}" for key, value in best.items())
        steps = f", {about(forecast.best_steps)} to {number(verdict.tolerance)}"
        steps = "" if forecast.best_steps is None else steps
        lines.append(("best", f"{shown}: {factor(forecast.best_factor, 6)} a step{steps}"))
    if forecast.factors is None:
        rates = listed(forecast.applied)
        if np.isfinite(forecast.needed).any():
            rates += f"; needed {listed(forecast.needed)}, ceilings {listed(forecast.ceilings)}"
        lines.append(("first rates", rates))
    return [str(verdict.rounded(forecast)), *_lines([*lines, ("verdict", forecast.verdict)])]
