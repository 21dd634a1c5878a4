"""The size of letters, and about the room that a panel has, from a figure's size alone."""

from math import sqrt

EM, LEAST_EM = 50 / 3, 10.0  # pixels: the base letter at 960x720, and the smallest
FLOOR = 9.0  # pixels: no word is smaller; in a physical size it is 6 points
FLOOR_POINTS = 6.0

# About the room around panels, in em.
HEADING = 6.5  # over the first panel of a figure, with the name of its vertical axis
LEFT, CHARACTER = 1.35, 0.58  # beside ticks, and each character of them
SIDE = 1.0  # at a side without words
BELOW = 3.4  # an axis with its name
TITLE, BETWEEN = 2.9, 1.8  # over a panel with a title and settings, over one in a lower row
BESIDE = 2.5  # a coordinate's name at the ends of curves
WORDS = LEFT + 3 * CHARACTER  # left of a panel whose ticks have three characters


def em(size: tuple[int, int], dpi: int, font_size: float | None = None) -> float:
    """The base letter in pixels: `font_size` points, or what grows with the size in pixels."""
    if font_size is not None:
        return font_size * dpi / 72
    return max(LEAST_EM, EM * sqrt(min(size[0] / 960, size[1] / 720)))


def floor(dpi: int, font_size: float | None = None) -> float:
    """The smallest letters in pixels."""
    return FLOOR if font_size is None else FLOOR_POINTS * dpi / 72


def aspect(
    size: tuple[int, int],
    dpi: int,
    columns: int = 1,
    rows: int = 1,
    *,
    across: float = WORDS + SIDE,
    down: float = BELOW,
    font_size: float | None = None,
) -> float:
    """About the width over the height of panels of equal size.

    `across` and `down` are the letters beside the panels, and above and below them without the
    heading. Render measures the words and knows the exact shape; limits chosen by this estimate
    leave a panel with equal units a few pixels short of its room.
    """
    letter = em(size, dpi, font_size)
    width = max(size[0] - across * letter, letter) / columns
    height = max(size[1] - (HEADING + down) * letter, letter) / rows
    return width / height
