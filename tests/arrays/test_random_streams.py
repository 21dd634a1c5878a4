"""Bits against the vectors of the inventors, laws against the standard library's."""

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optviz.arrays import random_streams
from optviz.arrays.random_streams import RandomStreams


def words(*values: Any) -> Any:
    return tuple(np.uint64(value) for value in values)


@pytest.mark.parametrize(
    ("counter", "key", "bits"),
    [  # Random123 1.14, tests/kat_vectors, philox4x32 10
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_the_bits_are_those_of_philox(counter: Any, key: Any, bits: Any) -> None:
    assert random_streams.philox(words(*counter), words(*key)) == bits


def test_normal_numbers_are_the_quantiles_of_the_standard_library() -> None:
    p = np.concatenate([np.linspace(1e-9, 1 - 1e-9, 20_001), 10.0 ** -np.arange(1, 300)])
    theirs = np.array([NormalDist().inv_cdf(v) for v in p])
    assert random_streams.quantile(p) == pytest.approx(theirs, rel=2e-15, abs=1e-18)


def test_log_and_exp_are_right_to_the_last_digits() -> None:
    x = np.concatenate([np.linspace(0.5, 2, 3001), 10.0 ** np.arange(-300, 300)])
    assert random_streams.log(x) == pytest.approx([math.log(v) for v in x], rel=5e-16, abs=1e-300)
    y = np.linspace(-700, 700, 9001)
    assert random_streams.exp(y) == pytest.approx([math.exp(v) for v in y], rel=5e-16)


@given(st.integers(0, 2**62), st.integers(0, 2**31), st.integers(1, 2**31), st.integers(1, 7))
def test_a_number_depends_on_seed_row_and_step_alone(
    seed: int, row: int, t: int, count: int
) -> None:
    alone = RandomStreams(np.array([seed]), np.array([row])).normal(t, count)
    crowd = RandomStreams(np.array([5, seed, seed]), np.array([0, row + 1, row])).normal(t, count)
    assert np.array_equal(crowd[2], alone[0])
    assert not np.array_equal(crowd[1], alone[0])
    more = RandomStreams(np.array([seed]), np.array([row])).normal(t, count + 3)
    assert np.array_equal(more[0, :count], alone[0])


def test_the_laws_have_the_moments_they_should() -> None:
    many = 200_000
    streams = RandomStreams(np.arange(many), np.zeros(many, dtype=int))
    u, z = streams.uniform(3, 2), streams.normal(3, 2)
    assert (u > 0).all()
    assert (u < 1).all()
    assert u.mean(axis=0) == pytest.approx([0.5, 0.5], abs=5 / math.sqrt(12 * many))
    assert z.mean(axis=0) == pytest.approx([0, 0], abs=5 / math.sqrt(many))
    assert z.var(axis=0) == pytest.approx([1, 1], abs=5 * math.sqrt(2 / many))
    assert abs(np.corrcoef(z.T)[0, 1]) < 5 / math.sqrt(many)
    later = streams.normal(4, 1)[:, 0]
    assert abs(np.corrcoef(z[:, 0], later)[0, 1]) < 5 / math.sqrt(many)


@pytest.mark.parametrize(("df", "above"), [(1.0, 0.25), (2.0, 0.2113249), (4.0, 0.1869505)])
def test_students_t_falls_as_often_above_1_as_it_should(df: float, above: float) -> None:
    """P(t > 1) = ½ − arctan(1)/π, ½ − 1/(2√3), and for ν = 4 that of SciPy's t.sf."""
    many = 200_000
    t = RandomStreams(np.arange(many), np.zeros(many, dtype=int)).student(1, 1, df)
    assert (t > 1).mean() == pytest.approx(above, abs=5 * math.sqrt(above / many))
