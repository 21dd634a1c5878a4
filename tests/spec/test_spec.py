"""Words of a spec turned into walks and a look."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optviz import spec
from optviz.errors import BadValue, OptvizError, Unfit
from optviz.scene import layout
from optviz.spec import LookSpec, RunSpec
from optviz.spec.figure import from_options
from optviz.text.options import numbers


def test_nothing_said_is_the_figure_of_the_book() -> None:
    (walk,) = spec.walks(RunSpec())
    assert str(walk.optimizer) == "adagrad:eta=0.4,eps=1e-06"
    assert walk.start.tolist() == [[-5.0, -2.0]]
    assert walk.steps == 20
    assert walk.objective.Q.tolist() == [[0.2, 0.0], [0.0, 4.0]]


def test_a_preset_brings_its_start_and_steps() -> None:
    (walk,) = spec.walks(RunSpec(objective="scratch"))
    assert (walk.start.tolist(), walk.steps) == ([[-7.0, 2.0]], 30)
    (walk,) = spec.walks(RunSpec(objective="scratch", steps=3, start=("1,1",)))
    assert (walk.start.tolist(), walk.steps) == ([[1.0, 1.0]], 3)


def test_a_start_in_more_dimensions_repeats_the_book() -> None:
    (walk,) = spec.walks(RunSpec(objective="x1^2+x2^2+x3^2"))
    assert walk.start.tolist() == [[-5.0, -2.0, -5.0]]


def test_common_settings_reach_every_optimizer_that_lacks_its_own() -> None:
    run = RunSpec(opt=("adagrad", "momentum:eta=0.1"), eta="2", beta="0.9", param=("eps=1e-3",))
    first, second = spec.optimizers(run)
    assert str(first) == "adagrad:eta=2,eps=0.001"
    assert str(second) == "momentum:eta=0.1,beta=0.9"


@pytest.mark.parametrize(
    "run",
    [
        RunSpec(beta="0.5"),  # adagrad has none
        RunSpec(param=("eps",)),
        RunSpec(param=("=3",)),
        RunSpec(eps="1", param=("eps=2",)),
        RunSpec(eta="nan"),
        RunSpec(eta=""),
        RunSpec(steps=-1),
        RunSpec(start=("1,2,3",)),
        RunSpec(start=("1;2",)),
        RunSpec(start=("1,1e999",)),
        RunSpec(start=("nan,1",)),
        RunSpec(objective="x^2", rotate=30.0),
    ],
)
def test_what_does_not_fit_is_said(run: RunSpec) -> None:
    with pytest.raises(OptvizError) as caught:
        spec.walks(run)
    assert len(str(caught.value).splitlines()) in (1, 3)


def test_several_starts_are_one_batch() -> None:
    (walk,) = spec.walks(RunSpec(start=("-5,-2", "(1, 2)")))
    assert walk.start.tolist() == [[-5.0, -2.0], [1.0, 2.0]]


def test_rotation_by_a_quarter_turn_swaps_the_axes_exactly() -> None:
    (walk,) = spec.walks(RunSpec(rotate=90.0))
    assert walk.objective.Q.tolist() == [[4.0, 0.0], [0.0, 0.2]]


@pytest.mark.parametrize(
    ("text", "dpi", "size"),
    [
        ("960x720", 120, (960, 720)),
        ("800 × 600", 120, (800, 600)),
        ("800x600px", 50, (800, 600)),
        ("6x4in", 100, (600, 400)),
        ("25.4x12.7cm", 100, (1000, 500)),
        ("254x127mm", 100, (1000, 500)),
    ],
)
def test_a_size_is_in_pixels_or_on_paper(text: str, dpi: int, size: tuple[int, int]) -> None:
    assert spec.pixels(text, dpi) == size


@pytest.mark.parametrize(
    "look",
    [
        LookSpec(size="big"),
        LookSpec(size="0x0"),
        LookSpec(size="99999x99999"),
        LookSpec(size="960×720×3"),
        LookSpec(dpi=0),
        LookSpec(xlim="3,1"),
        LookSpec(xlim="1"),
        LookSpec(ylim="a,b"),
        LookSpec(heading="both"),
        LookSpec(legend="left"),
        LookSpec(font_size=3.0),
        LookSpec(font_size=29.0),
        LookSpec(font_size=float("nan")),
        LookSpec(xlabel="two\nlines"),
        LookSpec(subtitle="a\x00b"),
        LookSpec(ylabel="$" + "{" * 20 + "}" * 20 + "$"),
    ],
)
def test_a_look_that_cannot_be_is_said(look: LookSpec) -> None:
    with pytest.raises(BadValue):
        spec.look(look)


@pytest.mark.parametrize("dpi", [72, 120, 300, 600])
@pytest.mark.parametrize("size", ["3.3x2.5in", "8.4x6.3cm", "84x63mm"])
def test_letters_on_paper_have_8_points_whatever_the_resolution(size: str, dpi: int) -> None:
    assert spec.look(LookSpec(size=size, dpi=dpi)).font_size == 8.0
    assert spec.look(LookSpec(size=size, dpi=dpi, font_size=6.5)).font_size == 6.5


def test_letters_of_a_size_in_pixels_grow_with_it_unless_they_have_points() -> None:
    for size in (None, "960x720", "320x240px", "3000x2000"):
        assert spec.look(LookSpec(size=size)).font_size is None
    assert spec.look(LookSpec(font_size=12.0)).font_size == 12.0


def test_a_picture_has_room_for_20_letters_across_and_15_down() -> None:
    # 72 points an inch: 960 px at 120 dpi are 576 points, 28.8 points for each of 20 letters.
    assert spec.look(LookSpec(font_size=28.8)).font_size == 28.8
    with pytest.raises(BadValue, match=r"font-size: 40.0 given, 4 to 28.8 points are wanted"):
        spec.look(LookSpec(font_size=40.0))
    assert spec.look(LookSpec(size="1x1in", dpi=300)).font_size == pytest.approx(3.6)


def test_a_start_for_another_objective_names_both_dimensions() -> None:
    with pytest.raises(Unfit, match=r"\(1, 2, 3\) has 3 coordinates, but the objective has 2"):
        spec.walks(RunSpec(start=("1,2,3",)))


def test_minus_signs_as_printed_are_read() -> None:
    assert np.array(numbers("start", "(−5, −2)")).tolist() == [-5.0, -2.0]


def test_the_resolution_is_of_sizes_in_inches_and_of_files_that_hold_one() -> None:
    def kept(resolution: bool, **look: Any) -> bool:
        figure = replace(from_options("trace", dpi=60, **look), typed=frozenset[str]())
        figure = figure.fit(pictures=True, films=True, resolution=resolution)
        return "dpi" in figure.options()

    assert kept(resolution=True)
    assert not kept(resolution=False)
    assert not kept(resolution=False, size="320x240")
    assert kept(resolution=False, size="6x4in")
    assert kept(resolution=False, font_size=9.0)


def test_in_pixels_the_resolution_changes_no_letter() -> None:
    looks = [spec.look(LookSpec(size="800x600", dpi=dpi)) for dpi in (60, 120, 300)]
    assert len({layout.em(look.size, look.dpi, look.font_size) for look in looks}) == 1


def test_a_turned_preset_is_started_at_the_same_place_of_its_landscape() -> None:
    straight, turned = (
        spec.walks(RunSpec(objective="rosenbrock", opt=("gd:eta=0.001",), rotate=angle))[0].run()
        for angle in (0.0, 30.0)
    )
    assert turned.x[0, 0].tolist() == [-2.732, 0.732]  # −√3 − 1 and √3 − 1
    assert turned.f == pytest.approx(straight.f, rel=0.01)  # gradient descent turns with f


def test_a_turned_quadratic_is_started_where_it_was() -> None:
    (walk,) = spec.walks(RunSpec(objective="d2l", opt=("gd",), rotate=30.0))
    assert walk.start.tolist() == [[-5.0, -2.0]]
