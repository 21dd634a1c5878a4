"""Phase portraits as data: orbits of a mode, their regimes, and the map of regimes."""

import io
from typing import Any

import numpy as np
import pytest

from optviz.errors import OptvizError
from optviz.figures._phase_orbits import Portrait
from optviz.scene import Cells, Guide, Path, Scene, Spot, Start
from optviz.spec.drawing import Drawing
from optviz.spec.figure import read


def drawing(*opt: str, **words: Any) -> Drawing:
    figure, wrong = read({"figure": "phase", "opt": list(opt), **words})
    if figure is None:
        raise wrong[0]
    return figure.draw()


def drawn(*opt: str, **words: Any) -> Scene:
    return drawing(*opt, **words).scene


def orbits(*opt: str, **words: Any) -> np.ndarray[Any, Any]:
    (one,) = drawing(*opt, **words).content
    assert isinstance(one, Portrait)
    return one.orbits


def test_an_orbit_is_the_heavy_ball_with_its_velocity() -> None:
    (orbit,) = orbits("momentum:eta=0.1,beta=0.8", mode=2, launch=["2,-0.5"], steps=12)
    # the velocity of the heavy ball is what a step moves: v = 0.8 v - 0.1 * 4 x
    x, v = 2.0, -0.5
    for t in range(12):
        assert orbit[t] == pytest.approx([x, v], rel=1e-12)
        v = 0.8 * v - 0.1 * 4 * x
        x = x + v


def test_a_mode_shows_its_eigenvalue_and_without_one_all_of_them() -> None:
    both = drawn("momentum:eta=0.1,beta=0.8")
    assert [p.title for p in both.panels] == ["λ = 0.2, oscillating", "λ = 4, oscillating"]
    (one,) = drawn("momentum:eta=0.01,beta=0.1", mode=1).panels
    assert one.title == "λ = 0.2, monotone"


def test_several_optimizers_are_compared_along_the_greatest_eigenvalue() -> None:
    scene = drawn("momentum:eta=0.1,beta=0.8", "nesterov:eta=0.1,beta=0.8", "adam:eta=0.1")
    assert [panel.title for panel in scene.panels] == [
        "Momentum, oscillating", "Nesterov, oscillating", "Adam",
    ]  # fmt: skip
    assert scene.title == "The eigenmode of λ = 4"


def test_cases_are_a_rate_for_each_regime_and_a_map() -> None:
    scene = drawn("momentum:beta=0.25", cases=True)
    assert [panel.title.split(",")[0] for panel in scene.panels] == [
        "monotone", "critical", "oscillating", "alternating", "regimes",
    ]  # fmt: skip
    chart = scene.panels[-1]
    spots = [mark for mark in chart.marks if isinstance(mark, Spot)]
    assert spots[1].x == pytest.approx(0.25)  # (1 - root of 0.25)²
    assert {spot.y for spot in spots} == {0.25}
    (cells,) = (mark for mark in chart.marks if isinstance(mark, Cells))
    assert cells.names == ("monotone", "oscillating", "alternating", "diverging")


def test_optimizers_of_one_rule_are_told_by_their_settings() -> None:
    scene = drawn("momentum:eta=0.02,beta=0.9", "momentum:eta=0.02,beta=0.5", objective="x^2/2")
    assert [panel.title for panel in scene.panels] == [
        "Momentum, β = 0.9, oscillating", "Momentum, β = 0.5, monotone",
    ]  # fmt: skip
    assert scene.title == "The eigenmode of λ = 1"
    assert drawn("momentum", cases=True, label=["Ball"]).title.startswith("Ball:")


def test_an_orbit_that_comes_to_rest_is_seen_whole() -> None:
    (panel,) = drawn("momentum:eta=0.02,beta=0.9", objective="x^2/2", launch=["1,0"]).panels
    (path,) = (mark for mark in panel.marks if isinstance(mark, Path))
    assert np.abs(path.points[:, 1]).max() > 4 * abs(path.points[1, 1])  # it speeds up
    assert panel.ylim[0] < path.points[:, 1].min() and path.left is None


def test_gradient_descent_has_cases_without_a_map() -> None:
    titles = [panel.title.split(",")[0] for panel in drawn("gd", cases=True).panels]
    assert titles == ["monotone", "critical", "alternating"]


def test_a_real_root_has_a_line_that_the_mode_keeps() -> None:
    (panel,) = drawn("momentum:eta=0.1,beta=0.1", mode=1).panels
    lines = [mark for mark in panel.marks if isinstance(mark, Guide)]
    a, b = 1.1 - 0.1 * 0.2, 0.1
    for line, root in zip(lines, sorted(np.roots([1, -a, b]), reverse=True), strict=True):
        x, v = line.points[1]
        assert v / x == pytest.approx(1 - 1 / root)
    assert not [
        m for m in drawn("momentum:eta=0.1,beta=0.8").panels[1].marks if isinstance(m, Guide)
    ]


def test_adam_is_measured_against_its_mean() -> None:
    (panel,) = drawn("adam:eta=0.1", mode=2, launch=["1,0", "-2,0"], steps=30).panels
    assert panel.ylabel == "mean $m_t$"
    first, second = (mark for mark in panel.marks if isinstance(mark, Path))
    assert first.points[1] == pytest.approx([0.9, 0.1 * 4])  # m = (1 - 0.9) 4
    assert second.points[0].tolist() == [-2, 0]


def test_paths_begin_where_it_is_said() -> None:
    (panel,) = drawn("momentum", mode=1, launch=["1,0.5", "2,0"]).panels
    begins = [(mark.x, mark.y) for mark in panel.marks if isinstance(mark, Start)]
    assert begins == [(1, 0.5), (2, 0)]


def test_the_table_has_a_row_a_point() -> None:
    done = drawing("momentum", mode=1, launch=["1,0"], steps=3)
    stream = io.StringIO()
    done.figure.kind.write(done.content, "csv", stream)
    lines = stream.getvalue().splitlines()
    assert lines[0] == "optimizer,eigenvalue,orbit,step,distance,velocity"
    assert len(lines) == 5 and lines[1].endswith(",0.2,1,0,1,0")


@pytest.mark.parametrize(
    ("opt", "words", "said"),
    [
        ("adagrad", {}, "has no velocity to draw"),
        ("momentum", {"mode": 3}, "1 to 2 is wanted"),
        ("momentum:eta=exponential(0.1,0.9)", {}, "of one rate"),
        ("adam", {"launch": ["1,1"]}, "begins at rest"),
        ("adam", {"cases": True}, "needs a rule with a recurrence"),
        ("momentum:eta=0.1", {"cases": True, "eta": "0.2"}, "eta"),
        ("momentum", {"objective": "x + y"}, "eigenvalue above 0"),
        ("momentum", {"launch": ["1"]}, "a distance and a velocity"),
        ("momentum", {"launch": ["1e308,0"]}, "within ±1e"),
    ],
)
def test_what_cannot_be_drawn_is_refused(opt: str, words: dict[str, Any], said: str) -> None:
    with pytest.raises(OptvizError, match=said):
        drawn(opt, **words)


def test_optimizers_of_one_rule_are_told_apart() -> None:
    scene = drawn("momentum:eta=0.1,beta=0.8", "momentum:eta=0.2,beta=0.8")
    assert [panel.title for panel in scene.panels] == [
        "Momentum, η = 0.1, oscillating", "Momentum, η = 0.2, oscillating",
    ]  # fmt: skip


def test_labels_may_be_one_word_and_name_cases_too() -> None:
    scene = drawn("momentum", "nesterov", label=["A,B"])
    assert [panel.title.split(",")[0] for panel in scene.panels] == ["A", "B"]
    assert drawn("momentum:beta=0.5", cases=True, label=["A"]).title.startswith("A:")


def test_what_stays_bounded_is_in_view() -> None:
    for panel in drawn("momentum:eta=0.01,beta=0.8", launch=["1,0"], steps=200).panels:
        (path,) = (mark for mark in panel.marks if isinstance(mark, Path))
        assert (path.points.max(axis=0) <= [panel.xlim[1], panel.ylim[1]]).all()
        assert path.left is None or not np.isfinite(path.left).any()


def test_five_optimizers_need_five_panels() -> None:
    opt = [f"momentum:eta=0.{i}" for i in range(1, 6)]
    assert len(drawn(*opt).panels) == 5


@pytest.mark.parametrize("opt", ["momentum:clip=1", "momentum@torch:weight_decay=0.1"])
def test_what_takes_the_velocity_away_is_named(opt: str) -> None:
    with pytest.raises(OptvizError, match="without clipping and weight decay"):
        drawn(opt)


def test_cases_refuse_a_rate() -> None:
    with pytest.raises(OptvizError, match="--cases chooses the rates"):
        drawn("momentum:eta=0.1,beta=0.5", cases=True)
