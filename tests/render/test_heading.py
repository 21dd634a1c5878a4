"""Title and subtitle: drawn as matplotlib draws text, and of one height whatever they say."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from optviz import figures, spec
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.heading import Line
from optviz.render.fast import shortcuts
from optviz.render.fast.pixels import Pixels, screen
from optviz.scene import Look
from optviz.spec import RunSpec


def figure(look: Look, **run: object) -> Figure:
    runs = [walk.run() for walk in spec.walks(RunSpec(**run))]  # type: ignore[arg-type]
    with settings():
        return draw(figures.scene("trace", runs, look), look).figure


def drawn(kind: type[Text], words: str, size: float, weight: str) -> tuple[Pixels, list[float]]:
    with settings():
        made = Figure(figsize=(6, 1), dpi=100)
        canvas = FigureCanvasAgg(made)
        text = kind(
            0.03125,
            0.5,
            words,
            transform=made.transFigure,
            size=size,
            weight=weight,
            color="#345678",
            math_fontfamily="cm",
        )
        text.set_figure(made)
        made.texts.append(text)
        canvas.draw()
        box = text.get_window_extent(canvas.get_renderer())
    return screen(canvas.get_renderer()).copy(), [box.x0, box.x1]


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("size", [7.0, 10.0, 12.8])
@pytest.mark.parametrize(
    "words",
    ["AdaGrad, slowly", r"$\eta=0.4$, on $x_1^2$", r"costs 3 \$, or 4", "two\nlines", "fi AVAT"],
)
def test_a_line_is_drawn_as_matplotlib_draws_it(words: str, size: float, weight: str) -> None:
    (ours, ends), (theirs, their_ends) = (drawn(kind, words, size, weight) for kind in (Line, Text))
    assert (ours == theirs).all()
    assert ends == pytest.approx(their_ends, abs=1e-6)


@pytest.mark.parametrize("size", [(960, 720), (480, 360)])
def test_panels_stand_in_one_place_whatever_numbers_the_words_tell(size: tuple[int, int]) -> None:
    look = Look(size=size, xlim=(-6.0, 2.0), ylim=(-3.0, 3.0))
    made = [figure(look, eta=eta) for eta in ("0.4", "2")]  # f = 0.618 and f = 5.27·10⁻⁷
    subtitles = [one.texts[1].get_text() for one in made]
    assert ["10^" in words for words in subtitles] == [False, True]
    places = [[text.get_position()[1] for text in one.texts] for one in made]
    bounds = [one.axes[0].get_position().bounds for one in made]
    near = 0 if shortcuts.fit() else 3 / size[1]  # only then such figures share their ground
    assert places[0] == pytest.approx(places[1], rel=0, abs=near)
    assert bounds[0] == pytest.approx(bounds[1], rel=0, abs=near)


def test_letters_stand_on_whole_pixels() -> None:
    for text in figure(Look()).texts:
        assert text.get_position()[1] * 720 == pytest.approx(round(text.get_position()[1] * 720))


def test_a_title_is_made_smaller_before_it_is_broken() -> None:
    titles = [figure(Look(title="word " * n, size=(480, 360))).texts[0] for n in range(2, 40)]
    sizes = [float(title.get_fontsize()) for title in titles]
    broken = ["\n" in title.get_text() for title in titles]
    assert broken == sorted(broken)
    assert broken[-1]
    least = min(size for size, two in zip(sizes, broken, strict=True) if two)
    assert sizes[-1] == least == pytest.approx(0.6 * sizes[0])
