"""The loss by eigenmode, and when each mode has fallen to a share of its start."""

import math

import numpy as np
import pytest

from optviz import figures, spec
from optviz.figures._loss_milestones import SHARES, milestones
from optviz.figures._loss_modes import layers
from optviz.scene import Panel, Scene, Share
from optviz.spec import RunSpec


def drawn(*opt: str, **run: object) -> Scene:
    walks = spec.walks(RunSpec(opt=opt or ("gd",), **run))  # type: ignore[arg-type]
    return figures.scene("loss", [walk.run() for walk in walks], measure="milestones")


def bars(panel: Panel) -> list[Share]:
    return [mark for mark in panel.marks if isinstance(mark, Share)]


@pytest.mark.parametrize("eta", [0.05, 0.3, 0.45])
def test_a_milestone_is_where_the_closed_form_of_a_mode_has_fallen(eta: float) -> None:
    walks = spec.walks(RunSpec(opt=(f"gd:eta={eta}",), steps=400))
    found = milestones(layers(walks[0].run()))
    for row, curvature in enumerate((0.2, 4.0)):
        factor = abs(1 - eta * curvature)  # of the distance, and its square that of f
        for column, share in enumerate(SHARES):
            expected = math.ceil(math.log(share) / (2 * math.log(factor)))
            assert found[row, column] == (expected if expected <= 400 else pytest.approx(np.nan))


def test_a_mode_that_swings_counts_from_where_it_stays_below() -> None:
    walks = spec.walks(RunSpec(opt=("momentum:eta=0.1,beta=0.9",), steps=300))
    stack = layers(walks[0].run())
    found = milestones(stack)
    shares = stack.heights / stack.heights[0]
    for row in range(2):
        for column, share in enumerate(SHARES):
            step = int(found[row, column])
            assert shares[step - 1, row] > share and (shares[step:, row] <= share).all()
    assert (shares[: int(found[1, 0]), 1] <= 0.1).any()  # it had been below before


def test_the_bars_stand_below_the_layers_of_the_same_run() -> None:
    scene = drawn("gd:eta=0.4", "momentum:eta=0.4,beta=0.5", steps=100)
    assert scene.columns == 2 and len(scene.panels) == 4
    upper, lower = scene.panels[0], scene.panels[2]
    assert upper.xlim == lower.xlim
    flat, _, steep = bars(lower)[0], bars(lower)[2], bars(lower)[1]
    # 0.92²ᵗ and 0.6²ᵗ are a tenth at 13.8 and at 2.25
    assert flat.steps.tolist() == [0, 14] and steep.steps.tolist() == [0, 3]
    assert [text for _, text in lower.yticks or ()] == ["0.2", "4"]


def test_a_mode_that_never_falls_so_far_has_a_bar_to_the_end() -> None:
    scene = drawn("gd:eta=0.01", steps=20)
    assert bars(scene.panels[1])[0].steps.tolist() == [0, 20]
    assert "λ = 0.2 not in these steps" in scene.alt


def test_the_key_names_each_share_once() -> None:
    labels = [mark.label for mark in bars(drawn("gd:eta=0.4", steps=50).panels[1])]
    assert [label for label in labels if label] == ["until 10 %", "until 1 %", "until 0.1 %"]


def test_a_mode_that_the_start_has_nothing_of_has_no_bar() -> None:
    walks = spec.walks(RunSpec(opt=("gd:eta=0.1",), start=("0,1",), steps=20))
    assert milestones(layers(walks[0].run()))[0].tolist() == [0.0, 0.0, 0.0]
