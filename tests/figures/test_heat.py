"""Heat maps of coordinates as data."""

import numpy as np
import pytest

from optviz import figures, spec
from optviz.errors import OptvizError
from optviz.scene import Cells, Scene
from optviz.spec import RunSpec

TURNED = "0.1(x1+x2)^2 + 2(x1-x2)^2"  # eigenvalues 0.4 along (1, 1) and 8 along (1, -1)


def drawn(*opt: str, of: str = "distance", axes: str = "coordinates", **words: object) -> Scene:
    walks = spec.walks(RunSpec(opt=opt, **words))  # type: ignore[arg-type]
    return figures.scene("heat", [walk.run() for walk in walks], of=of, axes=axes)


def cells(scene: Scene) -> list[Cells]:
    return [mark for panel in scene.panels for mark in panel.marks if isinstance(mark, Cells)]


def test_a_row_is_the_distance_of_a_coordinate_and_rows_rise_with_the_curvature() -> None:
    scene = drawn("gd:eta=0.1", objective="2(x1-1)^2 + 0.1x2^2", start=("5,3",))
    (only,) = cells(scene)
    # x1 - 1 shrinks by 1 - 0.1 * 4 a step, x2 by 1 - 0.1 * 0.2
    assert only.values[0] == pytest.approx(3 * 0.98 ** np.arange(21))
    assert only.values[1] == pytest.approx(4 * 0.6 ** np.arange(21))
    assert [text for _, text in scene.panels[0].yticks or ()] == [
        "$x_{2}$, λ = 0.2", "$x_{1}$, λ = 4",
    ]  # fmt: skip


def test_a_column_stands_over_its_step() -> None:
    (distance,), (rate,) = cells(drawn("gd")), cells(drawn("gd", of="rate"))
    assert distance.xs[[0, 1, -1]].tolist() == [-0.5, 0.5, 20.5]
    assert rate.xs[[0, 1, -1]].tolist() == [0.5, 1.5, 20.5]


def test_along_eigenvectors_each_row_shrinks_at_its_own_factor() -> None:
    (only,) = cells(drawn("gd:eta=0.1", objective=TURNED, axes="eigen", start=("4,2",)))
    # (4, 2) has 6/sqrt 2 along (1, 1) and 2/sqrt 2 along (1, -1)
    assert only.values[0] == pytest.approx(6 / np.sqrt(2) * 0.96 ** np.arange(21))
    assert only.values[1, :10] == pytest.approx(2 / np.sqrt(2) * 0.2 ** np.arange(10))


def test_the_gradient_of_step_t_is_that_at_the_point_before_it() -> None:
    (only,) = cells(drawn("gd:eta=0.1", of="gradient"))
    assert only.values[0] == pytest.approx(0.2 * 5 * 0.98 ** np.arange(20))


def test_the_rates_are_those_of_the_run() -> None:
    run = spec.walks(RunSpec(opt=("adagrad",)))[0].run()
    (only,) = cells(figures.scene("heat", [run], of="rate"))
    assert only.values == pytest.approx(run.rate[:, 0].T)


def test_maps_side_by_side_share_their_colours_and_one_key() -> None:
    one, two = cells(drawn("gd:eta=0.1", "adagrad"))
    assert one.span == two.span
    assert [one.label, two.label] == ["", "$|x_i-x_i^*|$"]


def test_of_many_rows_some_curvatures_are_told() -> None:
    (panel,) = drawn("gd", objective="quadratic(kappa=100,dim=50)", axes="eigen").panels
    # 50 eigenvalues from 0.01 to 1, each 100^(1/49) times the one before
    heights = [0.5 + 49 * np.log(value / 0.01) / np.log(100) for value in (0.01, 0.03, 0.1, 0.3, 1)]
    assert [place for place, _ in panel.yticks or ()] == pytest.approx(heights)
    assert [text for _, text in panel.yticks or ()] == ["0.01", "0.03", "0.1", "0.3", "1"]


def test_the_title_counts_what_is_left() -> None:
    # after 60 steps of 0.98 there is 30 % left of x1, and nothing of x2
    assert drawn("gd:eta=0.1", steps=60).title == (
        "Gradient descent leaves 1 of 2 coordinates above 1 % of their start"
    )
    assert drawn("gd:eta=0.1", steps=300).title == (
        "Gradient descent brings all 2 coordinates below 1 % of their start in 300 steps"
    )


def test_where_a_run_overflowed_there_is_no_colour() -> None:
    (only,) = cells(drawn("gd:eta=0.6", steps=3000))
    (bare,) = only.bare
    assert (bare.label, bare.diverges) == ("diverges", True)
    assert np.isnan(only.values[bare.cells]).all() and np.isfinite(only.values[~bare.cells]).all()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"of": "rate", "axes": "eigen"}, "an eigenvector has no rate"),
        ({"objective": "x1*x2"}, "this objective has no minimum"),
        ({"objective": "x1 + x2"}, "this objective has no minimum"),
    ],
)
def test_what_cannot_be_drawn_is_refused(words: dict[str, str], said: str) -> None:
    with pytest.raises(OptvizError, match=said):
        drawn("gd", **words)  # type: ignore[arg-type]


def test_maps_of_several_starts_say_which() -> None:
    scene = drawn("gd:eta=0.1", "adam", start=("1,1", "2,2"))
    assert [panel.title for panel in scene.panels] == [
        "Gradient descent, η = 0.1 from (1, 1)", "Gradient descent, η = 0.1 from (2, 2)",
        "Adam, η = 0.4 from (1, 1)", "Adam, η = 0.4 from (2, 2)",
    ]  # fmt: skip


def test_rows_of_one_curvature_are_told_by_their_number() -> None:
    chain = " + ".join(["x1^2/2", *(f"(x{i}-x{i + 1})^2/2" for i in range(1, 20)), "x20^2/2"])
    (panel,) = drawn("gd:eta=0.4", objective=chain).panels
    assert panel.ylabel == "coordinate"
    assert [text for _, text in panel.yticks or ()] == ["1", "5", "10", "15", "20"]
    assert [place for place, _ in panel.yticks or ()] == [0.5, 4.5, 9.5, 14.5, 19.5]


def test_of_hundreds_of_rows_as_few_are_told() -> None:
    (panel,) = drawn(
        "gd:eta=0.01", objective="quadratic(eig=[" + ",".join(["1"] * 700) + "])", steps=2
    ).panels
    assert [text for _, text in panel.yticks or ()] == ["1", "200", "400", "600"]
