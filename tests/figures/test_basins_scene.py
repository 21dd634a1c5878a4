"""A map of basins has a colour for each minimum, and says which hold nobody."""

import re

import numpy as np
import pytest

from optviz import figures, objectives, optimizers
from optviz.figures._basins import TraceBasins
from optviz.scene import Cells, Look, Minimum, Scene
from optviz.walks.engine import Walk
from optviz.walks.parallel import ALONE


def drawn(f: str, *opts: str, reach: float = 5.0, count: int = 21, steps: int = 500) -> Scene:
    side = np.linspace(-reach, reach, count)
    start = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    objective = objectives.read(f)
    walks = [Walk(objective, optimizers.read(opt), start, steps) for opt in opts]
    kind = figures.registry["trace"].read({"starts": "basin"})
    assert isinstance(kind, TraceBasins)
    return kind.scene(kind.content(walks, ALONE), Look())


def test_each_minimum_that_holds_a_start_has_a_colour() -> None:
    (panel,) = drawn("himmelblau", "gd:eta=0.02").panels
    (cells,) = panel.of(Cells)
    assert cells.striped is not None
    assert cells.striped.label == "moves on about it"
    for striped, names in [(False, {"(3, 2)", "(−2.805, 3.131)"}), (True, {"(3.584, −1.848)"})]:
        held = cells.values[np.isfinite(cells.values) & (cells.striped.cells == striped)]
        assert {cells.names[i] for i in held.astype(int)} == names
    assert [bare.label for bare in cells.bare] == ["rests at no minimum"]


def test_more_minima_than_colours_are_told_by_their_curvature() -> None:
    (panel,) = drawn("valley-of-stability", "gd:eta=0.2", reach=4.0).panels
    (cells,) = panel.of(Cells)
    assert not cells.names
    assert "lambda" in cells.label
    assert np.nanmax(cells.values) <= 10
    assert panel.of(Minimum) == []  # a curve of them


def test_minima_of_the_same_curvature_are_told_by_their_height() -> None:
    (panel,) = drawn("rastrigin", "gd:eta=0.002", reach=4.5).panels
    (cells,) = panel.of(Cells)
    assert cells.label == "$f$ there"


def test_the_alt_text_has_the_shares() -> None:
    scene = drawn("himmelblau", "gd:eta=0.01", "gd:eta=0.005")
    assert "end at (3, 2), λmax 82.28" in scene.alt


def test_the_alt_text_says_which_runs_move_on_about_a_minimum() -> None:
    alt = drawn("himmelblau", "gd:eta=0.02").alt
    assert "move on about (3.584, −1.848), λmax 105.4" in alt
    assert "end at (3.584" not in alt


def test_the_alt_text_has_the_curvatures_along_a_curve_of_minima() -> None:
    alt = drawn("valley-of-stability", "gd:eta=0.2", reach=4.0).alt
    assert re.search(r"8\d.* % end at minima of their own, λmax 2 to 9\.\d+, ", alt)


@pytest.mark.parametrize("word", ["levels", "plane", "tried", "eigenvectors"])
def test_options_of_paths_are_refused(word: str) -> None:
    values = {"starts": "basin", word: {"levels": "3", "plane": "1,2"}.get(word, True)}
    kind = figures.registry["trace"].read(values)
    assert word in dict(kind.idle([], Look()))
