"""Rectangles of pixels."""

import numpy as np
import pytest

from optviz.render.draw import labels
from optviz.render.fast.pixels import Box, apart, tight, whole


@pytest.mark.parametrize("seed", range(20))
def test_rectangles_apart_hold_all_and_do_not_meet(seed: int) -> None:
    corners = np.random.default_rng(seed).integers(0, 60, (8, 2))
    boxes = [Box(x, y, x + 9, y + 5) for x, y in corners.tolist()]
    found = apart(boxes)
    assert all(any(one.hull(box) == one for one in found) for box in boxes)
    assert not any(a.meets(b) for i, a in enumerate(found) for b in found[:i])


def test_the_tight_rectangle_holds_all_that_is_true_and_no_more() -> None:
    mask = np.zeros((9, 12), dtype=bool)
    assert tight(mask) is None
    mask[2, 5] = mask[6, 3] = True
    assert tight(mask) == (3, 2, 6, 7)


def test_a_rectangle_counted_from_the_bottom_ends_with_the_picture() -> None:
    picture = np.zeros((40, 30), dtype=np.uint8)
    assert whole(labels.Box(2.5, 3.5, 10.2, 9.9), picture) == (2, 30, 11, 37)
    assert whole(labels.Box(-np.inf, -5, np.inf, 5), picture) == (0, 35, 30, 40)
    assert not whole(labels.Box(50, 5, 60, 9), picture).of(picture).size
