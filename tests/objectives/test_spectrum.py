"""Matrices from their spectrum: the right eigenvalues, a true basis, one seed one matrix."""

import numpy as np
import pytest

from optviz.objectives import spectrum


def test_eigenvalues_are_spaced_geometrically_up_to_one() -> None:
    assert spectrum.spaced(100, 3).tolist() == [0.01, 0.1, 1]
    assert spectrum.spaced(16, 5).tolist() == [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]
    assert spectrum.spaced(1, 4).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("dim", [1, 2, 7, 48, 49, 100])
def test_the_eigenvalues_are_those_asked_for(dim: int) -> None:
    wanted = spectrum.spaced(1000, dim)
    Q = spectrum.turned_at_random(wanted, seed=3)
    assert np.array_equal(Q, Q.T)
    assert np.allclose(np.linalg.eigvalsh(Q), wanted, rtol=0, atol=1e-13 * dim)


def test_a_seed_names_one_matrix() -> None:
    spread = spectrum.spaced(10, 4)
    assert np.array_equal(
        spectrum.turned_at_random(spread, 1), spectrum.turned_at_random(spread, 1)
    )
    assert not np.allclose(
        spectrum.turned_at_random(spread, 1), spectrum.turned_at_random(spread, 2)
    )


def test_the_basis_prefers_no_direction() -> None:
    # The mean of QΛQᵀ over uniform bases is the mean eigenvalue times the identity.
    spread = np.array([0.0, 0.0, 3.0])
    mean = np.mean([spectrum.turned_at_random(spread, seed) for seed in range(2000)], axis=0)
    assert np.allclose(mean, np.eye(3), atol=0.08)  # four times the mean's own deviation, 0.02
