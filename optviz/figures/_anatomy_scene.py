"""The scene of one step: its arrows on the landscape, and its equation in numbers."""

import numpy as np

from optviz.arrays import Array
from optviz.figures import _anatomy_lines, _titles
from optviz.figures._anatomy_model import Model, model
from optviz.figures._contour_options import Levels
from optviz.figures._landscape import Box, landscape
from optviz.figures._objective_text import objective_text
from optviz.figures._optimizer_names import full_name, optimizer_name
from optviz.figures._plane import Plane, numbered, plane
from optviz.figures._stationary_marks import stationary_points
from optviz.phrases import capitalised, listed, say
from optviz.scene import Arrow, Lines, Look, Mark, Panel, Path, Rectangle, Scene, Spot, layout
from optviz.studies.anatomy import Anatomy
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory

_STEP = 0.5  # length of the step, as a fraction of half the side of the panel
_LONGEST, _SHORTEST = 0.85, 0.16  # likewise: scaled arrows and box, and −g at least
_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)


Axes = tuple[int | str, int | str] | None  # of the plane; None are the extreme eigenvectors


@np.errstate(all="ignore")
def scene(anatomy: Anatomy, run: Trajectory, look: Look, axes: Axes, levels: Levels) -> Scene:
    """The figure of a step of `run`, a batch of one with its objective and optimizer.

    The objective has two coordinates at least, for a plane to draw arrows in.
    """
    assert run.objective and run.optimizer
    cut = plane(run.objective, axes)
    local = model(run.objective, anatomy.x, cut)
    panel, lengths = _map(anatomy, run, cut, look, levels, local=local)
    indices = _visible_coordinates(anatomy, axes)
    lines = Lines(tuple(_anatomy_lines.lines(anatomy, run.optimizer, indices)))
    text_panel = Panel((lines,), (0.0, 1.0), (0.0, 1.0), "", "", axes="none")
    title = say("step of", name=optimizer_name(run.optimizer), step=anatomy.step, steps=run.steps)
    lengths = "; ".join(filter(None, [lengths, local.text]))
    subtitle, alt = _subtitle(run, cut, lengths), _alt(anatomy, run)
    alt = f"{alt} {capitalised(local.text)}." if local.text else alt
    return Scene(_titles.title(look, title), subtitle, (panel, text_panel), alt)


def _subtitle(run: Trajectory, cut: Plane, lengths: str) -> str:
    """The objective, the start, the plane, and the scale of the arrows."""
    assert run.objective
    objective, start = objective_text(run.objective), numbers.point(run.x[0, 0])
    text = say("sweep subtitle", objective=objective, start=start)
    text = say("walk in plane", walk=text, plane=cut.description) if cut.description else text
    return f"{text}; {lengths}"


def _visible_coordinates(anatomy: Anatomy, axes: Axes) -> list[int]:
    """The indices of the coordinates that are listed: those of the plane, or the first."""
    if axes:
        return [i - 1 for i in numbered(anatomy.names, axes)]
    return list(range(3 if len(anatomy.x) == 3 else 2))


def _map(
    anatomy: Anatomy, run: Trajectory, cut: Plane, look: Look, levels: Levels, *, local: Model
) -> tuple[Panel, str]:
    """The panel of the landscape around the step, and a phrase on the scale of its arrows."""
    at = cut.project(anatomy.x)
    x, y = at.tolist()
    half = _half(anatomy, cut, look)
    unit, boxed = _unit(anatomy, cut, half)
    (left, bottom), (right, top) = at - half, at + half
    (left, right), (bottom, top) = look.xlim or (left, right), look.ylim or (bottom, top)
    box = float(left), float(right), float(bottom), float(top)
    first = float(cut.shape.value(at))
    marks: list[Mark] = [*landscape(cut.shape, box, first, levels, look.size[0] / 2)]
    marks.append(Path(cut.project(run.x[: anatomy.step, 0]), 0))
    marks += stationary_points(cut.shape, box, room=0.0)
    if boxed:
        wide, high = (unit * np.abs(cut.axes.T @ (1 / anatomy.scale))).tolist()
        marks.append(Rectangle(x, y, wide, high, _box_name(run)))
    marks += _inside(local.marks, box)
    marks += _arrows(anatomy, cut, unit)
    here = say("at step", step=anatomy.step - 1) if anatomy.step > 1 else say("start")
    marks.append(Spot(x, y, here, theory=False))
    hidden = _has_box(anatomy, cut) and not boxed
    note = say("box beyond", name=_box_name(run)) if hidden else ""
    equal = not (look.xlim or look.ylim)  # typed limits decide, so angles need not be true
    panel = Panel(tuple(marks), box[:2], box[2:], *cut.labels, note=note, equal=equal)
    return panel, _lengths(anatomy, unit, boxed)


def _inside(marks: tuple[Mark, ...], box: Box) -> list[Mark]:
    """The marks but for a spot out of view."""
    left, right, bottom, top = box
    return [
        mark for mark in marks
        if not isinstance(mark, Spot) or (left < mark.x < right and bottom < mark.y < top)
    ]  # fmt: skip


def _half(anatomy: Anatomy, cut: Plane, look: Look) -> Array:
    """Half the width and the height of the panel in units of the plane: (2,)."""
    ticks = layout.LEFT + 5 * layout.CHARACTER  # of a small part of the plane
    across = ticks + 3 * layout.SIDE  # beside the landscape, and beside the lines
    aspect = layout.aspect(look.size, look.dpi, columns=2, across=across, font_size=look.font_size)
    shape = np.array([1.0, 1 / aspect]) if aspect < 1 else np.array([aspect, 1.0])
    long = max(
        float((np.abs(cut.axes.T @ move) / shape).max()) for move in (anatomy.moved, anatomy.drift)
    )
    away = np.abs(cut.project(anatomy.x) - cut.project(anatomy.x * 0)).max()
    return shape * ((long or float(away) or 1.0) / _STEP)


def _unit(anatomy: Anatomy, cut: Plane, half: Array) -> tuple[float, bool]:
    """The common factor of −g, −d and the box, a round number, and whether there is a box.

    It makes the largest of them fit, but leaves −g long enough to be seen.
    """
    arrows = [np.abs(cut.axes.T @ v) for v in (anatomy.grad, anatomy.direction)]
    longest = max(float((v / half).max()) for v in arrows)
    if not longest:
        return 1.0, False
    unit, boxed = _round(_LONGEST / longest), False
    if _has_box(anatomy, cut):
        sides = np.abs(cut.axes.T @ (1 / anatomy.scale))
        fitting = _round(_LONGEST / max(longest, float((sides / half).max())))
        if fitting * longest >= _SHORTEST:
            unit, boxed = fitting, True
    return unit, boxed


def _has_box(anatomy: Anatomy, cut: Plane) -> bool:
    """Whether scales differ, and the axes of the plane are coordinates, as a box needs."""
    scale = anatomy.scale
    upright = bool(((cut.axes != 0).sum(axis=0) == 1).all())
    return upright and bool((scale != scale[0]).any()) and bool((scale > 0).all())


def _round(value: float) -> float:
    """The greatest number of one or two digits that is not above the value."""
    power = 10.0 ** np.floor(np.log10(value))
    digit = max(d for d in _ROUND if d * power <= value * (1 + 1e-9))
    return float(f"{digit * power:.2g}")


def _box_name(run: Trajectory) -> str:
    """The denominator of the effective rate: √(Gₜ+ε), where the rule has one."""
    assert run.optimizer
    above, _, below = run.optimizer.rule.rate.partition("/")
    if above != r"\eta" or not below:
        return "$1/s$"
    return f"${below[1:-1] if below.startswith('(') else below}$"


def _arrows(anatomy: Anatomy, cut: Plane, unit: float) -> list[Mark]:
    x, y = cut.project(anatomy.x).tolist()
    vectors = [(-unit * anatomy.grad, f"$-g_{{{anatomy.step}}}$", -1)]
    if not anatomy.plain:
        vectors.append((-unit * anatomy.direction, f"$-d_{{{anatomy.step}}}$", 2))
    vectors.append((-anatomy.drift, f"$-w_{{{anatomy.step}}}$", 1))
    vectors.append((anatomy.moved, rf"$\Delta x_{{{anatomy.step}}}$", 0))
    moves = [((cut.axes.T @ move).tolist(), name, role) for move, name, role in vectors]
    return [Arrow(x, y, dx, dy, name, role) for (dx, dy), name, role in moves if dx or dy]


def _lengths(anatomy: Anatomy, unit: float, boxed: bool) -> str:
    """`−g and the box at 0.02 of their length, Δx in true length`."""
    t = anatomy.step
    true = [rf"$\Delta x_{{{t}}}$"] + [f"$-w_{{{t}}}$"] * bool(anatomy.drift.any())
    scaled = [f"$-g_{{{t}}}$"] + [f"$-d_{{{t}}}$"] * (not anatomy.plain)
    scaled += [say("the box")] * boxed
    if unit == 1:
        return say("in true length", names=listed(scaled + true))
    short = say("scaled", names=listed(scaled), unit=numbers.number(unit), count=len(scaled))
    return f"{short}, {say('in true length', names=listed(true))}"


def _alt(anatomy: Anatomy, run: Trajectory) -> str:
    before, after = numbers.point(anatomy.x, anatomy.after), numbers.point(anatomy.after, anatomy.x)
    columns = anatomy.grad.tolist(), anatomy.rate.tolist(), anatomy.moved.tolist()
    coordinates = [
        say(
            "coordinate of step",
            name=name,
            gradient=numbers.number(g),
            rate=numbers.number(rate),
            move=numbers.number(move),
        )
        for name, g, rate, move in zip(run.names[:4], *columns, strict=False)
    ]
    assert run.objective
    return say(
        "step alt", name=full_name(run), objective=objective_text(run.objective, latex=False),
        step=anatomy.step, before=before, after=after, coordinates="; ".join(coordinates),
    )  # fmt: skip
