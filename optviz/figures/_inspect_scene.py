"""The scene of `inspect`: eigenvalues in Gershgorin's discs, before and after preconditioning."""

import numpy as np

from optviz.arrays import Array
from optviz.figures import _titles
from optviz.figures._frame import least
from optviz.figures._landscape import landscape
from optviz.figures._plane import name_latex, upright
from optviz.objectives import Quadratic
from optviz.scene import Disc, Lines, Look, Mark, Minimum, Panel, Scene, Spot, Start, layout
from optviz.text import numbers
from optviz.theory.verdict import Disc as Interval
from optviz.theory.verdict import Verdict, nature

_NAMED = 4  # discs and eigenvalues that have room for their names
_STAGGER = 0.18  # of half the panel, so that of equal discs none hides another
_ACROSS = 2 * (layout.WORDS + layout.SIDE)  # labels beside the two columns
_DOWN = layout.TITLE + layout.BETWEEN + 2 * layout.BELOW  # and above and below the two rows
_ROOM = 1.2  # of a landscape, about its start


@np.errstate(all="ignore")
def scene(verdict: Verdict, look: Look, levels: int | None) -> Scene:
    """The discs of Q and of D^(−½)QD^(−½), and in two dimensions the two landscapes below them."""
    q, s = verdict.objective, verdict.spectrum
    panels = [_axis(q, s.discs, f"$Q$: $\\kappa={_kappa(q.kappa)}$", r"eigenvalues of $Q$")]
    if s.preconditioned is None or s.discs_diagonal is None:
        panels.append(_no_preconditioning())
    else:
        title = rf"$D^{{-1/2}}\,Q\,D^{{-1/2}}$: $\kappa={_kappa(s.preconditioned.kappa)}$"
        panels.append(_axis(s.preconditioned, s.discs_diagonal, title, "eigenvalues after"))
    if q.dim == 2:
        panels += _landscapes(verdict, look, levels)
    heading = f"What is known of ${q.formula('latex')}$ before any run"
    title = _titles.title(look, heading)
    columns = 2 if q.dim == 2 else 1
    return Scene(title, _subtitle(verdict), tuple(panels), _alt(verdict), columns=columns)


def _axis(q: Quadratic, discs: tuple[Interval, ...], title: str, label: str) -> Panel:
    """Eigenvalues in the middle of their discs."""
    values = q.eigenvalues
    named = q.dim <= _NAMED
    heights = np.linspace(_STAGGER, -_STAGGER, q.dim) if q.dim > 1 else np.zeros(1)
    marks: list[Mark] = [
        Disc(d.centre, float(y), d.radius, i, name_latex(q.names[i]) if named else "")
        for i, (d, y) in enumerate(zip(discs, heights, strict=True))
    ]
    labels: dict[str, float] = {}
    for value in values.tolist():
        labels.setdefault(numbers.tex(value), value)
    marks += [
        Spot(value, 0.0, rf"$\lambda={text}$" if len(labels) <= _NAMED else "")
        for text, value in labels.items()
    ]
    ends = [0.0, *values.tolist()]
    ends += [d.centre - d.radius for d in discs] + [d.centre + d.radius for d in discs]
    room = 0.08 * (max(ends) - min(ends))
    room = room if room > least(np.array(ends)) else max(abs(ends[0]), 1.0)
    return Panel(
        tuple(marks), (min(ends) - room, max(ends) + room), (-1.0, 1.0), label, "", title, axes="x"
    )


def _no_preconditioning() -> Panel:
    lines = (
        ("head", "No diagonal preconditioning"),
        ("muted", r"an entry of the diagonal of $Q$ is not above 0"),
    )
    return Panel((Lines(lines),), (0.0, 1.0), (0.0, 1.0), "", "", axes="none")


def _landscapes(verdict: Verdict, look: Look, levels: int | None) -> list[Panel]:
    """f over x and, if Q can be preconditioned, over z = D^½x, with equal units."""
    q, after = verdict.objective, verdict.spectrum.preconditioned
    panels = [_landscape_of(q, verdict.start, look, levels, [name_latex(name) for name in q.names])]
    if after is not None:
        labels = [
            name_latex(name, rf"\sqrt{{Q_{{{i}{i}}}}}\,") for i, name in enumerate(q.names, start=1)
        ]
        start = verdict.start * np.sqrt(np.diag(q.Q))
        panels.append(_landscape_of(after, start, look, levels, labels))
    return panels


def _landscape_of(
    q: Quadratic, start: Array, look: Look, levels: int | None, labels: list[str]
) -> Panel:
    aspect = layout.aspect(look.size, look.dpi, 2, 2, across=_ACROSS, down=_DOWN)
    centre = q.stationary if q.stationary is not None else start
    away = np.abs(start - centre)
    unit = _ROOM * max(float(away[0]) / aspect, float(away[1]))
    if unit <= least(np.array([centre, start])):
        unit = max(float(np.abs(centre).max()), 1.0)
    left, right = float(centre[0]) - unit * aspect, float(centre[0]) + unit * aspect
    bottom, top = float(centre[1]) - unit, float(centre[1]) + unit
    box = left, right, bottom, top
    first = float(q.value(start))
    marks: list[Mark] = [*landscape(q, box, first, levels, look.size[0] / 2)]
    if q.stationary is not None:
        saddle = not q.definite.startswith("positive")
        marks.append(Minimum(float(centre[0]), float(centre[1]), saddle))
    marks.append(Start(float(start[0]), float(start[1])))
    return Panel(tuple(marks), (left, right), (bottom, top), labels[0], labels[1], equal=True)


def _kappa(value: float) -> str:
    if np.isnan(value):
        return r"\mathrm{none}"
    return r"\infty" if np.isinf(value) else numbers.tex(value)


def _subtitle(verdict: Verdict) -> str:
    q = verdict.objective
    if q.minimiser is None or q.minimum is None:
        return f"{nature(q)}, no minimum"
    text = f"{nature(q)}, $f^*={numbers.tex(q.minimum)}$ at "
    text += numbers.point_tex(q.minimiser, verdict.start if q.data else None)
    reasons = verdict.features.reasons if verdict.features else ()
    return "; ".join([text, *(upright(reason.partition(";")[0]) for reason in reasons[:1])])


def _alt(verdict: Verdict) -> str:
    """The description of the picture: the spectrum, then the sentence on each optimizer."""
    q, s = verdict.objective, verdict.spectrum
    values = [numbers.number(value) for value in q.eigenvalues.tolist()]
    shown = ", ".join(values if len(values) <= _NAMED else [*values[:3], "…", values[-1]])
    phrases = [f"{q.formula('plain')}: eigenvalues {shown}; {_kappa_text('κ', q.kappa)}"]
    if s.kappa_diagonal is not None:
        phrases.append(_kappa_text("after diagonal preconditioning", s.kappa_diagonal))
    phrases += verdict.features.reasons if verdict.features else ()
    forecasts = [f"{verdict.rounded(f)}: {f.verdict}" for f in verdict.forecasts]
    return ". ".join(["; ".join(phrases), *forecasts]) + "."


def _kappa_text(name: str, kappa: float) -> str:
    if np.isfinite(kappa):
        return f"{name} {numbers.number(kappa)}"
    return f"{name} {'none' if np.isnan(kappa) else '∞'}"
