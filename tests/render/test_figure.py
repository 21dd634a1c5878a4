"""What is on the axes, read back from matplotlib's artists; labels that keep off one another."""

from itertools import combinations

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from optviz import figures, spec
from optviz.render.draw.figure import draw, settings
from optviz.render.fast import shortcuts
from optviz.scene import Look, Panel, Scene, Spot
from optviz.spec import RunSpec

LARGER = 0 if shortcuts.fit() else 2  # matplotlib 3.10 measures texts larger than their ink
CASES = {
    "book": {},
    "two": {"opt": ("adagrad:eta=0.4", "adagrad:eta=2")},
    "four": {
        "objective": "scratch",
        "opt": ("gd:eta=0.95", "momentum:eta=0.1,beta=0.9", "adagrad:eta=1.5", "adam:eta=0.3"),
    },
    "diverging": {"opt": ("gd:eta=0.6", "gd:eta=0.55", "gd:eta=0.4")},
    "long": {"opt": ("rmsprop:eta=0.4", "adam:eta=0.4"), "steps": 120},
    "saddle": {"objective": "saddle", "opt": ("gd:eta=0.1", "adam:eta=0.1")},
    "line": {"objective": "x^2", "start": ("10",), "opt": ("gd:eta=0.2", "gd:eta=1.1")},
}


def figure(view: str, case: str, look: Look) -> Figure:
    walks = spec.walks(RunSpec(**CASES[case]))  # type: ignore[arg-type]
    measure = {"measure": "gradient"} if (view, case) == ("loss", "saddle") else {}
    with settings():
        made = draw(
            figures.scene(view, [walk.run() for walk in walks], look, **measure), look
        ).figure
        made.canvas.draw()
    return made


def words(made: Figure) -> list[Text]:
    found = [*made.texts]
    for ax in made.axes:
        ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()]
        found += [*ax.texts, *ticks, ax.xaxis.label, ax.yaxis.label]
    return [text for text in found if text.get_text()]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("view", figures.plotted())
@pytest.mark.parametrize("size", [(960, 720), (560, 420)])
def test_no_word_touches_another_and_none_is_clipped(
    view: str, case: str, size: tuple[int, int]
) -> None:
    made = figure(view, case, Look(size=size))
    boxes = [(text.get_text(), text.get_window_extent()) for text in words(made)]
    for word, box in boxes:
        assert box.x0 >= -LARGER and box.y0 >= -LARGER, word
        assert box.x1 <= size[0] + LARGER and box.y1 <= size[1] + LARGER, word
    for (one, a), (two, b) in combinations(boxes, 2):
        wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 1 or high <= 1, f"{one!r} on {two!r}"


def test_a_very_long_title_stays_within_the_picture() -> None:
    look = Look(title="A title as long as only a person can write it " * 4)
    made = figure("trace", "book", look)
    assert all(text.get_window_extent().x1 <= 960 for text in made.texts)


def test_the_axes_have_the_panels_limits_and_a_log_scale_for_rates() -> None:
    (ax,) = figure("rates", "book", Look()).axes
    assert ax.get_yscale() == "log"
    assert ax.get_xlim() == (1, 20)
    assert [t.get_text() for t in ax.get_xticklabels()] == ["1", "5", "10", "15", "20"]


def test_optimizers_differ_by_colour_and_marker() -> None:
    (ax,) = figure("trace", "two", Look()).axes
    paths = [line for line in ax.lines if len(line.get_xdata()) == 21]
    dotted = [line for line in paths if line.get_marker() not in ("", "None")]
    assert len({line.get_color() for line in dotted}) == 2
    assert len({line.get_marker() for line in dotted}) == 2


def test_the_name_of_a_star_keeps_off_it() -> None:
    panel = Panel((Spot(0.5, 0.5, "best by theory"),), (0.0, 1.0), (0.0, 1.0), "a", "b")
    with settings():
        made = draw(Scene("", "", (panel,), ""), Look()).figure
        made.canvas.draw()
    (ax,) = made.axes
    (name,) = ax.texts
    star = [line for line in ax.get_children() if isinstance(line, Line2D) and line.get_marker()]
    reach = max(line.get_markersize() + line.get_markeredgewidth() for line in star) / 2
    x, _ = ax.transData.transform((0.5, 0.5))
    assert name.get_window_extent().x0 - x >= reach * made.dpi / 72
