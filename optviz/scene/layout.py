"""The size of letters, and of the room they need around panels, from a figure's size alone."""

LEFT, CHARACTER = 2.9, 0.62  # letters: an axis with its name, and each character of its ticks
SIDE = 1.2  # at a side without words
BELOW, BARE_BELOW = 3.6, 1.0  # an axis with its name, no axis
TITLE, BETWEEN = 1.9, 0.8  # above a panel with a title, above one in a lower row
HEADING = 5.0  # title and subtitle of the figure, about
BESIDE = 3.6  # a coordinate's name at the ends of curves, about

WORDS = LEFT + 3 * CHARACTER  # left of a panel whose ticks have three characters


def letter(size: tuple[int, int], dpi: int, columns: int = 1, rows: int = 1) -> float:
    """The base letter size in points: 10, or less where the figure is small for its panels."""
    width, height = size
    letters = 42 + 13 * (columns - 1), 28 + 12 * (rows - 1)  # across and down, that need room
    return min(10.0, 72 / dpi * min(width / letters[0], height / letters[1]))


def aspect(
    size: tuple[int, int],
    dpi: int,
    columns: int = 1,
    rows: int = 1,
    *,
    across: float = WORDS + SIDE,
    down: float = BELOW,
) -> float:
    """About the width over the height of panels of equal size.

    `across` and `down` are the letters beside the panels, and above and below them without the
    heading. Render measures the words and knows the exact shape; limits chosen by this estimate
    leave a panel with equal units a few pixels short of its room.
    """
    em = letter(size, dpi, columns, rows) * dpi / 72
    width = max(size[0] - across * em, em) / columns
    height = max(size[1] - (HEADING + down) * em, em) / rows
    return width / height
