"""The scene of `compare`: small multiples with the same axes and levels in each row."""

from dataclasses import replace

from optviz.errors import Unfit
from optviz.figures import _titles
from optviz.figures._optimizer_names import optimizer_name, settings_text
from optviz.figures._trajectory_kind import TrajectoryKind, counter_values, grouped
from optviz.phrases import say
from optviz.scene import Look, Mark, Panel, Scene, layout
from optviz.walks.trajectory import Trajectory

_LOWER = 0.8  # the height of curves against the step, a landscape's being 1


def scene(
    runs: list[Trajectory], look: Look, rows: list[TrajectoryKind], remark: str, *, overlay: bool
) -> Scene:
    """The panels of each row, a column an optimizer, or all of them in each panel."""
    groups = grouped(runs)
    across, down = (len(rows), 1) if overlay else (len(groups), len(rows))
    size = look.size[0] // across, look.size[1] // down
    cell = replace(
        look, labels=(), title="", size=size, shape=_shape(look, groups, rows, overlay=overlay)
    )
    panels, alts = [], []
    for index, row in enumerate(rows):
        whole = row.draw(runs, cell)
        alts.append(whole.alt)
        panel = whole.panels[0]
        if overlay:
            if len(whole.panels) > 1:
                raise Unfit(f"{row.word()} has {len(whole.panels)} panels; leave --overlay out")
            panels.append(panel)
            continue
        shared = replace(cell, xlim=panel.xlim, ylim=panel.ylim)
        columns = [
            _column(row, group, shared, role, index == 0) for role, group in enumerate(groups)
        ]
        panels += [replace(one, ylabel=panel.ylabel, equal=panel.equal) for one in columns]
    marks = [mark for panel in panels for mark in panel.marks]
    title, subtitle = _titles.heading(look, runs, marks)
    subtitle = "; ".join(filter(None, [subtitle, remark]))
    alt = " ".join(filter(None, [*alts, remark]))
    shared_names = not overlay
    return Scene(title, subtitle, tuple(panels), alt, counter_values(runs), across, shared_names)


def _shape(
    look: Look, groups: list[list[Trajectory]], kinds: list[TrajectoryKind], *, overlay: bool
) -> float:
    """The approximate aspect, width over height, of a panel of `trace`."""
    columns, rows = len(groups), len(kinds)
    if overlay:
        names = layout.BESIDE + 0.5 * max(len(_name(group)) for group in groups)
        across = rows * layout.WORDS + (rows - 1) * names + layout.SIDE
        return layout.aspect(look.size, look.dpi, rows, across=across)
    across = layout.WORDS + (columns - 1) * layout.SIDE
    across += columns * (layout.BESIDE if rows > 1 else layout.SIDE)
    down = layout.TITLE + (rows - 1) * layout.BETWEEN + rows * layout.BELOW
    heights = [1.0 if row.word() == "trace" else _LOWER for row in kinds]
    equal = layout.aspect(look.size, look.dpi, columns, rows, across=across, down=down)
    return equal * sum(heights) / rows


def _column(
    row: TrajectoryKind, group: list[Trajectory], look: Look, role: int, first: bool
) -> Panel:
    """One optimizer's panel in the row, in its own colour, named in the first row."""
    # the title of the panel has the name already
    nameless = [replace(run, label="") if run.optimizer else run for run in group]
    panel = row.draw(nameless, look).panels[0]
    marks = tuple(_coloured(mark, role) for mark in panel.marks)
    panel = replace(panel, marks=marks, title="", note="", height=_LOWER if panel.steps else 1.0)
    optimizer = group[0].optimizer
    if not first:
        return panel
    name = _name(group) or say("run", number=role + 1)
    note = settings_text(optimizer) if optimizer else ""
    return replace(panel, title=name, note=note, role=role)


def _name(group: list[Trajectory]) -> str:
    """The label or the name of the optimizer; "" if the runs have none."""
    optimizer = group[0].optimizer
    return group[0].label or (optimizer_name(optimizer) if optimizer else "")


def _coloured(mark: Mark, role: int) -> Mark:
    return replace(mark, **{"role": role}) if hasattr(mark, "role") else mark
