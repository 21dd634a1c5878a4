"""The scene of `inspect`: the spectrum before and after preconditioning, and the objective."""

from dataclasses import replace

import numpy as np

from optviz.figures import _titles
from optviz.figures._contour_options import Levels
from optviz.figures._inspect_panels import contours, diagonal, profile, spectrum, values_text
from optviz.figures._objective_text import objective_text
from optviz.figures._plane import name_latex, upright
from optviz.phrases import capitalised, say
from optviz.scene import Look, Panel, Scene, layout
from optviz.text import numbers
from optviz.theory.verdict import Reason, Verdict, nature

_WIDE, _HIGH = 44, 34  # em: smaller figures of two dimensions show their landscapes alone
_NAMED = 4  # eigenvalues that the description lists


@np.errstate(all="ignore")
def scene(verdict: Verdict, look: Look, levels: Levels) -> Scene:
    """The spectra of Q and of D^(−½)QD^(−½), and in two dimensions the two landscapes below them.

    That of a diagonal Q, and any in a small figure, is in the words above the landscapes.
    """
    q = verdict.objective
    compact = q.dim == 2 and (diagonal(verdict.spectrum.discs) or _is_small(look))
    spectra = [] if compact else _spectra(verdict)
    panels = [*spectra, *_objectives(verdict, look, levels, compact=compact)]
    both = verdict.spectrum.preconditioned is not None
    columns = 2 if q.dim == 2 and both else 1
    title = _titles.title(look, _heading(verdict))
    return Scene(title, _subtitle(verdict), tuple(panels), _alt(verdict), columns=columns)


def _is_small(look: Look) -> bool:
    """Whether there is room for two landscapes and nothing above them."""
    em = layout.em(look.size, look.dpi, look.font_size)
    return look.size[0] < _WIDE * em or look.size[1] < _HIGH * em


def _heading(verdict: Verdict) -> str:
    q, after = verdict.objective, verdict.spectrum.kappa_diagonal
    if q.minimiser is None or np.isnan(q.kappa):
        return say("no condition", nature=capitalised(nature(q)))
    if after is None or q.dim == 1:
        return say("condition", kappa=_kappa(q.kappa))
    if _kappa(q.kappa) == _kappa(after):
        return say("condition same", kappa=_kappa(after))
    return say("condition both", kappa=_kappa(q.kappa), after=_kappa(after))


def _spectra(verdict: Verdict) -> list[Panel]:
    """A panel each of Q and of the preconditioned matrix, where they show more than numbers."""
    q, s = verdict.objective, verdict.spectrum
    straight = diagonal(s.discs)
    if q.dim == 1:
        return []
    panels = [spectrum(q, s.discs, _title("matrix", q.kappa))]
    if s.preconditioned is None or s.discs_diagonal is None:
        note = f"{panels[0].note}; {say('cannot precondition')}"
        return [replace(panels[0], note=note)]
    if not straight:
        title = _title("preconditioned", s.preconditioned.kappa)
        panels.append(spectrum(s.preconditioned, s.discs_diagonal, title))
    return panels


def _objectives(verdict: Verdict, look: Look, levels: Levels, *, compact: bool) -> list[Panel]:
    """f over x and, if Q can be preconditioned, over z = D^½x, with equal units."""
    q, s = verdict.objective, verdict.spectrum
    after = s.preconditioned
    if q.dim > 2:
        return []
    if q.dim == 1:
        return [replace(profile(q, verdict.start), note=values_text(q))]
    shape = 1 if after is None else 2, 1 if compact else 2
    labels = [name_latex(name) for name in q.names]
    panels = [contours(q, verdict.start, look, levels, labels, shape=shape)]
    if after is not None:
        labels = ["$z_1$", "$z_2$"]
        start = verdict.start * np.sqrt(np.diag(q.Q))
        panels.append(contours(after, start, look, levels, labels, shape=shape))
        panels[1] = replace(panels[1], note=say("scaled by"))
    if not compact:
        return panels
    panels[0] = replace(panels[0], title=_title("matrix", q.kappa), note=values_text(q))
    if after is None:
        panels[0] = replace(panels[0], note=f"{panels[0].note}; {say('cannot precondition')}")
    else:
        small = _is_small(look)
        title = _title("preconditioned shortly" if small else "preconditioned", after.kappa)
        note = values_text(after) + ("" if small else f"; {say('scaled by')}")
        panels[1] = replace(panels[1], title=title, note=note)
    return panels


def _title(key: str, kappa: float) -> str:
    return say("spectrum of", matrix=say(key), kappa=_kappa(kappa))


def _kappa(value: float) -> str:
    return say("none") if np.isnan(value) else numbers.number(value)


def _subtitle(verdict: Verdict) -> str:
    q = verdict.objective
    formula = objective_text(q)
    if q.minimiser is None or q.minimum is None:
        return f"{formula}, {say('no minimum', nature=nature(q))}"
    point = numbers.point(q.minimiser, verdict.start if q.data else None)
    text = say("minimum at", nature=nature(q), value=numbers.number(q.minimum), point=point)
    parts = [text, *(upright(reason.cause) for reason in _reasons(verdict)[:1])]
    return f"{formula}, {'; '.join(parts)}"


def _alt(verdict: Verdict) -> str:
    """The description of the picture: the spectrum, then the verdict on each optimizer."""
    q, s = verdict.objective, verdict.spectrum
    values = [numbers.number(value) for value in q.eigenvalues.tolist()]
    shown = ", ".join(values if len(values) <= _NAMED else [*values[:3], "…", values[-1]])
    rest = [say("kappa", value=_kappa(q.kappa))]
    if s.kappa_diagonal is not None:
        rest.append(say("kappa after", value=_kappa(s.kappa_diagonal)))
    rest += map(str, _reasons(verdict))
    first = say(
        "inspect alt", objective=objective_text(q, latex=False), values=shown, rest="; ".join(rest)
    )
    sentences = [f"{verdict.rounded(f)}: {f.verdict}" for f in verdict.forecasts]
    return ". ".join([first, *sentences]) + "."


def _reasons(verdict: Verdict) -> tuple[Reason, ...]:
    """Why κ is large, as in the report."""
    return verdict.features.reasons if verdict.features else ()
