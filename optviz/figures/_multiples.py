"""Small multiples, with the same axes and levels in each row, as the scene of `compare`."""

from dataclasses import replace

from optviz.errors import Unfit
from optviz.figures import _words
from optviz.figures._view import View, counted, grouped
from optviz.figures.compare import Compare
from optviz.scene import Look, Mark, Panel, Scene
from optviz.text import numbers
from optviz.walks.trajectory import Trajectory


def scene(runs: list[Trajectory], look: Look, compare: Compare, remark: str) -> Scene:
    """The panels of each row, a column an optimizer, or all of them in each panel."""
    rows = compare.kinds
    groups = grouped(runs)
    across, down = (len(rows), 1) if compare.overlay else (len(groups), len(rows))
    size = look.size[0] // across, look.size[1] // down
    cell = replace(look, labels=(), title="", size=size)
    panels, alts = [], []
    for index, row in enumerate(rows):
        whole = row.draw(runs, cell)
        alts.append(whole.alt)
        panel = whole.panels[0]
        if compare.overlay:
            if len(whole.panels) > 1:
                raise Unfit(f"{row.word()} has {len(whole.panels)} panels; leave --overlay out")
            panels.append(panel)
            continue
        shared = replace(cell, xlim=panel.xlim, ylim=panel.ylim)
        columns = [
            _column(row, group, shared, role, index == 0) for role, group in enumerate(groups)
        ]
        panels += [replace(one, ylabel=panel.ylabel) for one in columns]
    heading = _words.headline(runs) if look.title is None else numbers.typed(look.title)
    marks = [mark for panel in panels for mark in panel.marks]
    subtitle = "; ".join(filter(None, [_words.journey(runs, marks=marks), remark]))
    alt = " ".join(filter(None, [*alts, remark]))
    shared_names = not compare.overlay
    return Scene(heading, subtitle, tuple(panels), alt, counted(runs), across, shared_names)


def _column(row: View, group: list[Trajectory], look: Look, role: int, first: bool) -> Panel:
    """One optimizer's panel in the row, in its own colour, named in the first row."""
    # the panel's title is the name, which need not stand beside the path as well
    nameless = [replace(run, label="") if run.optimizer else run for run in group]
    panel = row.draw(nameless, look).panels[0]
    marks = tuple(_coloured(mark, role) for mark in panel.marks)
    panel = replace(panel, marks=marks, title="", note="", height=0.8 if panel.steps else 1.0)
    optimizer = group[0].optimizer
    if not first:
        return panel
    name = group[0].label or (_words.title(optimizer) if optimizer else f"run {role + 1}")
    note = _words.setting_list(optimizer) if optimizer else ""
    return replace(panel, title=name, note=note, role=role)


def _coloured(mark: Mark, role: int) -> Mark:
    return replace(mark, **{"role": role}) if hasattr(mark, "role") else mark
