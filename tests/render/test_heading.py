"""Title and subtitle: bold words, smaller before they are broken, no higher than the page bears."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from matplotlib.text import Text

from optviz import figures, spec
from optviz.render.draw.boxes import Box
from optviz.render.draw.figure import draw
from optviz.render.draw.heading import heading
from optviz.render.draw.page import Page
from optviz.scene import Look, Panel, Scene
from optviz.spec import RunSpec

Pages = Callable[..., Page]
PANEL = Panel((), (0.0, 1.0), (0.0, 1.0), "", "")


def written(page: Pages, title: str, below: str = "", **look: object) -> Page:
    """A page with a heading and nothing else."""
    made = Scene(title, below, (PANEL,), "")
    empty = page(made, **look)
    heading(empty, made, Look(**look))  # type: ignore[arg-type]
    return empty


def rows(page: Page) -> list[str]:
    """The lines of words on a page, from the top."""
    found: dict[float, str] = {}
    for text in page.figure.findobj(Text):
        assert isinstance(text, Text)
        y = round(text.get_position()[1], 6)
        found[y] = f"{found[y]} {text.get_text()}" if y in found else text.get_text()
    return [found[y] for y in sorted(found, reverse=True)]


def sizes(page: Page) -> list[float]:
    """The sizes of texts in em."""
    texts = page.figure.findobj(Text)
    return [float(text.get_fontsize()) / page.points for text in texts]  # type: ignore[attr-defined]


def test_a_title_is_bold_unless_it_has_a_formula(page: Pages) -> None:
    (bold,) = written(page, "AdaGrad stalls").figure.findobj(Text)
    assert bold.get_fontweight() == "bold"  # type: ignore[attr-defined]
    mixed = written(page, "AdaGrad on $x_1^2$").figure.findobj(Text)
    assert {text.get_fontweight() for text in mixed} == {"normal"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(960, 720), (480, 360), (320, 240)])
def test_a_title_is_made_smaller_before_it_is_broken(page: Pages, size: tuple[int, int]) -> None:
    pages = [written(page, "word " * n, size=size) for n in range(2, 40)]
    scales = [max(sizes(one)) for one in pages]
    broken = [len(rows(one)) > 1 for one in pages]
    assert broken == sorted(broken) and broken[-1]
    assert scales == sorted(scales, reverse=True)
    assert scales[0] == pytest.approx(1.35)
    assert scales[-1] == pytest.approx(1.1, abs=0.01)
    for one, scale, two in zip(pages, scales, broken, strict=True):
        assert not two or scale == pytest.approx(1.1, abs=0.03)
        assert all(box.within(Box(0, 0, *size)) for box in one.taken)


@pytest.mark.parametrize("size", [(960, 720), (500, 900)])
@pytest.mark.parametrize("words", ["a word ", "wordswithoutblanks", "η = 0.4 on $x_1^2$, "])
def test_a_subtitle_has_three_lines_at_most_and_says_where_it_is_cut(
    page: Pages, words: str, size: tuple[int, int]
) -> None:
    for count in (1, 6, 150):
        one = written(page, "Title", (words * count).strip(), size=size)
        lines = rows(one)[1:]
        assert 1 <= len(lines) <= 3
        assert all(box.within(Box(0, 0, *size)) for box in one.taken)
        assert min(sizes(one)) >= one.least - 1e-9
        assert not one.taken[0].overlaps(one.taken[1])
    assert lines[-1].endswith("…")


def test_a_low_page_has_its_title_alone_unless_a_subtitle_is_typed(page: Pages) -> None:
    low = {"size": (960, 240)}
    assert rows(written(page, "Title", "and more")) == ["Title", "and more"]
    assert rows(written(page, "Title", "and more", **low)) == ["Title"]
    assert rows(written(page, "Title", "typed", subtitle="typed", **low)) == ["Title", "typed"]


@pytest.mark.parametrize(
    ("wish", "expected"), [("full", ["Title", "below"]), ("title", ["Title"]), ("none", [])]
)
def test_as_much_of_a_heading_is_there_as_is_wished(
    page: Pages, wish: str, expected: list[str]
) -> None:
    assert rows(written(page, "Title", "below", heading=wish)) == expected


@pytest.mark.parametrize("size", [(960, 720), (480, 360)])
def test_panels_stand_in_one_place_whatever_numbers_the_words_tell(
    page: Pages, size: tuple[int, int]
) -> None:
    look = Look(size=size, xlim=(-6.0, 2.0), ylim=(-3.0, 3.0), subtitle="f = 0.618")
    runs = [walk.run() for walk in spec.walks(RunSpec(steps=2))]
    made = figures.scene("trace", runs, look)
    told = [replace(made, subtitle=words) for words in ("f = 0.618", "f = 5.27×10⁻⁷, g, y, ÅÄ")]
    bounds = [draw(one, look).figure.axes[0].get_position().bounds for one in told]
    assert bounds[0] == bounds[1]
