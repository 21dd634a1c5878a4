"""λmax(diag(rate)·H) against NumPy's eigenvalues of the product that is not symmetric."""

import numpy as np
import pytest

from optviz.theory.sharpness import largest, sharpness


def random(dim: int, rows: int = 200) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(dim)
    H = rng.normal(size=(rows, dim, dim))
    return rng.random((rows, dim)) * 10.0 ** rng.uniform(-4, 4, (rows, dim)), H + H.swapaxes(1, 2)


@pytest.mark.parametrize("dim", [1, 2, 3, 6])
def test_it_is_the_largest_eigenvalue_of_the_product(dim: int) -> None:
    rate, H = random(dim)
    product = rate[:, :, None] * H
    wanted = np.linalg.eigvals(product).real.max(axis=1)
    error = np.abs(sharpness(rate, H) - wanted) / np.abs(product).max(axis=(1, 2))
    assert error.max() < 1e-13


@pytest.mark.parametrize("dim", [1, 2, 5])
def test_one_hessian_for_all_rows_is_that_hessian_in_each(dim: int) -> None:
    rate, H = random(dim)
    whole = np.broadcast_to(H[0], H.shape)
    assert sharpness(rate, H[0]).tolist() == sharpness(rate, whole).tolist()


def test_where_the_hessian_is_diagonal_it_is_exact() -> None:
    # or a rate of 0.5 at λ = 4 could be above 2 by rounding
    rate = np.array([[0.5, 0.5], [0.1, 0.3]])
    assert sharpness(rate, np.diag([0.2, 4.0])).tolist() == [2.0, 0.3 * 4.0]


def test_there_is_none_for_negative_rates_and_for_what_is_not_finite() -> None:
    rate = np.array([[0.1, -0.1], [np.nan, 0.1], [0.1, 0.1], [0.0, 0.0]])
    H = np.broadcast_to(np.eye(2), (4, 2, 2)).copy()
    H[2, 0, 0] = np.inf
    found = sharpness(rate, H)
    assert np.isnan(found[:3]).all()
    assert found[3] == 0


def test_large_numbers_do_not_overflow_on_the_way() -> None:
    H = 1e200 * np.array([[[1.0, 2.0], [2.0, 4.0]]])
    assert largest(H) == pytest.approx([5e200])
