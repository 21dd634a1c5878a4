"""Maps of a grid of starts."""

from typing import Any

import numpy as np
import pytest

from optviz import figures, objectives, spec
from optviz.errors import OptvizError
from optviz.scene import Cells, Path, Quiver, Scene, Start
from optviz.spec import RunSpec
from optviz.walks.status import STATUSES

GRID = "grid(-6,6,-3,3,5x4)"


def scene(how: str, *opt: str, start: tuple[str, ...] = (GRID,), **more: Any) -> Scene:
    walks = spec.walks(RunSpec(opt=opt or ("gd:eta=0.4",), start=start, **more))
    return figures.scene("trace", [walk.run() for walk in walks], starts=how)


def test_a_grid_spells_its_starts_row_by_row_from_below() -> None:
    starts = spec.placed("grid(-1,1,0,3,3x2)")
    assert starts == [[-1, 0], [0, 0], [1, 0], [-1, 3], [0, 3], [1, 3]]


@pytest.mark.parametrize(
    "text",
    [
        "grid(1,0,0,1,2x2)",
        "grid(0,1,0,1,1x5)",
        "grid(0,1,0,1,900x900)",
        "grid(0,1,0,2x2)",
        "grid(0,1,0,1)",
        "grid(a,1,0,1,2x2)",
    ],
)
def test_a_grid_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(OptvizError, match="start"):
        spec.placed(text)


def test_steps_by_start_are_those_of_the_runs() -> None:
    (cells,) = scene("steps", steps=300).panels[0].of(Cells)
    q = objectives.read("d2l")
    for row, y in enumerate(np.linspace(-3, 3, 4)):
        for column, x in enumerate(np.linspace(-6, 6, 5)):
            (walk,) = spec.walks(RunSpec(opt=("gd:eta=0.4",), start=(f"{x},{y}",), steps=300))
            gap = q.gap(walk.run().x[:, 0])
            assert cells.values[row, column] == np.flatnonzero(gap <= 1e-6 * gap[0])[0]


def test_statuses_by_start_are_named() -> None:
    (cells,) = scene("status", "gd:eta=0.6", steps=60).panels[0].of(Cells)
    assert cells.names == STATUSES
    assert {STATUSES[int(v)] for v in cells.values.ravel()} == {"diverged"}


def test_moves_are_the_first_steps_never_longer_than_the_mesh() -> None:
    (quiver,) = scene("moves").panels[0].of(Quiver)
    assert quiver.points.shape == (20, 2)
    steps = -0.4 * quiver.points * [0.2, 4]  # −ηQx
    share = quiver.moves[steps != 0] / steps[steps != 0]
    assert share == pytest.approx(np.full(share.size, share[0]))
    assert np.all(np.abs(quiver.moves) <= np.array([3, 2]) * 1.000001)


def test_many_paths_are_faint_unnamed_and_without_rings() -> None:
    panel = scene("paths", start=("grid(-6,6,-3,3,9x9)",)).panels[0]
    paths = panel.of(Path)
    assert len(paths) == 81
    assert all(path.faint and not path.label for path in paths)
    assert not panel.of(Start)


def test_two_optimizers_have_a_map_each() -> None:
    found = scene("steps", "gd:eta=0.4", "adagrad:eta=2", steps=300)
    assert [p.title for p in found.panels] == ["Gradient descent", "AdaGrad"]
    assert found.panels[0].of(Cells)[0].span == found.panels[1].of(Cells)[0].span


def test_starts_that_are_no_grid_cannot_be_mapped() -> None:
    with pytest.raises(OptvizError, match="grid"):
        scene("steps", start=("1,2", "3,4"))
    with pytest.raises(OptvizError, match="2-D"):
        scene("steps", objective="x^2", start=("1", "2"))


@pytest.mark.parametrize("text", ["grid", "grid(-5:5:5,-3:3:5)", "grid(-1,1,-1,1,3)", " grid(1"])
def test_a_grid_in_another_form_is_answered_with_its_form(text: str) -> None:
    with pytest.raises(OptvizError, match="COLUMNSxROWS"):
        spec.placed(text)
