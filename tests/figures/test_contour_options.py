"""Contour lines: a number of them, or typed values of f, which then stand in their lines."""

import pytest

from optviz.errors import BadValue, OptvizError
from optviz.figures._contour_options import read_levels
from optviz.render.draw.figure import draw, settings
from optviz.scene import Band
from optviz.spec.figure import read


def bands(levels: object, kind: str = "trace") -> list[Band]:
    figure, wrong = read({"figure": kind, "levels": levels})
    if figure is None:
        raise wrong[0]
    return [mark for mark in figure.draw().scene.panels[0].marks if isinstance(mark, Band)]


def test_a_whole_number_is_a_count_and_a_list_or_a_decimal_is_values() -> None:
    assert read_levels("levels", "12") == 12
    assert read_levels("levels", "5, 0.1,1,1") == (0.1, 1.0, 5.0)
    assert read_levels("levels", "2.0") == (2.0,)


@pytest.mark.parametrize("wrong", ["0", "-3", "201", "a", "1,,2", "", "1,nan", "1,1e999"])
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(BadValue, match="levels"):
        read_levels("levels", wrong)


@pytest.mark.parametrize("kind", ["trace", "inspect"])
def test_typed_values_are_the_lines_and_stand_in_them(kind: str) -> None:
    found = {(band.level, band.label) for band in bands([0.1, 1, 5], kind)}
    assert found == {(0.1, "0.1"), (1.0, "1"), (5.0, "5")}
    assert {band.label for band in bands(8, kind)} == {""}


def test_values_of_which_none_is_in_view_are_refused_with_the_range() -> None:
    with pytest.raises(OptvizError, match=r"from 0 to 12\.\d+, are wanted"):  # f(-5, -2) = 10.5
        bands("1000,2000")


def test_the_numbers_are_on_the_page_and_on_their_lines() -> None:
    figure, _ = read({"levels": "0.5,4"})
    assert figure
    drawn = figure.draw()
    with settings():
        page = draw(drawn.scene, drawn.look)
        page.figure.draw(page.canvas.get_renderer())  # type: ignore[no-untyped-call]
        ax = page.figure.axes[0]
        texts = {text.get_text(): text for text in ax.texts}
        for number in (0.5, 4.0):
            extent = texts[f"{number:g}"].get_window_extent()
            x, y = ax.transData.inverted().transform(
                ((extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2)
            )
            assert 0.1 * x**2 + 2 * y**2 == pytest.approx(number, rel=0.15)
