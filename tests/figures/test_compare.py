"""Small multiples as data: shared axes, own colours, declared fairness."""

from typing import Any

import numpy as np
import pytest

from optviz import figures, spec
from optviz.errors import OptvizError
from optviz.figures import _compare_sheet
from optviz.figures.compare import Compare
from optviz.scene import Band, Curve, Look, Minimum, Path, Scene, Start
from optviz.spec import RunSpec
from optviz.studies import fair
from optviz.walks.engine import Walk

FOUR = ("gd:eta=0.95", "momentum:eta=0.1,beta=0.9", "adagrad:eta=1.5", "adam:eta=0.3")


def compared(look: Look | None = None, opt: tuple[str, ...] = FOUR, **more: Any) -> Scene:
    own = {name: more.pop(name) for name in Compare.options() if name in more}
    walks = spec.walks(RunSpec(objective="scratch", opt=opt, **more))
    return figures.scene("compare", [walk.run() for walk in walks], look or Look(), **own)


def test_there_is_a_column_an_optimizer_and_a_row_a_view() -> None:
    scene = compared(rows="trace,rates,loss")
    assert scene.columns == 4
    assert len(scene.panels) == 12
    assert [p.title for p in scene.panels[:4]] == [
        "Gradient descent",
        "Momentum",
        "AdaGrad",
        "Adam",
    ]
    assert not any(p.title for p in scene.panels[4:])


def test_the_panels_of_a_row_have_the_same_limits_and_levels() -> None:
    scene = compared()
    for row in (scene.panels[:4], scene.panels[4:]):
        assert len({(p.xlim, p.ylim) for p in row}) == 1
    levels = [tuple(band.level for band in p.of(Band)) for p in scene.panels[:4]]
    assert len(set(levels)) == 1
    assert scene.shared


def test_each_column_has_the_marks_of_its_own_optimizer_in_its_own_colour() -> None:
    scene = compared()
    for column in range(4):
        (path,) = scene.panels[column].of(Path)
        assert path.role == column
        assert {curve.role for curve in scene.panels[4 + column].of(Curve)} == {column}


def test_a_name_that_stands_above_does_not_stand_beside_the_path_as_well() -> None:
    scene = compared(Look(labels=("a", "b", "c", "d")))
    assert [p.title for p in scene.panels[:4]] == ["a", "b", "c", "d"]
    assert [p.of(Path)[0].label for p in scene.panels[:4]] == [""] * 4


def test_the_last_point_of_each_panel_is_that_of_the_single_run() -> None:
    for column, text in enumerate(FOUR):
        walk = spec.walks(RunSpec(objective="scratch", opt=(text,)))[0].run()
        (path,) = compared().panels[column].of(Path)
        assert path.points[-1].tolist() == walk.x[-1, 0].tolist()


def test_overlaid_all_optimizers_stand_in_each_view() -> None:
    scene = compared(overlay=True, rows="trace,loss")
    assert [len(p.of(Path)) + len(p.of(Curve)) for p in scene.panels] == [4, 4]
    assert not scene.shared


def test_starts_of_one_optimizer_share_its_column() -> None:
    scene = compared(opt=("gd",), start=("1,2", "3,4"))
    assert scene.columns == 1
    assert len(scene.panels[0].of(Path)) == 2


def test_a_row_that_is_no_view_suggests_one() -> None:
    with pytest.raises(OptvizError, match="did you mean trace"):
        figures.read("compare", {"rows": "trac"})


def walks(*opt: str, **more: Any) -> list[Walk]:
    return spec.walks(RunSpec(opt=opt, **more))


def test_same_eta_gives_all_the_first_ones_rate() -> None:
    made, said = fair.with_fair_rates(walks("gd:eta=0.3", "adam:eta=1"), "same-eta")
    assert [str(w.optimizer).split(",")[0] for w in made] == ["gd:eta=0.3", "adam:eta=0.3"]
    assert said == "all with η = 0.3"


@pytest.mark.parametrize("first", ["gd:eta=0.4", "adam:eta=cosine(0.3,60)", "rmsprop"])
def test_same_first_step_makes_all_first_steps_equally_long(first: str) -> None:
    made, _ = fair.with_fair_rates(
        walks(first, "momentum", "adagrad", "nesterov"), "same-first-step"
    )
    lengths = [np.linalg.norm(np.diff(w.run().x[:2, 0], axis=0)) for w in made]
    assert lengths == pytest.approx([lengths[0]] * 4, rel=1e-6)


def test_tuned_takes_the_best_of_one_grid_for_each() -> None:
    made, said = fair.with_fair_rates(walks("gd", "adagrad"), "tuned")
    for walk in made:
        best = walk.run().f[-1, 0]
        rate = walk.optimizer.schedule.eta
        for other in (rate / 1.26, rate * 1.26):  # its neighbours on ten a decade
            if 1e-3 <= other <= 10:
                word = walk.optimizer.rule.word()
                (tried,) = walks(f"{word}:eta={other:.3g}")
                f = tried.run().f[-1, 0]
                assert not f < best
    assert said == "η of each the best of the same 41 from 0.001 to 10, by f at step 20"


def test_a_start_at_rest_has_no_first_step_to_compare() -> None:
    with pytest.raises(OptvizError, match="no length"):
        fair.with_fair_rates(walks("gd", "adam", start=("0,0",)), "same-first-step")


def test_an_unknown_rule_suggests_the_nearest() -> None:
    with pytest.raises(OptvizError, match="did you mean tuned"):
        fair.with_fair_rates(walks("gd"), "tunde")


EIGHT = (*FOUR, "rmsprop", "nesterov", "adamw", "lion:eta=0.1")


def test_columns_wrap_into_rows_of_the_best_shape() -> None:
    scene = compared(Look(size=(1260, 730)), opt=EIGHT, rows="trace")
    assert scene.columns == 4
    assert [p.title for p in scene.panels][::5] == ["Gradient descent", "Nesterov"]


def test_the_rows_of_a_wrapped_block_stand_together_and_a_short_block_is_filled_up() -> None:
    scene = compared(Look(size=(970, 1350)), opt=EIGHT[:5], rows="trace,loss")
    assert scene.columns == 3
    paths = [len(panel.of(Path)) for panel in scene.panels]
    curves = [len(panel.of(Curve)) for panel in scene.panels]
    # three optimizers, then two and a blank; a row of traces, then one of losses, in each block
    assert paths == [1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0]
    assert [n > 0 for n in curves] == [False] * 3 + [True] * 3 + [False] * 3 + [True] * 2
    assert [panel.axes for panel in scene.panels if not panel.marks] == ["none"]


@pytest.mark.parametrize("count", range(1, 13))
@pytest.mark.parametrize("kinds", [1, 2, 3])
def test_at_the_usual_size_up_to_four_stand_in_a_row_and_no_panel_is_a_strip(
    count: int, kinds: int
) -> None:
    size = _compare_sheet.size(count, kinds)
    columns = _compare_sheet.columns(count, kinds, Look(size=size))
    assert columns == count if count <= 4 else 3 <= columns <= 5
    blocks = -(-count // columns)
    shape = _compare_sheet.aspect(columns, blocks, blocks * kinds, Look(size=size))
    assert 0.55 < shape < 2.3


def test_settings_that_differ_stand_below_the_names_and_shared_ones_in_the_subtitle() -> None:
    scene = compared(opt=("momentum:eta=0.1,beta=0", "momentum:eta=0.1,beta=0.9"), rows="trace")
    assert [(p.title, p.note) for p in scene.panels] == [
        ("Momentum", "β\u00a0=\u00a00"),
        ("Momentum", "β\u00a0=\u00a00.9"),
    ]
    assert scene.subtitle.startswith("η = 0.1 on $f(x, y) = x^2/20 + y^2$")


def test_start_and_minimum_have_no_words_in_small_multiples() -> None:
    marks = [mark for panel in compared().panels for mark in panel.marks]
    assert {mark.label for mark in marks if isinstance(mark, Start | Minimum)} == {""}
