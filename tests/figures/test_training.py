"""Rates of trainings as scenes: panels, medians, bands, words."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from optviz import cli
from optviz.errors import BadValue, OptvizError, Unfit
from optviz.figures.rates import Rates
from optviz.phrases import language
from optviz.recorder.training_log import Layer, TrainingLog
from optviz.scene import Curve, Look, Scene, Spread


def scene(logs: list[TrainingLog], look: Look, rate: str = "effective") -> Scene:
    return Rates(rate).of_training(logs).scene(logs, look)


STEPS = np.array([1.0, 2.0, 5.0, 10.0])


def layer(name: str, eta: float | list[float], group: int = 0) -> Layer:
    rates = np.outer(1 / STEPS, [0.5, 0.8, 1.0, 1.25, 2.0])
    whole = name.startswith(("all", "group"))
    return Layer(name, group, whole, STEPS, rates, *(STEPS,) * 3, eta * np.ones(len(STEPS)))


def training(
    *layers: Layer, optimizer: str = "Adam", file: str = "", effective: bool = True
) -> TrainingLog:
    shares = (0.05, 0.25, 0.5, 0.75, 0.95)
    return TrainingLog(optimizer, shares, layers, {"lr": 0.7}, effective, file)


def log(*names: str, eta: float | list[float] = 0.1, **more: Any) -> TrainingLog:
    return training(*(layer(name, eta) for name in names), **more)


def test_a_few_layers_share_a_panel_each_with_its_outer_band_and_its_name() -> None:
    drawn = scene([log("all", "conv1")], Look())
    (panel,) = drawn.panels
    assert [(c.label, c.role) for c in panel.of(Curve)] == [("all", 0), ("conv1", 1)]  # type: ignore[attr-defined]
    assert [(b.role, b.depth) for b in panel.of(Spread)] == [(0, 0), (1, 0)]  # type: ignore[attr-defined]
    assert drawn.title == "Adam's median rates only fall"
    assert drawn.subtitle == (
        "η = 0.1; 10 steps of a training; lines are medians, bands hold 90 % of the entries"
    )
    assert drawn.alt.endswith("Medians: Adam: all from 1 to 0.1, conv1 from 1 to 0.1.")


def test_a_layer_alone_has_two_bands() -> None:
    drawn = scene([log("all")], Look())
    outer, inner = drawn.panels[0].of(Spread)
    assert outer.low[0] == 0.5 and outer.high[0] == 2.0 and inner.low[0] == 0.8  # type: ignore[attr-defined]
    assert "bands hold 50 and 90 %" in drawn.subtitle
    many = scene([log("all")] * 4, Look(labels=tuple("abcd")))
    assert not many.panels[0].of(Spread)
    assert many.subtitle.endswith("lines are medians of the entries")


def test_rates_that_rise_somewhere_are_not_said_to_fall() -> None:
    rising = layer("all", 0.1)
    rising.rates[2] = rising.rates[1] * 1.01
    assert scene([training(rising)], Look()).title == "Effective learning rates of Adam"
    realised = scene([log("all", effective=False)], Look()).title
    assert realised == "Realised ratios −Δx/g of Adam"


def test_more_layers_have_a_panel_each_with_the_same_axes() -> None:
    drawn = scene([log("all", "a", "b", "c", "d")], Look())
    assert [panel.title for panel in drawn.panels] == ["all", "a", "b", "c", "d"]
    assert len({(panel.xlim, panel.ylim) for panel in drawn.panels}) == 1
    assert (drawn.columns, drawn.shared) == (3, True)


def test_two_logs_are_compared_layer_by_layer_and_named_once() -> None:
    drawn = scene([log("all", "a", optimizer="Adagrad"), log("all", "a")], Look())
    first, last = drawn.panels
    assert [(c.label, c.role) for c in first.of(Curve)] == [("Adagrad", 0), ("Adam", 1)]  # type: ignore[attr-defined]
    assert [c.label for c in last.of(Curve)] == ["", ""]  # type: ignore[attr-defined]
    assert drawn.title == "Effective learning rates of Adagrad and Adam"
    same = scene([log("all"), log("all", eta=0.2)], Look())
    assert same.title == "Effective learning rates of two trainings"
    assert same.subtitle.startswith("Adam, η = 0.1; Adam, η = 0.2; 10 steps")
    own = scene([log("all"), log("all")], Look(labels=("one", "two")))
    assert own.title == "Effective learning rates of one and two"


def test_groups_are_told_with_the_rates_that_they_had() -> None:
    two = training(layer("group 1", 0.003), layer("group 2", 0.001, 1))
    drawn = scene([two], Look())
    assert drawn.subtitle.startswith("η = 0.003 and 0.001; ")
    assert "η = 0.003 and 0.001" in drawn.alt
    assert [c.label for c in drawn.panels[0].of(Curve)] == [  # type: ignore[attr-defined]
        "group 1, η = 0.003",
        "group 2, η = 0.001",
    ]
    falling = [layer("group 1", [0.1, 0.2, 0.1, 0]), layer("group 2", [0.01, 0.02, 0.01, 0], 1)]
    drawn = scene([training(*falling)], Look())
    assert drawn.subtitle.startswith("η ≤ 0.2 and 0.02; ")
    assert drawn.panels[0].of(Curve)[1].label == "group 2, η ≤ 0.02"  # type: ignore[attr-defined]
    groups = [layer(f"group {k}", 2.0**-k, k) for k in range(1, 7)]
    assert "η = 0.0156 to 0.5 in 6 groups" in scene([training(*groups)], Look()).subtitle


@pytest.mark.parametrize(
    ("eta", "said"),
    [
        ([0.1, 0.1, 0.01, 0.001], "0.1 → 0.001"),
        ([0.01, 0.1, 0.02, 0.0], "0.01 → 0.1 → 0"),
        ([0.1, 0.001, 0.1, 0.1], "0.1 → 0.001 → 0.1"),
        ([0.0, 0.1, 0.1, 0.1], "0 → 0.1"),
    ],
)
def test_a_schedule_is_told_by_its_ends_and_what_lies_beyond_them(
    eta: float | list[float], said: str
) -> None:
    drawn = scene([log("all", "conv1", eta=eta)], Look())
    assert drawn.subtitle.startswith(f"η = {said}; 10 steps")
    assert f"η = {said}" in drawn.alt
    assert drawn.panels[0].of(Curve)[0].label == "all"  # type: ignore[attr-defined]


def test_of_a_log_without_rates_the_defaults_are_not_told() -> None:
    for eta in (np.nan, [np.nan] * 4):
        assert scene([log("all", eta=eta)], Look()).subtitle.startswith("10 steps")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("runs/base.jsonl", "runs/cosine.jsonl"), ["Adam, base", "Adam, cosine"]),
        (("a/log.jsonl", "b/log.jsonl"), ["Adam, a/log", "Adam, b/log"]),
        (("a.jsonl", "a.jsonl"), ["Adam, 1", "Adam, 2"]),
        (("", ""), ["Adam, 1", "Adam, 2"]),
        (("$a$.jsonl", "-"), ["Adam, $a$", "Adam, -"]),
    ],
)
def test_logs_of_one_name_are_told_apart_by_their_files(
    files: tuple[str, ...], said: list[str]
) -> None:
    drawn = scene([log("all", "a", file=file) for file in files], Look())
    assert [c.label for c in drawn.panels[0].of(Curve)] == said  # type: ignore[attr-defined]
    assert drawn.title == "Effective learning rates of two trainings"
    assert drawn.subtitle.startswith("η = 0.1; 10 steps")
    courses = [[1, 1, 1, 0.5], [1, 1, 1, 0.25]]
    falling = [log("all", file=file, eta=eta) for file, eta in zip(files, courses, strict=True)]
    drawn = scene(falling, Look())
    assert drawn.subtitle.startswith(f"{said[0]}: η = 1 → 0.5; {said[1]}: η = 1 → 0.25; ")


def test_a_layer_of_a_long_name_keeps_it_whole() -> None:
    name = "encoder.layers.11.self_attention.output_projection.weight"
    (panel,) = scene([log("all", name)], Look()).panels
    assert panel.of(Curve)[1].label == name  # type: ignore[attr-defined]


def test_very_many_layers_are_thin_medians_without_bands() -> None:
    many = log("all", *(f"l{i}" for i in range(40)))
    for number, one in enumerate(many.layers):
        one.rates[:] *= 1 + abs(number - 20) / 100
    drawn = scene([many], Look())
    (panel,) = drawn.panels
    assert len(panel.of(Curve)) == 41 and not panel.of(Spread)
    named = [curve for curve in panel.of(Curve) if not curve.faint]  # type: ignore[attr-defined]
    # of layers 1 to 40 the rates of 39 and 40 end highest, of 19, 20, 21 lowest: two of them
    assert [c.label for c in named] == ["all", "l18", "l19", "l38", "l39"]  # type: ignore[attr-defined]
    assert [c.role for c in named] == [0, 1, 2, 3, 4]  # type: ignore[attr-defined]
    assert {c.role for c in panel.of(Curve) if c.faint} == {-1}  # type: ignore[attr-defined]
    assert drawn.subtitle.endswith("named layers end highest or lowest, thin lines are 36 others")
    assert not scene([many], Look(colors=("red",) * 5)).panels[0].of(Spread)


def test_of_several_trainings_with_very_many_layers_whole_groups_are_drawn() -> None:
    drawn = scene([log("all", *map(str, range(20)), optimizer=name) for name in "ab"], Look())
    assert [panel.title for panel in drawn.panels] == ["all"]
    assert drawn.subtitle.endswith("all parameters of each group")


def test_a_realised_ratio_is_called_so() -> None:
    drawn = scene([log("all", effective=False)], Look())
    assert "realised ratio" in drawn.panels[0].ylabel and "Realised" in drawn.title


@pytest.mark.parametrize(
    ("logs", "look", "kind", "said"),
    [
        ([log("all")], Look(), Unfit, "no asymptotic rates"),
        ([log("all")], Look(ylim=(0.0, 1.0)), BadValue, "above 0"),
        ([log("all")], Look(labels=("a", "b")), BadValue, "1 are wanted"),
        ([log(*(f"group {i}" for i in range(20)))] * 2, Look(), Unfit, "too many"),
    ],
)
def test_what_cannot_be_drawn(
    logs: list[TrainingLog], look: Look, kind: type[OptvizError], said: str
) -> None:
    with pytest.raises(kind, match=said):
        scene(logs, look, "asymptotic" if "asymptotic" in said else "effective")


def written(path: Path, *, gap: bool = False) -> str:
    head = {"optviz": 1, "kind": "training", "optimizer": "SGD", "quantiles": [0.1, 0.5, 0.9]}
    rows = [
        {
            "step": t,
            "group": 0,
            "name": "all",
            "grad": 1,
            "update": 1,
            "parameter": 1,
            "rate": [None, 1 / t, None] if gap and t == 3 else [0.5 / t, 1 / t, 2 / t],
        }
        for t in range(1, 7)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in [head, *rows]), encoding="utf-8")
    return str(path)


def test_plot_rates_draws_it_also_with_gaps_and_as_a_film(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "log.jsonl", gap=True)
    for name in ("a.png", "a.svg", "a.gif"):
        assert cli.main(["plot", "rates", file, "-q", "-o", str(tmp_path / name)]) == 0
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.info["Description"].startswith("SGD's median rates only fall. 6 steps")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["-f", "x^2"], "leave out -f"),
        (["--opt", "adam"], "leave out -f, --opt"),
        (["-o", "a.npz"], "a picture or csv is wanted"),
    ],
)
def test_what_plot_does_not_take_beside_it(
    more: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["plot", "rates", written(tmp_path / "l.jsonl"), *more]) == 2
    assert said in capsys.readouterr().err
    assert cli.main(["plot", "trace", written(tmp_path / "l.jsonl")]) == 2
    assert "optviz help training has its figures" in capsys.readouterr().err
    assert cli.main(["plot", "loss", written(tmp_path / "l.jsonl")]) == 2
    assert "has no loss; rec.log(loss=…) writes one" in capsys.readouterr().err


def test_words_of_a_training_are_of_the_language() -> None:
    logs = [
        training(layer("all parameters", 0.1)),
        training(layer("group 2", [1.0, 0.5, 0.2, 0.1])),
    ]
    with language("ko"):
        drawn = scene(logs, Look())
    assert {panel.title.partition(",")[0] for panel in drawn.panels} == {"모든 매개변수", "그룹 2"}
    words = set(re.findall("[A-Za-z]{2,}", f"{drawn.title} {drawn.subtitle} {drawn.alt}"))
    assert words <= {"Adam"}
