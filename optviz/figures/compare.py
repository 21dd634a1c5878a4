"""Small multiples: a column an optimizer, a row a view, with the same axes and levels."""

from collections.abc import Sequence
from dataclasses import replace

from optviz import figures
from optviz.errors import Unfit
from optviz.figures import _words
from optviz.figures._view import View, counted, grouped, named
from optviz.scene import Look, Mark, Panel, Scene
from optviz.text import numbers
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory


class Compare(View):
    """The panels of other views beside and below one another, or all runs in each of them."""

    says = "small multiples: a column an optimizer, a row a view"

    def check(self, walks: Sequence[Walk], look: Look) -> None:
        super().check(walks, look)
        for row in look.rows:
            figures.check(row, walks, replace(look, labels=()))

    def scene(self, runs: list[Trajectory], look: Look) -> Scene:
        runs = named(runs, look)
        if not runs:
            raise Unfit("nothing to compare: a run is wanted")
        groups = grouped(runs)
        across, down = (len(look.rows), 1) if look.overlay else (len(groups), len(look.rows))
        cell = replace(
            look, labels=(), title="", size=(look.size[0] // across, look.size[1] // down)
        )
        panels, said = [], []
        for index, row in enumerate(look.rows):
            whole = _scene(row, runs, cell)
            said.append(whole.alt)
            panel = whole.panels[0]
            if look.overlay:
                panels.append(panel)
                continue
            shared = replace(cell, xlim=panel.xlim, ylim=panel.ylim)
            columns = [
                _column(row, group, shared, role, index == 0) for role, group in enumerate(groups)
            ]
            panels += [replace(one, ylabel=panel.ylabel) for one in columns]
        heading = _words.headline(runs) if look.title is None else numbers.typed(look.title)
        marks = [mark for panel in panels for mark in panel.marks]
        subtitle = "; ".join(filter(None, [_words.journey(runs, marks=marks), look.remark]))
        alt = " ".join(filter(None, [*said, look.remark]))
        return Scene(
            heading,
            subtitle,
            tuple(panels),
            alt,
            counted(runs),
            columns=across,
            shared=not look.overlay,
        )


def _scene(row: str, runs: list[Trajectory], look: Look) -> Scene:
    return figures.registry[row]().scene(runs, look)


def _column(row: str, group: list[Trajectory], look: Look, role: int, first: bool) -> Panel:
    """One optimizer's panel in the row, in its own colour, named in the first row."""
    # the panel's title is the name, which need not stand beside the path as well
    nameless = [replace(run, label="") if run.optimizer else run for run in group]
    panel = _scene(row, nameless, look).panels[0]
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
