"""What is on the axes, read back from matplotlib's artists; words that keep off one another.

Many more pages are read in tests/pages; these few are quick.
"""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Text

from optviz import figures, spec
from optviz.errors import Unfit
from optviz.render.draw.boxes import Box
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.page import Page
from optviz.scene import Look, Panel, Scene, Spot
from optviz.spec import RunSpec

CASES = {
    "two": RunSpec(opt=("adagrad:eta=0.4", "adagrad:eta=2")),
    "four": RunSpec(
        objective="scratch",
        opt=("gd:eta=0.95", "momentum:eta=0.1,beta=0.9", "adagrad:eta=1.5", "adam:eta=0.3"),
    ),
    "diverging": RunSpec(opt=("gd:eta=0.6", "gd:eta=0.55", "gd:eta=0.4")),
    "crowd": RunSpec(opt=tuple(f"gd:eta={0.02 * k:.2f}" for k in range(1, 15))),
    "line": RunSpec(objective="x^2", start=("10",), opt=("gd:eta=0.2", "gd:eta=1.1")),
}


def page(view: str, case: str, look: Look) -> Page:
    runs = [walk.run() for walk in spec.walks(CASES[case])]
    with settings():
        return draw(figures.scene(view, runs, look), look)


def drawn(page: Page) -> list[tuple[str, Box]]:
    """Every text that matplotlib draws, with its box in pixels."""
    with settings():
        page.canvas.draw()
        texts = [text for text in page.figure.findobj(Text) if isinstance(text, Text)]
        found = [(t.get_text(), t.get_window_extent()) for t in texts if t.get_visible()]
    return [(text, Box(b.x0, b.y0, b.x1, b.y1)) for text, b in found if text]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("view", figures.of_trajectories())
def test_no_word_touches_another_and_none_leaves_the_page(view: str, case: str) -> None:
    size = (560, 420)
    made = page(view, case, Look(size=size))
    words = drawn(made)
    for word, box in (*words, *(("", taken) for taken in made.taken)):
        assert box.within(Box(0, 0, *size).grown(1)), word
    for (one, a), (two, b) in combinations(words, 2):  # runs of a line touch
        assert not a.grown(-0.5).overlaps(b.grown(-0.5)), f"{one!r} on {two!r}"


@pytest.mark.parametrize("view", figures.of_trajectories())
def test_the_boxes_that_are_taken_hold_the_words_that_are_drawn(view: str) -> None:
    made = page(view, "two", Look(size=(560, 420)))
    ticks = {text.get_text() for ax in made.figure.axes for text in ax.get_xticklabels()}
    ticks |= {text.get_text() for ax in made.figure.axes for text in ax.get_yticklabels()}
    for text, box in drawn(made):
        middle = np.array([box.centre])
        assert text in ticks or any(taken.count(middle) for taken in made.taken), text


@pytest.mark.parametrize("theme", ["light", "print"])
@pytest.mark.parametrize("inches", [None, 8.0])
def test_no_letter_is_below_the_floor(inches: float | None, theme: str) -> None:
    look = Look(size=(330, 250), dpi=100, font_size=inches, theme=theme)
    for view in ("trace", "rates", "compare"):
        made = page(view, "two", look)
        least = made.floor * 72 / look.dpi
        texts = [text for text in made.figure.findobj(Text) if isinstance(text, Text)]
        assert all(t.get_fontsize() >= least - 1e-6 for t in texts if t.get_text())


def test_no_word_is_turned() -> None:
    for view in figures.of_trajectories():
        texts = page(view, "two", Look(size=(560, 420))).figure.findobj(Text)
        assert {text.get_rotation() for text in texts if text.get_text()} == {0.0}  # type: ignore[attr-defined]


def test_the_axes_have_the_panels_limits_and_a_log_scale_for_rates() -> None:
    with settings():
        runs = [walk.run() for walk in spec.walks(RunSpec())]
        (ax,) = draw(figures.scene("rates", runs, Look()), Look()).figure.axes
    assert ax.get_yscale() == "log"
    assert ax.get_xlim() == (1, 20)
    assert [t.get_text() for t in ax.get_xticklabels()] == ["1", "5", "10", "15", "20"]


def test_optimizers_differ_by_colour_and_marker() -> None:
    (ax,) = page("trace", "two", Look()).figure.axes
    lines = [line for line in ax.get_children() if isinstance(line, Line2D)]
    dotted = [one for one in lines if one.get_marker() in "oDs^v" and len(one.get_xdata()) > 9]
    assert len({line.get_color() for line in dotted}) == 2
    assert len({line.get_marker() for line in dotted}) == 2


def test_the_name_of_a_star_keeps_off_it() -> None:
    panel = Panel((Spot(0.5, 0.5, "best by theory"),), (0.0, 1.0), (0.0, 1.0), "a", "b")
    with settings():
        made = draw(Scene("", "", (panel,), ""), Look())
    (ax,) = made.figure.axes
    (name,) = (box for text, box in drawn(made) if text == "best by theory")
    star = [line for line in ax.get_children() if isinstance(line, Line2D) and line.get_marker()]
    reach = max(line.get_markersize() + line.get_markeredgewidth() for line in star) / 2
    x, y = ax.transData.transform((0.5, 0.5))
    around = Box(x, y, x, y).grown(reach * made.figure.dpi / 72)
    assert not name.overlaps(around)


@pytest.mark.parametrize("limits", [(0.0, 1e200), (1.0, 1.0), (0.0, float("inf"))])
def test_axes_that_cannot_be_drawn_are_refused(limits: tuple[float, float]) -> None:
    panel = Panel((), limits, (0.0, 1.0), "a", "b")
    with settings(), pytest.raises(Unfit, match="an axis cannot be drawn"):
        draw(Scene("", "", (panel,), ""), Look())


@pytest.mark.parametrize("view", ["trace", "loss"])
def test_of_more_than_twelve_lines_the_best_and_the_worst_have_a_name(view: str) -> None:
    # below 2/(0.2 + 4) a larger rate ends nearer to the minimum
    words = {text for text, _ in drawn(page(view, "crowd", Look())) if text.startswith("η = ")}
    assert words == {"η = 0.02", "η = 0.28"}


def test_twelve_optimizers_with_two_rates_each_are_in_a_legend() -> None:
    rules = "gd momentum nesterov adagrad rmsprop adam adadelta adamax nadam lion rprop yogi"
    runs = [walk.run() for walk in spec.walks(RunSpec(opt=tuple(rules.split())))]
    with settings():
        made = draw(figures.scene("rates", runs, Look(size=(960, 720))), Look(size=(960, 720)))
    words = [text for text, _ in drawn(made)]
    for name in ("Momentum", "AdaGrad", "Adam", "Lion", "Yogi"):
        assert any(word.startswith(name) for word in words), name


@pytest.mark.parametrize("size", [(700, 300), (900, 260)])
def test_how_a_path_ends_is_told_in_whole_words_in_narrow_panels(size: tuple[int, int]) -> None:
    runs = [
        walk.run() for walk in spec.walks(RunSpec(objective="rosenbrock", opt=("gd:eta=1",) * 6))
    ]
    with settings():
        made = draw(figures.scene("compare", runs, Look(size=size)), Look(size=size))
    words = {word.strip(",") for text, _ in drawn(made) for word in text.split()}
    assert not {"overflo", "ws", "overflow"} & words


def test_the_line_that_theory_draws_for_an_optimizer_is_named_in_its_colour() -> None:
    rules = ("adagrad:eta=0.5", "rmsprop:eta=0.05")
    runs = [walk.run() for walk in spec.walks(RunSpec(objective="himmelblau", opt=rules, steps=60))]
    with settings():
        made = draw(figures.scene("rates", runs, Look()), Look())
    found = [text for text in made.figure.findobj(Text) if isinstance(text, Text)]
    names = [text for text in found if "lambda" in text.get_text()]
    assert len({text.get_color() for text in names}) == 2


def test_a_star_on_the_axis_is_off_the_labels_of_its_ticks() -> None:
    panel = Panel((Spot(0.5, 0.0, "best"),), (0.0, 1.0), (0.0, 1.0), "a", "b")
    with settings():
        made = draw(Scene("", "", (panel,), ""), Look())
    (ax,) = made.figure.axes
    (star,) = [
        line for line in ax.get_children() if isinstance(line, Line2D) and line.get_marker() == "*"
    ]
    foot = ax.transData.transform((0.5, 0.0))[1] - star.get_markersize() / 2 * made.figure.dpi / 72
    below = [box for text, box in drawn(made) if text and box.top < ax.bbox.y0]
    label = max(below, key=lambda box: box.top)
    assert label.top <= foot
