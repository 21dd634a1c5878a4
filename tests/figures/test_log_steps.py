"""`--xlog`: where the axis begins, what it leaves of each mark, and where theory stands."""

import json
from pathlib import Path

import numpy as np
import pytest

from optviz import cli
from optviz.errors import OptvizError
from optviz.figures._log_steps import samples
from optviz.render.draw.ticks import horizontal
from optviz.scene import Ceiling, Curve, Guide, Panel, Spread
from optviz.scene.film import film
from optviz.spec.figure import read

CURVES = ["loss", "rates", "coordinates"]


def panel(kind: str, **words: object) -> Panel:
    return panels(kind, **words)[0]


def panels(kind: str, **words: object) -> tuple[Panel, ...]:
    figure, wrong = read({"figure": kind, "xlog": True, **words})
    if figure is None:
        raise wrong[0]
    return figure.draw().scene.panels


@pytest.mark.parametrize("kind", CURVES)
def test_the_axis_begins_at_step_1_and_says_that_it_is_logarithmic(kind: str) -> None:
    drawn = panel(kind, opt=["gd"], eta="0.3", steps=1000)
    assert drawn.xlog
    assert drawn.xlim[0] == 1
    assert drawn.xlabel == "step $t$, log scale"
    for curve in drawn.of(Curve):
        assert isinstance(curve, Curve)
        assert curve.points[:, 0].min() == 1


def test_its_ticks_are_powers_of_ten() -> None:
    drawn = panel("rates", opt=["adagrad"], steps=1000)
    assert horizontal(drawn, 7).labels == ["1", "10", "100", "1000"]


@pytest.mark.parametrize("kind", CURVES)
def test_from_step_1_on_the_curves_are_those_of_the_plain_axis(kind: str) -> None:
    words: dict[str, object] = {"opt": ["adam:eta=0.3", "adagrad"], "steps": 50}
    words |= {"ylim": "1e-3,20"} if kind == "loss" else {}
    plain = panels(kind, **{**words, "xlog": False})[0]
    for one, other in zip(panel(kind, **words).of(Curve), plain.of(Curve), strict=True):
        assert isinstance(one, Curve)
        assert isinstance(other, Curve)
        kept = other.points[other.points[:, 0] > 0]
        assert np.array_equal(one.points, kept, equal_nan=True)


def test_the_line_of_theory_is_its_formula_at_every_time() -> None:
    """On 0.1x² + 2y² gradient descent with η = 0.3 keeps 0.94 of the distance a step."""
    (guide,) = panel("loss", opt=["gd"], eta="0.3", steps=1000).of(Guide)
    assert isinstance(guide, Guide)
    t, height = guide.points.T
    known = np.isfinite(height) & (height > 0)
    assert height[known] == pytest.approx(10.5 * 0.94 ** (2 * t[known]), rel=1e-9)
    assert (t[:2] < 1.1).all()  # it is smooth where the axis is wide


def test_ceilings_stay_and_lines_of_the_minimum_begin_where_the_axis_does() -> None:
    heights = [mark.y for mark in panel("rates", opt=["gd"], eta="0.3").of(Ceiling)]  # type: ignore[attr-defined]
    assert sorted(heights) == pytest.approx([0.5, 10.0])
    for guide in panel("coordinates", opt=["gd"], eta="0.3", steps=40).of(Guide):
        assert isinstance(guide, Guide)
        assert guide.points[:, 0].tolist() == [1, 40]


def test_the_height_is_that_of_what_is_shown() -> None:
    """The start, at 10.5, is left of the axis: the first value shown is the highest."""
    drawn = panel("loss", opt=["gd"], eta="0.45", steps=20)
    highest = max(float(m.points[:, 1].max()) for m in drawn.of(Curve))  # type: ignore[attr-defined]
    assert highest < drawn.ylim[1] < 10.5


def test_bands_of_seeds_begin_there_too() -> None:
    bands = panel("loss", opt=["gd"], eta="0.3", gradient="noise(1)", seeds=9).of(Spread)
    assert bands
    assert all(mark.steps[0] == 1 for mark in bands if isinstance(mark, Spread))


def test_epochs_and_times_begin_at_the_first_step() -> None:
    drawn = panel("loss", opt=["gd"], eta="0.25", against="time")
    assert drawn.xlim[0] == 0.25
    assert drawn.xlabel.endswith(", log scale")


def test_thinned_runs_begin_at_the_first_step_that_was_kept(tmp_path: Path) -> None:
    log, out = str(tmp_path / "a.jsonl"), str(tmp_path / "a.svg")
    assert cli.main(["run", "-q", "-n", "100", "--every", "5", "-o", log]) == 0
    assert cli.main(["plot", "loss", log, "--xlog", "-q", "-o", out]) == 0


@pytest.mark.parametrize("kind", CURVES)
def test_a_single_step_has_an_axis(kind: str) -> None:
    assert panel(kind, steps=1).xlim == (1, 2)


def test_rows_of_a_comparison_have_it_and_its_landscapes_do_not() -> None:
    rows = panels("compare", opt=["gd", "adam"], rows="trace,rates,loss")
    assert [one.xlog for one in rows] == [False, False, True, True, True, True]
    assert len({one.xlim for one in rows[2:]}) == 1


def test_a_film_counts_the_same_steps() -> None:
    figures = [read({"figure": "rates", "xlog": xlog, "steps": 30})[0] for xlog in (True, False)]
    made = [film(f.draw().scene, f.draw().look.timing) for f in figures if f]
    assert np.array_equal(made[0].steps, made[1].steps)


@pytest.mark.parametrize(
    ("kind", "words", "reason"),
    [
        ("loss", {"xlim": "0,50"}, "above 0 is wanted with --xlog"),
        ("rates", {"xlim": "-1,50"}, "above 0 is wanted with --xlog"),
        ("coordinates", {"xlim": "0,50"}, "above 0 is wanted with --xlog"),
        ("loss", {"measure": "modes"}, "leave --xlog out"),
        ("loss", {"steps": 0}, "no curve is left"),
        ("trace", {}, "an option of compare, coordinates, .* and schedule, not of trace"),
        ("compare", {"rows": "trace"}, "which is no row of trace"),
    ],
)
def test_what_cannot_have_it_is_refused(kind: str, words: dict[str, object], reason: str) -> None:
    with pytest.raises(OptvizError, match=reason):
        panels(kind, **words)


def test_a_recipe_and_a_batch_have_the_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.toml").write_text('[a]\nfigure = "rates"\nxlog = true\nsize = "400x300"\n')
    assert cli.main(["batch", "s.toml", "--no-cache", "-q"]) == 0
    capsys.readouterr()
    assert cli.main(["recipe", "--json", "a.png"]) == 0
    assert json.loads(capsys.readouterr().out)["a"]["xlog"] is True
    assert cli.main(["recipe", "--verify", "a.png"]) == 0


def test_samples_are_even_on_the_axis_that_they_are_for() -> None:
    assert np.ptp(np.diff(samples(100.0, xlog=False))) == pytest.approx(0, abs=1e-12)
    assert np.ptp(np.diff(np.log(samples(100.0, xlog=True)))) == pytest.approx(0, abs=1e-12)
