"""Legends: every curve once, in columns as wide as there is room, within the page."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from matplotlib.text import Text

from optviz.render.draw import legend
from optviz.render.draw.boxes import Box
from optviz.render.draw.figure import draw
from optviz.render.draw.page import Page
from optviz.render.draw.plan import NoRoom, Plan
from optviz.scene import Curve, Look, Panel, Path, Scene

Pages = Callable[..., Page]
SHORT = tuple(f"optimizer {k}" for k in range(8))
LONG = tuple(f"an optimizer whose name is long, with η = 0.{k}" for k in range(8))


def scene(names: tuple[str, ...], panels: int = 1) -> Scene:
    points = np.column_stack([np.arange(9.0), np.linspace(0.1, 0.9, 9)])
    curves = tuple(
        Curve(points * [1, 1 + 0.01 * role], role, 0, name) for role, name in enumerate(names)
    )
    panel = Panel(curves, (0.0, 8.0), (0.0, 1.0), "step", "loss", steps=True)
    return Scene("Title", "", (panel,) * panels, "")


def test_a_curve_that_is_in_every_panel_is_there_once_and_one_without_a_name_is_not(
    page: Pages,
) -> None:
    made = scene((*SHORT, ""), panels=3)
    found = legend.entries(page(made), made)
    assert [entry.name for entry in found] == list(SHORT)
    assert len({entry.stroke for entry in found}) == len(SHORT)


def test_a_path_has_its_name_and_not_how_it_ended(page: Pages) -> None:
    path = Path(np.zeros((2, 2)), 0, "Adam arrives", name="Adam")
    made = Scene("", "", (Panel((path,), (0.0, 1.0), (0.0, 1.0), "", ""),), "")
    assert [entry.name for entry in legend.entries(page(made), made)] == ["Adam"]


@pytest.mark.parametrize("names", [SHORT[:1], SHORT, LONG])
@pytest.mark.parametrize("width", [90.0, 200.0, 480.0, 1800.0])
def test_columns_are_in_order_and_as_wide_as_there_is_room(
    page: Pages, names: tuple[str, ...], width: float
) -> None:
    empty = page(made := scene(names))
    found = legend.arranged(empty, legend.entries(empty, made), width, 1.0)
    entries = [entry for column in found.columns for entry in column]
    shown = ["".join(entry.name.split()) for entry in entries]
    assert shown == [name.replace(" ", "") for name in names]
    assert found.width <= width
    lengths = [len(column) for column in found.columns]
    assert lengths[:-1] == [lengths[0]] * (len(lengths) - 1) and lengths[-1] <= lengths[0]
    for column, wide in zip(found.columns, found.widths, strict=True):
        assert all(empty.measure(entry.name).width < wide for entry in column)


def test_a_name_is_broken_only_where_a_single_column_is_too_narrow(page: Pages) -> None:
    empty = page(made := scene(LONG))
    wide, narrow = (
        legend.arranged(empty, legend.entries(empty, made), width, 1.0) for width in (480.0, 200.0)
    )
    assert not any("\n" in entry.name for column in wide.columns for entry in column)
    assert all("\n" in entry.name for column in narrow.columns for entry in column)


def test_a_plan_without_a_legend_has_none_and_names_that_are_too_many_have_no_room(
    page: Pages,
) -> None:
    empty = page(made := scene(SHORT))
    assert legend.planned(empty, made, Plan("beside", 1.0)) is None
    assert legend.planned(empty, scene(("",)), Plan("right", 1.0)) is None
    with pytest.raises(NoRoom):
        legend.planned(page(size=(320, 240)), scene(LONG), Plan("below", 1.0))


@pytest.mark.parametrize("where", ["right", "below"])
@pytest.mark.parametrize("size", [(960, 720), (1600, 500), (500, 900)])
def test_a_legend_is_off_the_panel_and_within_the_page(
    page: Pages, where: str, size: tuple[int, int]
) -> None:
    drawn = draw(scene(SHORT), Look(size=size, legend=where))
    extent = drawn.figure.axes[0].get_window_extent()
    panel = Box(extent.x0, extent.y0, extent.x1, extent.y1)
    names = [text for text in drawn.figure.findobj(Text) if text.get_text() in SHORT]
    assert len(names) == len(SHORT)
    assert not any(one.overlaps(other) for one, other in combinations(drawn.taken, 2))
    assert all(box.within(Box(0, 0, *size)) for box in drawn.taken)
    assert not any(box.overlaps(panel) for box in drawn.taken)
    lefts = [text.get_window_extent().x0 for text in names]
    assert min(lefts) > panel.right if where == "right" else panel.bottom > drawn.taken[-1].top
