"""Panels of logs of training one below the other, with one horizontal axis."""

from dataclasses import replace

from optviz.scene import Curve, Mark, Panel


def stacked(panels: list[Panel]) -> tuple[Panel, ...]:
    """The panels with the same limits, names in the first alone where they are the same.

    The horizontal axis is named below the last.
    """
    left, right = min(p.xlim[0] for p in panels), max(p.xlim[1] for p in panels)
    named = [_names(panel) for panel in panels]
    made = []
    for index, panel in enumerate(panels):
        last = index == len(panels) - 1
        repeats = index > 0 and named[index] == named[0]
        marks = tuple(_unnamed(mark) for mark in panel.marks) if repeats else panel.marks
        label = panel.xlabel if last else ""
        made.append(replace(panel, marks=marks, xlim=(left, right), xlabel=label))
    return tuple(made)


def _names(panel: Panel) -> set[tuple[int, int, str]]:
    return {(m.role, m.dash, m.label) for m in panel.marks if isinstance(m, Curve)}


def _unnamed(mark: Mark) -> Mark:
    return replace(mark, label="") if isinstance(mark, Curve) else mark
