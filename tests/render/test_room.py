"""Free places for words: every answer is checked against all points and all boxes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.arrays import Array
from optviz.render.draw.boxes import Box, dense
from optviz.render.draw.room import Room

FRAME = Box(20.5, 10.25, 320.0, 240.0)
sizes = st.tuples(st.floats(5, 120), st.floats(5, 60))
seeds = st.integers(0, 2**32)


def some(seed: int) -> tuple[Array, list[Box]]:
    """A line through the frame, and boxes of words, both partly out of it."""
    random = np.random.default_rng(seed)
    corners = random.uniform(0, 340, (random.integers(2, 8), 2))
    left, bottom = random.uniform(0, 300, (2, random.integers(0, 8)))
    return dense(corners), [Box(x, y, x + 60, y + 18) for x, y in zip(left, bottom, strict=True)]


def is_free(box: Box, ink: Array, taken: list[Box]) -> bool:
    """The witness: whether a box is in the frame, on no point, and on no other box."""
    return box.within(FRAME) and not box.count(ink) and not any(map(box.overlaps, taken))


@given(seeds, sizes, st.tuples(st.floats(0, 340), st.floats(0, 260)))
def test_a_place_that_is_found_is_free_and_near(
    seed: int, size: tuple[float, float], anchor: tuple[float, float]
) -> None:
    ink, taken = some(seed)
    room = Room(FRAME, ink, taken)
    beside, anywhere = room.beside(anchor, size, 9.0), room.anywhere(anchor, size, 12.0)
    for box in (beside, anywhere, room.corner(size, 4.0)):
        assert box is None or (
            is_free(box, ink, taken) and (box.width, box.height) == pytest.approx(size)
        )
    if beside:  # off the anchor, and not far from it
        assert not beside.grown(9 * 0.69).count(np.array([anchor]))
        assert beside.grown(9 * 2.21).count(np.array([anchor]))
    if anywhere:
        assert anywhere.grown(16 * 12).count(np.array([anchor]))


@given(seeds, sizes, st.tuples(st.floats(0, 340), st.floats(0, 260)))
def test_a_place_is_never_said_to_be_free_that_is_not(
    seed: int, size: tuple[float, float], corner: tuple[float, float]
) -> None:
    ink, taken = some(seed)
    box = Box(*corner, corner[0] + size[0], corner[1] + size[1])
    room = Room(FRAME, ink, taken)
    if room.is_free(box):
        assert is_free(box, ink, taken)
    elif is_free(box, ink, taken):  # refused: something is within a cell or two
        assert not is_free(box.grown(4.0), ink, taken)


@given(sizes)
def test_an_empty_frame_has_room_on_every_side(size: tuple[float, float]) -> None:
    room = Room(FRAME, np.empty((0, 2)), [])
    middle = FRAME.centre
    assert room.beside(middle, size, 6.0)
    assert room.anywhere(middle, size, 12.0)
    assert room.corner(size, 0.0)


def test_nothing_fits_where_all_is_taken_or_the_words_are_larger_than_the_frame() -> None:
    full = Room(FRAME, np.empty((0, 2)), [FRAME])
    empty = Room(FRAME, np.empty((0, 2)), [])
    for room, size in ((full, (10.0, 10.0)), (empty, (400.0, 10.0)), (empty, (10.0, 300.0))):
        assert room.beside(FRAME.centre, size, 5.0) is None
        assert room.anywhere(FRAME.centre, size, 12.0) is None
        assert room.corner(size, 0.0) is None


def test_words_that_were_placed_are_kept_off_by_the_next() -> None:
    room = Room(FRAME, np.empty((0, 2)), [])
    for _ in range(12):
        box = room.beside(FRAME.centre, (60.0, 15.0), 8.0)
        if box is None:
            break
        assert not any(map(box.overlaps, room.taken))
        room.taken.append(box)
    assert len(room.taken) >= 4


def test_words_stand_at_the_right_of_a_point_if_they_can() -> None:
    box = Room(FRAME, np.empty((0, 2)), []).beside((100.0, 100.0), (50.0, 10.0), 8.0)
    assert box and box.left == pytest.approx(108.0)


def test_of_several_places_the_first_free_one_is_taken() -> None:
    room = Room(FRAME, np.array([[50.0, 50.0]]), [Box(90, 90, 110, 110)])
    choices = [Box(45, 45, 55, 55), Box(100, 100, 120, 120), Box(150, 150, 160, 160)]
    assert room.largest(choices) == choices[2]
    assert room.largest(choices[:2]) is None
