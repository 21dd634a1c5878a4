"""Boxes of words, points along lines, and labels spread over a height."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.render.draw.boxes import Box, dense, hull, spread

places = st.floats(-100, 100)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h), places, places, st.floats(1, 90), st.floats(1, 90)
)


@given(boxes, boxes)
def test_two_boxes_overlap_where_what_they_share_has_an_area(one: Box, other: Box) -> None:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    assert one.overlaps(other) == other.overlaps(one) == (wide > 0 and high > 0)


def test_boxes_side_by_side_do_not_overlap() -> None:
    assert not Box(0, 0, 2, 2).overlaps(Box(2, 0, 4, 2))
    assert not Box(0, 0, 2, 2).overlaps(Box(0, 2, 2, 4))


@given(st.lists(boxes, min_size=1))
def test_a_hull_holds_all_of_its_boxes_and_touches_one_on_each_side(some: list[Box]) -> None:
    whole = hull(some)
    assert all(box.within(whole) for box in some)
    for side in range(4):
        assert whole[side] in [box[side] for box in some]


@given(boxes, places, places)
def test_a_box_that_moves_keeps_its_size(box: Box, right: float, up: float) -> None:
    moved = box.moved(right, up)
    assert (moved.width, moved.height) == pytest.approx((box.width, box.height))
    assert box.grown(3).within(box.grown(4))
    assert box.grown(3).centre == pytest.approx(box.centre)


def test_points_on_an_edge_are_not_in_a_box() -> None:
    assert Box(0, 0, 2, 2).count(np.array([[1.0, 1.0], [0.0, 1.0], [2.0, 2.0], [3.0, 1.0]])) == 1


@given(st.lists(st.tuples(places, places), min_size=2, max_size=9))
def test_points_along_a_line_are_no_farther_apart_than_the_step(
    corners: list[tuple[float, float]],
) -> None:
    line = np.array(corners)
    found = dense(line, step=2.0)
    assert np.hypot(*np.diff(found, axis=0).T).max(initial=0.0) <= 2 + 1e-9
    assert np.hypot(*(found[-1] - line[-1])) <= 2 + 1e-9
    for corner in line[:-1]:
        assert np.hypot(*(found - corner).T).min() < 1e-9


def test_nothing_lies_in_the_gap_of_a_line() -> None:
    nan = [np.nan, np.nan]
    found = dense(np.array([[0.0, 0.0], [10.0, 0.0], nan, [90.0, 0.0], [99.0, 0.0]]))
    assert not ((found[:, 0] > 10) & (found[:, 0] < 90)).any()
    assert found[:, 0].max() > 95
    assert dense(np.array([nan, [3.0, 4.0], nan])).tolist() == [[3.0, 4.0]]


@given(
    st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 20)), min_size=1, max_size=12),
    st.floats(0, 50),
)
def test_labels_are_spread_in_order_without_overlap_within_the_limits(
    labels: list[tuple[float, float]], spare: float
) -> None:
    wanted, heights = [list(one) for one in zip(*labels, strict=True)]
    high = sum(heights) + spare
    found = spread(wanted, heights, 0.0, high)
    order = np.argsort(wanted, kind="stable")
    for below, above in pairwise(order):
        assert found[above] - found[below] >= (heights[above] + heights[below]) / 2 - 1e-6
    for place, height in zip(found, heights, strict=True):
        assert place - height / 2 >= -1e-6 and place + height / 2 <= high + 1e-6


@given(st.lists(st.integers(0, 9), min_size=1, unique=True))
def test_labels_with_room_stay_where_they_are_wanted(rows: list[int]) -> None:
    wanted = [10.0 * row + 5 for row in rows]
    assert spread(wanted, [10.0] * len(rows), 0.0, 100.0) == wanted
