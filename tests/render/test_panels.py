"""Where panels stand: in rows of equal columns, with equal gaps, never off the page."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from optviz.render.draw import panels
from optviz.render.draw.boxes import Box
from optviz.render.draw.page import Page
from optviz.render.draw.panels import Place
from optviz.render.draw.sheet import Outside, grid
from optviz.scene import Panel, Scene

Pages = Callable[..., Page]
SIZES = [(960, 720), (1600, 500), (500, 900), (320, 240), (3000, 2000)]
KINDS = {
    "plain": Panel((), (-6.0, 2.0), (-3.0, 3.0), "$x_1$", "$x_2$"),
    "steps": Panel((), (0.0, 120.0), (1e-7, 10.0), "step", "loss", log=True, steps=True),
    "titled": Panel(
        (), (0.0, 1.0), (0.0, 1.0), "a", "b", title="A long title of a panel", note="η = 0.4"
    ),
    "far": Panel((), (1e6, 1e6 + 1), (1e-6, 2e-6), "a name of an axis that is long", "b"),
    "bare": Panel((), (0.0, 1.0), (0.0, 1.0), "", "", axes="none"),
}
GRIDS = [(1, 0), (2, 0), (3, 3), (4, 2), (8, 4), (9, 3)]


def places(
    page: Pages, kind: str, shape: tuple[int, int], size: tuple[int, int], shared: bool
) -> tuple[list[Place], int]:
    count, columns = shape
    made = Scene("", "", (KINDS[kind],) * count, "", columns=columns, shared=shared)
    empty = page(made, size=size)
    found = panels.places(empty, made, empty.height - 3 * empty.em, Outside())
    return found, grid(made)[0]


@pytest.mark.parametrize("shape", GRIDS)
@pytest.mark.parametrize("kind", KINDS)
def test_panels_are_alike_and_apart_and_on_the_page(
    page: Pages, kind: str, shape: tuple[int, int]
) -> None:
    for size, shared in zip(SIZES * 2, [True] * len(SIZES) + [False] * len(SIZES), strict=True):
        found, columns = places(page, kind, shape, size, shared)
        boxes = [place.box for place in found]
        assert all(box.within(Box(0, 0, *size)) for box in boxes)
        assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
        assert np.ptp([box.width for box in boxes]) < 1e-6
        assert np.ptp([box.height for box in boxes]) < 1e-6
        for row in range(0, len(boxes), columns):
            lefts = [box.left for box in boxes[row : row + columns]]
            assert lefts == pytest.approx([box.left for box in boxes[: len(lefts)]])
            gaps = np.diff(lefts)
            assert not len(gaps) or np.ptp(gaps) < 1e-6


@pytest.mark.parametrize("kind", ["plain", "steps", "titled", "far"])
@pytest.mark.parametrize("shape", [(1, 0), (3, 3), (4, 2)])
def test_panels_leave_room_for_the_labels_of_their_ticks(
    page: Pages, kind: str, shape: tuple[int, int]
) -> None:
    found, columns = places(page, kind, shape, (960, 720), shared=False)
    empty = page(size=(960, 720))
    for index, place in enumerate(found):
        before = found[index - 1].box.right if index % columns else 0.0
        widest = max(empty.measure(text, 0.9).width for text in place.yticks.labels)
        assert place.box.left - before > widest


@pytest.mark.parametrize("count", [1, 4, 6])
def test_panels_that_share_an_axis_name_it_once(page: Pages, count: int) -> None:
    found, columns = places(page, "plain", (count, 2), (960, 720), shared=True)
    assert [bool(place.yname.text) for place in found] == [i % columns == 0 for i in range(count)]
    last = [i % columns == columns - 1 or i == count - 1 for i in range(count)]
    assert [bool(place.xname) for place in found] == last
    assert [place.inner for place in found] == [i % columns > 0 for i in range(count)]


def test_ticks_stand_as_far_apart_as_their_labels_want(page: Pages) -> None:
    for size in SIZES:
        empty = page(size=size)
        for kind in ("plain", "steps", "far"):
            (place,), _ = places(page, kind, (1, 0), size, shared=False)
            (low, high), ticks = KINDS[kind].xlim, place.xticks
            at = place.box.left + (np.array(ticks.places) - low) / (high - low) * place.box.width
            wide = np.array([empty.measure(text, 0.9).width for text in ticks.labels])
            assert (at[1:] - wide[1:] / 2 > at[:-1] + wide[:-1] / 2).all()
            assert (at - wide / 2 >= 0).all() and (at + wide / 2 <= size[0]).all()


def test_names_beside_panels_and_a_legend_take_their_room(page: Pages) -> None:
    made = Scene("", "", (KINDS["steps"],) * 2, "")
    empty = page(made)
    bare, beside, right, below = (
        [place.box for place in panels.places(empty, made, 650.0, outside)]
        for outside in (
            Outside(), Outside(beside=(80.0, 80.0)), Outside(right=160.0), Outside(bottom=100.0)
        )
    )  # fmt: skip
    assert beside[1].left - beside[0].right >= 80 + bare[1].left - bare[0].right - 1e-6
    assert beside[1].right <= empty.width - 80 - empty.em + 1e-6
    assert right[-1].right == pytest.approx(bare[-1].right - 160)
    assert below[0].bottom == pytest.approx(bare[0].bottom + 100)
    assert below[0].top == pytest.approx(bare[0].top)


def test_rows_have_the_heights_that_their_panels_ask_for(page: Pages) -> None:
    tall, low = (replace(KINDS["plain"], height=height) for height in (3.0, 1.0))
    made = Scene("", "", (tall, low), "", columns=1)
    one, other = (place.box for place in panels.places(page(made), made, 650.0, Outside()))
    assert one.height == pytest.approx(3 * other.height)


@pytest.mark.parametrize("size", SIZES)
def test_a_panel_with_equal_units_keeps_its_upper_left_corner(
    page: Pages, size: tuple[int, int]
) -> None:
    free = KINDS["plain"]
    empty = page(size=size)
    whole, part = (
        panels.places(empty, Scene("", "", (one,), ""), empty.height - 50, Outside())[0].box
        for one in (free, replace(free, equal=True))
    )
    assert part.within(whole.grown(1e-6))
    assert (part.left, part.top) == pytest.approx((whole.left, whole.top))
    assert part.width / 8 == pytest.approx(part.height / 6)


def test_room_that_equal_units_cannot_fill_goes_to_the_rows_of_curves(page: Pages) -> None:
    flat = replace(KINDS["plain"], xlim=(-50.0, 50.0), ylim=(-1.0, 1.0))
    rows = {}
    for equal in (False, True):
        first = replace(flat, equal=equal)
        made = Scene("", "", (first, first, *(KINDS["steps"],) * 2), "", columns=2, shared=True)
        empty = page(made, size=(960, 720))
        found = panels.places(empty, made, empty.height - 3 * empty.em, Outside())
        rows[equal] = [place.box.height for place in found[::2]]
    assert sum(rows[True]) == pytest.approx(sum(rows[False]))
    assert rows[True][0] < 0.1 * rows[False][0]  # a fiftieth of the panel's width
    assert rows[True][1] > 1.5 * rows[False][1]
