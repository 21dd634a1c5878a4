"""Schedules alone as a figure: curves, words, limits, data, and what is refused."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optviz import cli, render
from optviz.errors import OptvizError
from optviz.figures._schedule_names import names
from optviz.figures._schedule_rates import of, read
from optviz.scene import Curve, Look, Scene
from optviz.spec import figure as spec

RISE = "get_linear_schedule_with_warmup(0.2,num_warmup_steps=10,num_training_steps=80)"
JOINED = "SequentialLR([LinearLR(0.1),ExponentialLR(0.1,gamma=0.9)],milestones=[5])"


def drawn(*texts: str, **options: Any) -> Scene:
    figure, wrong = spec.read({"figure": "schedule", "schedule": list(texts), **options})
    assert figure, wrong
    return figure.draw().scene


def curves(scene: Scene) -> list[Curve]:
    (panel,) = scene.panels
    return [mark for mark in panel.marks if isinstance(mark, Curve)]


def test_a_curve_is_the_rate_at_each_step() -> None:
    (curve,) = curves(drawn("step(0.8,2,0.5)", steps=5))
    assert curve.points.tolist() == [[1, 0.8], [2, 0.8], [3, 0.4], [4, 0.4], [5, 0.2]]
    assert curve.label == ""


def test_several_schedules_have_names_and_colours_of_their_own() -> None:
    found = curves(drawn("cosine(0.3,60)", RISE, "0.1"))
    assert [curve.role for curve in found] == [0, 1, 2]
    assert [curve.label for curve in found] == [
        "cosine(0.3, 60)", "get_linear_schedule_with_warmup(0.2, …)", "0.1",
    ]  # fmt: skip
    assert [c.label for c in curves(drawn("0.1", "0.2", label=["A", "B"]))] == ["A", "B"]
    assert [c.label for c in curves(drawn("0.1", "0.2", label=["A, B"]))] == ["A", "B"]


def test_a_schedule_of_a_script_may_be_assigned() -> None:
    assert read("schedule", "scheduler = StepLR(0.1, 30)") == read("schedule", "StepLR(0.1,30)")
    with pytest.raises(OptvizError, match="the base rate stands here instead"):
        read("schedule", "scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=30)")


def test_without_a_number_of_steps_there_are_100() -> None:
    assert len(curves(drawn("0.1"))[0].points) == 100


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("0.1", "constant stays at 0.1"),
        ("cosine(0.3,60)", "cosine falls from 0.3 to 0"),
        ("warmup(0.3,60)", "warmup rises from 0.005 to 0.3"),
        (RISE, "get_linear_schedule_with_warmup rises to 0.2 at step 11, then falls to 0"),
        ("linear_schedule(0.1,0.1,5)", "linear_schedule stays at 0.1"),
        ("join_schedules([linear(1,10),warmup(1,10)],[10])",
         "join_schedules falls to 0.1 at step 10, then rises to 1"),
        ("CosineAnnealingWarmRestarts(0.1,T_0=10,eta_min=0.01)",
         "CosineAnnealingWarmRestarts goes up and down between 0.0122 and 0.1"),
        ("exponential(1,1e6)", "exponential rises from 1 to ∞"),
        ("SequentialLR([ExponentialLR(0.2,0.9)],[])", "SequentialLR falls from 0.2 to 5.9×10⁻⁶"),
    ],
)  # fmt: skip
def test_the_title_says_what_the_rate_does(text: str, title: str) -> None:
    assert drawn(text).title == title


def test_a_change_by_rounding_is_none() -> None:
    text = "ChainedScheduler([ExponentialLR(0.1,gamma=1),LinearLR(0.1,start_factor=1)])"
    assert drawn(text).title == "ChainedScheduler stays at 0.1"


def test_the_subtitle_and_the_description_have_the_whole_text() -> None:
    scene = drawn(JOINED, steps=40)
    whole = "SequentialLR([LinearLR(0.1), ExponentialLR(0.1, gamma=0.9)], milestones=[5])"
    assert scene.subtitle == f"{whole}, 40 steps"
    assert scene.alt == (
        f"Learning rate against the step, 40 steps: {whole} rises to 0.1 at step 6, "
        "then falls to 0.00278."
    )


def test_of_few_schedules_the_subtitle_tells_each_of_many_their_range() -> None:
    few = drawn("0.1", "linear(0.2,9)")
    assert few.title == "Two learning-rate schedules, 100 steps each"
    assert few.subtitle == "0.1 stays at 0.1; linear(0.2, 9) falls from 0.2 to 0"
    many = drawn("0.1", "0.2", "0.3", "linear(0.4,9)")
    assert many.subtitle == "rates between 0 and 0.4"


def test_what_is_typed_for_the_figure_stands_in_it() -> None:
    scene = drawn("0.1", title="Rates", subtitle="of mine", xlabel="epoch", ylim="0,1", xlim="5,9")
    (panel,) = scene.panels
    assert (scene.title, scene.subtitle, panel.xlabel) == ("Rates", "of mine", "epoch")
    assert (panel.xlim, panel.ylim) == ((5, 9), (0, 1))
    assert drawn("0.1", label=["Mine"]).title == "Mine stays at 0.1"


def test_every_rate_is_in_view() -> None:
    (panel,) = drawn("cosine(0.3,60)").panels
    assert panel.ylim[0] < 0
    assert panel.ylim[1] > 0.3
    assert panel.xlim == (1, 100)
    assert drawn("0.1", steps=1).panels[0].xlim == (0, 2)


def test_a_log_axis_has_rates_above_0_alone() -> None:
    scene = drawn("linear(0.3,50)", "step(1,10)", ylog=True)
    (panel,) = scene.panels
    line, steps = curves(scene)
    assert panel.log
    assert np.isnan(line.points[50:, 1]).all()
    assert np.isfinite(line.points[:50, 1]).all()
    assert 0 < panel.ylim[0] < 1e-8
    assert steps.points[-1, 1] == pytest.approx(1e-9) or np.isnan(steps.points[-1, 1])


@pytest.mark.parametrize("text", ["cosine(1.7e308,60)", "exponential(1,5)", "0"])
def test_extreme_rates_are_drawn(text: str) -> None:
    figure, _ = spec.read({"figure": "schedule", "schedule": [text], "steps": 500})
    assert figure
    for log in (False, True) if text != "0" else (False,):
        scene = drawn(text, steps=500, ylog=log)
        render.write(scene, figure.draw().look, "png", io.BytesIO())


def test_names_alike_are_numbered() -> None:
    texts = [
        f"get_wsd_schedule(0.1,5,{n},num_training_steps=100,min_lr_ratio=0.125)" for n in (5, 9)
    ]
    content = [of(read("schedule", text), 10) for text in texts]
    assert names(content, Look()) == [
        "get_wsd_schedule(0.1, num_warmup_steps=5, …) (1)",
        "get_wsd_schedule(0.1, num_warmup_steps=5, …) (2)",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"schedule": []}, "schedule: nothing given"),
        ({"schedule": ["cosine(0.3"]}, "',' or '\\)' is wanted here"),
        ({"schedule": ["cosin(0.3,2)"]}, "no schedule is called 'cosin'"),
        ({"schedule": ["fast"]}, "a rate is a number, or a schedule"),
        ({"schedule": [" "]}, "a schedule such as cosine"),
        ({"schedule": ["0.1"], "label": ["a", "b"]}, "one label for each schedule is wanted"),
        ({"schedule": ["0.1"], "steps": 0}, "1 to 1000000 is wanted"),
        ({"schedule": ["0.1"], "steps": 10**7}, "1 to 1000000 is wanted"),
        ({"schedule": ["0"], "ylog": True}, "no rate above 0"),
        ({"schedule": ["0.1"], "ylog": True, "ylim": "0,1"}, "above 0 is wanted"),
    ],
)
def test_what_cannot_be_drawn_is_refused(words: dict[str, Any], sentence: str) -> None:
    figure, _ = spec.read({"figure": "schedule", **words})
    assert figure
    with pytest.raises(OptvizError, match=sentence):
        figure.draw()


def printed(line: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.main(line) == 0
    return capsys.readouterr().out


def test_csv_has_a_step_a_row_and_the_momentum_where_it_moves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = ["schedule", "OneCycleLR(0.1,total_steps=9)", "0.05", "-n", "2", "--format", "csv"]
    rows = list(csv.DictReader(io.StringIO(printed(line, capsys))))
    assert [(row["step"], row["schedule"]) for row in rows] == [
        ("1", "OneCycleLR(0.1,total_steps=9)"), ("2", "OneCycleLR(0.1,total_steps=9)"),
        ("1", "0.05"), ("2", "0.05"),
    ]  # fmt: skip
    assert [row["momentum"] for row in rows[::2]] == ["0.95", ""]
    assert [float(row["rate"]) for row in rows[2:]] == [0.05, 0.05]


def test_json_has_the_text_and_the_rates(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["schedule", "--json", "-n", "3", "--format", "npz", "-o", "/dev/null", "step(1,2,0.5)"]
    (found,) = json.loads(printed(line, capsys))["schedules"]
    assert found == {"schedule": "step(1,2,0.5)", "steps": 3, "rate": [1.0, 1.0, 0.5]}


def test_npz_and_jsonl_have_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = ["-o", str(tmp_path / "s.npz"), "-o", str(tmp_path / "s.jsonl")]
    printed(["schedule", "0.5", "CyclicLR(0.1,0.3,2)", "-n", "4", *outputs], capsys)
    lines = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text().splitlines()]
    with np.load(tmp_path / "s.npz") as arrays:
        assert arrays["rate"].tolist() == [line["rate"] for line in lines]
        assert arrays["momentum"][1].tolist() == lines[1]["momentum"]
        assert np.isnan(arrays["momentum"][0]).all()
        assert json.loads(str(arrays["meta"])) == [line["schedule"] for line in lines]


def test_schedules_may_stand_after_their_flag_too(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["schedule", "--schedule", "0.1", "0.2", "-n", "1", "--format", "jsonl"]
    found = [json.loads(text)["schedule"] for text in printed(line, capsys).splitlines()]
    assert found == ["0.1", "0.2"]


def test_its_picture_is_redrawn_from_its_recipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "s.png")
    printed(["schedule", "cosine(0.3,60)", JOINED, "--ylog", "-o", path], capsys)
    assert 'figure = "schedule"' in printed(["recipe", path], capsys)
    assert printed(["recipe", "--verify", path], capsys) == f"{path}: same\n"


def test_a_batch_draws_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = '[rates]\nfigure = "schedule"\nschedule = "cosine(0.3,60)"\nsteps = 60\n'
    (tmp_path / "s.toml").write_text(table)
    printed(["batch", str(tmp_path / "s.toml"), "--no-cache"], capsys)
    assert (tmp_path / "rates.png").exists()


def test_a_recipe_from_outside_counts_every_schedule_within_others() -> None:
    figure, _ = spec.read({"figure": "schedule", "schedule": ["0.1", JOINED]})
    assert figure
    assert figure.kind.trials() == 5  # brackets and all: a bound
