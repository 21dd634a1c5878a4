"""The size of letters: it grows with a picture, and in inches it is what was asked for."""

import pytest

from optviz.scene import layout

# min(width/960, height/720): 1 → 16.67 px, 4 → 33.33 px, 1/4 → 8.33 px, under the least of 10
PIXELS = {(960, 720): 50 / 3, (3840, 2880): 100 / 3, (240, 180): 10.0, (3840, 720): 50 / 3}


@pytest.mark.parametrize(("size", "expected"), PIXELS.items())
def test_letters_grow_with_a_picture(size: tuple[int, int], expected: float) -> None:
    for dpi in (60, 120, 300):
        assert layout.em(size, dpi) == pytest.approx(expected)


@pytest.mark.parametrize("dpi", [72, 100, 300])
def test_letters_in_points_are_as_large_on_every_page(dpi: int) -> None:
    for size in PIXELS:
        assert layout.em(size, dpi, 8.0) * 72 / dpi == pytest.approx(8.0)
    assert layout.floor(dpi, 8.0) * 72 / dpi == pytest.approx(6.0)
    assert layout.floor(dpi) == 9.0


def test_more_panels_are_narrower_and_more_rows_are_lower() -> None:
    one = layout.aspect((960, 720), 120)
    assert layout.aspect((960, 720), 120, columns=2) == pytest.approx(one / 2)
    assert layout.aspect((960, 720), 120, rows=3) == pytest.approx(3 * one)
    assert layout.aspect((40, 40), 120) > 0
