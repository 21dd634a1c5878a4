"""One unit on both axes: what is round in data is round in pixels, whatever the figure's size."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from optviz import figures, spec
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.theme import theme
from optviz.render.fast.background import renderer_of
from optviz.render.fast.pixels import screen
from optviz.scene import Band, Look, Panel, Scene
from optviz.spec import RunSpec
from optviz.spec.figure import read

SIZES = [(960, 720), (1600, 500), (500, 900), (300, 300)]
WORDS: dict[str, dict[str, Any]] = {
    "trace": {"opt": ["gd", "adam"]},
    "anatomy": {"figure": "trace", "opt": ["adagrad"], "anatomy": 7},
    "inspect": {"figure": "inspect"},
    "compare": {"figure": "compare", "opt": ["gd", "adam"]},
    "overlay": {"figure": "compare", "opt": ["gd", "adam"], "overlay": True},
}


def traced(look: Look, frame: str = "equal", **words: Any) -> Scene:
    walks = spec.walks(RunSpec(**words))
    return figures.scene("trace", [walk.run() for walk in walks], look, frame=frame)


def scene(kind: str, look: Look) -> Scene:
    """The figure of one of `WORDS`, with equal units."""
    frame = {"frame": "equal"} if kind not in ("anatomy", "inspect") else {}
    figure, wrong = read({**WORDS[kind], **frame})
    assert figure, wrong
    drawn = figure.draw()
    return drawn.figure.kind.scene(drawn.content, look)


def units(drawn: Scene, look: Look) -> list[tuple[float, float]]:
    """Of each panel with equal units, the pixels of its shorter side by either axis' unit."""
    with settings():
        pen = draw(drawn, look)
    found = []
    for panel, ax in zip(drawn.panels, pen.figure.axes, strict=False):
        if panel.equal:
            shorter = min(np.ptp(panel.xlim), np.ptp(panel.ylim))
            corners = ax.transData.transform([[0.0, 0.0], [shorter, shorter]])
            found.append((float(np.ptp(corners[:, 0])), float(np.ptp(corners[:, 1]))))
    return found


@pytest.mark.parametrize(("size", "dpi"), list(zip(SIZES, [60, 120, 240, 120], strict=True)))
def test_a_circle_in_data_is_a_circle_of_pixels(size: tuple[int, int], dpi: int) -> None:
    turn = np.linspace(0, 2 * np.pi, 721)
    circle = Band(1.0, 0.2, (np.column_stack([np.cos(turn), np.sin(turn)]),))
    panel = Panel((circle,), (-3.0, 1.5), (-1.25, 1.1), "$x$", "$y$", equal=True)
    with settings():
        page = draw(Scene("", "", (panel,), ""), Look(size=size, dpi=dpi))
        page.figure.draw(renderer := renderer_of(page.canvas))
        pixels = screen(renderer)[..., :3].astype(int)
        (left, low), (right, high) = page.figure.axes[0].get_window_extent().get_points().round()
    pixels = pixels[size[1] - int(high) : size[1] - int(low), int(left) : int(right)]
    fill = 255 * np.array(to_rgb(theme("light").height_colour(0.2) or "white"))
    inside = np.abs(pixels - fill).max(axis=-1) <= 1
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    assert np.ptp(rows) > 50
    assert abs(np.ptp(rows) - np.ptp(columns)) <= 1


@pytest.mark.parametrize(("size", "dpi"), [((1600, 500), 240), ((500, 900), 60)])
@pytest.mark.parametrize("kind", ["trace", "anatomy", "inspect", "compare", "overlay"])
def test_a_unit_is_as_long_on_both_axes(kind: str, size: tuple[int, int], dpi: int) -> None:
    look = Look(size=size, dpi=dpi)
    found = units(scene(kind, look), look)
    assert len(found) == {"inspect": 2, "compare": 2}.get(kind, 1)
    for across, up in found:
        assert across == pytest.approx(up, abs=1.0)


@pytest.mark.parametrize("size", [(960, 720), (500, 900)])
@pytest.mark.parametrize("kind", ["trace", "anatomy", "inspect", "compare", "overlay"])
def test_the_limits_fill_the_room_but_for_a_few_pixels(kind: str, size: tuple[int, int]) -> None:
    look = Look(size=size)
    drawn = scene(kind, look)
    free = replace(drawn, panels=tuple(replace(panel, equal=False) for panel in drawn.panels))
    with settings():
        axes = [draw(one, look).figure.axes for one in (drawn, free)]
    for panel, ax, whole in zip(drawn.panels, *axes, strict=False):
        room, used = whole.get_window_extent(), ax.get_window_extent()
        if panel.equal:
            assert used.width * used.height > 0.9 * room.width * room.height


def test_a_trace_has_equal_units_without_being_asked_where_that_costs_little_room() -> None:
    assert traced(Look(), "fit", start=("-5,-4",)).panels[0].equal
    assert not traced(Look(), "fit", start=("-5,-2",)).panels[0].equal  # 2.5 : 1
    narrow = {"objective": "x1^2 + 100x2^2", "opt": ("gd:eta=0.001",), "start": ("-50,1",)}
    assert not traced(Look(), "fit", **narrow).panels[0].equal
    assert traced(Look(), **narrow).panels[0].equal


def test_limits_that_a_person_types_hold_and_equal_units_too_where_they_are_asked_for() -> None:
    limits = Look(xlim=(-7.0, 3.0), ylim=(-1.0, 1.0))
    assert not traced(limits, "fit").panels[0].equal
    panel = traced(limits).panels[0]
    assert (panel.xlim, panel.ylim, panel.equal) == ((-7.0, 3.0), (-1.0, 1.0), True)
    panel = traced(Look(xlim=(-60.0, 60.0))).panels[0]
    assert panel.xlim == (-60.0, 60.0)
    assert np.ptp(panel.ylim) > 60.0  # as high as the panel is for its width
