"""λ/C of trainings as scenes: verdicts, spikes, crossings, rows, words."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trainings

import optviz
from optviz import cli, records
from optviz.errors import BadValue, OptvizError, Unfit, UnknownName
from optviz.figures import _training_verdict as verdicts
from optviz.figures import registry
from optviz.figures.edge import Edge
from optviz.phrases import language
from optviz.recorder.training_log import TrainingLog
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.moving import Spreading
from optviz.render.draw.page import Page
from optviz.scene import Ceiling, Crossing, Curve, Excess, Look, Scene, Timing
from optviz.scene.film import film

GALLERY = Path(__file__).parents[2] / "gallery"


def log(ratio: trainings.Ratio | None = trainings.edge_at, **how: Any) -> TrainingLog:
    data = trainings.text(ratio, **how).encode()
    found = records.training(data, how.get("optimizer", "run") + ".jsonl")
    assert found
    return found


def scene(*logs: TrainingLog, look: Look = Look(), **options: Any) -> Scene:  # noqa: B008
    return Edge(**options).scene(list(logs), look)


def page_of(drawn: Scene) -> Page:
    with settings():
        return draw(drawn, Look(size=(480, 360), dpi=50))


def of_gallery(name: str) -> TrainingLog:
    path = GALLERY / f"edge-{name}.jsonl"
    found = records.training(path.read_bytes(), path.name)
    assert found
    return found


# FUNCTIONS.md, "Sharpness of real training against the ceiling", from real torch.optim.
@pytest.mark.parametrize(
    ("name", "ceiling", "low", "high"),
    [
        ("sgd", 2.0, 0.9, 1.1),
        ("adagrad", 2.0, 0.98, 1.02),
        ("rmsprop", 2.0, 0.9, 1.15),
        ("adam", 38.0, 0.9, 1.1),
    ],
)
def test_four_optimizers_of_torch_train_at_their_edge(
    name: str, ceiling: float, low: float, high: float
) -> None:
    training = of_gallery(name)
    whole = verdicts.whole(training)
    assert np.allclose(whole.ceiling, ceiling)
    assert low <= float(np.median(whole.ratio[len(whole.ratio) // 2 :])) <= high
    assert verdicts.of(training).place == "at"
    assert scene(training).title.startswith(f"{training.optimizer} is at the edge of stability")


def test_momentum_with_small_batches_stays_far_below() -> None:
    training = of_gallery("momentum")
    verdict = verdicts.of(training)
    assert (verdict.place, verdict.since) == ("below", None)
    assert verdict.ratio == pytest.approx(0.206, abs=0.01)
    said = "SGD stays below the edge of stability, by a factor of 4.5 or more"
    assert scene(training).title == said
    drawn = scene(training).panels[0].of(Curve)[0].points[:, 1]  # type: ignore[attr-defined]
    assert np.array_equal(drawn, verdicts.whole(training).ratio)


def test_a_doubled_rate_is_a_spike_above_the_edge() -> None:
    training = of_gallery("spike")
    (spike,) = verdicts.of(training).spikes
    assert (spike.first, spike.step) == (610, 620) and spike.ratio > 1.5
    drawn = scene(training, rows="edge,loss")
    assert "above the edge, highest at step 620 (λ/C = 1.8)" in drawn.subtitle
    ring = drawn.panels[0].of(Crossing)[0]
    assert 600 < ring.x < 610 and ring.y == 1.0 and ring.label == "step 610"  # type: ignore[attr-defined]
    assert drawn.panels[0].of(Excess)


def test_a_film_against_time_shows_a_spike_when_its_step_has_come() -> None:
    training = of_gallery("spike")
    panel = scene(training, rows="edge", against="time").panels[0]
    (ring,), (tint,) = panel.of(Crossing), panel.of(Excess)
    assert isinstance(ring, Crossing) and ring.time is not None and 600 < ring.time < 610
    assert isinstance(tint, Excess) and tint.times is not None
    drawing = page_of(scene(training, rows="edge", against="time"))
    (area,) = [one for one in drawing.moving if isinstance(one, Spreading)]
    area.at(600.0, last=False)
    (left, _), right = area.area.get_clip_box().get_points().tolist()
    shown = float(area.ax.transData.inverted().transform(right)[0])
    assert shown == pytest.approx(float(np.interp(600.0, tint.times, tint.points[:, 0])), abs=1e-3)
    assert left < right[0]


@pytest.mark.parametrize("kind", ["edge", "norms", "ratio"])
def test_each_grows_in_a_film(kind: str) -> None:
    made = registry[kind]()
    steps = film(made.scene([log()], Look()), Timing()).steps
    assert steps[0] == 0 and steps[-1] == 200 and len(steps) > 50


def test_the_sharpness_falls_under_a_rate_that_rises() -> None:
    training = of_gallery("warm-up")
    sharpness, rate = (
        panel.of(Curve)[0].points  # type: ignore[attr-defined]
        for panel in scene(training, rows="sharpness,schedule").panels
    )
    risen = rate[:, 0] >= 300
    assert (np.diff(rate[risen, 1]) >= 0).all() and rate[-1, 1] == 0.6
    assert sharpness[-1, 1] < 0.5 * sharpness[risen, 1][0]


@pytest.mark.parametrize(
    ("ratio", "place", "since"),
    [
        (trainings.edge_at, "at", 70),
        (lambda step: 1.0 if step > 20 else 0.5, "at", 30),
        (lambda step: 0.5, "below", None),
        (lambda step: 0.5 if step > 60 else 1.0, "below", 70),
        (lambda step: 3.0, "above", None),
        (lambda step: 3.0 if step > 60 else 1.0, "above", 70),
        (lambda step: 0.5 + step % 3, "", None),  # 0.5, 1.5, 2.5
        (lambda step: 1.2 if step % 20 else 0.5, "", None),  # half of them outside
    ],
)
def test_where_a_training_is(ratio: trainings.Ratio, place: str, since: int | None) -> None:
    verdict = verdicts.of(log(ratio))
    assert (verdict.place, verdict.since) == (place, since)


@pytest.mark.parametrize(
    ("name", "since"),
    [("sgd", 100), ("rmsprop", 100), ("adam", 300), ("warm-up", 220), ("spike", 610)],
)
def test_a_title_tells_the_step_of_the_ring(name: str, since: int) -> None:
    drawn = scene(of_gallery(name))
    part = verdicts.whole(of_gallery(name))
    (first,) = part.steps[(part.ratio > 1) & (part.steps >= since)][:1]
    assert first == since and part.ratio[part.steps < since][-1] < 1
    assert drawn.title.endswith(f"since step {since}")
    rings = [mark for mark in drawn.panels[0].marks if isinstance(mark, Crossing)]
    assert [ring.label for ring in rings] == [f"step {since}"]


def test_a_ring_is_where_a_training_comes_to_stay() -> None:
    def ratio(step: int) -> float:  # once above 1 for a while, and at the edge from 400 on
        return 1.3 if 50 <= step < 80 else 1.05 if step >= 400 else 0.5

    drawn = scene(log(ratio, steps=1000))
    (ring,) = drawn.panels[0].of(Crossing)
    assert isinstance(ring, Crossing) and ring.label == "step 400"
    assert drawn.title.endswith("since step 400")


def test_one_that_falls_to_the_edge_is_there_since_it_has_fallen_and_has_no_ring() -> None:
    drawn = scene(log(lambda step: 90.0 if step < 40 else 1.05))
    assert drawn.title.endswith("since step 40") and not drawn.panels[0].of(Crossing)


def test_below_is_by_what_came_nearest_and_never_too_much() -> None:
    drawn = scene(log(lambda step: 0.345 if step == 40 else 0.01))
    assert drawn.title.endswith("by a factor of 2.8 or more")  # 1/0.345 is 2.899
    transformer = verdicts.of(of_gallery("transformer"))
    assert transformer.nearest == verdicts.whole(of_gallery("transformer")).ratio.max()
    assert scene(log(lambda step: 3.0)).title.endswith("by a factor of 3 or more")


def test_a_sharpness_that_is_not_finite_any_more_is_said() -> None:
    text = trainings.text(lambda step: 0.5)
    for step in (180, 190, 200):
        text = re.sub(rf'("step": {step}, "curvature": .*"effective": )1.0', r"\1null", text)
    training = records.training(text.encode(), "a.jsonl")
    assert training and verdicts.of(training).lost == 180
    drawn = scene(training)
    assert drawn.title == "SGD has no finite sharpness since step 180"
    assert "below the edge by a factor of 2" in drawn.subtitle
    several = scene(training, log(optimizer="Adam"))
    assert several.title.startswith("SGD and Adam and the edge")
    assert "SGD: not finite since step 180" in several.subtitle


def test_a_first_measurement_is_in_view_unless_it_is_the_highest() -> None:
    drawn = scene(log(lambda step: 0.05 + step / 400))
    assert drawn.panels[0].ylim[0] < 0.05
    drawn = scene(log(lambda step: 50.0 if step == 1 else 1.0))
    assert drawn.panels[0].ylim[1] < 5


def test_of_a_few_measurements_nothing_is_said() -> None:
    few = log(lambda _: 1.0, steps=30)
    assert verdicts.of(few).place == ""
    assert scene(few).title == "SGD and its edge of stability"


def test_a_measurement_that_is_missing_is_a_gap() -> None:
    measured = f'"effective": {2.0 * trainings.edge_at(100)}'
    text = trainings.text().replace(measured, '"effective": null', 1)
    training = records.training(text.encode(), "a.jsonl")
    assert training
    assert np.isnan(verdicts.whole(training).ratio).sum() == 1
    assert verdicts.of(training).place == "at"


def test_one_that_comes_and_goes_is_said_to_do_so() -> None:
    swings = log(lambda step: 0.5 if step % 30 else 1.05)
    assert scene(swings).subtitle.endswith("; now below the edge, now above it")
    few = log(lambda step: 0.5, steps=30)
    assert "now" not in scene(few).subtitle
    assert "now" not in scene(few, log(lambda step: 0.6, steps=30, optimizer="Adam")).subtitle


def test_what_is_tinted_is_above_the_edge_alone() -> None:
    drawing = page_of(scene(log(lambda step: 4.0 if step == 100 else 0.25)))
    (tint,) = [one for one in drawing.moving if isinstance(one, Spreading)]
    corners = tint.area.get_paths()[0].vertices  # type: ignore[attr-defined]
    # Between 90 and 100 the log of λ/C goes from −log 4 to log 4: it is 0 at 95, and at 105 again.
    assert corners[:, 0].min() == pytest.approx(95.0) and corners[:, 0].max() == pytest.approx(
        105.0
    )


def test_a_wave_about_the_edge_is_no_crossing() -> None:
    rings = scene(log()).panels[0].of(Crossing)
    assert len(rings) == 1
    assert not scene(log(lambda step: 1.1 if step % 20 else 0.95)).panels[0].of(Crossing)


def test_the_line_1_is_in_view_and_named() -> None:
    panel = scene(log(lambda _: 0.01)).panels[0]
    (line,) = panel.of(Ceiling)
    assert (line.y, line.label) == (1.0, "edge of stability")  # type: ignore[attr-defined]
    assert panel.ylim[0] < 0.01 and panel.ylim[1] > 1 and panel.log


def test_the_first_step_alone_does_not_set_the_axis() -> None:
    panel = scene(log(lambda step: 300.0 if step == 1 else 1.0)).panels[0]
    assert panel.ylim[1] < 10


def test_a_critical_ratio_is_drawn_where_no_rate_is_known() -> None:
    lines = trainings.text(lambda _: 0.5, optimizer="Muon").splitlines()
    changed = []
    for line in map(json.loads, lines):
        if "curvature" in line:
            line["curvature"] |= {"effective": None, "ceiling": None, "critical": 4.0}
        changed.append(json.dumps(line))
    training = records.training(("\n".join(changed) + "\n").encode(), "a.jsonl")
    assert training
    drawn = scene(training)
    assert drawn.panels[0].ylabel == "1 over the critical ratio of the update"
    assert verdicts.of(training).ratio == 0.25
    assert "by a factor of 4 " in drawn.title


def test_groups_have_a_curve_each_and_the_colour_of_their_rates() -> None:
    lines = [json.loads(line) for line in trainings.text().splitlines()]
    both: list[dict[str, Any]] = []
    for line in lines:
        if line.get("layer"):
            continue
        for group in (0, 1) if "grad" in line else ():
            both.append(line | {"group": group, "name": f"group {group + 1}"})
        if "curvature" in line:
            for group in (None, 0, 1):
                name = "all parameters" if group is None else f"group {group + 1}"
                both.append(
                    line | {"curvature": line["curvature"] | {"group": group, "name": name}}
                )
        elif "grad" not in line:
            both.append(line)
    data = "".join(json.dumps(line) + "\n" for line in both).encode()
    training = records.training(data, "a.jsonl")
    assert training
    edge, rates = scene(training).panels
    assert [(c.label, c.role) for c in edge.of(Curve)] == [  # type: ignore[attr-defined]
        ("all parameters", 0), ("group 1", 1), ("group 2", 2),
    ]  # fmt: skip
    assert [(c.label, c.role) for c in rates.of(Curve)] == [("group 1", 1), ("group 2", 2)]  # type: ignore[attr-defined]


def test_several_logs_have_a_colour_each_and_are_named_once() -> None:
    drawn = scene(log(), log(optimizer="Adam", eta=0.001, ceiling=38.0))
    edge, rates = drawn.panels
    assert [(c.label, c.role) for c in edge.of(Curve)] == [("SGD", 0), ("Adam", 1)]  # type: ignore[attr-defined]
    assert [c.label for c in rates.of(Curve)] == ["", ""]  # type: ignore[attr-defined]
    assert drawn.title == "SGD and Adam at the edge of stability"
    assert drawn.subtitle.endswith(
        "SGD: at the edge since step 70; Adam: at the edge since step 70"
    )
    mixed = scene(log(), log(lambda _: 0.1, optimizer="Adam"))
    assert mixed.title == "SGD and Adam and the edge of stability"
    assert "Adam: below the edge by a factor of 10" in mixed.subtitle


@pytest.mark.parametrize(("ratio", "asks"), [(3.0, False), (300.0, True)])
def test_a_training_that_stays_far_above_the_edge_is_doubted(ratio: float, asks: bool) -> None:
    """As Adam seems to with a bias before BatchNorm, which has no gradient."""
    drawn = scene(log(lambda _: ratio), rows="edge")
    assert "above the edge" in drawn.title
    assert ("is there a bias before BatchNorm?" in drawn.subtitle) == asks


def test_time_and_steps_and_logarithms_are_axes() -> None:
    first, *_ = scene(log(), against="time").panels
    assert first.xlim == (0.01, 2.0)
    assert scene(log(), against="time").panels[-1].xlabel == "time in seconds"
    logarithmic = scene(log(), xlog=True).panels[0]
    assert logarithmic.xlog and logarithmic.xlim == (1.0, 200.0)


@pytest.mark.parametrize(
    ("training", "options", "kind", "said"),
    [
        (log(None), {}, Unfit, "SGD?.*has no curvature; record it with"),
        (log(loss=False), {"rows": "edge,loss"}, Unfit, "has no loss"),
        (log(times=False), {"against": "time"}, Unfit, "has no times"),
        (log(lambda _: -1.0), {}, Unfit, "no curvature above 0"),
        (log(), {"rows": "edge,los"}, UnknownName, "row of edge"),
    ],
)
def test_what_cannot_be_drawn(
    training: TrainingLog, options: dict[str, Any], kind: type[OptvizError], said: str
) -> None:
    with pytest.raises(kind, match=said.replace("SGD?", "")):
        scene(training, **options)
    with pytest.raises(BadValue, match="label"):
        scene(training, look=Look(labels=("a", "b")))


def test_facts_and_table_have_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    trainings.write_examples(tmp_path)
    assert cli.main(["edge", "run.jsonl", "other.jsonl", "--json", "-q", "-o", "e.csv"]) == 0
    first, second = json.loads(capsys.readouterr().out)["trainings"]
    assert (first["edge"], first["since"], second["optimizer"]) == ("at", 70, "Adam")
    header, row, *_ = Path("e.csv").read_text().splitlines()
    values = "effective,ceiling,critical,ratio,raw,error"
    assert header == f"run,optimizer,step,time,group,name,{values}"
    assert row.startswith("1,SGD,1,0.01,,all parameters,")
    figure = optviz.figure("run.jsonl", "edge")
    assert figure.facts["trainings"][0] == first
    assert optviz.edge("run.jsonl").scene.title == figure.scene.title
    assert cli.main(["plot", "edge", "run.jsonl", "-q", "-o", "plot.png"]) == 0
    assert cli.main(["edge", "run.jsonl", "-q", "-o", "edge.png"]) == 0


def test_the_words_are_of_the_language() -> None:
    with language("ko"):
        drawn = scene(log(), rows="edge,sharpness,rates,schedule,loss")
    assert drawn.title == "SGD: 스텝 70부터 안정성의 경계"


@pytest.mark.parametrize(
    ("error", "said"), [(0.05, ""), (0.36, "uncertain by up to 36 % (differences of gradients)")]
)
def test_what_differences_of_gradients_are_unsure_of_is_said(error: float, said: str) -> None:
    lines = [json.loads(line) for line in trainings.text().splitlines()]
    for line in lines:
        if "curvature" in line:
            line["curvature"] |= {"by": "differences of gradients", "error": error / 2}
    next(line for line in lines if "curvature" in line)["curvature"]["error"] = error
    found = records.training("".join(json.dumps(line) + "\n" for line in lines).encode(), "run")
    assert found
    assert ("uncertain" in scene(found).subtitle) == bool(said)
    assert said in scene(found).subtitle
