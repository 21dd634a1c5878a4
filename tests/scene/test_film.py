"""When a film shows what: decided before a pixel is drawn."""

from functools import cache

import numpy as np
import pytest

from optviz import figures, spec
from optviz.errors import BadValue
from optviz.scene import Scene, Timing
from optviz.scene.film import Film, film
from optviz.spec import RunSpec


@cache
def scene(steps: int = 20, opt: str = "gd:eta=0.4", view: str = "trace") -> Scene:
    walks = spec.walks(RunSpec(opt=(opt,), steps=steps))
    return figures.scene(view, [walk.run() for walk in walks])


def made(steps: int = 20, opt: str = "gd:eta=0.4", view: str = "trace", **timing: object) -> Film:
    return film(scene(steps, opt, view), Timing(**timing))  # type: ignore[arg-type]


@pytest.mark.parametrize("pace", ["even", "progress"])
@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("steps", [0, 1, 2, 20, 500, 20_000])
@pytest.mark.parametrize(("duration", "hold"), [(None, 1.0), (3.33, 0.5), (0.5, 0.0), (0.0, 0.0)])
def test_a_film_lasts_as_long_as_was_asked(
    steps: int, duration: float | None, hold: float, smooth: bool, pace: str
) -> None:
    found = made(steps, duration=duration, hold=(hold, hold / 2), smooth=smooth, pace=pace)
    moving = 0.0 if steps == 0 else min(max(0.12 * steps, 1.5), 8.0)
    asked = 1.5 * hold + (moving if duration is None or steps == 0 else duration)
    assert found.milliseconds.sum() == pytest.approx(1000 * asked, abs=45)
    assert (found.milliseconds >= 20).all()  # what every browser shows
    assert (found.milliseconds % 10 == 0).all()  # the unit of GIF
    assert found.steps[-1] == steps
    assert (np.diff(found.steps) > 0).all()
    if len(found) > 1:
        assert found.steps[0] == 0


def test_each_step_has_its_frame_where_there_is_time() -> None:
    found = made(20, duration=4.0, hold=(1.0, 1.0))
    assert found.steps.tolist() == list(range(21))
    assert found.milliseconds.tolist() == [1200, *[200] * 19, 1000]


def test_long_runs_are_thinned_to_whole_steps() -> None:
    found = made(1000, duration=2.0, fps=10)
    assert len(found) == 21
    assert (found.steps == np.round(found.steps)).all()


def test_smooth_motion_shows_places_between_steps() -> None:
    found = made(4, duration=2.0, fps=10, smooth=True)
    assert len(found) == 21
    assert found.steps[1] == pytest.approx(0.2)


def test_the_pace_of_progress_dwells_where_the_path_moves() -> None:
    # gd with η = 0.4 moves most at first: |Δx₂| = 3.2·0.6ᵗ
    even = made(20, duration=4.0)
    paced = made(20, duration=4.0, pace="progress")
    assert paced.milliseconds[1] > 2 * even.milliseconds[1]
    assert paced.milliseconds[-2] < even.milliseconds[-2]


def test_a_thinned_film_is_as_long_and_ends_the_same() -> None:
    whole = made(20)
    thin = whole.thinned(6)
    assert thin.steps.tolist() == [0, 6, 12, 18, 20]
    assert thin.milliseconds.sum() == whole.milliseconds.sum()


def test_the_rates_move_as_the_trace_does() -> None:
    assert made(20, view="rates").steps.tolist() == made(20).steps.tolist()


def test_a_run_that_is_called_off_and_one_that_stands_still_are_films() -> None:
    assert len(made(3000, "gd:eta=99")) > 1
    assert len(made(50, "gd:eta=0")) == 51


@pytest.mark.parametrize(
    "timing",
    [
        {"fps": 0},
        {"fps": 1000},
        {"hold": (-1.0, 1.0)},
        {"hold": (1.0, 61.0)},
        {"duration": -1.0},
        {"loop": -1},
        {"tail": 0},
        {"pace": "fast"},
        {"max_size": 0},
    ],
)
def test_a_timing_that_cannot_be_is_named(timing: dict[str, object]) -> None:
    with pytest.raises(BadValue):
        made(3, **timing)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2MB", 2_000_000),
        ("500 kB", 500_000),
        ("1.5MiB", 1_572_864),
        ("40000", 40_000),
        ("1k", 1000),
    ],
)
def test_a_budget_is_in_bytes(text: str, size: int) -> None:
    assert spec.octets(text) == size


@pytest.mark.parametrize("text", ["", "big", "-1MB", "1 XB", "2,5MB"])
def test_a_budget_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(BadValue, match="max-size"):
        spec.octets(text)
