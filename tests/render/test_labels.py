"""Words stand beside what they name, and off what they do not."""

import numpy as np

from optviz.render.draw.labels import Box, beside

FRAME = Box(0, 0, 400, 300)
EMPTY = np.empty((0, 2))


def test_words_stand_right_of_their_point_where_nothing_else_does() -> None:
    assert beside((100, 100), (40, 12), FRAME, [], ink=EMPTY, gap=8) == Box(108, 94, 148, 106)


def test_words_stand_farther_off_rather_than_on_a_thin_line() -> None:
    turn = np.linspace(0, 2 * np.pi, 70)
    ring = np.column_stack([100 + 22 * np.cos(turn), 100 + 22 * np.sin(turn)])
    found = beside((100, 100), (40, 12), FRAME, [], ink=ring, gap=8)
    assert found is not None
    assert found.count(ring) == 0


def test_words_stand_on_no_others_and_within_the_frame() -> None:
    taken: list[Box] = []
    while found := beside((395, 5), (40, 12), FRAME, taken, ink=EMPTY, gap=8):
        assert found.within(FRAME)
        assert not any(found.overlaps(other) for other in taken)
        taken.append(found)
    assert taken
