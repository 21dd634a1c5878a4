"""The scene of `inspect` of any function: its stationary points, and their eigenvalues in rows."""

from collections.abc import Sequence

import numpy as np

from optviz.arrays import Array
from optviz.figures import _titles
from optviz.figures._contour_options import Levels
from optviz.figures._landscape import Box, landscape
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import optimizer_name
from optviz.figures._plane import name_latex
from optviz.phrases import capitalised, listed, say
from optviz.scene import Look, Mark, Minimum, Panel, Profile, Scene, Spot, Stem
from optviz.text import numbers
from optviz.theory import stability
from optviz.theory.points import Bearing, Place, Survey, settled

_SHOWN = 12  # points that have a row each
_WIDE = 20.0  # ratio of eigenvalues from which their axis is logarithmic
_DESCRIBED = 6  # points that a description names


@np.errstate(all="ignore")
def scene(survey: Survey, look: Look, levels: Levels) -> Scene:
    """The function with its points numbered, and beside it the spectrum of each as a row."""
    f, places = survey.objective, survey.places[:_SHOWN]
    panels = []
    if f.dim == 2:
        panels.append(_landscape(survey, look, levels))
    elif f.dim == 1:
        panels.append(_profile(survey))
    panels += [_spectra(places)] if any(place.model for place in places) else []
    if not panels:
        panels.append(Panel((), (0.0, 1.0), (0.0, 1.0), "", "", axes="none"))
    title = _titles.title(look, _heading(survey))
    subtitle = "; ".join([objective_text(f), *_note(survey)])
    return Scene(title, subtitle, tuple(panels), _alt(survey), columns=len(panels))


def _heading(survey: Survey) -> str:
    """How many minima a typed rate can rest in, or how many points there are."""
    count = len(survey.places)
    if survey.box:
        minima = [place for place in survey.places if place.kind == "minimum"]
        bearings = [place.bearings[0] for place in minima if len(place.bearings) == 1]
        typed = [one for one in bearings if "eta" in one.optimizer.explicit]
        if typed and all(one.holds is not None for one in typed):
            name = optimizer_name(typed[0].optimizer)
            held = sum(bool(one.holds) for one in typed)
            return say("points rest", name=name, held=held, count=len(typed))
        return say("stationary points", count=count)
    if count == 1:
        return capitalised(_described(survey.places[0]))
    return say("typed points", count=count)


def _note(survey: Survey) -> list[str]:
    """`rows: the eigenvalues of H at each point`, and how many are not shown."""
    notes = [say("rows of eigenvalues")] if survey.places else [say("no stationary point")]
    if len(survey.places) > _SHOWN:
        notes.append(say("lowest points", count=_SHOWN))
    return notes


def view(survey: Survey) -> tuple[float, ...]:
    """The box that is drawn: the region, or as far around the points as these are apart."""
    f = survey.objective
    if survey.box or f.region:
        return survey.box or f.region
    points = np.array([place.x for place in survey.places])
    low, high = points.min(axis=0), points.max(axis=0)
    room = max(float((high - low).max()), 0.5 * float(np.abs(points).max()), 1.0)
    return tuple(np.column_stack([low - room, high + room]).ravel().tolist())


def _landscape(survey: Survey, look: Look, levels: Levels) -> Panel:
    """Contour lines with the points, each with its number."""
    f = survey.objective
    left, right, bottom, top = view(survey)
    box: Box = (left, right, bottom, top)
    corner = float(f.value(np.array([left, bottom])))
    marks: list[Mark] = [*landscape(f, box, corner, levels, look.size[0] / 2)]
    marks += _marks(survey, [place.x.tolist() for place in survey.places])
    names = [name_latex(name) for name in f.names]
    return Panel(tuple(marks), (left, right), (bottom, top), names[0], names[1])


def _profile(survey: Survey) -> Panel:
    """The graph of a 1-D function with the points on it."""
    f = survey.objective
    left, right = view(survey)
    xs = np.linspace(left, right, 401)
    graph = np.column_stack([xs, f.value(xs[:, None])])
    bottom, top = float(np.nanmin(graph[:, 1])), float(np.nanmax(graph[:, 1]))
    rise = (top - bottom) or max(abs(top), 1.0)
    marks = [Profile(graph), *_marks(survey, [[float(p.x[0]), p.value] for p in survey.places])]
    name = f.names[0]
    labels = name_latex(name), name_latex(name, "f(", ")")
    return Panel(tuple(marks), (left, right), (bottom - 0.08 * rise, top + 0.05 * rise), *labels)


def _marks(survey: Survey, at: Sequence[Sequence[float]]) -> list[Mark]:
    """A plus for a minimum, a cross for others, a spot where f is not stationary."""
    marks: list[Mark] = []
    numbered = len(survey.places) <= _SHOWN and len(survey.places) > 1
    for i, (place, (x, y)) in enumerate(zip(survey.places, at, strict=True), start=1):
        label = str(i) if numbered else ""
        if place.kind == "slope":
            marks.append(Spot(x, y, label, theory=False))
        else:
            saddle, maximum = place.kind in ("saddle", "flat"), place.kind == "maximum"
            small = len(survey.places) > _SHOWN and i > 1
            marks.append(Minimum(x, y, saddle, label, maximum=maximum, small=small))
    return marks


def _spectra(places: Sequence[Place]) -> Panel:
    """A row a point with its eigenvalues as spots, and C/η of typed rates as lines across."""
    rows = float(len(places))
    values = np.concatenate([p.model.eigenvalues for p in places if p.model])
    limits = _limits(places)
    ends = np.concatenate([values, [x for x, _ in limits]])
    log = bool((ends > 0).all() and ends.max() > _WIDE * ends.min())
    marks: list[Mark] = [Stem(x, 1.04 * rows, text) for x, text in limits]
    ticks = []
    for i, place in enumerate(places):
        y = rows - 0.5 - i
        number = f"{i + 1}  " if rows > 1 else ""
        ticks.append((y, f"{number}{say(f'point {place.kind}')}"))
        spectrum = place.model.eigenvalues.tolist() if place.model else []
        marks += [Spot(value, y, "", theory=False) for value in dict.fromkeys(spectrum)]
    top = (1.35 if limits else 1.04) * rows
    return Panel(
        tuple(marks),
        _sides(ends, log=log),
        (0.0, top),
        say("axis eigenvalue of H"),
        "",
        xlog=log,
        yticks=tuple(ticks),
    )


def _limits(places: Sequence[Place]) -> list[tuple[float, str]]:
    """C/η of each optimizer whose constant η is typed: a steeper point cannot hold it."""
    found: dict[float, str] = {}
    first = next((place.bearings for place in places if place.bearings), ())
    for one in first:
        eta, ceiling = stability.constant(one.optimizer), one.optimizer.ceiling()
        if eta and ceiling and one.max_eta is not None and "eta" in one.optimizer.explicit:
            value = ceiling[0] / eta
            name = optimizer_name(one.optimizer) if len(first) > 1 else ""
            text = say("limit of eigenvalues", value=numbers.number(value))
            found[value] = say("of optimizer", name=name, text=text) if name else text
    return list(found.items())


def _sides(ends: Array, *, log: bool) -> tuple[float, float]:
    """Limits around all eigenvalues, and around 0 on a linear axis."""
    low, high = float(ends.min()), float(ends.max())
    if log:
        room = (high / low) ** 0.08
        return low / room, high * room
    low, high = min(low, 0.0), max(high, 0.0)
    room = 0.08 * (high - low) or 1.0
    return low - room, high + room


def _described(place: Place) -> str:
    """`minimum at (3, 2), f = 0, eigenvalues 25.7 and 82.3`."""
    at = numbers.point(np.array(settled(place.x)))
    text = say("point at", kind=say(f"point {place.kind}"), point=at)
    if place.model is None:
        return say("point without Hessian", text=text)
    values = [numbers.number(value) for value in place.model.eigenvalues.tolist()]
    values = values if len(values) <= 4 else [*values[:2], "…", values[-1]]
    listed_values = say("eigenvalues are", count=len(values), values=listed(values))
    return f"{text}, f = {numbers.number(settled(np.array([place.value]))[0])}, {listed_values}"


def _alt(survey: Survey) -> str:
    """The points with their spectra, then what each optimizer could bear at the first ones."""
    shown = survey.places[:_DESCRIBED]
    texts = [_described(place) for place in shown]
    if len(survey.places) > len(shown):
        texts.append(say("and more points", count=len(survey.places) - len(shown)))
    first = objective_text(survey.objective, latex=False)
    points = "; ".join(texts) or say("no stationary point")
    every = range(max((len(place.bearings) for place in shown), default=0))
    verdicts = [_verdicts([p.bearings[i] for p in shown if p.bearings]) for i in every]
    return ". ".join([f"{first}: {points}", *verdicts]) + "."


def _verdicts(bearings: Sequence[Bearing]) -> str:
    """What an optimizer could bear at each point, a sentence once where points share it."""
    sentences = dict.fromkeys(one.verdict for one in bearings)
    return f"{optimizer_name(bearings[0].optimizer)}: {'; '.join(sentences)}"
