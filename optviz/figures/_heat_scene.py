"""The scene of `heat`: a map a run, its rows coordinates or eigenvectors by their curvature."""

from dataclasses import dataclass

import numpy as np

from optviz.arrays import Array, Bools
from optviz.errors import Unfit
from optviz.figures import _titles
from optviz.figures._heat_rows import Rows, axis, name, rows_of, ticks
from optviz.figures._optimizer_names import full_name, run_titles
from optviz.figures._trajectory_kind import last_place, roles
from optviz.phrases import say
from optviz.scene import Bare, Cells, Look, Panel, Scene
from optviz.text.numbers import number
from optviz.walks.trajectory import Trajectory

COLUMNS = 3  # panels in a row
_SPAN = 1e-8  # of the greatest value: what is smaller has the best colour
_RISE = 10.0  # times the greatest value at the start: what is greater has the worst
_NEAR = 0.01  # of the distance at the start


@dataclass(frozen=True, eq=False)
class Heat:
    """A run as a map: values (dim, columns) at the steps (columns,), and where it has none."""

    run: Trajectory
    values: Array
    steps: Array
    lost: Bools

    @property
    def left(self) -> Array:
        """The part of each row's first value that is left in its last: (dim,)."""
        return np.asarray(self.values[:, -1] / self.values[:, 0])


@np.errstate(all="ignore")
def scene(runs: list[Trajectory], look: Look, of: str, *, eigen: bool) -> Scene:
    """The figure of runs on one objective. Raises `Unfit` for one without values."""
    rows, what = rows_of(runs[0], eigen=eigen), f"{of} eigen" if eigen else of
    maps = [_map(run, of, rows) for run in runs]
    span, many = _span(maps), len(runs) > 1
    titles = run_titles(runs) if many else [runs[0].label]
    panels = []
    for one, title, role in zip(maps, titles, roles(runs), strict=True):
        cells = _cells(one, span, say(f"heat {what}") if one is maps[-1] else "")
        panel = Panel(
            (cells,),
            look.xlim or (float(cells.xs[0]), float(cells.xs[-1])),
            (0.0, float(len(rows.order))),
            say("axis step"),
            axis(rows),
            title,
            steps=True,
            role=role if many else -1,
            yticks=ticks(one.run, rows),
        )
        panels.append(panel)
    quantity = say(f"heat title {what}")
    claim = _claim(maps[0], rows) if of == "distance" and not many else ""
    title, subtitle = _titles.heading(look, runs, (), claim or quantity)
    told = "; ".join(_told(one, rows) for one in maps)
    alt = f"{_titles.sentence(runs)}. {say('heat alt', quantity=quantity)} {told}."
    columns = min(len(panels), COLUMNS)
    return Scene(title, subtitle, tuple(panels), alt, columns=columns, shared=many)


def _map(run: Trajectory, of: str, rows: Rows) -> Heat:
    """The map of a run."""
    if of == "distance":
        assert run.objective is not None
        values, first = run.x[:, 0] - run.objective.nearest(last_place(run)), 0
    else:
        values, first = (run.rate if of == "rate" else run.grad)[:, 0], run.stride
    if not np.isfinite(values).any():
        raise Unfit(f"{full_name(run)} has no {of} to draw")
    values = values if rows.vectors is None else values @ rows.vectors
    values = np.abs(values[:, rows.order]).T
    steps = first + run.stride * np.arange(float(values.shape[1]))
    lost = np.broadcast_to(~np.isfinite(values).all(axis=0), values.shape)
    return Heat(run, np.where(lost, np.nan, values), steps, lost)


def _span(maps: list[Heat]) -> tuple[float, float]:
    """The least and the greatest value that have a colour of their own."""
    greatest = max(float(np.nanmax(one.values)) for one in maps)
    first = max(float(one.values[:, 0].max()) for one in maps)
    high = min(greatest, _RISE * first) if first > 0 else greatest
    positive = [one.values[one.values > 0] for one in maps]
    least = min((float(v.min()) for v in positive if v.size), default=1.0)
    low = max(least, _SPAN * high)
    return (low, high) if low < high else (low / 1.1, low * 1.1)


def _cells(one: Heat, span: tuple[float, float], label: str) -> Cells:
    """The map, with a key where it has a label."""
    half, dim = one.run.stride / 2, len(one.values)
    edges = np.append(one.steps - half, one.steps[-1] + half)
    values = np.where(one.lost, np.nan, np.maximum(one.values, span[0]))
    diverged = one.run.status[0] == "diverged"
    bare = Bare(say("diverges") if diverged else "", one.lost, diverges=diverged)
    return Cells(
        edges,
        np.arange(dim + 1.0),
        values,
        label,
        log=True,
        span=span,
        bare=(bare,) if one.lost.any() else (),
    )


def _claim(one: Heat, rows: Rows) -> str:
    """How many rows are still far from the minimum, where all were away from it."""
    if one.lost.any() or not (one.values[:, 0] > 0).all():
        return ""
    count = int((one.left > _NEAR).sum())
    of = say("heat of" if rows.vectors is None else "heat of eigen")
    who = one.run.label or full_name(one.run).partition(",")[0]
    steps = say("steps after", count=one.run.steps)
    key = "heat leaves" if count else "heat done"
    return say(key, name=who, count=count, dim=len(one.left), of=of, steps=steps)


def _told(one: Heat, rows: Rows) -> str:
    """The range at the first and at the last column, and which row is left with most."""
    who = full_name(one.run)
    if one.lost[:, -1].any():
        return say("heat lost", name=who, step=int(one.steps[one.lost[0].argmax()]))
    first, last = one.values[:, 0], one.values[:, -1]
    return say(
        "heat told",
        name=who,
        row=name(one.run, rows, int(last.argmax())).replace("$", ""),
        low=number(float(first.min())),
        high=number(float(first.max())),
        least=number(float(last.min())),
        most=number(float(last.max())),
        steps=say("steps after", count=one.run.steps),
    )
