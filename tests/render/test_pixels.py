"""Rectangles of pixels, and backgrounds that are drawn over."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from optviz.render.draw.figure import settings
from optviz.render.fast.background import Background, in_order, renderer_of
from optviz.render.fast.pixels import Box, as_numbers, screen, tight


def test_the_tight_rectangle_holds_all_that_is_true_and_no_more() -> None:
    mask = np.zeros((9, 12), dtype=bool)
    assert tight(mask) is None
    mask[2, 5] = mask[6, 3] = True
    assert tight(mask) == (3, 2, 6, 7)
    mask[:] = True
    assert tight(mask) == (0, 0, 12, 9)


def test_what_a_rectangle_shows_can_be_written_to() -> None:
    picture = np.zeros((9, 12))
    Box(3, 2, 6, 7).of(picture)[:] = 1
    assert picture.sum() == 3 * 5
    assert picture[2, 3] == picture[6, 5] == 1


def test_two_pixels_have_one_number_if_they_are_alike_in_all_channels() -> None:
    pixels = np.random.default_rng(5).integers(0, 2, (20, 30, 4)).astype(np.uint8)
    numbers = as_numbers(pixels)
    same = (pixels[:, :, None] == pixels[:, None]).all(axis=-1)
    assert ((numbers[:, :, None] == numbers[:, None]) == same).all()


def drawing() -> tuple[Figure, FigureCanvasAgg, list[Line2D]]:
    """Three thick lines that cross, a word over them, one under."""
    figure = Figure(figsize=(2, 1.5), dpi=60)
    ax = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    lines = [Line2D([0, 1], [k, 1 - k], lw=9, color=f"C{k}", zorder=4 - k) for k in range(3)]
    for line in lines:
        ax.add_artist(line)
    figure.add_artist(Text(1, 0.7, "over", zorder=6, transform=figure.dpi_scale_trans))
    figure.add_artist(Text(0.2, 0.2, "beside", zorder=-1, transform=figure.dpi_scale_trans))
    return figure, FigureCanvasAgg(figure), lines


def test_artists_are_drawn_in_the_order_of_matplotlib() -> None:
    figure, _, lines = drawing()
    assert in_order(figure, lines) == lines[::-1]
    words = figure.findobj(Text, include_self=False)
    over = [text for text in words if text.get_zorder() == 6]
    assert in_order(figure, [*over, lines[0]]) == [lines[0], *over]


def test_a_background_with_what_is_over_it_is_the_whole_picture() -> None:
    with settings():
        figure, canvas, lines = drawing()
        over = [text for text in figure.findobj(Text) if text.get_zorder() == 6]
        background = Background(figure, [*lines[:2], *over], canvas)
        for ends in ([0.2, 0.9], [0.7, 0.1]):
            lines[1].set_ydata(ends)
            figure.draw(renderer := renderer_of(canvas))
            whole = screen(renderer).copy()
            assert (whole != background.pixels).any()
            background.draw(renderer)
            assert (screen(renderer) == whole).all()
