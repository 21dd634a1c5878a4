"""Traces along eigenvectors, and eigenvectors as arrows."""

from typing import Any

import numpy as np
import pytest

from optviz.errors import OptvizError
from optviz.scene import Arrow, Panel, Path, Scene
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
    assert (first.x, first.y, first.label, first.thin) == (0, 0, "$u_1$", True)
    assert not [mark for mark in drawn().panels[0].marks if isinstance(mark, Arrow)]


def test_a_verdict_shows_the_eigenvectors() -> None:
    arrows = [m for panel in drawn(figure="inspect").panels for m in panel.marks
              if isinstance(m, Arrow)]  # fmt: skip
    assert [arrow.label for arrow in arrows] == ["$u_1$", "$u_2$"] * 2


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
