"""Puts the subtitle and the names of axes that were typed into a scene."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optviz.scene import Curve, Look, Panel, Path, Scene
from optviz.text.numbers import typed


def captioned(scene: Scene, look: Look) -> Scene:
    """The scene with the subtitle of the look, and with its names on every axis that has a name."""
    unused = {option for option, _ in idle(scene, look)}
    xlabel = None if "xlabel" in unused else look.xlabel
    ylabel = None if "ylabel" in unused else look.ylabel
    subtitle = scene.subtitle if look.subtitle is None else typed(look.subtitle)
    panels = tuple(_renamed(panel, xlabel, ylabel) for panel in scene.panels)
    return replace(scene, subtitle=subtitle, panels=panels)


def _renamed(panel: Panel, xlabel: str | None, ylabel: str | None) -> Panel:
    if xlabel is not None and _xlabel(panel):
        panel = replace(panel, xlabel=typed(xlabel))
    if ylabel is not None and _ylabel(panel):
        panel = replace(panel, ylabel=typed(ylabel))
    return panel


def idle(scene: Scene, look: Look) -> Iterator[tuple[str, str]]:
    """The options of the look that change nothing in the scene, each with the reason."""
    if look.heading != "full":
        yield "subtitle", f"heading = {look.heading} leaves it out; leave out one of the two"
    if look.heading == "none":
        yield "title", "heading = none leaves it out; leave out one of the two"
    small = scene.shared and scene.columns != 1 and len(scene.panels) > 1
    if not any(_names(panel, small) for panel in scene.panels):
        yield "legend", "no line of this figure has a name; leave it out"
    if not any(isinstance(mark, Path | Curve) for p in scene.panels for mark in p.marks):
        yield "colors", "nothing in this figure has the colour of an optimizer; leave it out"
    for option, label, side in (("xlabel", _xlabel, "horizontal"), ("ylabel", _ylabel, "vertical")):
        names = {text for panel in scene.panels if (text := label(panel))}
        if len(names) != 1:
            some = "several" if names else "no"
            yield option, f"this figure has {some} {side} axes with a name; leave it out"


def _names(panel: Panel, small: bool) -> list[str]:
    """The names of its lines that a legend can hold; small multiples name curves in panels."""
    paths = [mark.name for mark in panel.marks if isinstance(mark, Path)]
    curves = [mark.label for mark in panel.marks if isinstance(mark, Curve) and not small]
    return [name for name in (*paths, *curves) if name]


def _xlabel(panel: Panel) -> str:
    return "" if panel.axes == "none" else panel.xlabel


def _ylabel(panel: Panel) -> str:
    return panel.ylabel if panel.axes == "both" else ""
