"""The step counter of a film stands on no word, no tick and no panel, at any size."""

from itertools import product

import pytest
from matplotlib.text import Text

from optviz import figures, spec
from optviz.render.draw.boxes import Box
from optviz.render.draw.counter import Counter
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.page import Page
from optviz.render.fast.stage import Stage
from optviz.scene import Look, Scene
from optviz.scene.film import film
from optviz.spec import RunSpec

LONG = "A title that is as wide as this page, or nearly so, and has no room for a counter beside it"
RUNS = {
    "one": RunSpec(opt=("adagrad:eta=0.4",), steps=12),
    "four": RunSpec(
        opt=("gd:eta=0.4", "momentum:eta=0.1", "adagrad:eta=2", "adam:eta=0.3"), steps=12
    ),
}
SIZES = [(960, 720), (320, 240), (480, 160), (240, 400), (1600, 400)]
WISHES = [{}, {"title": LONG}, {"heading": "none"}, {"heading": "title"}, {"legend": "below"}]


def scene(view: str, runs: str, look: Look) -> Scene:
    found = [walk.run() for walk in spec.walks(RUNS[runs])]
    return figures.scene(view, found, look)


def counted(made: Scene, look: Look, step: int) -> tuple[Page, list[Text]]:
    page = draw(made, look)
    counter = Counter(page, made)
    counter.at(step, False)
    return page, [artist for artist in counter.artists if isinstance(artist, Text)]


def box(text: Text, page: Page) -> Box:
    extent = text.get_window_extent(page.renderer)
    return Box(extent.x0, extent.y0, extent.x1, extent.y1)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    ("view", "runs"), list(product(["trace", "rates", "loss", "compare"], RUNS))
)
def test_it_covers_nothing(view: str, runs: str, size: tuple[int, int]) -> None:
    for wish in WISHES:
        look = Look(size=size, **wish)  # type: ignore[arg-type]
        with settings():
            page, texts = counted(scene(view, runs, look), look, 12)
            assert texts or size != (960, 720)  # small pages may have no room
            for text in texts:
                found = box(text, page)
                assert found.left >= 0 and found.right <= page.width and found.bottom >= 0
                words = [other for other in page.taken if other.overlaps(found)]
                assert not words, (wish, text.get_text())
                for ax in page.figure.axes:
                    ticks = [axis.get_tightbbox(page.renderer) for axis in (ax.xaxis, ax.yaxis)]
                    for extent in (ax.get_window_extent(), *filter(None, ticks)):
                        assert not found.overlaps(Box(*extent.extents)), (wish, text.get_text())


def test_it_stands_beside_the_title_and_tells_f_of_a_single_run() -> None:
    look = Look()
    page, (text,) = counted(scene("trace", "one", look), look, 5)
    assert text.get_text().startswith("step 5   f = ")
    assert box(text, page).bottom > page.height - 2.5 * page.em


def test_it_leaves_f_out_before_it_leaves_itself_out() -> None:
    look = Look(size=(100, 200), title=LONG)
    _, (text,) = counted(scene("trace", "one", look), look, 5)
    assert text.get_text() == "step 5"


def test_a_film_has_one_unless_it_is_called_off_and_its_last_frame_has_none() -> None:
    for counter in (True, False):
        look = Look(counter=counter)
        with settings():
            stage = Stage(film(scene("trace", "one", look), look.timing), look)
            shown = [stage.show(step).copy() for step in (3.0, 12.0)]
            plain = Stage(film(scene("trace", "one", look), look.timing), Look(counter=False))
            assert (plain.show(3.0) != shown[0]).any() == counter
            assert (plain.show(12.0) == shown[1]).all()
