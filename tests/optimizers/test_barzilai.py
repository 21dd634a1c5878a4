"""The Barzilai–Borwein step against what is known of it on quadratics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optviz import objectives, optimizers
from optviz.walks import engine


@given(st.integers(0, 10**6), st.integers(2, 5))
@settings(max_examples=40)
def test_each_step_is_the_exact_line_search_of_the_step_before(seed: int, dim: int) -> None:
    q = objectives.read(f"quadratic(kappa=50, dim={dim}, seed={seed})")
    run = engine.run(q, optimizers.read("barzilai"), np.ones(dim), 8)
    for t in range(1, 8):
        g = run.grad[t - 1, 0]
        assert run.rate[t, 0] == pytest.approx(np.full(dim, g @ g / (g @ q.Q @ g)), rel=1e-6)


def test_in_one_dimension_the_second_step_ends_at_the_minimum() -> None:
    run = engine.run(objectives.read("3x^2 - 6x"), optimizers.read("bb:first=0.01"), [5.0], 2)
    assert run.x[-1].item() == pytest.approx(1.0, abs=1e-12)


def test_from_the_worst_start_it_needs_few_steps_where_exact_line_search_needs_thousands() -> None:
    """There each exact step leaves ((κ−1)/(κ+1))² of f − f*: ln(10⁻¹⁰)/(2 ln(999/1001)) steps."""
    q = objectives.read("quadratic(eig=[1,1000], angle=0)")
    run = engine.run(q, optimizers.read("barzilai"), [1000.0, 1.0], 60)
    gap = q.gap(run.x[:, 0])
    assert np.flatnonzero(gap <= 1e-10 * gap[0])[0] < 5757 / 100


def test_down_a_ridge_the_first_length_stands_in() -> None:
    ridge, bb = objectives.read("-x^2 + 0*y"), optimizers.read("bb:first=0.2")
    run = engine.run(ridge, bb, [1.0, 1.0], 5)
    assert run.rate.ravel() == pytest.approx(np.full(10, 0.2))
