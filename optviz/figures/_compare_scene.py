"""The scene of `compare`: small multiples with the same axes and levels in each row."""

from dataclasses import replace

from optviz.errors import Unfit
from optviz.figures import _compare_sheet, _titles
from optviz.figures._optimizer_names import optimizer_name, settings_text, shared_keys
from optviz.figures._trajectory_kind import TrajectoryKind, counter_values, grouped
from optviz.phrases import say
from optviz.scene import Look, Mark, Minimum, Panel, Scene, Start, layout
from optviz.walks.trajectory import Trajectory

_LOWER = 0.8  # the height of curves against the step, a landscape's being 1
_BLANK = Panel((), (0.0, 1.0), (0.0, 1.0), "", "", axes="none")


def scene(
    runs: list[Trajectory], look: Look, kinds: list[TrajectoryKind], remark: str, *, overlay: bool
) -> Scene:
    """The panels of each kind, a column an optimizer, or all optimizers in each panel.

    Columns that do not fit beside each other are wrapped into blocks, one below the other.
    """
    groups = grouped(runs)
    count = len(kinds) if overlay else _compare_sheet.columns(len(groups), len(kinds), look)
    blocks = 1 if overlay else -(-len(groups) // count)
    rows = blocks if overlay else blocks * len(kinds)
    shape = _overlaid_shape(look, groups, count) if overlay else _shape(look, kinds, count, blocks)
    size = look.size[0] // count, look.size[1] // rows
    cell = replace(look, labels=(), colors=(), title="", size=size, shape=shape)
    sheet: list[list[Panel]] = []
    alts = []
    for index, kind in enumerate(kinds):
        whole = kind.draw(runs, cell)
        alts.append(whole.alt)
        if overlay and len(whole.panels) > 1:
            raise Unfit(f"{kind.word()} has {len(whole.panels)} panels; leave --overlay out")
        panel = whole.panels[0]
        sheet.append([panel] if overlay else _columns(kind, runs, cell, panel, index == 0))
    panels = [one for row in sheet for one in row] if overlay else _wrapped(sheet, count)
    marks = [mark for panel in panels for mark in panel.marks]
    title, subtitle = _titles.heading(look, runs, marks)
    subtitle = "; ".join(filter(None, [subtitle, remark]))
    alt = " ".join(filter(None, [*alts, remark]))
    return Scene(title, subtitle, tuple(panels), alt, counter_values(runs), count, not overlay)


def _wrapped(sheet: list[list[Panel]], columns: int) -> list[Panel]:
    """The rows of a sheet in blocks of so many columns, a short last block filled up."""
    count = len(sheet[0])
    panels: list[Panel] = []
    for first in range(0, count, columns):
        for row in sheet:
            part = row[first : first + columns]
            panels += part + [_BLANK] * (columns - len(part))
    while panels[-1] is _BLANK:
        panels.pop()
    return panels


def _overlaid_shape(look: Look, groups: list[list[Trajectory]], columns: int) -> float:
    """The approximate aspect, width over height, of panels beside each other."""
    names = layout.BESIDE + 0.5 * max(len(_name(group)) for group in groups)
    across = columns * layout.WORDS + (columns - 1) * names + layout.SIDE
    return layout.aspect(look.size, look.dpi, columns, across=across, font_size=look.font_size)


def _shape(look: Look, kinds: list[TrajectoryKind], columns: int, blocks: int) -> float:
    """The approximate aspect of a panel of `trace` in a sheet."""
    rows = blocks * len(kinds)
    heights = [1.0 if kind.word() == "trace" else _LOWER for kind in kinds]
    return _compare_sheet.aspect(columns, blocks, rows, look) * sum(heights) / len(kinds)


def _columns(
    kind: TrajectoryKind, runs: list[Trajectory], look: Look, whole: Panel, first: bool
) -> list[Panel]:
    """The panels of one kind, with the axes of the panel of all runs."""
    shared = replace(look, xlim=whole.xlim, ylim=whole.ylim)
    keys = shared_keys(runs)
    panels = []
    for role, group in enumerate(grouped(runs)):
        panel = _column(kind, group, shared, role)
        panel = replace(panel, ylabel=whole.ylabel, equal=whole.equal)
        if first:  # a name stands over its column once
            optimizer = group[0].optimizer
            note = settings_text(optimizer, keys, "line") if optimizer else ""
            note = note.replace(" = ", "\u00a0=\u00a0")  # a line breaks between settings alone
            title = _name(group) or say("run", number=role + 1)
            panel = replace(panel, title=title, note=note, role=role)
        panels.append(panel)
    return panels


def _column(kind: TrajectoryKind, group: list[Trajectory], look: Look, role: int) -> Panel:
    """One optimizer's panel, in its own colour and without its name."""
    nameless = [replace(run, label="") if run.optimizer else run for run in group]
    panel = kind.draw(nameless, look).panels[0]
    marks = tuple(_small(mark, role) for mark in panel.marks)
    return replace(panel, marks=marks, title="", note="", height=_LOWER if panel.steps else 1.0)


def _name(group: list[Trajectory]) -> str:
    """The label or the name of the optimizer; "" if the runs have none."""
    optimizer = group[0].optimizer
    return group[0].label or (optimizer_name(optimizer) if optimizer else "")


def _small(mark: Mark, role: int) -> Mark:
    """The mark in the colour of its column if it has one; start and minimum without words."""
    if isinstance(mark, Start | Minimum):
        return replace(mark, label="")
    return replace(mark, **{"role": role}) if getattr(mark, "role", -1) >= 0 else mark
