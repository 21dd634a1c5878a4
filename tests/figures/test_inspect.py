"""The chart of a verdict as data."""

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.figures.inspect import Inspect
from optviz.scene import Band, Extent, Look, Minimum, Profile, Scene, Spot, Start, Stem
from optviz.spec.figure import read
from optviz.theory.verdict import judge


def scene(text: str, look: Look | None = None) -> Scene:
    q = objectives.read(text)
    verdict = judge(q, [optimizers.read("gd:eta=0.1")], np.resize([-5.0, -2.0], q.dim))
    return Inspect().scene(verdict, look or Look())


def test_a_plane_objective_has_two_spectra_above_two_landscapes() -> None:
    drawn = scene("d2l-rotated")
    assert drawn.columns == 2
    assert [bool(panel.of(Stem)) for panel in drawn.panels] == [True, True, False, False]
    assert [bool(panel.of(Band)) for panel in drawn.panels] == [False, False, True, True]


def test_ranges_are_where_gershgorin_has_them() -> None:
    before, after, *_ = scene("d2l-rotated").panels
    # rows of [[4.2, −3.8], [−3.8, 4.2]]
    for panel, wanted in ((before, (0.4, 8)), (after, (1 - 3.8 / 4.2, 1 + 3.8 / 4.2))):
        bars = panel.of(Extent)
        assert [(bar.low, bar.high) for bar in bars] == [pytest.approx(wanted)] * 2
        assert [bar.y for bar in bars] == [1.5, 0.5]
        assert panel.yticks == ((1.5, "$x_{1}$"), (0.5, "$x_{2}$"))


def test_a_spectrum_explains_its_marks() -> None:
    for text in ("d2l-rotated", "quadratic(kappa=100,dim=30,seed=1)", "x1^2+2x2^2+3x3^2"):
        for panel in scene(text).panels:
            if panel.of(Stem):
                assert ("bars" in panel.note) == bool(panel.of(Extent))
                assert "lines: eigenvalues" in panel.note


def test_the_spectrum_of_a_diagonal_matrix_is_in_words_above_its_landscapes() -> None:
    before, after = scene("d2l").panels
    assert (before.title, before.note) == ("Q: κ = 20", "eigenvalues 0.2 and 4")
    assert (after.title, after.note) == (
        "After diagonal preconditioning: κ = 1",
        "2 eigenvalues 1; over $z=D^{1/2}x$, $D=\\mathrm{diag}\\,Q$",
    )


@pytest.mark.parametrize(
    "text",
    [
        "d2l",
        "d2l-rotated",
        "saddle",
        "x^2",
        "(x+y)^2",
        "3x+y",
        "x-x",
        "quadratic(kappa=100,dim=30,seed=1)",
        "x^2+y^2",
    ],
)
def test_every_eigenvalue_is_marked_and_all_is_within_its_panel(text: str) -> None:
    q, drawn = objectives.read(text), scene(text)
    stems = [stem.x for stem in drawn.panels[0].of(Stem)]
    for value in q.eigenvalues:
        assert not stems or min(abs(value - x) for x in stems) <= 5e-3 * abs(value)
    for panel in drawn.panels:
        (left, right), (bottom, top) = panel.xlim, panel.ylim
        assert left < right
        assert bottom < top
        for bar in panel.of(Extent):
            assert left < bar.low <= bar.high < right
            assert bottom < bar.y < top
        for mark in panel.of(Start) + panel.of(Minimum) + panel.of(Stem):
            assert left < mark.x < right
            assert bottom < mark.y < top


def test_the_preconditioned_landscape_of_a_straight_valley_is_round() -> None:
    after = scene("d2l").panels[1]
    (start,) = after.of(Start)
    assert (start.x, start.y) == pytest.approx((-5 * 0.2**0.5, -2 * 4**0.5))
    for band in after.of(Band):
        (outline,) = band.polygons or (np.array([[1.0, 0.0]]),)
        ring = outline[::3]  # ends of Bézier curves
        assert np.hypot(*ring.T) == pytest.approx(np.hypot(*ring[0]))


def test_where_there_is_no_preconditioning_words_say_so() -> None:
    drawn = scene("saddle")
    assert "no diagonal preconditioning" in drawn.panels[0].note
    assert (len(drawn.panels), drawn.columns) == (1, 1)
    assert drawn.title == "Indefinite: no minimum"


def test_one_dimension_has_its_graph_and_many_have_no_landscape() -> None:
    (only,) = scene("x^2").panels
    assert only.of(Profile)
    assert only.note == "eigenvalue 2"
    drawn = scene("quadratic(kappa=100,dim=5,seed=1)")
    assert (len(drawn.panels), drawn.columns) == (2, 1)


def test_the_title_is_the_condition_number() -> None:
    assert scene("d2l").title == "Condition number 20, 1 after diagonal preconditioning"
    # turned by 45° both entries of the diagonal are equal, so that it scales nothing
    assert scene("d2l-rotated").title == "Condition number 20, which diagonal preconditioning keeps"


def test_the_words_are_made_from_the_verdict() -> None:
    drawn = scene("d2l")
    assert "eigenvalues 0.2, 4; κ 20; after diagonal preconditioning 1" in drawn.alt
    assert "gd:eta=0.1: κ = 20: at 0.1 the flat direction x1 shrinks by 0.98 a step" in drawn.alt
    assert scene("d2l", Look(title="Mine, for $5")).title == r"Mine, for \$5"


def test_limits_fit_no_figure_of_several_axes() -> None:
    _, (error,) = read({"figure": "inspect", "xlim": "0,1"})
    assert "not of inspect" in str(error)


def points(*opt: str, **words: object) -> Scene:
    figure, wrong = read({"figure": "inspect", "opt": list(opt), **words})
    assert figure is not None, wrong
    return figure.kind.scene(figure.draw().content, Look())


def test_of_any_function_points_are_numbered_and_have_a_row_each() -> None:
    drawn = points("gd:eta=0.02", objective="himmelblau")
    assert drawn.title == "Gradient descent can rest in 2 of 4 minima"
    landscape, spectra = drawn.panels
    marks = [mark for mark in landscape.of(Minimum) if isinstance(mark, Minimum)]
    assert [mark.label for mark in marks] == [str(i + 1) for i in range(len(marks))]
    assert [mark.saddle or mark.maximum for mark in marks] == [False] * 4 + [True] * 5
    (limit,) = spectra.of(Stem)
    assert isinstance(limit, Stem)
    assert limit.x == 100  # 2/0.02
    assert spectra.yticks is not None
    assert len(spectra.yticks) == len(marks)


def test_a_typed_point_is_looked_at_whatever_it_is() -> None:
    drawn = points("gd", objective="beale", at=["3,0.5", "1,1"])
    assert "minimum at (3, 0.5), f = 0, eigenvalues 0.301 and 49" in drawn.alt
    assert "slope at (1, 1), f = 14.2" in drawn.alt


def test_minima_alone_are_looked_at_where_they_are_asked_for() -> None:
    marks = points("gd", objective="himmelblau", at=["minimum"]).panels[0].of(Minimum)
    assert len(marks) == 4


def test_one_dimension_has_its_graph_with_the_points_on_it() -> None:
    graph, spectra = points("gd", objective="x^4 - 2x^2").panels
    places = sorted((m.x, m.y) for m in graph.of(Minimum) if isinstance(m, Minimum))
    assert places == [pytest.approx((-1, -1)), pytest.approx((0, 0)), pytest.approx((1, -1))]
    assert spectra.of(Spot)
