"""The loss as the sum of its eigenmodes."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz import figures, spec
from optviz.scene import Panel, Scene, Share
from optviz.spec import RunSpec

# gradient descent on 0.1x₁² + 2x₂² from (−5, −2): the modes shrink by 1 − 0.2η and 1 − 4η
T = np.arange(21)
FLAT, STEEP = 0.1 * 25 * 0.92 ** (2 * T), 2 * 4 * 0.6 ** (2 * T)


def modes(*opt: str, **run: object) -> Scene:
    walks = spec.walks(RunSpec(opt=opt or ("gd",), **run))  # type: ignore[arg-type]
    return figures.scene("loss", [walk.run() for walk in walks], measure="modes")


def layers(panel: Panel) -> list[Share]:
    return [mark for mark in panel.marks if isinstance(mark, Share)]


def test_layers_are_the_parts_of_f_in_their_closed_form() -> None:
    low, high = layers(modes("gd:eta=0.4").panels[0])
    assert low.high == pytest.approx(FLAT)
    assert high.low == pytest.approx(FLAT)
    assert (low.low == 0).all()
    assert high.high == pytest.approx(FLAT + STEEP)


def test_every_layer_has_its_name_in_the_last_panel_only() -> None:
    first, last = modes("gd", "adam", objective="quadratic(eig=[0.01,0.1,1])").panels
    assert [mark.label for mark in layers(first)] == ["", "", ""]
    assert [mark.label for mark in layers(last)] == ["λ₁ = 0.01", "λ₂ = 0.1", "λ₃ = 1"]


@given(seed=st.integers(0, 99), dim=st.integers(2, 6))
def test_the_layers_of_any_objective_sum_to_f(seed: int, dim: int) -> None:
    text = f"quadratic(kappa=50, dim={dim}, seed={seed})"
    (walk,) = spec.walks(RunSpec(opt=("adam",), objective=text))
    run = walk.run()
    (panel,) = figures.scene("loss", [run], measure="modes").panels
    stack = layers(panel)
    assert (stack[0].low == 0).all()
    assert stack[-1].high == pytest.approx(walk.objective.gap(run.x[:, 0]))
    for below, above in pairwise(stack):
        assert above.low == pytest.approx(below.high)
        assert (above.high >= above.low).all()


def test_a_run_that_diverges_leaves_the_panel() -> None:
    (panel,) = modes("gd:eta=0.6").panels
    assert panel.ylim == (0, pytest.approx(2 * 10.5, rel=0.05))


def test_equal_eigenvalues_share_one_layer_and_flat_ones_have_none() -> None:
    assert len(layers(modes(objective="x1^2+x2^2").panels[0])) == 1
    assert len(layers(modes(objective="x1^2+0x2").panels[0])) == 1
