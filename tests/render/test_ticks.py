"""Ticks: few, round, in one notation, each with a label of its own that tells its place."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from optviz.render.draw import ticks
from optviz.render.draw.figure import draw, settings
from optviz.render.draw.ticks import Ticks
from optviz.scene import Panel
from optviz.spec.figure import read

DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
counts = st.integers(2, 7)
mantissas, powers = st.floats(-9.99, 9.99), st.integers(-30, 30)


def value(label: str) -> float:
    """What a label says."""
    found = re.fullmatch(r"(−?\d+(?:\.\d+)?)?(?:(?:^|×)10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))?", label)
    if power := re.fullmatch(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", label):
        return float(f"1e{power[1].translate(DIGITS)}")
    assert found and found[1], label
    exponent = found[2].translate(DIGITS) if found[2] else "0"
    return float(f"{found[1].replace('−', '-')}e{exponent}")


def check(found: Ticks, low: float, high: float, count: int, near: float) -> None:
    places, labels = found
    assert len(places) == len(labels) <= count
    assert len(set(labels)) == len(labels)
    assert all(a < b for a, b in pairwise(places))
    slack = 1e-6 * (high - low)
    assert all(low - slack <= place <= high + slack for place in places)
    for place, label in zip(*found, strict=True):
        assert abs(value(label) - place) <= near, label
    others = {label for label in labels if label not in ("0", "1")}
    assert len({re.search(r"10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", label) is None for label in others}) <= 1


@given(mantissas, mantissas, powers, counts)
def test_ticks_of_a_linear_axis(one: float, other: float, power: int, count: int) -> None:
    low, high = sorted((one * 10.0**power, other * 10.0**power))
    assume(high - low > max(1e-3 * max(abs(low), abs(high)), 1e-300))  # others are refused
    found = ticks.linear(low, high, count)
    assert found.places
    check(found, low, high, count, near=1e-3 * (high - low))
    steps = np.diff(found.places)
    assert np.ptp(steps) <= 1e-9 * (high - low) if len(steps) else True


@given(st.floats(1, 9.99), st.integers(0, 9), st.floats(1, 9.99), st.integers(-3, 3), counts)
def test_labels_far_from_the_origin_are_distinct(
    m: float, far: int, span: float, power: int, count: int
) -> None:
    low = m * 10.0**far
    high = low + span * 10.0**power
    check(ticks.linear(low, high, count), low, high, count, near=0.01 * (high - low))


@given(st.integers(0, 3), st.integers(1, 10**6), counts)
def test_steps_are_whole_and_the_first_one_is_named(low: int, span: int, count: int) -> None:
    found = ticks.linear(low, low + span, count, whole=True)
    check(found, low, low + span, count, near=1e-9)
    assert all(place == round(place) for place in found.places)
    assert low != 1 or found.places[0] == 1


@given(st.floats(1, 9.99), st.integers(-300, 290), st.floats(0.01, 12), counts)
@example(1.015625, 0, 0.03125, 2)
def test_ticks_of_a_logarithmic_axis(m: float, power: int, decades: float, count: int) -> None:
    low = m * 10.0**power
    high = low * 10**decades
    found = ticks.logarithmic(low, high, count)
    assert found.places
    check(found, low, high, count, near=0.01 * min(np.diff(found.places), default=low))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.1, 1000.0, ["0.1", "1", "10", "100", "1000"]),
        (1e-8, 1.0, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"]),
        (0.2, 2.0, ["0.2", "0.5", "1", "2"]),
    ],
)
def test_a_logarithmic_axis_has_plain_numbers_where_all_are_short(
    low: float, high: float, expected: list[str]
) -> None:
    assert ticks.logarithmic(low, high, 6).labels == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-6.0, 2.0, ["−6", "−4", "−2", "0", "2"]),
        (0.0, 1.0, ["0", "0.25", "0.5", "0.75", "1"]),
        (0.0, 3e-7, ["0", "10⁻⁷", "2×10⁻⁷", "3×10⁻⁷"]),
        (1000.0, 1004.0, ["1000", "1001", "1002", "1003", "1004"]),
    ],
)
def test_a_linear_axis_has_one_notation(low: float, high: float, expected: list[str]) -> None:
    assert ticks.linear(low, high, 5).labels == expected


def panel(**more: object) -> Panel:
    return Panel((), (0.0, 10.0), (1.0, 1000.0), "x", "y", **more)  # type: ignore[arg-type]


def test_a_list_of_a_panel_is_kept_or_every_nth_of_it() -> None:
    typed = tuple((float(k), f"{k} kg") for k in range(1, 6))
    fixed = panel(xticks=typed, yticks=typed)
    for find in (ticks.horizontal, ticks.vertical):
        assert find(fixed, 7).labels == ["1 kg", "2 kg", "3 kg", "4 kg", "5 kg"]
        assert find(fixed, 3).labels == ["1 kg", "3 kg", "5 kg"]
        assert find(fixed, 1).labels == ["1 kg"]


def test_an_axis_that_is_not_there_has_no_ticks() -> None:
    assert ticks.vertical(panel(axes="x"), 6) == Ticks([], [])
    assert ticks.vertical(panel(axes="none"), 6) == Ticks([], [])


def test_the_scale_of_a_panel_picks_its_ticks() -> None:
    assert ticks.vertical(panel(log=True), 6).labels == ["1", "10", "100", "1000"]
    assert ticks.horizontal(panel(steps=True), 6).labels == ["0", "2", "4", "6", "8", "10"]


def test_the_most_labels_that_fit_are_chosen_and_one_if_none_does() -> None:
    def make(count: int) -> Ticks:
        return ticks.linear(0.0, 10.0, count)

    assert len(ticks.fitting(make, lambda found: len(found.places) <= 3).places) == 3
    assert len(ticks.fitting(make, lambda found: False).places) == 1


@pytest.mark.parametrize(
    ("objective", "dim"), [("0.1(x1+x2)^2 + 2(x1-x2)^2", 2), ("quadratic(kappa=9,dim=5)", 5)]
)
def test_every_row_of_a_spectrum_is_named_where_there_is_room(objective: str, dim: int) -> None:
    figure, wrong = read({"figure": "inspect", "objective": objective})
    assert figure, wrong
    done = figure.draw()
    with settings():
        spectrum = draw(done.scene, done.look).figure.axes[0]
    names = [label.get_text() for label in spectrum.get_yticklabels()]
    assert names == [f"$x_{{{i + 1}}}$" for i in range(dim)]
