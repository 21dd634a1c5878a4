"""The verdict at points of functions that are no quadratics, against printed and closed forms."""

from typing import Any

import numpy as np
import pytest

from optviz import objectives, optimizers
from optviz.theory.points import Place, Survey, page, survey


def at(text: str, *points: tuple[float, ...], opt: tuple[str, ...] = ("gd",)) -> Survey:
    f = objectives.read(text)
    return survey(f, [np.array(x) for x in points], (), (), [optimizers.read(o) for o in opt])


def minimum(text: str) -> Place:
    f = objectives.read(text)
    return survey(f, [], f.region, ("minimum",), [optimizers.read("gd")]).places[0]


# The minimiser, f* and the eigenvalues there, as the tables of test functions print them.
MINIMA: list[tuple[str, tuple[float, ...], float, tuple[float, float]]] = [
    ("rosenbrock", (1, 1), 0, (0.3994, 1002)),
    ("beale", (3, 0.5), 0, (0.3015, 48.98)),
    ("rastrigin", (0, 0), 0, (396.8, 396.8)),
    ("goldstein-price", (0, -1), 3, (402.8, 965.2)),
    ("three-hump-camel", (0, 0), 0, (1.5858, 4.4142)),
    ("mccormick", (-0.547197551, -1.54719755), -1.91322295, (1.73, 4)),
    ("styblinski-tang", (-2.90353403, -2.90353403), -78.3323314, (34.58, 34.58)),
    ("levy13", (1, 1), 0, (2, 179.65)),
    ("easom", (np.pi, np.pi), -1, (3, 3)),
    ("griewank", (0, 0), 0, (0.5005, 1.0005)),
    ("boyd", (-0.34657359, 0), 2.5592667, (2.559, 11.52)),
]


@pytest.mark.parametrize(("text", "x", "value", "eigenvalues"), MINIMA)
def test_minima_are_those_of_the_tables_to_eight_digits(
    text: str, x: tuple[float, ...], value: float, eigenvalues: tuple[float, float]
) -> None:
    place = minimum(text)
    assert place.kind == "minimum"
    assert place.x == pytest.approx(x, rel=5e-9, abs=5e-9)
    assert place.value == pytest.approx(value, rel=5e-9, abs=5e-9)
    assert place.model is not None
    assert place.model.eigenvalues == pytest.approx(eigenvalues, rel=2e-3)


def test_a_minimum_holds_a_rate_below_two_over_its_largest_eigenvalue() -> None:
    # of Himmelblau's minima λmax is 82.3, 80.6, 133.8 and 105.4; 2/0.02 is 100
    four = [(3.0, 2.0), (-2.80511809, 3.13131252), (-3.77931025, -3.28318599)]
    places = at("himmelblau", *four, (3.58442834, -1.84812653), opt=("gd:eta=0.02",)).places
    assert [place.bearings[0].holds for place in places] == [True, True, False, False]
    tops = [2 / (place.bearings[0].max_eta or np.nan) for place in places]
    assert tops == pytest.approx([82.3, 80.6, 133.8, 105.4], abs=0.06)


def test_what_a_rule_bears_is_its_constant_over_the_largest_eigenvalue() -> None:
    rules = ("gd:eta=1e-3", "momentum:eta=1e-3,beta=0.9", "adam:eta=0.1", "newton")
    (place,) = at("rosenbrock", (1.0, 1.0), opt=rules).places
    top = 501 + np.sqrt(501**2 - 400)  # of ((802, −400), (−400, 200)): trace 1002, determinant 400
    found = [one.max_rate for one in place.bearings]
    assert found[:3] == pytest.approx([2 / top, 3.8 / top, 38 / top])
    assert found[3] is None
    assert [one.max_eta is None for one in place.bearings] == [False, False, True, True]


@pytest.mark.parametrize(
    ("text", "x", "kind"),
    [
        ("x^2 y + y^3 - 3y", (0.0, 1.0), "minimum"),
        ("x^2 y + y^3 - 3y", (0.0, -1.0), "maximum"),
        ("x^2 y + y^3 - 3y", (3**0.5, 0.0), "saddle"),
        ("monkey-saddle", (0.0, 0.0), "flat"),
        ("valley-of-stability", (2.0, 0.5), "minimum"),
        ("rosenbrock", (0.0, 1.0), "slope"),
        ("ackley", (0.0, 0.0), "kink"),
        ("abs(x-y) + y^2", (0.0, 0.0), "kink"),
        ("abs(x-y) + y^2", (0.5, 0.5), "kink"),
        ("abs(x-y) + y^2", (0.5, 0.0), "slope"),
        ("max(x-y, 0)^2 + y^2", (0.0, 0.0), "flat"),
    ],
)
def test_points_are_told_by_their_kind(text: str, x: tuple[float, ...], kind: str) -> None:
    (place,) = at(text, x).places
    assert place.kind == kind
    assert (place.model is None) == (kind == "kink")


def test_at_a_saddle_no_rate_rests_and_where_nothing_curves_up_there_is_no_ceiling() -> None:
    (saddle,) = at("x^2 y + y^3 - 3y", (3**0.5, 0.0)).places
    assert saddle.bearings[0].holds is False
    assert "leads away" in saddle.bearings[0].verdict or "lead away" in saddle.bearings[0].verdict
    (slope,) = at("-x^4 - y^4", (1.0, 1.0)).places
    assert "no ceiling" in slope.bearings[0].verdict


def test_the_page_has_a_row_a_point_and_a_block_an_optimizer() -> None:
    text = page(at("beale", (3.0, 0.5), (1.0, 1.0), opt=("gd", "adam:eta=0.1")))
    assert "1   minimum      (3, 0.5)" in text
    assert "2   slope 27.8   (1, 1)     14.203125" in text
    assert "\ngd\n" in text
    assert "quadratics alone" in text


def test_json_has_all_of_it() -> None:
    facts: dict[str, Any] = at("rosenbrock", (1.0, 1.0)).as_dict()
    (point,) = facts["points"]
    assert point["H"] == [[802, -400], [-400, 200]]
    assert point["kappa"] == pytest.approx(2508, rel=1e-3)
    (one,) = point["optimizers"]
    assert one["max_eta"] == pytest.approx(2 / point["eigenvalues"][1])


def test_a_coordinate_that_is_rounding_is_0() -> None:
    f = objectives.read("exp(x) - x + sin(y)^2 + 0.1 y^2 + (x y)^2")
    found = survey(f, [], (-6.0, 6.0, -3.0, 3.0), (), [])
    assert [place.x[0] for place in found.places] == [0.0] * 5
    assert found.places[0].x.tolist() == [0.0, 0.0]
