"""Clipped gradients: against the libraries, and what rates and theory make of them."""

import json
from pathlib import Path

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.arrays import Array, norm
from optviz.errors import BadValue, OptvizError, Unfit
from optviz.gradients import oracle
from optviz.gradients import read as read_gradient
from optviz.objectives import Quadratic
from optviz.optimizers import Optimizer, Rule
from optviz.studies.anatomy import anatomy
from optviz.theory import expectation, stability
from optviz.theory.verdict import judge
from optviz.walks import engine, vectorised

with np.load(Path(__file__).parent.parent / "recorded" / "clipping.npz") as file:
    ARRAYS = dict(file)
META = json.loads(str(ARRAYS.pop("meta")))
HILL = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))
START = np.array([-5.0, -2.0])


@pytest.mark.parametrize(
    "case", META["cases"], ids=lambda case: f"{case['text'][:60]} on {case['objective']}"
)
def test_a_line_goes_where_its_library_went(case: dict[str, str]) -> None:
    Q, c, start = (ARRAYS[f"{case['objective']}_{part}"] for part in ("Q", "c", "start"))
    run = engine.run(Quadratic(Q, c), optimizers.read(case["text"]), start, 200)
    kept = np.array(META["steps"]) <= case["trusted"]
    x = ARRAYS[f"{case['key']}_x"][kept]
    walked = run.x[np.array(META["steps"])[kept], 0]
    assert np.all(abs(walked - x) <= 1e-10 * np.maximum(1, abs(x)))


def test_all_two_hundred_steps_are_compared_nearly_everywhere() -> None:
    whole = [case for case in META["cases"] if case["trusted"] == 200]
    assert len(whole) >= 0.9 * len(META["cases"])


@pytest.mark.parametrize("text", ["gd:eta=0.6,clip=1", "gd:eta=0.6,clip_value=0.5"])
def test_clipped_gradient_descent_moves_by_rate_times_gradient(text: str) -> None:
    run = engine.run(HILL, optimizers.read(text), START, 30)
    moved = run.x[1:] - run.x[:-1]
    assert moved == pytest.approx(-run.rate * run.grad, abs=1e-14)
    assert run.rate.min() < 0.2 < run.rate.max() <= 0.6


def test_the_norm_of_each_step_is_the_rate_times_clip_while_gradients_are_longer() -> None:
    run = engine.run(HILL, optimizers.read("gd:eta=0.1,clip=1"), START, 10)
    assert norm(run.x[1:, 0] - run.x[:-1, 0]) == pytest.approx(np.full(10, 0.1), rel=1e-12)


def test_a_gradient_that_is_short_enough_is_left_alone() -> None:
    free = engine.run(HILL, optimizers.read("adam:eta=0.3"), START, 40)
    for word in ("clip", "clip_value"):
        loose = engine.run(HILL, optimizers.read(f"adam:eta=0.3,{word}=1000"), START, 40)
        assert loose.x.tolist() == free.x.tolist()
        assert loose.rate.tolist() == free.rate.tolist()


@pytest.mark.parametrize("rule", list(optimizers.registry), ids=lambda rule: rule.word())
@pytest.mark.parametrize("word", ["clip", "clip_value"])
def test_any_optimizer_takes_it_prints_it_and_reads_it_back(rule: type[Rule], word: str) -> None:
    optimizer = optimizers.read(f"{rule.word()}:eta=0.1,{word}=30")
    assert str(optimizer).endswith(f",{word}=30")
    assert optimizers.read(str(optimizer)) == optimizer
    assert getattr(optimizer.rule, word) == 30


@pytest.mark.parametrize("text", ["adam:eta=0.3", "lookahead:eta=0.1", "adagrad@torch:eta=0.4"])
@pytest.mark.parametrize("word", ["clip", "clip_value"])
def test_a_sweep_clips_each_row_by_itself(text: str, word: str) -> None:
    limits = np.geomspace(0.05, 20, 300)[:, None]  # so many that columns are computed at once
    optimizer = optimizers.read(f"{text},{word}=1")
    from optviz.studies.axes import with_setting

    rows = with_setting(optimizer, word, limits)
    batch = engine.run(HILL, rows, np.tile(START, (300, 1)), 25)
    for i in (0, 100, 299):
        alone = engine.run(HILL, with_setting(optimizer, word, float(limits[i, 0])), START, 25)
        assert batch.x[:, i].tolist() == alone.x[:, 0].tolist()
    outcomes = vectorised.run(HILL, rows, np.tile(START, (300, 1)), 25, until="end")
    assert outcomes.gap == pytest.approx(HILL.value(batch.x[-1]), rel=1e-12)


def test_nothing_of_a_clipped_rule_counts_as_linear() -> None:
    for text in ("gd:eta=0.6,clip=1", "nesterov:eta=0.2,clip_value=1"):
        optimizer = optimizers.read(text)
        assert not stability.is_linear(optimizer.rule)
        assert stability.factor(optimizer, HILL) is None
        assert stability.largest_rate(optimizer.rule, HILL) is None
        assert stability.best(optimizer.rule, HILL) is None
        (forecast,) = judge(HILL, [optimizer], START).forecasts
        assert not forecast.diverges
        assert "clips the gradient where" in forecast.verdict
        with pytest.raises(Unfit, match="with clipping is sampled with --seeds"):
            expectation.check(HILL, optimizer, oracle(read_gradient("noise(1)"), 1, 0, 1), 1)


def test_a_rate_above_every_ceiling_does_not_run_off_when_clipped() -> None:
    text = "gd:eta=0.6"  # 2/λmax is 0.5
    free = engine.run(HILL, optimizers.read(text), START, 200)
    clipped = engine.run(HILL, optimizers.read(f"{text},clip=1"), START, 200)
    assert free.status == ("diverged",)
    assert clipped.status != ("diverged",)
    assert abs(clipped.x[-1, 0, 1]) <= 0.6


def test_step_one_of_a_verdict_has_the_rate_that_is_applied() -> None:
    (forecast,) = judge(HILL, [optimizers.read("gd:eta=0.1,clip=1")], START).forecasts
    assert forecast.applied == pytest.approx([0.1 / np.sqrt(65)] * 2)


def test_the_anatomy_of_a_step_has_the_factor() -> None:
    walk = engine.Walk(HILL, optimizers.read("gd:eta=0.1,clip=1"), START[None], 3)
    one = anatomy(walk, 1)
    rows = {row.name: row.values for row in one.rows()}
    assert rows["clip factor"] == pytest.approx([1 / np.sqrt(65)] * 2)
    assert rows["direction"] == pytest.approx(rows["gradient"] * rows["clip factor"])
    assert rows["effective rate"] == pytest.approx(0.1 * rows["clip factor"])


def test_the_equations_and_the_rate_say_it() -> None:
    free, clipped = (optimizers.read(text) for text in ("gd", "gd:clip=1"))
    assert clipped.equations == ("kₜ = min(1, clip/‖gₜ‖),  gₜ ← kₜ gₜ", *free.equations)
    assert clipped.rate_formula == r"k_t\cdot \eta"
    assert free.rate_formula == r"\eta"


def walked(text: str) -> Array:
    return engine.run(objectives.read("d2l"), optimizers.read(text), START, 30).x


@pytest.mark.parametrize(
    ("typed", "ours"),
    [("adam@keras:learning_rate=0.1,clipnorm=0.5", "adam@keras:eta=0.1,clip=0.5"),
     ("adam@keras:learning_rate=0.1,global_clipnorm=0.5", "adam@keras:eta=0.1,clip=0.5"),
     ("adam@keras:learning_rate=0.1,clipvalue=0.5", "adam@keras:eta=0.1,clip_value=0.5"),
     ("adam@keras:clipnorm=None,clipvalue=0,global_clipnorm=0.0", "adam@keras"),
     ("adam:eta=0.1,max_grad_norm=0.5", "adam:eta=0.1,clip=0.5"),
     ("adam:eta=0.1,gradient_clip_val=0.5", "adam:eta=0.1,clip=0.5"),
     ("adam:eta=0.1,clip=None", "adam:eta=0.1")],
)  # fmt: skip
def test_other_words_for_it_mean_the_same(typed: str, ours: str) -> None:
    assert optimizers.read(typed) == optimizers.read(ours)
    assert walked(typed).tolist() == walked(ours).tolist()


def test_pytorch_adds_a_millionth_to_the_norm() -> None:
    near = engine.run(HILL, optimizers.read("gd@torch:lr=0.1,clip=1"), START, 1).x[1, 0]
    assert near == pytest.approx(START - 0.1 * HILL.grad(START) / (np.sqrt(65) + 1e-6), rel=1e-15)


def test_one_word_for_all_goes_to_each_that_does_not_set_it() -> None:
    several = optimizers.read_all(["gd", "adam:clip=2", "lookahead"], {"clip": "0.5"})
    assert [optimizer.rule.clip for optimizer in several] == [0.5, 2, 0.5]


@pytest.mark.parametrize(
    ("text", "message"),
    [("gd:clip=0", "0 < clip is wanted"), ("gd:clip=-1", "0 < clip is wanted"),
     ("gd:clip_value=high", "clip_value is a number or None"),
     ("gd:clip=1,clip_value=1", "clip: 1 given, so clip_value has to be left out"),
     ("lookahead:base=adam(clip=1)", "clipping stands outside")],
)  # fmt: skip
def test_what_is_no_clipping_is_refused(text: str, message: str) -> None:
    with pytest.raises(OptvizError, match=message):
        optimizers.read(text)


def test_a_rule_of_ones_own_may_not_mean_something_else_by_the_word() -> None:
    with pytest.raises(TypeError, match="clip is a setting of every rule; Mine needs another"):

        class Mine(Rule):
            clip = 3.0


def test_both_at_once_are_refused_from_python_too() -> None:
    optimizer: Optimizer = optimizers.read("gd:clip=1")
    with pytest.raises(BadValue, match="clip_value has to be left out"):
        type(optimizer.rule)(clip=1.0, clip_value=2.0)
