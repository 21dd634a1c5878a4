"""Ratios, norms, losses and learning rates of trainings as scenes and tables."""

import json
import re
from dataclasses import replace
from math import log10
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trainings

from optviz import batch, cli, records
from optviz.errors import BadValue, Unfit
from optviz.figures import Kind, registry
from optviz.recorder.training_log import TrainingLog
from optviz.scene import Ceiling, Curve, Look, Scene

DIGITS = Path(__file__).parents[2] / "gallery/digits-adam.jsonl"


def log(**how: Any) -> TrainingLog:
    found = records.training(trainings.text(**how).encode(), "a.jsonl")
    assert found
    return found


def scene(kind: str, *logs: TrainingLog, **options: Any) -> Scene:
    made: Kind[Any] = registry[kind](**options)  # type: ignore[call-arg]
    return made.of_training(list(logs)).scene(list(logs), Look())


def curves(drawn: Scene, panel: int = 0) -> list[Curve]:
    return [mark for mark in drawn.panels[panel].marks if isinstance(mark, Curve)]


def test_the_ratio_is_the_logarithm_of_update_over_parameter() -> None:
    training = records.training(DIGITS.read_bytes(), "digits-adam.jsonl")
    assert training
    conv1 = next(one for one in curves(scene("ratio", training)) if one.label == "conv1")
    assert conv1.points[0, 1] == pytest.approx(log10(0.0232365271 / 1.44932592), abs=1e-12)
    assert round(float(conv1.points[0, 1]), 5) == -1.79499


def test_the_usual_ratio_is_a_line_that_is_always_in_view() -> None:
    drawn = scene("ratio", log())
    (line,) = drawn.panels[0].of(Ceiling)
    assert line.y == -3.0  # type: ignore[attr-defined]
    assert drawn.panels[0].ylim[0] < -5 and drawn.panels[0].ylim[1] > -3
    assert drawn.title == "SGD's last updates are 4.2×10⁻⁶ to 5×10⁻⁶ of the parameters"


def changed(training: TrainingLog, **values: Any) -> TrainingLog:
    """The log with other values of its last layer."""
    *others, last = training.layers
    return replace(training, layers=(*others, replace(last, **values)))


def test_a_layer_that_never_moves_is_named() -> None:
    training = log()
    still = changed(training, update=np.zeros_like(training.layers[-1].update))
    assert scene("ratio", still).subtitle.endswith("; f1 never moved")
    assert "never moved" not in scene("ratio", training).subtitle
    assert "never moved" not in scene("ratio", still, log(optimizer="Adam")).subtitle
    assert scene("ratio", still, still).subtitle.endswith("; f1 never moved")


def test_a_training_that_diverged_has_no_last_updates() -> None:
    training = log()
    norms = training.layers[-1].parameter.copy()
    norms[-3:] = np.nan
    lost = changed(training, parameter=norms)
    assert scene("ratio", lost).title == "Relative size of the updates of SGD"
    for kind in ("ratio", "norms"):
        assert scene(kind, lost).subtitle.endswith("not finite since step 180")
    both = scene("ratio", lost, log(optimizer="Adam")).subtitle
    assert both.endswith("SGD: not finite since step 180")


def test_a_log_is_named_in_the_first_panel_that_has_its_curve() -> None:
    first = log()
    second = replace(log(optimizer="Adam"), layers=first.layers[-1:])
    drawn = scene("ratio", first, second)
    named = [[one.label for one in curves(drawn, i) if one.label] for i in range(3)]
    assert named == [["SGD"], [], ["Adam"]]


def test_the_subtitle_of_many_panels_says_what_their_line_is() -> None:
    drawn = scene("ratio", log(), log(optimizer="Adam"))
    assert "the line is at −3, a thousandth of the parameters" in drawn.subtitle
    lines = [mark for panel in drawn.panels for mark in panel.marks if isinstance(mark, Ceiling)]
    assert len(lines) == 3 and not any(line.label for line in lines)
    assert "the line" not in scene("ratio", log()).subtitle


def test_two_logs_have_a_panel_a_layer_and_one_axis() -> None:
    drawn = scene("ratio", log(), log(optimizer="Adam"))
    assert [panel.title for panel in drawn.panels] == list(trainings.LAYERS)
    assert [(c.label, c.role) for c in curves(drawn)] == [("SGD", 0), ("Adam", 1)]
    assert [c.label for c in curves(drawn, 1)] == ["", ""]
    assert len({(panel.xlim, panel.ylim) for panel in drawn.panels}) == 1


def test_a_step_that_moves_nothing_is_a_gap() -> None:
    text = trainings.text().replace('"update": 0.005', '"update": 0.0')
    changed = text.replace(f'"update": {0.01 / 20}', '"update": 0.0')
    training = records.training(changed.encode(), "a.jsonl")
    assert training
    assert np.isnan(curves(scene("ratio", training))[0].points[2, 1])


def test_norms_have_a_panel_each_on_one_axis() -> None:
    drawn = scene("norms", log())
    assert [curves(drawn, i)[0].points[0, 1] for i in range(3)] == [1.0, 0.01, 10.0]
    assert [panel.xlabel for panel in drawn.panels] == ["", "", r"step $t$"]
    assert [c.label for c in curves(drawn)] == list(trainings.LAYERS)
    assert [c.label for c in curves(drawn, 1)] == ["", "", ""]
    several = scene("norms", log(), log(optimizer="Adam"))
    assert [c.label for c in curves(several)] == ["SGD", "Adam"]
    assert several.subtitle.endswith("all parameters of each group")


def many_layers(*scales: float) -> TrainingLog:
    """A log of a group and of layers whose gradients and updates are so large."""
    one = log()
    layers = [
        replace(one.layers[1], name=f"l{i}", grad=one.layers[1].grad * scale,
                update=one.layers[1].update / scale)
        for i, scale in enumerate(scales)
    ]  # fmt: skip
    return replace(one, layers=(one.layers[0], *layers))


def test_of_very_many_layers_the_highest_and_lowest_have_names() -> None:
    training = many_layers(*(1.0 + abs(i - 9.9) for i in range(20)))
    drawn = scene("norms", training)
    named = [c.label for c in curves(drawn) if not c.faint]
    assert named == ["all parameters", "l0", "l9", "l10", "l19"]
    assert [c.label for c in curves(drawn, 1) if not c.faint] == [""] * 5  # the same ones
    assert drawn.subtitle.endswith(
        "named layers end with the highest or lowest gradient norm, thin lines are 16 others"
    )
    ratio = scene("ratio", training)
    assert "l10 from" in ratio.alt and "thin lines are 16 others" in ratio.subtitle
    twice = scene("ratio", training, training)
    assert [panel.title for panel in twice.panels] == ["all parameters"]
    assert twice.subtitle.endswith("all parameters of each group")
    few = scene("ratio", many_layers(*[1.0] * 13), log())
    assert not any(c.faint for i in range(len(few.panels)) for c in curves(few, i))


def test_a_loss_that_is_not_finite_any_more_is_said() -> None:
    text = re.sub(r'("step": 1[5-9]0, "log": {"loss": )[^,]+', r"\1null", trainings.text(steps=190))
    training = records.training(text.encode(), "a.jsonl")
    assert training
    assert scene("loss", training).title == "SGD's loss is not finite since step 150"
    assert scene("loss", log(steps=1)).title == "SGD's loss is 2"
    both = text.replace('"accuracy"', '"val_loss"')
    training = records.training(both.encode(), "a.jsonl")
    assert training
    assert scene("loss", training).subtitle.endswith("loss: not finite since step 150")


def test_a_loss_is_what_was_logged_by_that_name() -> None:
    drawn = scene("loss", log())
    (curve,) = curves(drawn)
    assert curve.points[0].tolist() == [1.0, 2.0] and drawn.panels[0].log
    assert drawn.title == "SGD's loss falls from 2 to 0.01"
    text = trainings.text().replace('"accuracy": 0.5', '"val_loss": -0.5')
    training = records.training(text.encode(), "a.jsonl")
    assert training
    both = scene("loss", training)
    assert [c.label for c in curves(both)] == ["loss", "val_loss"]
    assert not both.panels[0].log


def test_the_learning_rate_of_a_group_is_that_of_its_schedule() -> None:
    last = '{"step": 200, "group": 0, "layer": null, "name": "all parameters", "lr": 0.'
    text = trainings.text().replace(f"{last}1", f"{last}01")
    training = records.training(text.encode(), "a.jsonl")
    assert training
    drawn = scene("schedule", training)
    assert drawn.title == "SGD's learning rate falls from 0.1 to 0.01"
    assert drawn.panels[0].ylim[0] < 0 and not drawn.panels[0].log
    assert scene("schedule", training, ylog=True).panels[0].log


@pytest.mark.parametrize("kind", ["loss", "norms", "rates", "ratio", "schedule"])
def test_each_is_drawn_against_time(kind: str) -> None:
    for panel in scene(kind, log(), against="time").panels:
        assert panel.xlim == (0.01, 2.0)
    with pytest.raises(Unfit, match=r"a\.jsonl has no times"):
        scene(kind, log(times=False), against="time")


def test_long_times_are_in_minutes_hours_and_days() -> None:
    last = {"seconds": 59_000, "minutes": 61_000, "hours": 2_000_000, "days": 40_000_000}
    for unit, steps in last.items():
        drawn = scene("loss", log(steps=steps, every=steps // 50), against="time")
        assert drawn.panels[0].xlabel == f"time in {unit}"


def test_what_a_log_does_not_have_is_refused() -> None:
    with pytest.raises(Unfit, match="has no loss; it has"):
        text = trainings.text().replace('"loss"', '"error"')
        training = records.training(text.encode(), "a.jsonl")
        assert training
        scene("loss", training)
    with pytest.raises(Unfit, match="and no distance"):
        scene("loss", log(), measure="distance")
    with pytest.raises(BadValue, match="step or time"):
        scene("loss", log(), against="epoch")
    with pytest.raises(Unfit, match="leave the schedules out"):
        scene("schedule", log(), schedule=("0.1",))


@pytest.mark.parametrize("kind", ["edge", "loss", "norms", "rates", "ratio", "schedule"])
def test_the_numbers_are_a_table(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    trainings.write_examples(tmp_path)
    assert cli.main(["plot", kind, "run.jsonl", "other.jsonl", "-q", "-o", "plot.csv"]) == 0
    assert cli.main([kind, "--log", "run.jsonl", "--log", "other.jsonl", "-q", "-o", "a.csv"]) == 0
    header, *rows = Path("plot.csv").read_text().splitlines()
    assert header.startswith("run,optimizer,step,time,group,name,")
    assert {row.split(",")[0] for row in rows} == {"1", "2"}
    assert Path("a.csv").read_text() == Path("plot.csv").read_text()


def test_a_batch_carries_its_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    trainings.write_examples(tmp_path)
    Path("a.toml").write_text(
        '[e]\nfigure = "edge"\nlog = ["run.jsonl", "other.jsonl"]\nsize = "480x480"\n'
        '[l]\nfigure = "loss"\nlog = "run.jsonl"\noutput = "l.csv"\n'
    )
    assert [report.status for report in batch.draw("a.toml", cache="c")] == ["drawn", "drawn"]
    assert [report.status for report in batch.draw("a.toml", cache="c")] == ["unchanged"] * 2
    trainings.write(Path("run.jsonl"), lambda _: 0.5)
    assert batch.draw("a.toml", cache="c")[0].status == "drawn"
    Path("run.jsonl").unlink()
    assert cli.main(["recipe", "--verify", "e.png"]) == 0  # it has them too


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("edge", "a log is wanted, as in optviz edge run.jsonl"),
        ("rates --log run.jsonl --opt adam", "a log of training has it; leave it out"),
        ("edge steps.jsonl", "no log of optviz.record"),
        ("rates --against time", "of a log of training"),
        ("plot edge steps.jsonl", "steps.jsonl: no log of training, which edge draws"),
        ("plot edge run.jsonl --watch -o - --format png", "--watch writes -o - again and again"),
        ("plot edge --watch -o a.png", "--watch wants files"),
        ("edge run.jsonl -o a.npz", "a.npz"),
        ("trace --log run.jsonl", "--log"),
    ],
)
def test_what_is_refused(
    line: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    trainings.write_examples(tmp_path)
    assert cli.main(["run", "-q", "-n", "3", "-o", "steps.jsonl"]) == 0
    assert cli.main(line.split()) == 2
    assert said in capsys.readouterr().err


def test_a_step_after_a_film_begins_at_its_time() -> None:
    drawn = scene("loss", log(), against="time")
    assert curves(drawn)[0].times is not None


@pytest.mark.parametrize("kind", ["loss", "norms", "rates", "ratio", "schedule"])
def test_json_has_null_for_what_is_not_finite(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    key = {"loss": "loss", "rates": "rate", "schedule": "lr"}.get(kind, "update")
    text = trainings.text(steps=20, every=10)
    head, _, tail = text.rpartition('"step": 10,')
    tail = re.sub(rf'"{key}": (\[[^\]]*\]|[^,}}]+)', f'"{key}": null', tail)
    Path("a.jsonl").write_text(
        head + '"step": 10,' + tail.replace('"rate": null', '"rate": [null, null, null]')
    )
    assert cli.main(["plot", kind, "a.jsonl", "--json", "-q", "-o", "a.png"]) == 0

    def refused(word: str) -> None:
        raise AssertionError(word)

    said = json.loads(capsys.readouterr().out, parse_constant=refused)
    (found,) = said["trainings"]
    assert any(None in one.values() for one in found.get("layers", found.get("logged")))


def test_nothing_after_step_0_has_no_log_axis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line for line in trainings.text(steps=1).splitlines() if '"step": 1,' in line]
    head = trainings.text(steps=1).splitlines()[0]
    text = "\n".join([head, *(line.replace('"step": 1,', '"step": 0,') for line in lines)])
    Path("a.jsonl").write_text(text + "\n")
    for kind in ("edge", "loss", "norms", "rates", "ratio", "schedule"):
        assert cli.main(["plot", kind, "a.jsonl", "--xlog", "-o", "a.png"]) == 2
        assert "nothing after step 0 to draw on a log axis" in capsys.readouterr().err


def test_the_title_of_norms_names_those_that_are_drawn() -> None:
    text = re.sub(r'"update": [^,}]+', '"update": null', trainings.text())
    training = records.training(text.encode(), "a.jsonl")
    assert training
    drawn = scene("norms", training)
    assert drawn.title == "Gradient norm and parameter norm of SGD" and len(drawn.panels) == 2
    assert drawn.alt.startswith("Gradient norm and parameter norm of SGD. ")
