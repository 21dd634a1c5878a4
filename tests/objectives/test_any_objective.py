"""Whatever fulfils the interface of an objective is run, drawn, judged and recorded."""

import io
from collections.abc import Hashable
from pathlib import Path

import numpy as np
import pytest

import optviz
from optviz import figures, objectives, optimizers, records, render
from optviz.arrays import Array
from optviz.errors import BadFile, Unfit
from optviz.gradients import noise, oracle
from optviz.objectives import Box, Objective, Quadratic, Region
from optviz.optimizers import Optimizer
from optviz.scene import Band, Ceiling, Look, Minimum
from optviz.studies.grid import Axis
from optviz.studies.sweep import sweep
from optviz.theory.verdict import judge
from optviz.walks.engine import Walk
from optviz.walks.trajectory import Trajectory

TEXT = "x^4/4 + y^2/2"
START = np.array([[-1.5, 1.0]])


class Quartic(Objective):
    """x⁴/4 + y²/2, whose Hessian is not the same everywhere; upside down where `sign` is −1."""

    text = TEXT
    names = ("x", "y")

    def __init__(self, sign: float = 1.0) -> None:
        self.sign = sign

    @property
    def dim(self) -> int:
        return 2

    def value_and_grad(self, x: Array) -> tuple[Array, Array]:
        a, b = x[..., 0], x[..., 1]
        value, grad = a * a * a * a / 4 + b * b / 2, np.stack([a * a * a, b], axis=-1)
        return self.sign * value, self.sign * grad

    def hessian(self, x: Array) -> Array:
        H = np.zeros((*x.shape, 2))
        H[..., 0, 0], H[..., 1, 1] = 3 * x[..., 0] * x[..., 0], 1.0
        return self.sign * H

    @property
    def minimiser(self) -> Array | None:
        return np.zeros(2) if self.sign > 0 else None

    def restricted(self, origin: Array, axes: Array) -> Objective:
        raise NotImplementedError

    def bands(self, box: Box, levels: Array) -> tuple[Region, ...]:
        left, right, bottom, top = box
        frame = np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
        rings = [_ring(self.sign * level) for level in levels.tolist()]
        if self.sign < 0:  # f ≤ level outside the ring
            rings = [np.vstack([frame, [[np.nan, np.nan]], ring]) for ring in rings]
        pairs = zip(levels.tolist(), rings, strict=True)
        return tuple(Region(level, (ring,)) for level, ring in pairs)

    def formula(self, style: str) -> str:
        return "f(x, y) = x^4/4 + y^2/2" if style == "latex" else "f(x, y) = x⁴/4 + y²/2"

    @property
    def key(self) -> Hashable:
        return "quartic", self.sign


def _ring(level: float) -> Array:
    """Where x⁴/4 + y²/2 = level."""
    x = (4 * level) ** 0.25 * np.cos(np.linspace(0, np.pi, 60))
    y = np.sqrt(np.maximum(2 * (level - x**4 / 4), 0.0))
    return np.concatenate([np.column_stack([x, y]), np.column_stack([x, -y])[::-1]])


def run(text: str, steps: int = 40) -> Trajectory:
    return Walk(Quartic(), optimizers.read(text), START, steps).run()


@pytest.mark.parametrize("text", ["gd:eta=0.3", "adagrad:eta=0.4", "adam:eta=0.2"])
def test_an_optimizer_steps_along_its_gradient(text: str) -> None:
    walked, f = run(text), Quartic()
    assert walked.f == pytest.approx(f.value(walked.x))
    assert np.array_equal(walked.grad, f.grad(walked.x[:-1]))
    assert walked.f[-1, 0] < 0.05 * walked.f[0, 0]


def test_gradient_descent_on_it_is_the_loop_that_people_write() -> None:
    x, y = -1.5, 1.0
    for _ in range(40):
        x, y = x - 0.3 * (x * x * x), y - 0.3 * y
    assert run("gd:eta=0.3").x[-1, 0].tolist() == [x, y]


@pytest.mark.parametrize(
    "text", ["newton", "steepest", "cg", "nonlinearcg", "bfgs", "lbfgs", "jacobi", "armijo"]
)
def test_rules_that_look_at_curvature_see_that_of_the_place(text: str) -> None:
    walked = run(text, 60)
    assert np.isfinite(walked.x).all()
    assert walked.f[-1, 0] < 1e-3


def test_the_step_of_steepest_descent_ends_at_the_lowest_point_of_its_line() -> None:
    walked, f = run("steepest", 5), Quartic()
    slopes = (f.grad(walked.x[1:]) * walked.grad).sum(axis=-1)
    assert slopes == pytest.approx(np.zeros_like(slopes), abs=1e-12)


def test_newton_takes_a_third_off_a_cube_root() -> None:
    assert run("newton", 1).x[1, 0] == pytest.approx([-1.0, 0.0])  # x − x³/3x²


def test_a_library_optimizer_sees_its_value_wherever_it_looks() -> None:
    pytest.importorskip("torch")
    walked = run("torch.optim:LBFGS(lr=1, line_search_fn='strong_wolfe')", 8)
    assert walked.f[-1, 0] < 1e-3


@pytest.mark.parametrize(
    ("text", "steps", "status"),
    [("gd:eta=0.3", 40, "running"), ("gd:eta=2.5", 40, "diverged"), ("newton", 60, "converged")],
)
def test_its_status_is_judged(text: str, steps: int, status: str) -> None:
    assert run(text, steps).status == (status,)


def test_a_trace_draws_the_contours_that_it_gives() -> None:
    (panel,) = figures.scene("trace", [run("adagrad:eta=0.4")]).panels
    bands = [mark for mark in panel.marks if isinstance(mark, Band)]
    assert len(bands) > 3
    for band in bands:
        (ring,) = band.polygons
        assert Quartic().value(ring) == pytest.approx(np.full(len(ring), band.level))
    assert panel.of(Minimum) == [Minimum(0.0, 0.0, label="minimum")]


def test_the_hole_of_a_band_is_left_open(tmp_path: Path) -> None:
    walked = Walk(Quartic(-1.0), optimizers.read("gd:eta=0.1"), 0.5 * START, 3).run()
    scene = figures.scene("trace", [walked], Look(xlim=(-2, 2), ylim=(-2, 2)))
    assert any(np.isnan(p).any() for b in scene.panels[0].of(Band) for p in b.polygons)  # type: ignore[attr-defined]
    with (tmp_path / "hill.png").open("wb") as stream:
        render.write(scene, Look(), "png", stream)
    from PIL import Image

    pixels = np.asarray(Image.open(tmp_path / "hill.png").convert("L"), dtype=float)
    height, width = pixels.shape
    middle, edge = pixels[height // 2, width // 2 + 20], pixels[height // 2, int(0.94 * width)]
    assert middle < edge - 5  # high ground is darker


def test_rates_have_no_ceiling_where_the_hessian_is_not_constant() -> None:
    (panel,) = figures.scene("rates", [run("adagrad:eta=0.4")]).panels
    assert panel.of(Ceiling) == []


@pytest.mark.parametrize("measure", ["gap", "distance", "gradient"])
def test_its_loss_is_drawn(measure: str) -> None:
    scene = figures.scene("loss", [run("gd:eta=0.3")], measure=measure)
    assert "x⁴/4 + y²/2" in scene.alt


def test_a_record_holds_it_by_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    records.registry["jsonl"]().write(stream, [run("gd:eta=0.3")])
    assert f'"objective": {{"text": "{TEXT}"' in stream.getvalue()
    monkeypatch.setattr(objectives, "read", lambda text, rotate: {TEXT: Quartic()}[text])
    (again,) = records.registry["jsonl"]().read(stream.getvalue().encode(), "a.jsonl")
    assert again.objective == Quartic()
    assert np.array_equal(again.x, run("gd:eta=0.3").x)


def test_the_text_alone_of_a_record_is_read_as_it_is_on_the_command_line() -> None:
    line = b'{"x": [[1, 2]], "objective": {"text": "d2l"}}'
    (again,) = records.registry["jsonl"]().read(line, "a.jsonl")
    assert again.objective == objectives.read("d2l")
    assert again.f.tolist() == [[8.1]]


@pytest.mark.parametrize("text", ["@/etc/hostname", "x^4 +", "x1^2 + x2^2 + x3^2", ""])
def test_a_text_that_is_no_objective_of_the_record_is_refused(text: str) -> None:
    line = b'{"x": [[1, 2]], "objective": {"text": "%s"}}' % text.encode()
    with pytest.raises(BadFile, match="a formula or a preset of 2 coordinates is wanted"):
        records.registry["jsonl"]().read(line, "a.jsonl")


def test_what_theory_knows_of_quadratics_alone_is_refused_in_a_sentence() -> None:
    f, gd = Quartic(), optimizers.read("gd:eta=0.3")
    noisy = Walk(f, gd, START, 5, oracle(noise.Noise()), expected=True)
    kappa = (Axis("kappa", np.array([1.0, 10.0])),)
    angle = (Axis("angle", np.array([0.0, 10.0])),)
    for what, refused in {
        "a verdict": lambda: judge(f, [gd], START[0]),
        "eigenmodes": lambda: figures.scene("loss", [run("gd")], measure="modes"),
        "an exact law of noise": noisy.check,
        "a condition number to sweep over": lambda: sweep(f, gd, START[0], kappa),
        "an angle to its axes to sweep over": lambda: sweep(f, gd, START[0], angle),
    }.items():
        with pytest.raises(Unfit) as caught:
            refused()
        wanted = f"only a quadratic objective has {what}; f(x, y) = x⁴/4 + y²/2 is none"
        assert str(caught.value) == wanted


def test_a_sweep_over_a_setting_ends_where_the_single_run_does() -> None:
    axis = Axis("eta", np.array([0.1, 0.3]))
    found = sweep(Quartic(), optimizers.read("gd"), START[0], (axis,), of="f", steps=40)
    assert found.values[1] == pytest.approx(run("gd:eta=0.3").f[-1, 0])


def test_a_theory_of_one_factor_a_step_says_nothing_of_it() -> None:
    from optviz.theory import stability

    optimizer: Optimizer = optimizers.read("gd:eta=0.3")
    assert stability.factor(optimizer, Quartic()) is None
    assert stability.largest_rate(optimizer.rule, Quartic()) is None
    assert stability.best(optimizer.rule, Quartic()) is None
    assert stability.best_rate(optimizer.rule, Quartic()) is None


def test_its_local_model_has_its_value_and_derivatives() -> None:
    f, at = Quartic(), np.array([-1.5, 1.0])
    local = f.local(at)
    assert isinstance(local, Quadratic)
    assert local.value(at) == pytest.approx(f.value(at))
    assert local.grad(at) == pytest.approx(f.grad(at))
    assert np.array_equal(local.Q, f.hessian(at))


def test_objectives_are_equal_if_they_are_the_same_function() -> None:
    assert Quartic() == Quartic()
    assert Quartic() != Quartic(-1.0)
    assert objectives.read("x^2 + y^2") == objectives.read("x1^2 + x2^2")
    assert objectives.read("x^2 + y^2") != objectives.read("x^2 + 2y^2")
    with pytest.raises(Unfit, match="different objectives"):
        figures.scene("loss", [run("gd"), optviz.run("d2l", "gd")])
