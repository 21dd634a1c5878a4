"""Brent's method finds a root of each row, in few trials, and rows do not depend on each other."""

import numpy as np
import pytest

from optviz.arrays import Array, line_search


def test_the_roots_are_those_of_closed_forms() -> None:
    shifts = np.array([[0.1], [0.5], [0.9]])

    def f(s: Array) -> Array:
        return np.cos(s) - shifts

    low, high = np.zeros((3, 1)), np.full((3, 1), 3.0)
    found = line_search.brent(f, (low, f(low)), (high, f(high)))
    assert found == pytest.approx(np.arccos(shifts), rel=1e-15)


def test_it_takes_about_ten_trials() -> None:
    trials = 0

    def f(s: Array) -> Array:
        nonlocal trials
        trials += 1
        return np.exp(-s) - 0.3 * s

    low, high = np.zeros((1, 1)), np.full((1, 1), 8.0)
    line_search.brent(f, (low, f(low)), (high, f(high)))
    assert trials <= 14


def test_a_row_has_the_same_bits_alone() -> None:
    roots = np.linspace(0.2, 40.0, 23)[:, None]

    def cubes(of: Array) -> Array:
        def f(s: Array) -> Array:
            return of**3 - s * s * s

        low, high = np.zeros_like(of), np.full_like(of, 64.0)
        return line_search.brent(f, (low, f(low)), (high, f(high)))

    many = cubes(roots)
    alone = np.concatenate([cubes(roots[i : i + 1]) for i in range(len(roots))])
    assert many.tobytes() == alone.tobytes()
    assert many == pytest.approx(roots, rel=1e-12)
