"""A step as a picture and as tables: arrows of true length, numbers that add up."""

import csv
import io
from typing import Any, TypeVar

import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser

from optviz import figures, optimizers
from optviz.errors import Unfit
from optviz.figures import _anatomy_equations, _anatomy_table
from optviz.objectives import Quadratic, read
from optviz.render.draw.figure import draw, settings
from optviz.scene import Arrow, Lines, Look, Mark, Path, Rectangle, Ring, Scene, Spot
from optviz.spec.figure import read as read_figure
from optviz.studies.anatomy import Anatomy, anatomy
from optviz.walks import engine
from optviz.walks.engine import Walk
from optviz.walks.parallel import Workers

BOOK = Quadratic(np.diag([0.2, 4.0]), np.zeros(2))
M = TypeVar("M", bound=Mark)
RULES = optimizers.registry.names


def dissected(text: str, step: int, q: Quadratic = BOOK) -> tuple[Anatomy, Walk]:
    start = np.resize([-5.0, -2.0], (1, q.dim))
    walk = Walk(q, optimizers.read(text), start, 20)
    return anatomy(walk, step), walk


def scene(
    text: str, step: int = 7, q: Quadratic = BOOK, look: Look | None = None, **options: object
) -> Scene:
    kind = figures.read("trace", {"anatomy": step, **options})
    walk = dissected(text, step, q)[1]
    kind.check([walk], look or Look())
    kind.check_scene([walk], look or Look())
    return kind.scene(kind.content([walk], Workers()), look or Look())


def of(made: Scene, kind: type[M]) -> list[M]:
    return [mark for panel in made.panels for mark in panel.marks if isinstance(mark, kind)]


def arrows(made: Scene) -> dict[str, Arrow]:
    return {mark.label.strip("$"): mark for mark in of(made, Arrow)}


def table(text: str, step: int, q: Quadratic = BOOK) -> dict[str, np.ndarray]:
    parts, walk = dissected(text, step, q)
    rows = list(csv.reader(io.StringIO(_anatomy_table.table(parts, walk.optimizer, "csv"))))
    assert rows[0] == ["quantity", *q.names]
    return {name: np.array([float(cell) for cell in cells]) for name, *cells in rows[1:]}


def test_the_step_of_the_book_is_drawn_in_its_true_length() -> None:
    made = scene("adagrad:eta=0.4", 1)
    # g = (−1, −8) and G = g², so that each coordinate moves by η
    step = arrows(made)[r"\Delta x_{1}"]
    assert (step.x, step.y) == (-5.0, -2.0)
    assert (step.dx, step.dy) == pytest.approx((0.4, 0.4), rel=1e-6)


def test_gradient_direction_and_box_share_one_factor() -> None:
    made, (parts, _) = scene("adam"), dissected("adam", 7)
    unit = arrows(made)["-g_{7}"].dx / -parts.grad[0]
    assert arrows(made)["-g_{7}"].dy == pytest.approx(-unit * parts.grad[1])
    assert arrows(made)["-d_{7}"].dx == pytest.approx(-unit * parts.direction[0])
    (box,) = of(made, Rectangle)
    assert (box.dx, box.dy) == pytest.approx(tuple(unit / parts.scale))
    assert f"at {unit:.3g} of their length" in made.subtitle


def test_the_gradient_of_the_first_step_of_adagrad_ends_in_the_corner_of_its_box() -> None:
    made = scene("adagrad", 1)
    (box,) = of(made, Rectangle)
    arrow = arrows(made)["-g_{1}"]
    assert (arrow.dx, arrow.dy) == pytest.approx((box.dx, box.dy), rel=1e-5)
    assert box.label == r"$\sqrt{G_t+\epsilon}$"


def test_a_rule_with_one_rate_for_all_has_no_box_and_gd_no_second_arrow() -> None:
    assert not of(scene("momentum"), Rectangle)
    assert not of(scene("gd"), Rectangle)
    assert arrows(scene("gd")).keys() == {"-g_{7}", r"\Delta x_{7}"}
    assert arrows(scene("momentum")).keys() == {"-g_{7}", "-d_{7}", r"\Delta x_{7}"}


def test_drift_is_an_arrow_of_its_own() -> None:
    made = scene("momentum@keras:eta=0.1,beta=0.5", 2)
    drift = arrows(made)["-w_{2}"]
    assert (drift.dx, drift.dy) == pytest.approx((0.05, 0.4))  # β·η·g₁


def test_the_path_so_far_ends_where_the_step_begins() -> None:
    made, (parts, _) = scene("adagrad", 7), dissected("adagrad", 7)
    (path,) = of(made, Path)
    assert len(path.points) == 7
    assert path.points[-1].tolist() == parts.x.tolist()
    assert [(spot.x, spot.y) for spot in of(made, Spot)] == [tuple(parts.x)]


@pytest.mark.parametrize("step", [1, 7, 20])
@pytest.mark.parametrize("text", RULES)
def test_every_arrow_and_box_is_in_view(text: str, step: int) -> None:
    panel = scene(text, step).panels[0]
    (left, right), (bottom, top) = panel.xlim, panel.ylim
    for mark in panel.marks:
        if isinstance(mark, Arrow | Rectangle):
            assert left <= mark.x + mark.dx <= right
            assert bottom <= mark.y + mark.dy <= top


@pytest.mark.parametrize("size", [(1200, 600), (960, 720), (500, 900)])
def test_angles_are_true(size: tuple[int, int]) -> None:
    look = Look(size=size)
    with settings():
        ax = draw(scene("adagrad", look=look), look).figure.axes[0]
    side = min(np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim()))
    corners = ax.transData.transform([[0.0, 0.0], [side, side]])
    assert np.ptp(corners[:, 0]) == pytest.approx(np.ptp(corners[:, 1]), abs=1.0)


def test_many_dimensions_are_cut_by_the_plane_of_a_trace_and_one_is_refused() -> None:
    q = read("quadratic(eig=[1,2,9,5])")
    made = scene("adam", 3, q, plane="2,4")
    assert made.panels[0].xlabel == "$x_{2}$"
    assert "in the plane of $x_{2}$ and $x_{4}$" in made.subtitle
    assert "flattest" in scene("adam", 3, q).subtitle
    with pytest.raises(Unfit, match="--format md, latex or csv"):
        scene("adam", 3, read("x^2"))


@pytest.mark.parametrize("text", RULES)
def test_the_table_in_every_digit_computes_where_the_run_went(text: str) -> None:
    q = read("quadratic(kappa=30, dim=3, seed=4)")
    for step in (1, 2, 9):
        rows = table(f"{text}:eta=0.1", step, q)
        walked = engine.run(q, optimizers.read(f"{text}:eta=0.1"), np.array([-5.0, -2, -5]), 20)
        product = rows["learning rate"] * rows["scale"] * rows["direction"]
        reached = rows["x before"] - product - rows["drift"]
        assert reached == pytest.approx(walked.x[step, 0], abs=1e-12)
        assert rows["x after"].tolist() == walked.x[step, 0].tolist()


def test_the_equation_is_filled_in_with_the_numbers_of_the_book() -> None:
    (mark,) = of(scene("adagrad:eta=0.4", 1), Lines)
    rows = [(line.text, line.rest) for line in mark.lines]
    assert ("$x_{1,1}$", "= −5 − 0.4·1·(−1) = −4.6") in rows
    assert ("$x_{1,2}$", "= −2 − 0.4·0.125·(−8) = −1.6") in rows
    assert ("$G_{t}$", "= $G_{t-1} + g_{t}^{2}$") in rows
    assert ("$G_{0}$", "= 0 → (1, 64)") in rows


@pytest.mark.parametrize("text", RULES)
def test_every_formula_beside_a_step_can_be_typeset(text: str) -> None:
    parser = MathTextParser("path")
    (mark,) = of(scene(text), Lines)
    for line in mark.lines:
        for part in (line.text, line.rest):
            for formula in part.split("$")[1::2]:
                parser.parse(f"${formula}$")


@pytest.mark.parametrize("text", RULES)
def test_every_row_beside_a_step_has_its_sign_at_the_head_of_its_rest(text: str) -> None:
    (mark,) = of(scene(text), Lines)
    rows = [line for line in mark.lines if line.style == "row"]
    assert len(rows) > 5
    assert all(line.rest[:2] in ("= ", "← ") for line in rows)


@pytest.mark.parametrize("text", ["adagrad", "adam", "dadaptation", "gd"])
@pytest.mark.parametrize("size", [(960, 720), (640, 480), (1600, 700)])
def test_the_column_beside_a_step_stays_on_the_page(text: str, size: tuple[int, int]) -> None:
    look = Look(size=size)
    with settings():
        page = draw(scene(text, look=look), look)
    for box in page.taken:
        assert box.right <= size[0]
        assert box.bottom >= 0


def test_unicode_equations_become_latex_and_sentences_stay_as_they_are() -> None:
    assert _anatomy_equations.latex("m̂ₜ = mₜ/(1−β₁ᵗ)") == r"\hat{m}_{t} = m_{t}/(1-\beta _{1}^{t})"
    assert _anatomy_equations.latex("√(Gₜ+ε)") == r"\sqrt{G_{t}+\epsilon }"
    assert _anatomy_equations.latex("(√v̂ₜ+ε)") == r"(\sqrt{\hat{v}_{t}}+\epsilon )"
    assert _anatomy_equations.latex("max(aₜ, b)") == r"\mathrm{max}(a_{t}, b)"
    assert _anatomy_equations.latex("the larger of the two") is None
    assert _anatomy_equations.latex("x ∈ ℝ") is None


def test_the_tables_to_read_have_a_row_a_quantity_and_a_column_a_coordinate() -> None:
    parts, walk = dissected("adagrad:eta=0.4", 1)
    rows = len(parts.rows())
    md = _anatomy_table.table(parts, walk.optimizer, "md").splitlines()
    assert sum(line.startswith("|") for line in md) == rows + 2
    assert "| gradient | $g_{1}$ | -1 | -8 |" in md
    tex = _anatomy_table.table(parts, walk.optimizer, "latex")
    assert tex.count(r"\\") == 1 + rows + 2  # head, rows, and between the lines of the equation
    assert tex.count("&=") == 3
    assert r"gradient & $g_{1}$ & ${-}1$ & ${-}8$ \\" in tex


def test_the_description_tells_the_step_in_words() -> None:
    alt = scene("adagrad:eta=0.4", 1).alt
    assert "Step 1, from (−5, −2) to (−4.6, −1.6)" in alt
    assert "x1: gradient −1, effective rate 0.4, step 0.4" in alt


def test_the_ellipse_of_the_local_model_goes_through_the_point() -> None:
    words: dict[str, Any] = {
        "objective": "beale",
        "start": ["1,1"],
        "opt": ["momentum:eta=0.02"],
        "anatomy": 3,
    }
    figure, _ = read_figure({"figure": "trace", **words})
    assert figure
    content = figure.draw().content
    drawn = figure.kind.scene(content, Look())
    (ring,) = drawn.panels[0].of(Ring)
    assert isinstance(ring, Ring)
    f, x = content.run.objective, content.step.x
    H, g = f.hessian(x[None])[0], f.grad(x[None])[0]
    away = ring.points - x
    model = away @ g + 0.5 * np.einsum("ni,ij,nj->n", away, H, away)  # f(x + s) − f(x)
    assert model == pytest.approx(np.zeros(len(away)), abs=1e-9)
    assert "ellipse" in drawn.subtitle


def test_where_the_model_has_no_minimum_words_say_so_and_a_quadratic_has_no_model() -> None:
    for objective, told in (("rosenbrock", True), ("d2l", False)):
        words: dict[str, Any] = {"objective": objective, "opt": ["adagrad:eta=0.5"], "anatomy": 5}
        figure, _ = read_figure({"figure": "trace", **words})
        assert figure
        drawn = figure.kind.scene(figure.draw().content, Look())
        assert not drawn.panels[0].of(Ring)
        assert ("local quadratic model" in drawn.subtitle) is told
