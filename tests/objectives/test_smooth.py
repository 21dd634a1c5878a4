"""Any function that is typed has an exact value, gradient and Hessian."""

import numpy as np
import pytest

from optviz import objectives
from optviz.arrays import Array
from optviz.errors import Unfit
from optviz.objectives import PRESETS
from optviz.objectives.smooth import Smooth

SMOOTH = [name for name, preset in PRESETS.items() if preset.group != "quadratics"]


def rosenbrock_by_hand(x: float, y: float) -> tuple[float, list[float], list[list[float]]]:
    away = y - x * x
    grad = [-2 * (1 - x) - 400 * x * away, 200 * away]
    return (
        (1 - x) ** 2 + 100 * away**2,
        grad,
        [[2 - 400 * away + 800 * x * x, -400 * x], [-400 * x, 200]],
    )


def test_rosenbrock_has_the_derivatives_that_are_worked_out_by_hand() -> None:
    f = objectives.read("rosenbrock")
    points = np.random.default_rng(1).uniform(-2, 2, (50, 2))
    values, grads, hessians = f.value(points), f.grad(points), f.hessian(points)
    for i, (x, y) in enumerate(points.tolist()):
        value, grad, hessian = rosenbrock_by_hand(x, y)
        assert values[i] == pytest.approx(value, rel=1e-13)
        assert grads[i] == pytest.approx(grad, rel=1e-12, abs=1e-11)
        assert hessians[i] == pytest.approx(np.array(hessian), rel=1e-13)


@pytest.mark.parametrize("name", SMOOTH)
def test_a_row_has_the_same_bits_alone_and_in_a_batch(name: str) -> None:
    f = objectives.read(name)
    points = np.random.default_rng(2).uniform(-2, 2, (9000, f.dim))
    value, grad = f.value_and_grad(points)
    for i in (0, 1, 8191, 8192, 8999):
        alone, slope = f.value_and_grad(points[i : i + 1])
        assert alone[0] == value[i]
        assert slope[0].tolist() == grad[i].tolist()
        assert f.value(points[i]) == value[i]


A, B = 0.3, 0.7
WAVE = np.sin(A) ** 2 + np.sqrt(1 + B * B)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"$\sin^2(x)+\sqrt{1+y^2}$", WAVE),
        (r"\left|x\right| + e^{-y}", A + np.exp(-B)),
        ("np.sin(x)**2 + np.sqrt(1 + y**2)", WAVE),
        ("sin²x + √(1+y²)", WAVE),
        ("f(x, y) = x*math.exp(y) + math.pi", A * np.exp(B) + np.pi),
        ("xcos(πy)", A * np.cos(np.pi * B)),
        ("max(x, y, 0)^2 + log10(1+x^2)", B * B + np.log10(1 + A * A)),
        ("sin x cos 2y", np.sin(A) * np.cos(2 * B)),
        ("|x - y| |x|", abs(A - B) * A),
    ],
)
def test_functions_are_read_as_people_write_them(text: str, value: float) -> None:
    assert objectives.read(text).value(np.array([A, B])) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize("text", ["sqrt(2)x^2 + pi y^2", "exp(0)x^2", "2^0.5 x y", "cos(0)x^2/e"])
def test_a_polynomial_of_degree_2_stays_a_quadratic(text: str) -> None:
    assert objectives.read(text).quadratic is not None


@pytest.mark.parametrize("name", SMOOTH)
def test_the_known_minima_are_stationary_and_lowest(name: str) -> None:
    f = objectives.read(name)
    assert isinstance(f, Smooth)
    for x in f.minima:
        if name != "ackley":  # a kink, which has no gradient
            assert np.abs(f.grad(x)).max() < 1e-13 * max(1.0, np.abs(f.hessian(x)).max())
            assert np.linalg.eigvalsh(f.hessian(x))[0] > 0
    if f.minimum is not None:
        low, high = np.reshape(f.region, (-1, 2)).T
        grid = np.random.default_rng(3).uniform(low, high, (20_000, f.dim))
        assert (f.value(grid) >= f.minimum - 1e-12).all()


def test_a_typed_test_function_is_known_by_what_it_is() -> None:
    f = objectives.read("(1 - x)^2 + 100*(y - x^2)^2")
    assert f == objectives.read("rosenbrock")
    assert f.minimum == 0.0
    assert f.text == "(1 - x)^2 + 100*(y - x^2)^2"


def test_a_turned_function_has_its_values_elsewhere() -> None:
    f, turned = objectives.read("beale"), objectives.read("beale", rotate=30.0)
    cos, sin = np.cos(np.pi / 6), np.sin(np.pi / 6)
    x = np.array([0.4, -1.3])
    there = np.array([[cos, -sin], [sin, cos]]) @ x
    assert turned.value(there) == pytest.approx(float(f.value(x)), rel=1e-13)
    assert turned.minimiser == pytest.approx(np.array([[cos, -sin], [sin, cos]]) @ [3, 0.5])


@pytest.mark.parametrize("degrees", [30.0, 90.0, -135.0])
@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "valley-of-stability", "mccormick"])
def test_a_turned_preset_keeps_what_is_drawn_of_it(name: str, degrees: float) -> None:
    f, turned = objectives.read(name), objectives.read(name, rotate=degrees)
    left, right, bottom, top = f.region
    sides = [np.linspace(left, right, 9), np.linspace(bottom, top, 9)]
    points = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)
    angle = np.deg2rad(degrees)
    there = points @ [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
    low, high = np.reshape(turned.region, (2, 2)).T
    assert there.min(axis=0) == pytest.approx(low)
    assert there.max(axis=0) == pytest.approx(high)
    assert len(turned.stationary_in(turned.region)) >= len(f.stationary_in(f.region))


def test_a_function_without_a_region_has_none_when_it_is_turned() -> None:
    assert objectives.read("x^4 + y^2", rotate=10.0).region == ()


def test_a_turned_function_of_three_coordinates_is_refused() -> None:
    with pytest.raises(Unfit, match="only a 2-D objective can be turned; this one is 3-D"):
        objectives.read("x^4 + y^2 + z^2", rotate=10.0)


def test_a_plane_of_a_function_has_its_values() -> None:
    f = objectives.read("x1^4 + x1 x2 x3 + cos(x3)")
    axes = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])
    origin, z = np.array([0.1, 0.2, 0.3]), np.array([0.7, -0.4])
    assert f.restricted(origin, axes).value(z) == pytest.approx(float(f.value(origin + axes @ z)))


@pytest.mark.parametrize(("text", "x"), [("log(x)", -1.0), ("sqrt(x)", -1.0), ("asin(x)", 2.0)])
def test_where_a_function_has_no_value_it_is_nan(text: str, x: float) -> None:
    assert np.isnan(objectives.read(text).value(np.array([x])))


def rings(polygon: Array) -> list[Array]:
    """The outline and the holes of a polygon, as control points."""
    parts = np.split(polygon, np.flatnonzero(np.isnan(polygon[:, 0])))
    return [part[~np.isnan(part[:, 0])] for part in parts]


def along(ring: Array) -> Array:
    """Points on the curves of a ring, eight on each: (n, 2)."""
    found = []
    for k in range(0, len(ring) - 1, 3):
        a, b, c, d = ring[k : k + 4]
        for u in np.linspace(0, 1, 8, endpoint=False):
            v = 1 - u
            found.append(v**3 * a + 3 * u * v * v * b + 3 * u * u * v * c + u**3 * d)
    return np.array(found)


def inside(points: Array, box: tuple[float, ...]) -> Array:
    low, high = np.reshape(box, (2, 2)).T
    return points[((points > low) & (points < high)).all(axis=1)]


@pytest.mark.parametrize("name", ["himmelblau", "rosenbrock", "goldstein-price"])
def test_its_bands_end_where_it_has_their_levels(name: str) -> None:
    f = objectives.read(name)
    assert isinstance(f, Smooth)
    for region in f.bands(f.region, np.array([20.0, 100.0])):
        assert region.cubic
        for ring in (ring for polygon in region.polygons for ring in rings(polygon)):
            points = inside(ring[::3], f.region)
            assert f.value(points) == pytest.approx(np.full(len(points), region.level), rel=1e-4)


@pytest.mark.parametrize("name", ["himmelblau", "rosenbrock", "rastrigin", "beale"])
def test_the_curves_between_are_off_by_less_than_shows(name: str) -> None:
    f = objectives.read(name)
    assert isinstance(f, Smooth)
    width = f.region[1] - f.region[0]
    for region in f.bands(f.region, np.array([20.0, 60.0])):
        all_rings = [ring for polygon in region.polygons for ring in rings(polygon)]
        points = inside(np.concatenate([along(ring) for ring in all_rings]), f.region)
        value, grad = f.value_and_grad(points)
        off = np.abs(value - region.level) / np.linalg.norm(grad * width, axis=1)
        assert np.quantile(off, 0.99) < 2e-4  # of the width: a fifth of a pixel of a thousand


def test_a_hole_of_a_band_follows_its_outline() -> None:
    hill = objectives.read("exp(-x^2-y^2)")
    (region,) = hill.bands((-2.0, 2.0, -2.0, 2.0), np.array([0.5]))
    outline, hole = rings(region.polygons[0])
    assert np.abs(outline).max() > 2
    points = hole[::3]
    assert np.hypot(*points.T) == pytest.approx(np.full(len(points), np.sqrt(np.log(2))), rel=1e-5)


def test_where_a_function_ends_its_last_band_does() -> None:
    f = objectives.read("sqrt(x)+y^2")
    *_, ground = f.bands((-1.0, 2.0, -1.0, 1.0), np.array([0.5, 1.0]))
    assert ground.level == np.inf
    (ring,) = rings(ground.polygons[0])
    assert ring[:, 0].min() == pytest.approx(0.0, abs=1e-6)
