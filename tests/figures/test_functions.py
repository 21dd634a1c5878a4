"""Landscapes of functions that are no quadratics: levels, marks of all kinds, and the view."""

from collections import Counter

import numpy as np
import pytest

import optviz
from optviz import figures, objectives
from optviz.figures import _geometric_levels
from optviz.objectives import PRESETS
from optviz.scene import Band, Look, Minimum, Panel, Path, Scene

PLANE = [name for name, preset in PRESETS.items() if len(preset.region) == 4]
LINE = [name for name, preset in PRESETS.items() if len(preset.region) == 2]


def scene(
    text: str, optimizer: str = "gd:eta=1e-4", look: Look | None = None, **options: object
) -> Scene:
    start, steps = options.pop("start", None), options.pop("steps", 5)
    run = optviz.run(text, optimizer, start=start, steps=steps)  # type: ignore[arg-type]
    return figures.scene("trace", [run], look or Look(), **options)


def panel(text: str, optimizer: str = "gd:eta=1e-4", **options: object) -> Panel:
    return scene(text, optimizer, **options).panels[0]  # type: ignore[arg-type]


def kinds(one: Panel) -> dict[str, int]:
    marks = [mark for mark in one.marks if isinstance(mark, Minimum)]
    names = ("saddle" if m.saddle else "maximum" if m.maximum else "minimum" for m in marks)
    return dict(Counter(names))


@pytest.mark.parametrize("name", PLANE)
def test_less_than_a_twentieth_of_the_region_lies_below_the_lowest_line(name: str) -> None:
    f, preset = objectives.read(name), PRESETS[name]
    levels = [band.level for band in panel(name).marks if isinstance(band, Band)]
    low, high = np.reshape(preset.region, (-1, 2)).T
    values = f.value(np.random.default_rng(4).uniform(low, high, (40_000, 2)))
    assert (values < min(levels)).mean() < 0.05
    assert 8 <= len(levels) <= 17


@pytest.mark.parametrize("name", [*PLANE, *LINE])
def test_the_region_is_what_is_drawn_but_for_room_around_the_start(name: str) -> None:
    one, preset = panel(name, steps=1), PRESETS[name]
    sides = [one.xlim, one.ylim][: len(preset.start)]
    for (low, high), (left, right), x in zip(
        np.reshape(preset.region, (-1, 2)), sides, preset.start, strict=True
    ):
        room = 0.0401 * (high - low)
        assert left == pytest.approx(low) or (
            x - low < room and left == pytest.approx(x - room, rel=0.01)
        )
        assert right == pytest.approx(high) or (
            high - x < room and right == pytest.approx(x + room, rel=0.01)
        )


def test_a_fitted_frame_is_that_of_the_path() -> None:
    fitted = panel("himmelblau", frame="fit")
    assert fitted.xlim[1] - fitted.xlim[0] < 7
    assert panel("himmelblau", frame="equal").equal


def test_a_path_that_ends_a_little_outside_is_shown_and_one_far_off_leaves() -> None:
    beside = panel("beale", "adam:eta=0.1", start=(-1.0, 1.5), steps=500)  # ends at (−6.6, 1.13)
    assert beside.xlim[0] < -6.6
    away = panel("rosenbrock", "gd:eta=0.005", steps=5)
    assert away.xlim == pytest.approx((-2.16, 2.0))
    (path,) = [mark for mark in away.marks if isinstance(mark, Path)]
    assert path.left


def test_newton_on_a_cosine_is_followed_where_it_runs_away() -> None:
    one = panel("d2l-cosine", "newton", steps=10)  # ends at 26.83, as the book's code does
    assert one.xlim[1] > 26.9
    assert one.xlim[0] == -10


def test_a_typed_function_shows_the_minima_near_its_path() -> None:
    one = panel("x^4 - x^2 + y^2", start=(0.2, 0.5), steps=3)
    assert kinds(one) == {"minimum": 2, "saddle": 1}
    assert one.xlim[0] < -0.71 < 0.71 < one.xlim[1]


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("himmelblau", {"minimum": 4, "saddle": 4, "maximum": 1}),
        ("rastrigin", {"minimum": 81}),
        ("valley-of-stability", {"saddle": 1}),
        ("monkey-saddle", {"saddle": 1}),
        ("levy13", {"minimum": 1}),
        ("d2l-local", {"minimum": 2, "maximum": 1}),
    ],
)
def test_each_kind_has_its_mark_and_too_many_have_none(name: str, marked: dict[str, int]) -> None:
    assert kinds(panel(name)) == marked


def test_of_many_minima_all_but_the_lowest_are_small_and_without_a_word() -> None:
    marks = [mark for mark in panel("rastrigin").marks if isinstance(mark, Minimum)]
    assert [(m.x, m.y) for m in marks if m.label and not m.small] == [(0.0, 0.0)]
    assert all(mark.small and not mark.label for mark in marks[1:])


def test_the_description_counts_what_is_in_view() -> None:
    assert scene("himmelblau").alt.endswith("In view: 4 minima, 4 saddles and 1 maximum.")
    assert scene("levy13").alt.endswith("minima, 1467 saddles and 610 maxima.")
    assert "In view" not in scene("d2l", start=(-5.0, -2.0)).alt


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_so_many_lines_are_drawn_as_were_asked_for(count: int) -> None:
    bands = [
        mark for mark in panel("rosenbrock", levels=str(count)).marks if isinstance(mark, Band)
    ]
    assert len(bands) == count


def test_a_line_passes_the_start_and_ratios_above_the_minimum_are_equal() -> None:
    f, start = objectives.read("rosenbrock"), np.array(PRESETS["rosenbrock"].start)
    levels = sorted(b.level for b in panel("rosenbrock").marks if isinstance(b, Band))
    assert float(f.value(start)) in [pytest.approx(level) for level in levels]
    ratios = np.array(levels[1:]) / np.array(levels[:-1])
    assert ratios == pytest.approx(np.full(len(ratios), ratios[0]))


def test_a_saddle_has_levels_on_both_sides() -> None:
    levels = sorted(b.level for b in panel("monkey-saddle").marks if isinstance(b, Band))
    assert sum(level < 0 for level in levels) == sum(level > 0 for level in levels) == 8


@pytest.mark.parametrize(
    "text",
    [
        "exp(x)+0y",
        "x^3 + y^3",
        "-exp(-x^2-y^2)",
        "1-exp(-x^2-y^2)",
        "log(x^2+y^2)",
        "1/x + y^2",
        "abs(x)+abs(y)",
        "max(x,y)^3",
    ],
)
def test_any_function_has_lines_that_differ(text: str) -> None:
    f = objectives.read(text)
    levels = _geometric_levels.levels(f, (-2.0, 2.0, -2.0, 2.0), 0.3, None)
    assert 4 <= len(levels) <= 30
    assert (np.diff(levels) > 0).all()


def test_a_function_that_is_the_same_everywhere_has_none() -> None:
    f = objectives.read("max(x, y, 100)")
    assert len(_geometric_levels.levels(f, (-2.0, 2.0, -2.0, 2.0), 0.0, None)) == 0


def test_where_a_function_has_no_value_the_ground_ends() -> None:
    one = panel("x log(x) + y^2", start=(2.0, 1.0))
    ground = next(mark for mark in one.marks if isinstance(mark, Band))
    assert ground.level == np.inf
    assert ground.height == 1.0
    typed = panel("x log(x) + y^2", start=(2.0, 1.0), levels="0.5,1.5")
    assert {band.label for band in typed.marks if isinstance(band, Band)} == {"", "0.5", "1.5"}


def test_the_plane_of_many_coordinates_passes_the_end_of_the_path() -> None:
    drawn = scene("x^3 + y^2 + 2z^2 + x y z", "gd:eta=0.05", start=(-1.0, 1.0, 1.0), steps=3)
    assert drawn.subtitle.endswith("direction through the end of the path")
    (path,) = [mark for mark in drawn.panels[0].marks if isinstance(mark, Path)]
    assert path.points[-1] == pytest.approx([0.0, 0.0], abs=1e-12)


def test_a_long_formula_stands_as_its_name_or_as_its_first_terms() -> None:
    assert "on goldstein-price, 5 steps" in scene("goldstein-price").subtitle
    typed = "(1.5-x+x y)^2 + (2.25-x+x y^2)^2 + (2.625-x+x y^3)^2 + (3-x+x y^4)^2 + x^2"
    subtitle = scene(typed, start=(1.0, 1.0)).subtitle
    assert r"+ \cdots$" in subtitle
    assert "y^4" not in subtitle
