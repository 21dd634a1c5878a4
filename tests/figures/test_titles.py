"""Titles claim what was checked on the runs, subtitles say what ran."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

import optviz
from optviz import figures, optimizers, spec
from optviz.errors import OptvizError
from optviz.figures import _titles
from optviz.figures._optimizer_names import run_names
from optviz.scene import Look, Path, Scene
from optviz.spec import RunSpec
from optviz.walks.trajectory import Trajectory


def runs(*opt: str, **words: object) -> list[Trajectory]:
    walks = spec.walks(RunSpec(opt=opt, **words))  # type: ignore[arg-type]
    return [row for walk in walks for row in walk.run().rows()]


def trace(*opt: str, look: Look | None = None, **words: object) -> Scene:
    return figures.scene("trace", runs(*opt, **words), look)


def names(scene: Scene) -> list[str]:
    return [mark.name for mark in scene.panels[0].marks if isinstance(mark, Path)]


BOTH = ("-5,-2", "3,2")


@pytest.mark.parametrize(
    ("title", "opt", "words"),
    [
        ("AdaGrad stalls on the way to the minimum", ["adagrad:eta=0.4"], {}),
        ("Gradient descent diverges", ["gd:eta=0.6"], {}),  # 2/λmax is 0.5
        ("Gradient descent cycles about the minimum", ["gd:eta=0.5"], {"steps": 200}),
        ("Newton converges in 1 step", ["newton"], {}),
        ("Newton starts at the minimum", ["newton"], {"start": ("0,0",)}),
        # its gradient is 0 in effect from the first step, yet the minimum is far away
        ("Gradient descent", ["gd:eta=1"], {"objective": "1e-9x1^2 + 1e-9x2^2"}),
        ("Newton", ["newton"], {"objective": "saddle", "start": ("0,0",)}),
        ("RMSProp", ["rmsprop:eta=0.4"], {}),
        ("AdaGrad from two starts", ["adagrad:eta=2"], {"start": BOTH}),
        ("Gradient descent diverges from each of two starts", ["gd:eta=0.6"], {"start": BOTH}),
        ("AdaGrad at two learning rates", ["adagrad:eta=0.4", "adagrad:eta=2"], {}),
        ("Gradient descent diverges at each of two learning rates", ["gd:eta=1", "gd:eta=2"], {}),
        ("Momentum at two values of β", ["momentum:beta=0.3", "momentum:beta=0.5"], {}),
        ("Adam at two settings", ["adam", "adam:eta=0.1,beta1=0.5"], {}),
        ("Two forms of AdaGrad", ["adagrad", "adagrad@keras"], {}),
        ("AdaGrad and Adam, 20 steps each", ["adagrad:eta=1", "adam:eta=0.1"], {}),
        (
            "Newton and Gradient descent converge in 1 step",  # ηλ = 1
            ["newton", "gd:eta=0.5"],
            {"objective": "x^2+y^2"},
        ),
        ("Gradient descent and Momentum diverge", ["gd:eta=1", "momentum:eta=3"], {}),
        ("Four optimizers, 30 steps each", ["gd", "momentum", "adagrad", "adam"], {"steps": 30}),
        (
            "All four optimizers diverge",
            ["gd:eta=1", "momentum:eta=3", "nesterov:eta=1", "qhm:eta=9"],
            {},
        ),
    ],
)
def test_a_title_says_who_and_what_came_of_it(
    title: str, opt: list[str], words: dict[str, object]
) -> None:
    assert trace(*opt, **words).title == title


@pytest.mark.parametrize("opt", [["gd"], ["gd", "adam"], ["adagrad", "rmsprop:eta=9", "gd:eta=9"]])
def test_a_title_has_no_formula(opt: list[str]) -> None:
    assert "$" not in trace(*opt).title


def every_optimizer() -> Iterator[Trajectory]:
    for name in optimizers.registry.names:
        for eta in ("", "0.05", "0.6", "3"):
            try:
                yield from runs(f"{name}:eta={eta}" if eta else name, steps=40)
            except OptvizError:
                continue


def test_what_a_title_claims_is_the_status_of_the_run() -> None:
    claims = {
        "converged": ("converges in", "starts at"),
        "stalled": ("stalls on",),
        "diverged": ("diverges",),
        "cycling": ("cycle",),
        "running": (),
    }
    for run in every_optimizer():
        title = _titles.claim([run])
        claimed = [status for status, words in claims.items() if any(w in title for w in words)]
        assert claimed == [status for status in run.status if status != "running"], title
        if "cycles about" in title:  # the minimum is at the origin, between the last two points
            ends = run.x[-2:, 0]
            off = np.where(ends[0] * ends[1] < 0, 0.0, np.abs(ends).min(axis=0))
            assert (off <= 0.05 * np.linalg.norm(ends[1] - ends[0])).all()


def test_a_title_of_ones_own_leaves_the_steps_to_the_subtitle() -> None:
    opt = ("gd:eta=0.1", "adam:eta=0.1")
    assert "20 steps" not in trace(*opt).subtitle
    assert "20 steps from (−5, −2)" in trace(*opt, look=Look(title="Two of them")).subtitle


def test_a_rotation_and_a_condition_number_stand_beside_the_formula() -> None:
    subtitle = trace("gd", "adam", objective="scratch", rotate=30.0).subtitle
    assert subtitle == r"η = 0.4 on $f(x, y) = x^2/20 + y^2$, rotated by 30°, from (−7, 2)"
    subtitle = trace("gd:eta=1", objective="quadratic(kappa=1e6,dim=5)", steps=1).subtitle
    matrix = r"$f(x) = \frac{1}{2}\,x^\top Q\,x$"
    assert subtitle.startswith(f"η = 1 on {matrix}, 5 variables, κ = 10⁶, 1 step from ")


@pytest.mark.parametrize(
    ("begins", "opt"),
    [
        ("η = 0.3, β₁ = 0.9, β₂ = 0.999 on $f", ["adam:eta=0.3"]),
        ("η = 0.3 on $f", ["gd:eta=0.3", "adagrad:eta=0.3"]),
        ("η = 0.3, β = 0.9 on $f", ["momentum:eta=0.3,beta=0.9", "nesterov:eta=0.3,beta=0.9"]),
        ("$f", ["momentum:eta=0.3,beta=0.9", "nesterov:eta=0.2,beta=0.9", "gd:eta=0.1"]),
        ("β₁ = 0.9, β₂ = 0.999 on $f", ["adam", "adamw"]),
        ("$f", ["gd:eta=0.3", "adagrad:eta=0.4"]),
        ("η = cosine(0.3, 60) on $f", ["gd:eta=cosine(0.3,60)"]),
        ("η = 0.4, ε = 0.01 on $f", ["adagrad:eps=0.01"]),
    ],
)
def test_a_subtitle_begins_with_the_settings_that_all_share(begins: str, opt: list[str]) -> None:
    assert trace(*opt).subtitle.startswith(begins)


def test_what_is_not_shared_stands_in_the_names_and_only_there() -> None:
    scene = trace("gd:eta=0.1", "momentum:eta=0.1,beta=0.9")
    assert names(scene) == ["Gradient descent", "Momentum, β = 0.9"]


def test_numbers_of_many_digits_are_rounded_but_not_where_names_would_be_alike() -> None:
    assert names(trace("gd:eta=0.123456789", "adam")) == [
        "Gradient descent, η = 0.1235",
        "Adam, η = 0.4",
    ]
    alike = trace("gd:eta=0.123456789", "gd:eta=0.123456788")
    assert names(alike) == ["η = 0.123456789", "η = 0.123456788"]
    schedule = trace("gd:eta=exponential(0.08187307,0.9048374180359595)")
    assert schedule.subtitle.startswith("η = exponential(0.08187, 0.9048) on ")
    assert "0.9048374180359595" in schedule.alt


def test_a_description_names_a_schedule_in_full() -> None:
    schedule = "onecyclelr(0.3,epochs=10,steps_per_epoch=10,pct_start=0.25)"
    scene = trace(f"adam:eta={schedule}", "gd:eta=0.1")
    assert names(scene) == ["Adam, η = OneCycleLR(…)", "Gradient descent, η = 0.1"]
    assert "0.25" in scene.alt


def test_a_setting_that_is_off_is_said_in_words() -> None:
    clipped = runs("gd:eta=0.1", "gd:eta=0.1,clip=1", "gd:eta=0.1,clip_value=2")
    assert run_names(clipped[:2]) == ["no clip", "clip = 1"]
    assert run_names(clipped[1:]) == ["clip = 1, no clip value", "no clip, clip value = 2"]


def test_paths_of_optimizers_that_nobody_named_are_counted() -> None:
    runs = [replace(optviz.run("d2l", text), optimizer=None) for text in ("gd:eta=0.1", "adam")]
    assert figures.scene("loss", runs).title == "Two paths"
