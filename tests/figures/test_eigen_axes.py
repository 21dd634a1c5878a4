"""Traces along eigenvectors, and eigenvectors as arrows."""

from typing import Any

import numpy as np
import pytest

from optviz.errors import OptvizError
from optviz.scene import Arrow, Panel, Path, Scene, Tried
from optviz.spec.figure import read

TURNED = "0.1(x1+x2)^2 + 2(x1-x2)^2"  # eigenvalues 0.4 along (1, 1) and 8 along (1, -1)


def drawn(**words: Any) -> Scene:
    figure, wrong = read({"objective": TURNED, "opt": ["gd:eta=0.2"], **words})
    if figure is None:
        raise wrong[0]
    return figure.draw().scene


def path(panel: Panel) -> np.ndarray[Any, Any]:
    (only,) = (mark for mark in panel.marks if isinstance(mark, Path))
    return only.points


def test_along_eigenvectors_each_axis_shrinks_by_its_own_factor() -> None:
    (panel,) = drawn(axes="eigen", start=["4,2"]).panels
    flat, steep = path(panel).T
    assert flat == pytest.approx(flat[0] * 0.92 ** np.arange(21))  # 1 - 0.2 * 0.4
    assert steep == pytest.approx(steep[0] * (-0.6) ** np.arange(21), abs=1e-12)
    assert abs(flat[0]) == pytest.approx(6 / np.sqrt(2))
    assert (panel.xlabel, panel.ylabel) == ("$u_1$ (λ = 0.4)", "$u_{2}$ (λ = 8)")


def test_both_are_two_panels_with_one_path() -> None:
    scene = drawn(axes="both")
    own, eigen = map(path, scene.panels)
    assert np.linalg.norm(own, axis=1) == pytest.approx(np.linalg.norm(eigen, axis=1))
    assert scene.panels[0].xlabel == "$x_{1}$"


def test_eigenvectors_are_arrows_from_the_minimum() -> None:
    (panel,) = drawn(eigenvectors=True, frame="equal").panels
    first, second = (mark for mark in panel.marks if isinstance(mark, Arrow))
    assert first.dx == pytest.approx(first.dy) and second.dx == pytest.approx(-second.dy)
    assert (first.x, first.y, first.label, first.thin) == (0, 0, "$u_{1}$", True)
    assert not [mark for mark in drawn().panels[0].marks if isinstance(mark, Arrow)]


def test_a_verdict_shows_the_eigenvectors() -> None:
    arrows = [m for panel in drawn(figure="inspect").panels for m in panel.marks
              if isinstance(m, Arrow)]  # fmt: skip
    assert [arrow.label for arrow in arrows] == ["$u_{1}$", "$u_{2}$"] * 2


@pytest.mark.parametrize("option", [{"axes": "eigen"}, {"axes": "both"}, {"eigenvectors": True}])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"objective": "x1^2"}, "1-D objective has no eigenvectors"),
        ({"objective": "x1^2 + x2^2"}, "all directions are equal"),
        ({"plane": "1,2"}, "leave --plane out"),
    ],
)
def test_what_has_no_eigenvectors_is_refused(
    option: dict[str, Any], words: dict[str, Any], said: str
) -> None:
    with pytest.raises(OptvizError, match=said):
        drawn(**option, **words)


@pytest.mark.parametrize(
    "words", [{"rows": "trace", "axes": "both"}, {"rows": "loss", "measure": "milestones"}]
)
def test_what_has_two_panels_is_no_row_of_compare(words: dict[str, Any]) -> None:
    with pytest.raises(OptvizError, match="a row has one"):
        drawn(figure="compare", **words)


def test_arrows_in_a_plane_of_many_dimensions_are_named_as_its_axes() -> None:
    scene = drawn(figure="trace", objective="quadratic(kappa=10,dim=5)", eigenvectors=True)
    arrows = [mark for mark in scene.panels[0].marks if isinstance(mark, Arrow)]
    assert [arrow.label for arrow in arrows] == ["$u_{1}$", "$u_{5}$"]


def test_an_arrow_points_to_where_there_is_room_and_keeps_its_ink_in_a_column() -> None:
    scene = drawn(
        figure="compare", rows="trace", objective="d2l", rotate=30, eigenvectors=True,
        opt=["gd:eta=0.4", "adam"],
    )  # fmt: skip
    for panel in scene.panels:
        for arrow in (mark for mark in panel.marks if isinstance(mark, Arrow)):
            assert panel.xlim[0] < arrow.x + arrow.dx < panel.xlim[1]
            assert panel.ylim[0] < arrow.y + arrow.dy < panel.ylim[1]
            assert arrow.role < 0


def test_crosses_stand_in_the_columns_of_line_searches_alone() -> None:
    scene = drawn(figure="compare", rows="trace", tried=True, opt=["gd:eta=0.4", "armijo"])
    counts = [sum(isinstance(m, Tried) for m in panel.marks) for panel in scene.panels]
    assert counts == [0, 1]


def test_points_tried_are_those_of_the_clipped_gradient() -> None:
    scene = drawn(
        figure="trace",
        objective="d2l",
        start=["-5,-2"],
        opt=["armijo:trial=3,clip=0.5"],
        steps=1,
        tried=True,
    )
    (mark,) = (mark for mark in scene.panels[0].marks if isinstance(mark, Tried))
    start, gradient = np.array([-5.0, -2.0]), np.array([-1.0, -8.0])  # of 0.1x² + 2y²
    unit = gradient / np.hypot(*gradient)
    assert mark.points[0] == pytest.approx(start - 3 * 0.5 * unit)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"objective": "x1^2"}, "plane of a 2-D objective"),
        ({"objective": "d2l", "starts": "moves", "start": ["grid(-6,6,-3,3,5x5)"]}, "has none"),
        ({"opt": ["gd"]}, "only a line search"),
    ],
)
def test_points_tried_that_would_not_be_drawn_are_refused(words: dict[str, Any], said: str) -> None:
    with pytest.raises(OptvizError, match=said):
        drawn(**{"figure": "trace", "opt": ["armijo"], "tried": True, **words})
